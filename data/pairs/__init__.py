"""Needs and the offers that answer them: invented for this project, none collected."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
OF_WEIGHTS = ("pairs_2", "pairs_5")  # not shown to the encoder: what it says of them is weighed


def read_pairs(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """Yield posts: id, side ("need", "offer"), text, created_at, account, answers, part.

    `answers` (of needs alone) are the ids of the offers of the same part that help; none: nothing
    there does. Every file pairs_*.jsonl is a part and has an author of its own.
    """
    for path in sorted(folder.glob("pairs_*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield {**json.loads(line), "part": path.stem}
