"""Whether a channel still shows a post: it is missing where its neighbours are shown without it."""

import time
from collections.abc import Iterator, Sequence

from data.formats import this_moment
from monitor.sources.http import Client
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking
from monitor.sources.telegram.collect import SETTING, server_and_name
from monitor.sources.telegram.pages import Channel

LONGEST = 60.0  # seconds for all questions of a round; what is left is asked in the next one


def look_after(asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    """Ask the channels in the settings; one page answers for all the posts that belong on it."""
    here = asking.config.telegram
    named = {server_and_name(origin)[1].lower() for origin in here.origins}
    client = Client(here.server, here.timeout_seconds, asking.patience, SETTING)
    seen: dict[str, _Seen] = {}
    until = time.monotonic() + LONGEST
    try:
        for native_id in ids:
            if time.monotonic() > until:
                return
            name, _, number = native_id.partition("/")
            if name.lower() not in named or not number.isdigit():
                yield Asked(native_id, None)
                continue
            shown = seen.setdefault(name, _Seen(Channel(client, name, this_moment())))
            yield Asked(native_id, shown.holds(int(number)))
    finally:
        client.close()


class _Seen:
    """The numbers that one channel shows, as far as they were asked for."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._silent = False
        self._pages: list[tuple[int, int, frozenset[int]]] = []  # from, to, the numbers shown

    def holds(self, number: int) -> bool | None:
        """Say whether a post is shown; None where the channel does not tell."""
        for low, high, numbers in self._pages:
            if low <= number <= high:
                return number in numbers
        if self._silent:
            return None
        try:
            page = self._channel.page(before=number + 1)
        except Refused:
            self._silent = True
            return None
        numbers = frozenset(each.number for each in page.messages if each.number <= number)
        if not numbers:
            return None
        self._pages.append((min(numbers), number, numbers))
        return number in numbers
