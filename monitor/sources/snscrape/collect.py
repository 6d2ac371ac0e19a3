"""One round of one of snscrape's scrapers: what it yields, or its error as it is."""

import json
import logging
import re
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from data.config import Config
from data.writes import RawItem
from monitor.items.fields import hashtags_in
from monitor.sources.raw_json import raw_json
from monitor.sources.refused import Refused
from monitor.sources.snscrape.mapping import ITEM
from monitor.sources.snscrape.scrapers import SCRAPERS, WITHOUT_POSTS, Known
from monitor.sources.snscrape_modules import scraper_module
from monitor.sources.source import Asking, Page
from monitor.watched import is_watched

LONGEST = 120.0  # seconds for a round; asked between two items
_CODE = re.compile(r"(?:status code|blocked|non-200|resolving username)\D{0,15}(\d{3})")
_SILENT = ("facebook", "vkontakte")  # modules that pass over what they do not understand
_STATES = {"401": "denied", "403": "denied", "404": "denied", "429": "limited"}


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield what a scraper finds under the watched hashtags; Refused with what it broke on."""
    _, kind, name = asking.origin.split(":", 2)
    known = _known(kind)
    yield Page(note=(known.de, known.en))
    scraper_class = getattr(scraper_module(known.module), known.scraper)
    fetched = 0
    with _warnings() as warned:
        try:
            scraper = scraper_class(name, retries=asking.patience.attempts - 1)
            for body in _bodies(scraper, asking.config.snscrape.most_items):
                fetched += 1
                watched = _is_watched(body, asking.config)
                yield Page(items=[RawItem(ITEM, body)] if watched else (), fetched=1)
        except Exception as error:  # what a scraper that nobody mends breaks on is its state
            raise _broke(kind, known, f"{type(error).__name__}: {error}", warned) from error
    if not fetched and (warned or known.module in _SILENT):
        raise _broke(kind, known, "" if warned else "no item, and no error", warned)


def _bodies(scraper: Any, most: int) -> Iterator[str]:
    until = time.monotonic() + LONGEST
    for count, item in enumerate(scraper.get_items(), 1):
        yield raw_json(json.loads(item.json()))
        if count >= most or time.monotonic() > until:
            return


def _known(kind: str) -> Known:
    if kind == "telegram-channel":
        raise Refused(
            "off",
            de="Kanäle von Telegram gehören in [telegram] channels; dort geht nichts verloren.",
            en="Channels of Telegram belong in [telegram] channels; nothing is lost there.",
        )
    if kind in WITHOUT_POSTS:
        raise Refused(
            "off",
            de=f"{kind} findet keine Beiträge, sondern Konten oder Schlagwörter. Nicht gefragt.",
            en=f"{kind} finds no posts, but accounts or keywords. Not asked.",
        )
    if kind not in SCRAPERS:
        raise Refused(
            "not_found",
            de=f"snscrape hat keinen Scraper {kind}. Es gibt: {', '.join(SCRAPERS)}.",
            en=f"snscrape has no scraper {kind}. There are: {', '.join(SCRAPERS)}.",
        )
    return SCRAPERS[kind]


def _broke(kind: str, known: Known, error: str, warned: list[str]) -> Refused:
    said = " · ".join(dict.fromkeys(part for part in (error, *warned[-2:]) if part))
    return Refused(
        _state(said),
        de=f"snscrape kann {kind} nicht lesen. {known.de}",
        en=f"snscrape cannot read {kind}. {known.en}",
        said=said[:400],
    )


def _state(said: str) -> str:
    """Return the state that an error is, as snscrape words it.

    A page that is not found for a scraper is one denied; so is the token of a guest at X.
    """
    code = _CODE.search(said)
    if code:
        return _STATES.get(code[1], "unavailable" if code[1].startswith("5") else "garbled")
    if "ConnectionError" in said or "Timeout" in said:
        return "unreachable"
    if "does not exist" in said:
        return "not_found"
    if "rate-limited" in said:
        return "limited"
    return "denied" if "non-200" in said or "guest token" in said else "garbled"


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Hear what snscrape logs as a warning or worse, instead of printing it."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, ear = logging.getLogger("snscrape"), Ear(logging.WARNING)
    before = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(ear)
        logger.propagate = before


def _is_watched(body: str, config: Config) -> bool:
    return any(is_watched(hashtags_in(text), config) for text in _texts(json.loads(body)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
