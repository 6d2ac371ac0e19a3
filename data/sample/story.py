"""The sheet on which the sample's scenes write: drafts that become posts with ids and counts."""

import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from data.formats import BERLIN
from data.records import Media, Post
from data.sample.people import START, Cast, Person

DAYS = 28
HOURS = (3, 1, 1, 1, 1, 3, 12, 30, 42, 45, 44, 42, 48, 44, 40, 40, 44, 52, 60, 62, 58, 44, 26, 10)
WEEKDAYS = (1.0, 1.05, 1.0, 1.1, 0.95, 0.75, 0.7)  # Monday first
_LINK = re.compile(r"https?://[^\s]+[\w/]")
_TAG = re.compile(r"#(\w+)")


@dataclass(frozen=True, eq=False)
class Draft:
    """A post before it has its counts. `at` is local wall-clock time; a unit moves as a whole."""

    person: Person
    at: datetime
    text: str
    unit: str
    id: str
    lang: str | None
    reply_to: "Draft | None" = None
    repost_of: "Draft | None" = None
    mentions: tuple[str, ...] = ()
    picture: bool = False


class Story:
    """Collects drafts; the same dice give the same story."""

    def __init__(self, dice: random.Random, cast: Cast) -> None:
        self.dice = dice
        self.cast = cast
        self.drafts: list[Draft] = []
        self.said: set[str] = set()
        self._units = 0

    def unit(self) -> str:
        """Begin a unit: posts that belong together in time."""
        self._units += 1
        return f"u{self._units}"

    def moment(self, day: int) -> datetime:
        """Draw a time on a day of the story, by the hours at which people post."""
        hour = self.dice.choices(range(24), HOURS)[0]
        return START + timedelta(days=day, hours=hour, seconds=self.dice.randint(0, 3599))

    def day(self, first: int = 0, last: int = DAYS - 1) -> int:
        """Draw a day by weekday."""
        days = range(first, last + 1)
        return self.dice.choices(days, [WEEKDAYS[day % 7] for day in days])[0]

    def later(self, at: datetime, median_minutes: float) -> datetime:
        """Draw a time after `at`; who would answer at night answers in the morning."""
        gap = self.dice.lognormvariate(0, 1.1) * median_minutes * 60
        after = at + timedelta(seconds=max(20, int(gap)))
        if after.hour < 6 and median_minutes > 5:
            after += timedelta(hours=7)
        return after

    def say(
        self,
        person: Person,
        at: datetime,
        text: str,
        unit: str,
        *,
        reply_to: Draft | None = None,
        to: Person | None = None,
        lang: str | None = None,
    ) -> Draft:
        """Write a post; it carries the hashtag, or nobody would have found it."""
        self.said.add(text)
        if "#hhhilft" not in text.lower():
            text = f"{text} #HHhilft"
        heard = reply_to.person if reply_to else to
        mentions = (heard.account.handle,) if heard and heard.account.handle else ()
        picture = reply_to is None and self.dice.random() < 0.1
        return self._keep(
            Draft(
                person,
                at,
                text,
                unit,
                self._id(person, at),
                lang or person.lang,
                reply_to,
                mentions=mentions,
                picture=picture,
            )
        )

    def share(self, person: Person, at: datetime, original: Draft) -> Draft:
        """Repost."""
        return self._keep(
            Draft(person, at, "", original.unit, self._id(person, at), None, repost_of=original)
        )

    def posts(self) -> list[tuple[str, Post]]:
        """Give unit and post, by time, times as in the story's calendar."""
        replies = Counter(each.reply_to.id for each in self.drafts if each.reply_to)
        shares = Counter(each.repost_of.id for each in self.drafts if each.repost_of)
        ordered = sorted(self.drafts, key=lambda each: (each.at, each.id))
        return [(each.unit, self._post(each, replies, shares)) for each in ordered]

    def _keep(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        return draft

    def _id(self, person: Person, at: datetime) -> str:
        number = int((at - START).total_seconds()) * 65_536_000 + len(self.drafts)
        account = person.account
        return {
            "mastodon": f"{account.id}/statuses/{115_400_000_000_000_000 + number}",
            "bluesky": f"at://{account.id}/app.bsky.feed.post/3beispiel{number}",
            "telegram": f"{account.id}/{100 + len(self.drafts)}",
            "x": str(1_980_000_000_000_000_000 + number),
        }[account.network]

    def _post(self, draft: Draft, replies: Counter[str], shares: Counter[str]) -> Post:
        account = draft.person.account
        seen = shares[draft.id]
        known = account.network != "telegram" and draft.repost_of is None
        return Post(
            network=account.network,
            id=draft.id,
            created_at=draft.at.replace(tzinfo=BERLIN).astimezone(UTC),
            account=replace(account),
            text=draft.text,
            url=_url(draft),
            lang=draft.lang,
            reply_to=draft.reply_to.id if draft.reply_to else None,
            repost_of=draft.repost_of.id if draft.repost_of else None,
            links=tuple(_LINK.findall(draft.text)),
            hashtags=tuple(dict.fromkeys(tag.lower() for tag in _TAG.findall(draft.text))),
            mentions=draft.mentions,
            media=(Media(f"https://bilder.example/{_short(draft.id)}.jpg", "Beispielbild"),)
            if draft.picture
            else (),
            likes=seen * 2 + self.dice.randint(0, 5) if known else None,
            reposts=seen if known else None,
            replies=replies[draft.id] if known else None,
        )


def _short(native: str) -> str:
    return native.rsplit("/", 1)[-1]


def _url(draft: Draft) -> str:
    account = draft.person.account
    host = {
        "mastodon": (account.handle or "").rsplit("@", 1)[-1],
        "bluesky": "himmel.example",
        "telegram": "kanal.example",
        "x": "kurz.example",
    }[account.network]
    return f"https://{host}/{account.name and account.name.split()[0].lower()}/{_short(draft.id)}"
