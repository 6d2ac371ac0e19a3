"""The labelled posts: invented for this project, none collected."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILES = ("posts.jsonl", "posts_2.jsonl", "posts_3.jsonl", "posts_4.jsonl")  # one author each


def read_corpus() -> Iterator[dict[str, Any]]:
    """Yield the labelled posts: id, text, lang, topics, intents, urgent, places."""
    for name in FILES:
        with (Path(__file__).parent / name).open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
