"""Invented posts for detection: a quiet town, a campaign, volunteers, an office."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from data.records import Account, Media, Post

START = datetime(2026, 11, 2, 6, tzinfo=UTC)
PICTURES = (Media("https://example.org/1.jpg", "Ein Plakat"), Media("https://example.org/2.jpg"))
_SAID = (
    "Decken Jacken Zimmer Kita Deutschkurs Arzt Termin Bahn Möbel Fahrrad Schule Ehrenamt Kochen "
    "Garten Übersetzen Amt Brief Frage Hilfe Samstag Treffen Kinder Spende Lager Tee Musik Lesen"
)
_WORDS = _SAID.split()


def write(name: str, number: int, at: datetime, text: str, **known: object) -> Post:
    """Make one post of an account."""
    account = known.pop("account", None) or Account("mastodon", name, handle=name, name=name)
    return Post("mastodon", f"{name}-{number}", at, account, text=text, **known)  # type: ignore[arg-type]


def town(people: int = 40, posts: int = 6, seed: int = 1) -> list[Post]:
    """Write posts of people who each say their own; some answer each other."""
    dice = random.Random(seed)
    written: list[Post] = []
    for number in range(people * posts):
        name = f"p{number % people}"
        at = START + timedelta(seconds=dice.randrange(14 * 86_400))
        text = " ".join(dice.sample(_WORDS, 9))
        answer = dice.choice(written).id if written and dice.random() < 0.3 else None
        written.append(write(name, number, at, text, reply_to=answer))
    return written


def campaign(members: int = 8, waves: int = 5, gap_seconds: int = 20) -> list[Post]:
    """Write posts of accounts that publish one text after the other within seconds."""
    texts = [
        " ".join(_WORDS[wave : wave + 10]) + f" Welle {'abcdefgh'[wave]}" for wave in range(waves)
    ]
    return [
        write(
            f"c{member}", wave, START + timedelta(days=wave, seconds=gap_seconds * member), text,
            links=(f"https://example.org/{wave}?utm_source=c{member}",),
        )
        for wave, text in enumerate(texts)
        for member in range(members)
    ]  # fmt: skip


def volunteers(people: int = 12, calls: int = 4) -> list[Post]:
    """Write urgent calls that volunteers re-share within hours, and their talk with each other."""
    dice, written = random.Random(3), []
    for call in range(calls):
        at = START + timedelta(days=2 * call, hours=3)
        source = write(f"caller{call}", 0, at, f"Dringend {' '.join(dice.sample(_WORDS, 8))}")
        written.append(source)
        for person in dice.sample(range(people), people * 3 // 4):
            later = at + timedelta(minutes=dice.randrange(2, 300))
            written.append(write(f"v{person}", call, later, "", repost_of=source.id))
    for person in range(people):
        for number in range(8):
            whom = f"v{(person + number + 1) % people}"
            at = START + timedelta(hours=dice.randrange(300))
            text = " ".join(dice.sample(_WORDS, 8))
            written.append(write(f"v{person}", 100 + number, at, text, mentions=(whom,)))
    return written


def office(branches: int = 7, releases: int = 5) -> list[Post]:
    """Write press releases that the branches of an authority publish at the same second."""
    return [
        write(
            f"bezirksamt{branch}", release, START + timedelta(days=release, hours=3),
            " ".join(_WORDS[release + 5 : release + 16]),
            account=Account("mastodon", f"b{branch}", name=f"Bezirksamt {branch}"),
        )
        for release in range(releases)
        for branch in range(branches)
    ]  # fmt: skip


def shuffled(posts: Sequence[Post], seed: int = 5) -> list[Post]:
    """Give every post to another account at another time: what was together is so no longer."""
    dice = random.Random(seed)
    accounts, times = [post.account for post in posts], [post.created_at for post in posts]
    dice.shuffle(accounts)
    dice.shuffle(times)
    return [
        Post(
            post.network, post.id, at, account, text=post.text, links=post.links,
            hashtags=post.hashtags, media=tuple(Media(each.url) for each in post.media),
        )
        for post, account, at in zip(posts, accounts, times, strict=True)
    ]  # fmt: skip


def script(members: int = 5, days: int = 8) -> list[Post]:
    """Write posts of accounts that post within seconds of each other, each a text of its own."""
    dice = random.Random(4)
    return [
        write(
            f"s{member}", day, START + timedelta(days=day, hours=4, seconds=5 * member),
            " ".join(dice.sample(_WORDS, 4)) + f" {member} {day} {dice.random()}",
        )
        for day in range(days)
        for member in range(members)
    ]  # fmt: skip
