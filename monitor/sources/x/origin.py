"""Whether X still shows posts: what is deleted, suspended or protected it names as errors."""

from collections.abc import Iterator, Sequence

from data.writes import Spent
from monitor.items.fields import at, objects
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking
from monitor.sources.x.access import open_client
from monitor.sources.x.ids import number_of
from monitor.sources.x.purse import Purse

AT_ONCE = 100  # ids in one question; X's limit
_GONE = ("resource-not-found", "not-authorized-for-resource")  # deleted; suspended or protected


def look_after(asking: Asking, ids: Sequence[str]) -> Iterator[Asked | Spent]:
    """Ask for as many as the day's budget for checks allows; each that is there costs one.

    Raises Refused where X does not answer.
    """
    asked = [each for each in ids if number_of(each) is not None]
    yield from (Asked(each, None) for each in ids if number_of(each) is None)
    purse = Purse(asking)
    asked = asked[: min(AT_ONCE, purse.budget().checks.today)]
    if not asked:
        return
    client = open_client(asking.config, asking.origin, asking.patience)
    try:
        yield purse.checks(len(asked))
        try:
            document = client.get("/2/tweets", {"ids": ",".join(asked)}).document
        except Refused as refused:
            if refused.state != "garbled":  # X bills what it answers, not what it refuses
                yield purse.checks(-len(asked))
            raise
    finally:
        client.close()
    there = {at(each, "id") for each in objects(at(document, "data"))}
    gone = {
        at(each, "resource_id") or at(each, "value")
        for each in objects(at(document, "errors"))
        if str(at(each, "type")).rsplit("/", 1)[-1] in _GONE
    }
    yield purse.checks(len(there) - len(asked))
    for each in asked:
        yield Asked(each, True if each in there else False if each in gone else None)
