"""Import: own JSONL into a new SQLite file through `hhhilft import`, process start included.

The posts are synthetic: invented words, a twentieth as many accounts as posts, ids all new.
"""

import json
import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.child import Cost, hhhilft, run
from bench.markdown import figure, table

SEED = 7
NEWEST = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = 365
WORDS = (
    *("decken", "suchen", "heute", "abend", "altona", "zimmer", "frei", "danke", "bitte"),
    *("schuhe", "kinder", "kurs", "deutsch", "termin", "amt", "fahrrad", "suppe", "kochen"),
    *("helfen", "wer", "kann", "noch", "morgen", "bus", "brief", "lesen", "arbeit", "schule"),
)


def report(sizes: Sequence[int]) -> str:
    """Measure each size and give the table."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file, store = Path(folder) / "posts.jsonl", Path(folder) / "store.db"
            write_posts(file, size)
            environment = {"HHHILFT_STORE_URL": f"sqlite:///{store}"}
            first = run(hhhilft("import", str(file), "--json"), environment)
            again = run(hhhilft("import", str(file), "--json"), environment)
            rows.append(
                [
                    figure(size),
                    figure(size / first.wall_seconds),
                    *_cpu_seconds(first),
                    figure(size / again.wall_seconds),
                    *_cpu_seconds(again),
                    figure(max(first.together_mb, again.together_mb)),
                    figure(store.stat().st_size / 2**20),
                ]
            )
    return table(
        [
            "posts",
            "new posts/s",
            "CPU s: writes",
            "reads",
            "known posts/s",
            "CPU s: writes",
            "reads",
            "peak MB",
            "store MB",
        ],
        rows,
    )


def _cpu_seconds(cost: Cost) -> tuple[str, str]:
    """Give those of the process that writes, and of the one that reads a large file."""
    return figure(cost.cpu_seconds - cost.beside_seconds, 1), figure(cost.beside_seconds, 1)


def write_posts(path: Path, count: int) -> None:
    """Write `count` posts as JSONL."""
    dice = random.Random(SEED)  # noqa: S311  no secret
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            at = NEWEST - timedelta(seconds=dice.randrange(DAYS * 86_400))
            who = dice.randrange(max(1, count // 20))
            file.write(
                json.dumps(
                    {
                        "network": "mastodon",
                        "id": f"https://elbe.example/users/a{who}/statuses/{number}",
                        "url": f"https://elbe.example/@a{who}/{number}",
                        "created_at": at.isoformat(),
                        "text": " ".join(dice.choices(WORDS, k=18)) + " #HHhilft",
                        "lang": "de",
                        "links": [f"https://links.example/{dice.randrange(count)}"],
                        "hashtags": ["hhhilft"],
                        "likes": dice.randrange(9),
                        "account": {
                            "id": f"https://elbe.example/users/a{who}",
                            "handle": f"a{who}@elbe.example",
                            "name": f"Konto {who}",
                            "followers": who,
                        },
                    }
                )
                + "\n"
            )
