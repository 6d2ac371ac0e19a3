"""A synthetic world while it is made: people, posts, and who belongs to what."""

import gzip
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.worlds.people import REPOSTING, Person, letters, person, post_id
from bench.worlds.words import Words

TAG = "HHhilft"
EARLIEST = datetime(2024, 1, 8, tzinfo=UTC)
LATEST = datetime(2026, 4, 6, tzinfo=UTC)
ROUND = timedelta(minutes=15)  # how often boosts are asked for; Mastodon does not tell their time
MIXES = (
    {"mastodon": 80, "bluesky": 15, "rss": 5},
    {"instagram": 55, "facebook": 35, "x": 10},
    {"telegram": 60, "x": 25, "facebook": 15},
    {"bluesky": 60, "mastodon": 25, "x": 10, "instagram": 5},
    {"x": 85, "telegram": 10, "pinterest": 5},
    {"mastodon": 34, "bluesky": 33, "facebook": 33},
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Campaign:
    """What was planted: who, and by which posts (keys)."""

    kind: str
    accounts: tuple[str, ...]
    posts: tuple[Row, ...]


class World:
    """Collects what the makers of scenes add; `size` is the number of everyday posts aimed at."""

    def __init__(self, scenario: str, seed: int, size: int, days: int) -> None:
        self.scenario, self.seed, self.size, self.days = scenario, seed, size, days
        self.rng = random.Random(f"{scenario} {seed}")  # noqa: S311  worlds, not secrets
        rng = self.rng
        self.words = Words(rng)
        self.start = EARLIEST + timedelta(days=rng.randrange((LATEST - EARLIEST).days))
        self.mix = rng.choice(MIXES)
        self.people: list[Person] = []
        self.rows: list[Row] = []
        self.campaigns: list[Campaign] = []
        self.groups: list[tuple[str, tuple[str, ...]]] = []
        self.hidden_boost_times = rng.random() < 0.35  # as Mastodon's own timelines give them
        self.bare_profiles = rng.random() < 0.2  # the network tells neither age nor followers
        self.articles = [
            (f"https://{rng.choice(NEWS)}/{letters(rng, 6).lower()}-{n}", self.words.headline())
            for n in range(max(6, size // 60))
        ]

    # people
    def network(self, *, reposting: bool = False) -> str:
        """Draw a network of this world's mix; with `reposting` one where reposts exist."""
        names = [
            name for name in self.mix if name != "rss" and (not reposting or name in REPOSTING)
        ]
        names = names or ["mastodon"]
        return self.rng.choices(names, [self.mix.get(name, 1) for name in names])[0]

    def add_person(self, network: str | None = None) -> Person:
        """Add somebody of this world."""
        made = person(self.rng, network or self.network(), self.start)
        self.people.append(made)
        return made

    def pick(self, count: int, network: str | None = None) -> list[Person]:
        """Pick different ordinary people, making them where too few are there."""
        fit = [each for each in self.people if network in (None, each.network)]
        if len(fit) < count * 1.5:
            fit += [self.add_person(network) for _ in range(count)]
        return self.rng.sample(fit, count)

    def number(self, low: int, high: int) -> int:
        """Draw how many take part; fewer in a small world."""
        scale = min(max(math.pow(self.size / 1500, 0.4), 0.4), 2.0)
        return max(low, round(self.rng.randint(low, high) * scale))

    # time
    def moment(
        self, first: float = 0.05, last: float = 0.95, hour: float | None = None
    ) -> datetime:
        """Draw a time in the given part of the world's span; by day, or about an hour."""
        day = int(self.rng.uniform(first, last) * self.days)
        hours = self.rng.gauss(15, 3.5) if hour is None else self.rng.gauss(hour, 0.6)
        return self.at(day, min(max(hours, 0), 23.9))

    def at(self, day: int, hour: float) -> datetime:
        """Give a time by day of the world and hour."""
        second = self.rng.randint(0, 59)
        return self.start + timedelta(days=day, hours=hour, seconds=second)

    def soon(self, at: datetime, median_minutes: float, spread: float = 1.0) -> datetime:
        """Give a time after `at`, log-normally later."""
        late = self.rng.lognormvariate(0, spread) * median_minutes
        return at + timedelta(seconds=max(1, round(late * 60)))

    # posts
    def post(
        self,
        who: Person,
        at: datetime,
        text: str = "",
        *,
        link: str | None = None,
        tags: Sequence[str] = (),
        media: Sequence[tuple[str, str | None]] = (),
        **more: Any,
    ) -> Row:
        """Add a post; tags and link are put into the text, as people do."""
        body = " ".join([text, *(f"#{tag}" for tag in tags), *([link] if link else [])]).strip()
        row: Row = {
            "network": who.network,
            "id": post_id(self.rng, who, at, len(self.rows)),
            "url": None,
            "created_at": at,
            "text": body,
            "lang": who.lang if body and self.rng.random() < 0.7 else None,
            "reply_to": None,
            "repost_of": None,
            "quote_of": None,
            "links": [link] if link else [],
            "hashtags": [tag.lower() for tag in tags],
            "mentions": [],
            "media": [{"url": url, "alt": alt} for url, alt in media],
            "likes": int(self.rng.paretovariate(1.1)) - 1,
            "account": who,
            **more,
        }
        self.rows.append(row)
        return row

    def repost(self, who: Person, at: datetime, of: Row) -> Row:
        """Repost in the original's network; where that has no reposts, share the text by hand."""
        if who.network != of["network"] or who.network not in REPOSTING:
            link = f"https://{of['network']}.example/p/{of['id'][-9:]}"
            return self.post(who, at, link=link)
        row = self.post(who, at, repost_of=of["id"])
        if who.network == "mastodon" and self.hidden_boost_times:
            late = (at - self.start) % ROUND
            row["created_at"], row["time_known"] = at + (ROUND - late), False
        if self.rng.random() < 0.3:
            row["text"], row["hashtags"] = of["text"], of["hashtags"]
        return row

    def reply(self, who: Person, at: datetime, to: Row, text: str) -> Row:
        """Reply, naming the other."""
        other = to["account"].handle
        same = who.network == to["network"]
        return self.post(
            who, at, f"@{other} {text}", mentions=[other], reply_to=to["id"] if same else None
        )

    # truth
    def group(self, kind: str, members: Sequence[Person]) -> None:
        """Note a community that acts together."""
        self.groups.append((kind, tuple(sorted({each.key for each in members}))))

    def plant(self, kind: str, rows: Sequence[Row]) -> None:
        """Note a campaign by its posts."""
        ordered = tuple(sorted(rows, key=lambda row: row["created_at"]))
        accounts = tuple(sorted({row["account"].key for row in rows}))
        self.campaigns.append(Campaign(kind, accounts, ordered))

    def write(self, folder: Path) -> None:
        """Write posts.jsonl.gz and truth.json."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.json_rows())
        packed = gzip.compress(lines.encode(), compresslevel=6, mtime=0)
        (folder / "posts.jsonl.gz").write_bytes(packed)
        truth = json.dumps(self.truth(), ensure_ascii=False, indent=1)
        (folder / "truth.json").write_text(truth + "\n", encoding="utf-8")

    def json_rows(self) -> Iterator[Row]:
        """Yield the posts as lines of the project's own JSONL, by time."""
        rows = sorted(self.rows, key=lambda row: (row["created_at"], row["id"]))
        return map(self._json, rows)

    def truth(self) -> Row:
        """Give what is known to be true of this world; who never posted is in no group."""
        seen = {row["account"].key for row in self.rows}
        return {
            "scenario": self.scenario,
            "seed": self.seed,
            "synthetic": True,
            "n_posts": len(self.rows),
            "n_accounts": len(seen),
            "campaigns": [
                {
                    "id": f"c{number}",
                    "kind": each.kind,
                    "accounts": list(each.accounts),
                    "start": _iso(each.posts[0]["created_at"]),
                    "end": _iso(each.posts[-1]["created_at"]),
                    "n_posts": len(each.posts),
                    "posts": [f"{row['network']}:{row['id']}" for row in each.posts],
                }
                for number, each in enumerate(self.campaigns, 1)
            ],
            "organic_groups": [
                {"kind": kind, "accounts": [key for key in members if key in seen]}
                for kind, members in self.groups
            ],
        }

    def _json(self, row: Row) -> Row:
        who: Person = row["account"]
        known = not self.bare_profiles
        account = {
            "id": who.id,
            "handle": who.handle,
            "name": who.name,
            "created_at": _iso(who.created) if known and who.created else None,
            "followers": who.followers if known else None,
            "following": who.following if known else None,
            "posts": who.posts if known else None,
            "bio": who.bio,
            "bot": who.bot if who.network in ("mastodon", "bluesky", "telegram") else None,
            "avatar": who.avatar,
        }
        return {**row, "created_at": _iso(row["created_at"]), "account": account}


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


NEWS = ("tageskurier.example", "abendpost.example", "deichwelle.example", "hafenfunk.example")
