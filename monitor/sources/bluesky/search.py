"""The search: what it has of the last days, day by day, newest first, and of what is not read yet.

What is read stands in the store's coverage alone: a day that was not read whole is read again. The
search shows no reposts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from data.records import asks_for_no_bots
from data.writes import RawItem
from monitor.items.bluesky import hashtags_of
from monitor.items.fields import at, word
from monitor.sources.bluesky.access import Session, open_session
from monitor.sources.bluesky.mapping import VIEW, is_hidden
from monitor.sources.bluesky.people import People
from monitor.sources.bluesky.questions import Questions
from monitor.sources.bluesky.stretches import Stretch, between, overlaps, unread
from monitor.sources.raw_json import raw_json
from monitor.sources.source import Asking, Page
from monitor.watched import is_watched

LONGEST_DAYS = 20 * 365  # no post is older, whatever the settings say
WORDS_AGAIN = timedelta(hours=1)  # the index may be late by minutes
_KEPT = ("uri", "cid", "record", "likeCount", "repostCount", "replyCount", "indexedAt", "labels")


def read_search(asking: Asking) -> Iterator[Page]:
    """Yield what the search has; Refused where it does not answer or wants another login."""
    session = open_session(asking.config, asking.origin, asking.patience)
    try:
        yield from _Round(asking, session).pages()
    finally:
        session.client.close()


@dataclass
class _Round:
    asking: Asking
    session: Session
    questions: Questions = field(init=False)
    people: People = field(init=False)

    def __post_init__(self) -> None:
        self.questions = Questions(self.session)
        self.people = People(self.session.get)

    def pages(self) -> Iterator[Page]:
        here, now = self.asking.config.bluesky, self.asking.now
        first = now - timedelta(days=min(here.first_days, LONGEST_DAYS))
        again = max(first, now - timedelta(days=min(here.reread_hours / 24, LONGEST_DAYS)))
        covered = self.asking.stored.covered()
        missed = between(covered.get(here.stream.rstrip("/"), ()))
        read = covered.get(self.asking.origin, ())
        for known in read:
            yield from self._fill(Stretch(*known), missed)
        whole = Stretch(first, now)
        fresh = unread(whole, read, max(first, now - WORDS_AGAIN))
        for stretch in _days(unread(whole, read, again)):
            yield from self._read(stretch, overlaps(fresh, stretch))
            if self.questions.pages_left <= 0:
                yield Page(
                    note=(
                        "Es gibt dort mehr, als in eine Runde passt; die nächste macht weiter.",
                        "There is more than fits into one round; the next one goes on.",
                    )
                )
                return
            yield Page(read=stretch)
            yield from self._fill(stretch, missed)
        yield Page(complete_since=again)

    def _read(self, stretch: Stretch, fresh: Sequence[Stretch]) -> Iterator[Page]:
        """Read one stretch for every hashtag; what is fresh of it also as a word.

        Not every hashtag is marked as one. A word may be a common one, so it is not read again.
        """
        for tag in self.asking.config.watch.hashtags:
            questions = [(f"#{tag}", stretch), *((tag, part) for part in fresh)]
            for query, part in questions:
                for posts in self.questions.results(query, part):
                    yield self._page(posts)

    def _fill(self, stretch: Stretch, missed: Sequence[Stretch]) -> Iterator[Page]:
        """Say what of the stream's gaps is filled by now; reposts of that time stay unknown."""
        origin = self.asking.config.bluesky.stream.rstrip("/")
        for start, end in overlaps(missed, stretch):
            yield Page(
                filled=(origin, start, end),
                note=(
                    "Eine Lücke des Stroms ist mit der Suche gefüllt; geteilt wurde in dieser "
                    "Zeit vielleicht mehr, als zu sehen ist.",
                    "A gap of the stream is filled by the search; more may have been reposted "
                    "in that time than can be seen.",
                ),
            )

    def _page(self, posts: Sequence[Any]) -> Page:
        """Sort out what is not watched or must not be kept; give authors their whole profile."""
        config = self.asking.config
        kept: list[Any] = []
        seen: set[str] = set()
        hidden: set[str] = set()
        for view in posts:
            if not isinstance(view, Mapping):
                kept.append(view)
            elif is_watched(hashtags_of(view.get("record")), config):
                seen.add(str(view.get("uri")))
                if is_hidden(view):
                    hidden.add(str(view.get("uri")))
                else:
                    kept.append(view)
        profiles = self.people.profiles(
            str(did) for view in kept if (did := at(view, "author", "did"))
        )
        away = {
            did for did, who in profiles.items() if asks_for_no_bots(word(who.get("description")))
        }
        unwanted = {str(at(view, "uri")) for view in kept if at(view, "author", "did") in away}
        return Page(
            items=[
                RawItem(VIEW, raw_json(kept_of(view, profiles)))
                for view in kept
                if str(at(view, "uri")) not in unwanted
            ],
            fetched=len(posts),
            seen=frozenset(seen),
            unwanted=frozenset(hidden | unwanted),
        )


def kept_of(view: Any, profiles: Mapping[str, Any]) -> Any:
    """Return of a view what is read: not what it shows of other people's posts, nor of ours."""
    if not isinstance(view, Mapping):
        return view
    author = view.get("author")
    return {name: view[name] for name in _KEPT if name in view} | {
        "author": profiles.get(str(at(author, "did")), author)
    }


def _days(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Part stretches at midnight (UTC), newest first: what is read whole is not read again."""
    for stretch in reversed(stretches):
        end = stretch.end
        while end > stretch.start:
            midnight = datetime.combine((end - timedelta.resolution).date(), time(), UTC)
            start = max(stretch.start, midnight)
            yield Stretch(start, end)
            end = start
