import json
from datetime import datetime, timedelta
from pathlib import Path

from bench.many_worlds import DAYS, START, write_posts


def test_many_worlds_give_as_many_different_posts_as_asked_for_all_within_four_weeks(
    tmp_path: Path,
) -> None:
    path = tmp_path / "posts.jsonl"
    write_posts(path, 3000)
    posts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({(post["network"], post["id"]) for post in posts}) == len(posts) == 3000
    times = [datetime.fromisoformat(post["created_at"]) for post in posts]
    assert START <= min(times) <= max(times) < START + timedelta(days=DAYS)


def test_the_same_number_gives_the_same_posts(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_posts(tmp_path / name, 500)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
