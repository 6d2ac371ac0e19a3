"""Makes the sample data of `hhhilft demo`. Run: `python -m data.sample.make`.

Everything in it is INVENTED: people, initiatives, offices, texts, links. Texts come from
data/corpus (written for this project) and from data/sample/frames.py. The names of authorities and
initiatives are made up, every account's bio says "Erfundenes Beispielkonto", every link leads to a
reserved .example domain. One campaign is planted; truth.json says who belongs to it.

The same code gives the same bytes: the dice are fixed. Times are those of a calendar of four weeks
from Monday, 27 October 2025, in Hamburg; `data.sample.sample_posts` moves them to the present.
"""

import gzip
import json
import random
from pathlib import Path
from typing import Any

from data.corpus import FIRST, read_corpus
from data.records import post_to_json
from data.sample import FOLDER, POSTS, TRUTH, scenes
from data.sample.people import Person, make_cast
from data.sample.story import Story

SEED = 20_251_027
EVERYDAY = 680  # texts taken from the corpus
HOSTILE = 8  # of them hostile ones, because a community hashtag meets some


def make() -> tuple[list[str], dict[str, Any]]:
    """Write the story. Returns the lines of posts.jsonl and what is true about it."""
    dice = random.Random(SEED)  # noqa: S311  no secret, only a story
    story = Story(dice, make_cast(dice))
    texts = _texts(dice)
    scenes.fresh(story, texts[:10])
    scenes.everyday(story, texts[10:])
    scenes.questions(story)
    sharers = scenes.appeals(story)
    groups = [
        *({"kind": "urgent_reshare", "accounts": _keys(each)} for each in sharers),
        {"kind": "same_announcement", "accounts": _keys(scenes.announcements(story))},
        {"kind": "press_release", "accounts": _keys(scenes.releases(story))},
        {"kind": "newsbots", "accounts": _keys(scenes.news(story))},
        {"kind": "chain_copy", "accounts": _keys(scenes.chain(story))},
        {"kind": "newcomers", "accounts": _keys(scenes.arrivals(story))},
    ]
    scenes.feasts(story)
    groups.append({"kind": "busy_volunteer", "accounts": [scenes.busy(story).key]})
    planted = {"kind": "copied_text_and_link", "accounts": _keys(scenes.campaign(story))}
    lines = [
        json.dumps({"unit": unit, **post_to_json(post)}, ensure_ascii=False)
        for unit, post in story.posts()
    ]
    return lines, {"campaigns": [planted], "organic_groups": groups}


def write(folder: Path) -> int:
    """Write posts.jsonl.gz and truth.json into `folder`; returns how many posts."""
    lines, truth = make()
    with (
        (folder / POSTS).open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed,
    ):
        packed.write(("\n".join(lines) + "\n").encode())
    (folder / TRUTH).write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return len(lines)


def _texts(dice: random.Random) -> list[dict[str, Any]]:
    """Choose texts: everything that a community writes, urgent and fresh ones first."""
    rows = []
    hostile = 0
    for row in read_corpus():
        if row["part"] not in FIRST or "@" in row["text"] or "http" in row["text"]:
            continue
        if "anfeindung" in row["topics"]:
            hostile += 1
            if hostile > HOSTILE or len(row["text"]) > 160:
                continue
        rows.append(row)
    dice.shuffle(rows)
    plain = [row for row in rows if row["lang"] == "de" and len(row["text"]) < 220]
    calls = [row for row in plain if "gesuch" in row["intents"] and row["places"]][:6]
    offers = [row for row in plain if "angebot" in row["intents"] and row["places"]][:4]
    fresh = [text for pair in zip(calls, offers + calls[4:], strict=True) for text in pair][:10]
    ids = {row["id"] for row in fresh}
    return fresh + [row for row in rows if row["id"] not in ids][: EVERYDAY - len(fresh)]


def _keys(people: list[Person]) -> list[str]:
    return sorted({person.key for person in people})


if __name__ == "__main__":
    write(FOLDER)
