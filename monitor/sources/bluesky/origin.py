"""Whether Bluesky still shows a post."""

from collections.abc import Iterator, Sequence

from monitor.sources.bluesky.people import AT_ONCE, views
from monitor.sources.http import Client
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking


def look_after(asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    """Ask the public view, which needs no login; what it leaves out is not there."""
    here = asking.config.bluesky
    seconds = min(10, here.timeout_seconds)
    client = Client(here.appview, seconds, asking.patience, "[bluesky] appview")
    try:
        for start in range(0, len(ids), AT_ONCE):
            part = ids[start : start + AT_ONCE]
            try:
                found = views(lambda path, params: client.get(path, params).document, part)
            except Refused:
                yield from (Asked(each, None) for each in ids[start:])
                return
            yield from (Asked(each, each in found) for each in part)
    finally:
        client.close()
