"""The labelled posts: invented for this project, none collected."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
UNSEEN = ("posts_14", "posts_16", "posts_18")  # not shown to the matching, whose gate they judge
FIRST = ("posts", "posts_2", "posts_3", "posts_4")  # the sample and bench/worlds are made of these


def read_corpus(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """Yield the labelled posts: id, text, lang, topics, intents, urgent, places, part.

    Every file posts*.jsonl is a part and has an author of its own; `part` is its name.
    """
    for path in sorted(folder.glob("posts*.jsonl"), key=lambda path: (len(path.stem), path.stem)):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield {**json.loads(line), "part": path.stem}
