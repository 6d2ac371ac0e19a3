"""One round at one board: all its pins, every time, for API v5 says of none when it was changed.

A round that breaks off begins anew; what it stored is known then.
"""

from collections.abc import Generator, Iterator, Mapping
from typing import Any

from data.errors import RecordError
from data.records import EARLIEST, iso
from data.tokens import ENDS
from data.writes import Cursor, RawItem
from monitor.items.fields import at, hashtags_in, word
from monitor.sources.http import Client
from monitor.sources.pinterest.asking import Expired, board_of, connect
from monitor.sources.pinterest.mapping import PIN, words_of
from monitor.sources.pinterest.tokens import read_kept, tokens_to_try
from monitor.sources.raw_json import raw_json
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page
from monitor.watched import is_watched

PAGE = 100  # pins a request
MOST_PAGES = 100  # a round


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield a board's pins; Refused where Pinterest does not deliver."""
    client, board = _open(asking)
    try:
        kept = read_kept(asking.config) if asking.config.pinterest.app else None
        yield Page(cursors=[Cursor(ENDS, iso(kept.ends) if kept and kept.ends else "")])
        if at(board, "privacy") in (None, "PUBLIC"):
            yield from _read(asking, client, at(board, "owner", "username"))
        else:
            yield from _forget(asking, client)
            raise _secret()
    finally:
        client.close()


def _open(asking: Asking) -> tuple[Client, Any]:
    """Open a session by a token that is valid; return it with what it says of the board."""
    expired: Expired | None = None
    for token in tokens_to_try(asking):
        client = connect(asking, token)
        try:
            return client, client.get(f"/v5/boards/{board_of(asking.origin)}").document
        except Expired as error:
            expired = error
            client.close()
        except Refused:
            client.close()
            raise
    raise expired or AssertionError("there is always a token to try")


def _read(asking: Asking, client: Client, owner: Any) -> Iterator[Page]:
    whole = False
    for pins, last in _pins(asking, client):
        yield Page(
            items=[
                RawItem(PIN, raw_json({"owner": owner, "pin": each}))
                for each in pins
                if _is_kept(asking, each)
            ],
            fetched=len(pins),
            seen=frozenset(_ids(pins)),
        )
        whole = last
    if whole:
        yield Page(read=(EARLIEST, asking.now), complete_since=EARLIEST)
    else:
        yield Page(note=_TOO_LONG)


def _forget(asking: Asking, client: Client) -> Iterator[Page]:
    """Have deleted here what is on a board that is not public any more."""
    for pins, _ in _pins(asking, client):
        yield Page(unwanted=frozenset(asking.stored.posts(_ids(pins))))


def _pins(asking: Asking, client: Client) -> Iterator[tuple[list[Any], bool]]:
    """Yield pages of pins, and whether each is the last; no more than MOST_PAGES."""
    path = f"/v5/boards/{board_of(asking.origin)}/pins"
    bookmarks: list[str] = []
    while len(bookmarks) < MOST_PAGES:
        more = {"bookmark": bookmarks[-1]} if bookmarks else {}
        told = client.get(path, {"page_size": PAGE, **more}).document
        pins, bookmark = at(told, "items"), word(at(told, "bookmark"))
        if not isinstance(pins, list) or bookmark in bookmarks:
            raise client.garbled(f"{path}: {type(pins).__name__}, bookmark {bookmark}")
        yield pins, bookmark is None
        if bookmark is None:
            return
        bookmarks.append(bookmark)


def _ids(pins: list[Any]) -> list[str]:
    return [each for pin in pins if (each := word(at(pin, "id")))]


def _is_kept(asking: Asking, pin: Any) -> bool:
    """Say whether a pin is of interest; one that cannot be read is, so that it is seen."""
    whole = board_of(asking.origin) in asking.config.pinterest.whole_boards
    if whole or not isinstance(pin, Mapping):
        return True
    try:
        return is_watched(hashtags_in(words_of(pin)), asking.config)
    except RecordError:
        return True


def _secret() -> Refused:
    return Refused(
        "denied",
        de="Diese Pinnwand ist nicht öffentlich. Gelesen wird nur, was alle sehen; was von ihr "
        "hier war, ist gelöscht. Sie bei Pinterest öffentlich machen, oder in [pinterest] "
        "streichen.",
        en="This board is not public. Only what everybody sees is read; what was here of it is "
        "deleted. Make it public at Pinterest, or take it out of [pinterest].",
        said="privacy",
    )


_TOO_LONG = (
    f"Die Pinnwand hat mehr als {MOST_PAGES * PAGE} Pins; die übrigen fehlen. Sie teilen.",
    f"The board has more than {MOST_PAGES * PAGE} pins; the others are missing. Split it.",
)
