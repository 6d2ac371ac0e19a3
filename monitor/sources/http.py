"""Asking a server politely: one deadline a reply, few retries, its wishes about when respected."""

import json
import logging
import math
import time
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import requests
import stamina

from data.deadline import DeadlineAdapter, Overdue, Watch
from monitor.sources.refused import Refused

LARGEST_REPLY = 20_000_000  # bytes; forty long posts are below 1 MB
NO_EPOCH = 1e8  # seconds; a smaller number is a span: as epoch it would be in 1973 or earlier
LONGEST_PROMISE = 86_400.0  # seconds; a server that wants us to stay away longer is asked tomorrow
_PART = 65_536
_QUOTED = 160  # characters of a server's own words that are kept
# how headers of limits begin: Mastodon's, Bluesky's, X's
_BUDGETS = ("X-RateLimit-", "RateLimit-", "X-Rate-Limit-")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a server is waited for. Times in seconds."""

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 10.0  # a longer wait ends the round; it goes on where it was
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply as it came; names of headers in any case, `links` of its Link header."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    links: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that is JSON."""

    document: Any
    next: Mapping[str, str]  # parameters of the page that the Link header names as next


class Client:
    """A session with one server; requests one after another.

    Every failure is raised as Refused with the state that people see.
    """

    def __init__(
        self,
        origin: str,
        seconds: float,
        patience: Patience,
        setting: str,
        token: str | None = None,
        meaning: Callable[[Answer], Refused | None] = lambda _: None,
    ) -> None:
        logging.getLogger("stamina").setLevel(logging.ERROR)  # a second try is nothing to tell
        self.origin = origin.rstrip("/")
        self._setting = setting  # where in hhhilft.toml the address stands
        self._meaning = meaning  # of a refusal that says more than its status
        self._patience = patience
        self._seconds = seconds
        self._free_at = 0.0  # of the monotonic clock; before that the server's budget is spent
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"hhhilft-monitor/{version('hhhilft-monitor')}"
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, DeadlineAdapter())

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Reply:
        """Ask for a JSON document."""
        answer = self.fetch(path, params, {"Accept": "application/json"})
        try:
            document = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise self.garbled(_start(answer.body) or str(error)) from error
        return Reply(document, _next(answer.links))

    def fetch(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        passing: Container[int] = (),
    ) -> Answer:
        """Ask; short waits are waited, faults of the moment tried again.

        A status code that is no success is raised as Refused, unless it is among `passing`.
        """
        return self._patiently("GET", path, passing, params=params or {}, headers=headers or {})

    def post(
        self,
        path: str,
        document: Any = None,
        headers: Mapping[str, str] | None = None,
        passing: Container[int] = (),
    ) -> Answer:
        """Send a JSON document (none: an empty body), as patiently as `fetch` asks."""
        return self._patiently("POST", path, passing, json=document, headers=headers or {})

    def post_form(
        self, path: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send the fields of a form, as patiently as `fetch` asks."""
        return self._patiently("POST", path, (), data=form, headers=headers or {})

    def _patiently(self, method: str, path: str, passing: Container[int], **request: Any) -> Answer:
        self._wait_for_budget()
        patience = self._patience
        for attempt in stamina.retry_context(
            on=self._try_again,
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first_wait,
            wait_max=patience.longest_wait,
            wait_jitter=patience.first_wait,
        ):
            with attempt:
                return self._once(method, path, passing, **request)
        raise AssertionError("unreachable")  # stamina returns or raises

    def status_of(self, url: str, accept: str) -> int:
        """Return the status code of `url`, without following where it leads. No second try."""
        try:
            with self._session.get(
                url,
                headers={"Accept": accept},
                timeout=self._seconds,
                stream=True,
                allow_redirects=False,
            ) as response:
                _watch(response).cancel()
                return response.status_code
        except (requests.RequestException, Overdue) as error:
            raise self._unreachable(error) from error

    def _wait_for_budget(self) -> None:
        wait = self._free_at - time.monotonic()
        if wait > self._patience.longest_wait:
            raise self._limited("X-RateLimit-Remaining: 0", wait)
        if wait > 0:
            self._patience.sleep(wait)

    def _try_again(self, error: Exception) -> bool | float:
        if not isinstance(error, Refused):
            return False
        if error.state == "limited":
            wait = math.inf if error.wait is None else error.wait
            return wait if wait <= self._patience.longest_wait else False
        if error.state == "unavailable":
            if error.wait is None:
                return True
            return error.wait if error.wait <= self._patience.longest_wait else False
        return error.state == "unreachable" and not isinstance(
            error.__cause__, requests.Timeout | Overdue
        )

    def _once(self, method: str, path: str, passing: Container[int], **request: Any) -> Answer:
        try:
            with self._session.request(
                method,
                f"{self.origin}{path}",
                **request,
                timeout=self._seconds,
                stream=True,
                allow_redirects=False,
            ) as response:
                body = _body(response)
        except (requests.RequestException, Overdue) as error:
            raise self._unreachable(error) from error
        if body is None:
            raise self._too_large()
        answer = Answer(response.status_code, body, response.headers, response.links)
        if answer.status not in passing and not 200 <= answer.status < 300:
            raise self._meaning(answer) or self._refused(response, body)
        self._note_budget(response)
        return answer

    def _refused(self, response: requests.Response, body: bytes) -> Refused:
        status = response.status_code
        said = f"{status} {_message(body) or response.reason or ''}".strip()
        if status < 400:
            return Refused(
                "not_found",
                de=f"{self.origin} verweist auf eine andere Adresse. "
                f"Diese in {self._setting} eintragen.",
                en=f"{self.origin} points to another address. Put that into {self._setting}.",
                said=f"{status} {response.headers.get('Location', '')}"[:_QUOTED],
            )
        if status == 429:
            return self._limited(said, _retry_after(response) or _until_reset(response))
        if status >= 500:
            return Refused(
                "unavailable",
                de=f"{self.origin} ist gestört (Antwort {status}). Es wird wieder versucht.",
                en=f"{self.origin} is out of order (it answers {status}). It is tried again.",
                said=said,
                wait=_retry_after(response),
            )
        if status in (404, 410):
            return Refused(
                "not_found",
                de=f"{self.origin} kennt {response.request.path_url} nicht. "
                f"Stimmt die Adresse in {self._setting}?",
                en=f"{self.origin} does not know {response.request.path_url}. "
                f"Is the address in {self._setting} right?",
                said=said,
            )
        return Refused(
            "denied",
            de=f"{self.origin} verweigert den Zugriff (Antwort {status}).",
            en=f"{self.origin} refuses access (it answers {status}).",
            said=said,
        )

    def _note_budget(self, response: requests.Response) -> None:
        if _budget(response, "Remaining") == "0":
            wait = _until_reset(response)
            self._free_at = time.monotonic() + wait if wait else 0.0

    def _limited(self, said: str, wait: float | None) -> Refused:
        return Refused(
            "limited",
            de=f"{self.origin} nimmt gerade keine weiteren Anfragen an. "
            "Es geht nach der Pause da weiter, wo es aufgehört hat.",
            en=f"{self.origin} takes no more requests just now. "
            "After the pause it goes on where it stopped.",
            said=said,
            wait=wait,
        )

    def _unreachable(self, error: Exception) -> Refused:
        return Refused(
            "unreachable",
            de=f"{self.origin} antwortet nicht. Stimmt die Adresse, und besteht eine Verbindung?",
            en=f"{self.origin} does not answer. Is the address right, and is there a connection?",
            said=_reason(error)[:_QUOTED],
        )

    def _too_large(self) -> Refused:
        size = LARGEST_REPLY // 1_000_000
        return Refused(
            "garbled",
            de=f"Die Antwort von {self.origin} ist größer als {size} MB. Sie wird nicht gelesen.",
            en=f"The reply of {self.origin} is larger than {size} MB. It is not read.",
            said=f"more than {LARGEST_REPLY} bytes",
        )

    def garbled(self, said: str) -> Refused:
        """Say that the reply is not what was asked for."""
        return Refused(
            "garbled",
            de=f"{self.origin} antwortet mit etwas anderem als JSON. Es wird wieder versucht.",
            en=f"{self.origin} answers with something else than JSON. It is tried again.",
            said=said[:_QUOTED],
        )


def _body(response: requests.Response) -> bytes | None:
    """Read the body until the deadline; None where it is too large."""
    parts: list[bytes] = []
    size = 0
    watch = _watch(response)
    try:
        for part in iter(lambda: response.raw.read1(_PART, decode_content=True), b""):
            size += len(part)
            if size > LARGEST_REPLY:
                return None
            parts.append(part)
    except Exception as error:
        if watch.overdue:
            raise Overdue from error
        raise requests.ConnectionError(error) from error
    finally:
        watch.cancel()
    if watch.overdue:  # a body without a length ends where it was cut
        raise Overdue
    return b"".join(parts)


def _next(links: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    url = links.get("next", {}).get("url")
    if not url:
        return {}
    return dict(parse_qsl(urlsplit(url).query))


def _watch(response: requests.Response) -> Watch:
    return cast(Watch, response.raw.watch)  # type: ignore[union-attr]  # DeadlineAdapter puts it there


def _retry_after(response: requests.Response) -> float | None:
    value = response.headers.get("Retry-After", "").strip()
    if not value:
        return None
    try:
        return _promise(float(value))
    except ValueError:
        pass
    try:
        at = _aware(parsedate_to_datetime(value))
        return _promise((at - _their_now(response)).total_seconds())
    except (ValueError, TypeError):
        return None


def _until_reset(response: requests.Response) -> float | None:
    """Read when the budget is new.

    Mastodon sends ISO time, others epoch seconds (their clock), Pinterest the seconds until then.
    """
    value = _budget(response, "Reset")
    try:
        if float(value) < NO_EPOCH:
            return _promise(float(value))
        at = datetime.fromtimestamp(float(value), UTC)
    except (ValueError, OverflowError, OSError):
        try:
            at = _aware(datetime.fromisoformat(value))
        except ValueError:
            return None
    return _promise((at - _their_now(response)).total_seconds())


def _budget(response: requests.Response, what: str) -> str:
    """Return what a server says of its limits, "" where it says nothing."""
    told = (response.headers.get(f"{start}{what}") for start in _BUDGETS)
    return next((each.strip() for each in told if each), "")


def _their_now(response: requests.Response) -> datetime:
    try:
        return _aware(parsedate_to_datetime(response.headers["Date"]))
    except (KeyError, ValueError, TypeError):
        return datetime.now(UTC)


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _promise(seconds: float) -> float | None:
    return None if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_PROMISE)


def document_or_none(body: bytes | bytearray) -> Any:
    """Read a reply's JSON; None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _message(body: bytes) -> str:
    """Return what the server says of a refusal: Mastodon's `error`, or a problem of RFC 9457."""
    told = document_or_none(body)
    said = (
        (told.get(name) for name in ("error", "detail", "title")) if isinstance(told, dict) else ()
    )
    return next((each[:_QUOTED] for each in said if isinstance(each, str)), "")


def _start(body: bytes) -> str:
    return " ".join(body[:_QUOTED].decode("utf-8", "replace").split())


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout | Overdue):
        return "no answer in time"
    text = str(error)
    return text.rsplit("] ", 1)[-1].strip("\"')( ") or type(error).__name__
