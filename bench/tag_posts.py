"""Tagging: the texts of data/corpus through nlp.pipeline, first pass and second pass.

The corpus is invented for this project: posts in a dozen languages. The second pass finds the
verdicts on words that the first one has cached, as a worker does after its first minutes. All works
in one thread, and seconds are seconds of its CPU: what else the machine does counts less.
"""

import json
import sys
import time

from bench.child import run
from bench.markdown import figure, table


def report() -> str:
    """Measure each tier in a process of its own and give the table."""
    rows = []
    for tier in ("load", "load_fast"):
        cost = run([sys.executable, "-m", "bench.tag_posts", tier])
        told = json.loads(cost.output)
        rows.append(
            [
                told["version"].split("-")[0],
                figure(told["posts"]),
                figure(told["load"], 1),
                figure(told["posts"] / told["first"]),
                figure(told["posts"] / told["second"]),
                figure(cost.cpu_seconds, 1),
                figure(cost.peak_mb),
            ]
        )
    heads = ["tier", "posts", "load s", "first pass posts/s", "second pass posts/s", "CPU s"]
    return table([*heads, "peak MB"], rows)


def measure(tier: str) -> dict[str, float | str]:
    """Load the tagger by a function of nlp.pipeline, tag the corpus twice; CPU seconds of each."""
    from data.corpus import read_corpus

    texts = [post["text"] for post in read_corpus()]
    began = time.process_time()
    from nlp import pipeline

    tagger = getattr(pipeline, tier)()
    loaded = time.process_time()
    passes = []
    for _ in range(2):
        start = time.process_time()
        tagged = sum(1 for _ in tagger.tag(texts))
        passes.append(time.process_time() - start)
    return {
        "version": tagger.version,
        "posts": tagged,
        "load": loaded - began,
        "first": passes[0],
        "second": passes[1],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n")
