"""Asking the Graph API: JSON by JSON, page by page, within its limits.

The token goes in a header, never into an address. Of the address of a next page only its being
there counts: it holds the token and could name any host, so the page is asked for by its cursor.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from data.config import Config, FacebookConfig, InstagramConfig
from data.tokens import token_variable
from monitor.items.fields import at, word
from monitor.sources.graph.refusals import TOO_MANY, GraphError, graph_error, limited
from monitor.sources.graph.usage import pause
from monitor.sources.http import Answer, Client, Patience, document_or_none
from monitor.sources.token_of import token_of

MOST_PAGES = 100  # of one list a round


class Graph:
    """The API at one origin, with the token for that.

    Every failure is raised as Refused with the state that people see.
    """

    def __init__(self, config: Config, origin: str, patience: Patience, network: str) -> None:
        here: InstagramConfig | FacebookConfig = getattr(config, network)
        self._variable = token_variable(config, network, origin) or ""
        self.token = token_of(self._variable)
        self._version = here.version
        self._client = Client(
            here.server,
            here.timeout_seconds,
            patience,
            f"[{network}] server",
            self.token,
            self._meaning,
        )
        self._pause: float | None = None  # seconds; what the newest headers ask for
        self.whole = True  # False: a list was longer than MOST_PAGES

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, path: str, **params: Any) -> Mapping[str, Any]:
        """Ask for one object."""
        if self._pause is not None:
            raise limited(self._pause, "usage headers")
        answer = self._client.fetch(
            f"/{self._version}/{path}", params, {"Accept": "application/json"}
        )
        document = self._read(answer)
        if at(document, "error") is not None:
            raise graph_error(answer.status, document, self._pause, self._variable)
        if not isinstance(document, Mapping):
            raise self._client.garbled(type(document).__name__)
        return document

    def _meaning(self, answer: Answer) -> GraphError | None:
        document = self._read(answer)
        if at(document, "error") is None and answer.status != TOO_MANY:
            return None
        return graph_error(answer.status, document, self._pause, self._variable)

    def _read(self, answer: Answer) -> Any:
        """Note what the headers ask for, and read the JSON; None where it is none."""
        self._pause = pause(answer.headers)
        # Meta quotes the token: in addresses of next pages, and where it is malformed
        return document_or_none(answer.body.replace(self.token.encode(), b"-"))

    def pages(self, path: str, **params: Any) -> Iterator[list[Any]]:
        """Yield the items of a list page by page, until the last one or MOST_PAGES.

        That two pages have the same cursor says nothing: that of Instagram's lists never changes.
        """
        for _ in range(MOST_PAGES):
            document = self.get(path, **params)
            items = document.get("data")
            if not isinstance(items, list):
                raise self._client.garbled(f"{path}: data is {type(items).__name__}")
            yield items
            after = next_cursor(document)
            if after is None:
                return
            params["after"] = after
        self.whole = False


def next_cursor(listed: Any) -> str | None:
    """Return where a list goes on, None where it ends."""
    paging = at(listed, "paging")
    return word(at(paging, "cursors", "after")) if word(at(paging, "next")) else None
