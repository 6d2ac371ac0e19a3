"""Whether posts and comments are still there and shown, many by one request."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from monitor.items.fields import at
from monitor.sources.facebook.mapping import NETWORK, page_of
from monitor.sources.graph.client import Graph
from monitor.sources.graph.refusals import GraphError
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking

AT_ONCE = 50  # ids a request; the API's limit


def look_after(asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    """Ask for them; what a refusal leaves open comes first next time.

    Not so where a person has to act: a page whose token is gone keeps no other from its turn.
    """
    origins = {page_of(each): each for each in asking.config.facebook.origins}
    by_page: dict[str, list[str]] = defaultdict(list)
    for native_id in ids:
        by_page[native_id.replace("/", "_").split("_")[0]].append(native_id)
    for page, its in by_page.items():
        if page not in origins:  # another page's token would not see them, as if they were gone
            yield from (Asked(native_id, None) for native_id in its)
            continue
        try:
            graph = Graph(asking.config, origins[page], asking.patience, NETWORK)
        except Refused:  # there is no token
            yield from (Asked(native_id, None) for native_id in its)
            continue
        try:
            for start in range(0, len(its), AT_ONCE):
                yield from _ask(graph, page, its[start : start + AT_ONCE])
        except Refused as refused:
            if refused.state == "denied":
                yield from (Asked(native_id, None) for native_id in its[start:])
        finally:
            graph.close()


def _ask(graph: Graph, page: str, ids: Sequence[str]) -> Iterator[Asked]:
    found = _there(graph, ids)
    if False in found.values():
        graph.get(f"{page}/posts", fields="id", limit=1)  # refused: it is the token that is gone
    yield from (Asked(native_id, found[native_id]) for native_id in ids)


def _there(graph: Graph, ids: Sequence[str]) -> dict[str, bool | None]:
    """Ask for many; one that is gone fails the whole request, so it is looked for by halves."""
    names = {native_id: native_id.rpartition("/")[2] for native_id in ids}
    try:
        told: Any = graph.get("", ids=",".join(names.values()), fields="id,is_hidden")
    except GraphError as error:
        if not error.is_gone:
            raise
        if len(ids) == 1:
            return {ids[0]: False}
        middle = len(ids) // 2
        return _there(graph, ids[:middle]) | _there(graph, ids[middle:])
    found = {native_id: _is_shown(told.get(name)) for native_id, name in names.items()}
    left_out = [native_id for native_id in ids if found[native_id] is None and len(ids) > 1]
    for native_id in left_out:
        found |= _there(graph, [native_id])
    return found


def _is_shown(item: Any) -> bool | None:
    if at(item, "id") is None:
        return None
    return at(item, "is_hidden") is not True
