"""What the address of the queue of questions says: state, filters and page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from dashboard.filters import (
    LANG,
    NETWORK,
    PLACE,
    TIME,
    TOPIC,
    URGENT,
    Filters,
    address,
    read_filters,
)
from data.decisions import ANSWERED, NOT_OURS, OPEN, TAKEN
from data.page_reads.questions import ON_NETWORK

PATH, QUESTION_PATH, CSV_PATH = "/fragen", "/fragen/frage", "/csv/fragen"
CONTACTS_PATH = "/fragen/anlaufstellen"
DAYS = 28  # how far back questions are asked for, where the address does not say
STATE, PAGE = "stand", "seite"
STATES = {  # as the address names them, in the order of the tabs; the first is the page's own
    "offen": OPEN,
    "uebernommen": TAKEN,
    "beantwortet": ANSWERED,
    "netz": ON_NETWORK,
    "keine": NOT_OURS,
}
_NAMES = {state: name for name, state in STATES.items()}
_FIELDS = (TIME, NETWORK, TOPIC, PLACE, LANG, URGENT)


def chosen(given: Mapping[str, Any]) -> tuple[str, Filters]:
    """Read the state and the filters; what is unknown or broken is passed over."""
    state = given.get(STATE)
    return STATES.get(state if isinstance(state, str) else "", OPEN), read_filters(given, _FIELDS)


def page_in(given: Mapping[str, Any]) -> int:
    """Read the number of the list's page; the first where there is none."""
    value = given.get(PAGE)
    short = isinstance(value, str) and value.isdecimal() and len(value) < 6
    return max(int(value), 1) if short else 1  # type: ignore[arg-type]


def state_value(state: str) -> dict[str, str]:
    """Give what stands for a state in an address; nothing for that of open questions."""
    return {} if state == OPEN else {STATE: _NAMES[state]}


def queue_address(state: str, filters: Filters, page: int = 1) -> str:
    """Write the address of one page of the list."""
    values = {**filters.chosen, **state_value(state)}
    return address(PATH, values | ({PAGE: str(page)} if page > 1 else {}))


def csv_address(state: str, filters: Filters) -> str:
    """Write the address of the list as a file."""
    return address(CSV_PATH, {**filters.chosen, **state_value(state)})


def question_address(key: str) -> str:
    """Write the address of the page of one question, by the key of its post."""
    return f"{QUESTION_PATH}?post={quote(key, safe='')}"
