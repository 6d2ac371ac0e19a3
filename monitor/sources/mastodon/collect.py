"""One round at one instance: is it open, what is new, who boosted."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from data.config import Config, mastodon_token
from data.records import from_iso
from data.writes import Cursor, RawItem
from monitor.sources.http import Client
from monitor.sources.mastodon.access import Access, denied, read_access
from monitor.sources.mastodon.feed import Budget, Feed, Leaf, id_of
from monitor.sources.mastodon.mapping import (
    BOOSTERS,
    REPLY,
    STATUS,
    host_of,
    is_public,
    wants_no_bots,
)
from monitor.sources.raw_json import raw_json
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page

PAGES_A_MINUTE = 20  # Mastodon's limit is 300 pages in 15 minutes
MOST_PAGES = 200  # a round; what is left waits for the next one
LONGEST_DAYS = 20 * 365  # no post is older, whatever the settings say
MOST_BOOSTED = 60  # posts a round whose boosters are asked for
BOOSTER_PAGES = 5  # of 80 accounts, newest first
PARENTS_AT_ONCE = 20  # statuses that Mastodon gives in one reply by their ids
_WANTED = "wanted"  # a `boosts <id>` cursor that waits: "wanted <count> <uri>"


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield what an instance has for the hashtags; Refused where it does not deliver."""
    here = asking.config.mastodon
    token = mastodon_token(asking.origin)
    client = Client(
        asking.origin, here.timeout_seconds, asking.patience, "[mastodon] instances", token
    )
    try:
        access = read_access(client, has_token=bool(token))
        if access.note:
            yield Page(note=access.note)
        yield from _Round(asking, client, access).pages()
    except Refused as refused:
        if refused.state == "denied" and not (refused.said or "").startswith("hashtag_feeds"):
            raise denied(asking.origin, refused.said, has_token=bool(token)) from refused
        raise
    finally:
        client.close()


class _Round:
    def __init__(self, asking: Asking, client: Client, access: Access) -> None:
        self.asking = asking
        self.client = client
        self.access = access
        self.budget = Budget(
            min(MOST_PAGES, PAGES_A_MINUTE * asking.config.mastodon.interval_minutes)
        )
        self.boosts = {  # id -> what its cursor says
            name.removeprefix("boosts "): value
            for name, value in asking.cursors.items()
            if name.startswith("boosts ")
        }
        self.uris: dict[str, str] = {}  # ids of this instance that this round has met
        self.asks_parents = True

    def pages(self) -> Iterator[Page]:
        here = self.asking.config.mastodon
        first = timedelta(days=min(here.first_days, LONGEST_DAYS))
        again = timedelta(days=min(here.reread_hours / 24, LONGEST_DAYS))
        feeds = [
            self._feed(tag, f"/api/v1/timelines/tag/{tag}", self.access)
            for tag in self.asking.config.watch.hashtags
        ]
        for account in followed_at(self.asking.config, self.asking.origin):
            native_id = self._id_of(account)
            if native_id is None:
                yield Page(note=_unknown(account, self.asking.origin))
            else:
                path = f"/api/v1/accounts/{native_id}/statuses"
                feeds.append(self._feed(account, path, Access({})))
        for feed in feeds:
            for leaf in feed.read(first, again):
                yield replace(self._page(leaf), read=_read_by(feeds, self.asking.now))
        if all(feed.whole for feed in feeds):
            yield Page(complete_since=self.asking.now - again)
        else:
            yield Page(
                note=(
                    "Es gibt dort mehr, als in eine Runde passt; die nächste macht weiter.",
                    "There is more than fits into one round; the next one goes on.",
                )
            )
        if here.boosters:
            yield from self._boosters()

    def _feed(self, name: str, path: str, access: Access) -> Feed:
        cursors = {
            key.removeprefix(f"{name} "): value
            for key, value in self.asking.cursors.items()
            if key.startswith(f"{name} ")
        }
        return Feed(self.client, name, path, access, self.budget, self.asking.now, cursors)

    def _id_of(self, account: str) -> str | None:
        """Ask for the number that an account has at this instance; None where it knows none."""
        try:
            found = self.client.get("/api/v1/accounts/lookup", {"acct": account}).document
        except Refused as refused:
            if refused.state not in ("denied", "not_found"):
                raise
            return None
        return id_of(found)

    def _page(self, leaf: Leaf) -> Page:
        """Sort out what must not be kept, and name what replies answer."""
        kept: list[Any] = []
        seen: set[str] = set()
        unwanted: set[str] = set()
        for status in leaf.statuses:
            if not isinstance(status, Mapping):
                kept.append(status)
                continue
            uri, native_id = status.get("uri"), id_of(status)
            if isinstance(uri, str) and native_id:
                seen.add(uri)
                self.uris[native_id] = uri
            if wants_no_bots(status.get("account")):
                unwanted.add(str(uri))
            elif is_public(status):
                kept.append(status)
        answered = self._answered([each for each in kept if isinstance(each, Mapping)])
        return Page(
            items=[_raw(each, answered) for each in kept],
            cursors=[
                *(Cursor(name, value) for name, value in leaf.cursors.items()),
                *(self._more_boosts(kept) if self.asking.config.mastodon.boosters else ()),
            ],
            fetched=len(leaf.statuses),
            seen=frozenset(seen),
            unwanted=frozenset(unwanted),
        )

    def _answered(self, statuses: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """Return by uri what the replies among these answer; ids alone mean nothing elsewhere."""
        replies = {
            str(each["uri"]): str(each["in_reply_to_id"])
            for each in statuses
            if isinstance(each.get("uri"), str)
            and isinstance(each.get("in_reply_to_id"), str | int)
        }
        if not replies:
            return {}
        found = {uri: self.uris[parent] for uri, parent in replies.items() if parent in self.uris}
        found |= self.asking.stored.replies([uri for uri in replies if uri not in found])
        parents = {replies[uri] for uri in replies if uri not in found}
        self._ask_parents(sorted(parents))
        return found | {
            uri: self.uris[parent]
            for uri, parent in replies.items()
            if uri not in found and parent in self.uris
        }

    def _ask_parents(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), PARENTS_AT_ONCE):
            if not self.asks_parents:
                return
            part = ids[start : start + PARENTS_AT_ONCE]
            try:
                document = self.client.get("/api/v1/statuses", {"id[]": part}).document
            except Refused as refused:
                if refused.state not in ("denied", "not_found", "garbled", "unavailable"):
                    raise
                self.asks_parents = False  # a server before 4.3
                return
            for each in document if isinstance(document, list) else []:
                native_id = id_of(each)
                if native_id and isinstance(each.get("uri"), str):
                    self.uris[native_id] = each["uri"]

    def _more_boosts(self, statuses: Sequence[Any]) -> Iterator[Cursor]:
        """Note posts whose count of boosts has grown; their boosters are asked for later."""
        for each in statuses:
            native_id = id_of(each)
            if native_id is None or not isinstance(each.get("uri"), str):
                continue
            count = each.get("reblogs_count")
            if not isinstance(count, int) or count <= _asked(self.boosts.get(native_id)):
                continue
            self.boosts[native_id] = f"{_WANTED} {count} {each['uri']}"
            yield Cursor(f"boosts {native_id}", self.boosts[native_id])

    def _boosters(self) -> Iterator[Page]:
        wanted = [each for each, value in self.boosts.items() if value.startswith(_WANTED)]
        for native_id in sorted(wanted, key=lambda each: (len(each), each), reverse=True)[
            :MOST_BOOSTED
        ]:
            _, count, uri = self.boosts[native_id].split(" ", 2)
            done = [Cursor(f"boosts {native_id}", count)]
            accounts = self._accounts_that_boosted(native_id)
            if accounts:
                body = raw_json({"uri": uri, "accounts": accounts})
                yield Page(items=[RawItem(BOOSTERS, body)], cursors=done)
            else:
                yield Page(cursors=done)

    def _accounts_that_boosted(self, native_id: str) -> list[Any]:
        found: list[Any] = []
        where: dict[str, str] = {}
        for _ in range(BOOSTER_PAGES):
            try:
                reply = self.client.get(
                    f"/api/v1/statuses/{native_id}/reblogged_by", {"limit": 80, **where}
                )
            except Refused as refused:
                if refused.state in ("denied", "not_found"):  # deleted since, or not for everybody
                    return found
                raise
            if not isinstance(reply.document, list):
                return found
            found += reply.document
            further = reply.next.get("max_id")
            if not further or further == where.get("max_id"):
                return found
            where = {"max_id": further}
        return found


def followed_at(config: Config, origin: str) -> list[str]:
    """Return the accounts that are asked for at an instance: their own, or else the first one."""
    hosts = [host_of(each) for each in config.mastodon.origins]
    at = {name: name.partition("@")[2].lower() for name in config.mastodon.followed}
    return [
        name
        for name, home in at.items()
        if host_of(origin) == (home if home in hosts else hosts[0])
    ]


def _unknown(account: str, origin: str) -> tuple[str, str]:
    return (
        f"{origin} kennt das Konto {account} nicht. In [mastodon] accounts den Namen prüfen.",
        f"{origin} does not know the account {account}. Check the name in [mastodon] accounts.",
    )


def _asked(cursor: str | None) -> int:
    """Return for which count of boosts the boosters are known or already wanted."""
    digits = (cursor or "0").removeprefix(f"{_WANTED} ").split(" ", 1)[0]
    return int(digits) if digits.isdigit() else 0


def _raw(status: Any, answered: Mapping[str, str]) -> RawItem:
    uri = status.get("uri") if isinstance(status, Mapping) else None
    if isinstance(uri, str) and uri in answered:
        return RawItem(REPLY, raw_json({"reply_to": answered[uri], "status": status}))
    return RawItem(STATUS, raw_json(status))


def _read_by(feeds: Sequence[Feed], now: datetime) -> tuple[datetime, datetime] | None:
    """Return the stretch that is read for every hashtag and account."""
    if not all(feed.cursors.get("low") and feed.cursors.get("high") for feed in feeds):
        return None
    low = max(from_iso(feed.cursors["low"]) for feed in feeds)
    high = min(now, *(from_iso(feed.cursors["high"]) for feed in feeds))
    return (low, high) if low <= high else None
