"""Boards of one's own on Pinterest: pins page by page, deletions, tokens that end or renew."""

import base64
import importlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.config import Config, PinterestConfig, WatchConfig
from data.errors import RecordError
from data.records import Account, Media, Post
from data.tables import accounts, coverage, cursors, posts, quarantine, raw_items, runs
from data.tokens import token_ends
from monitor import steps
from monitor.reports import Collected
from monitor.sources.http import Patience
from monitor.sources.pinterest.mapping import to_posts
from monitor.sources.raw_json import raw_json
from tests.data.stored import rows
from tests.monitor.instance import Answer, Instance, instance

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)
RECORDED = Path(__file__).parent.parent / "recorded/pinterest/pins_SYNTHETIC.json"
TOKEN, REFRESH, SECRET = "pina_first", "pinr_first", "app-secret"


def refusal(status: int, code: int, message: str, **headers: str) -> Answer:
    return Answer({"code": code, "message": message}, status, headers)


EXPIRED = refusal(401, 2, "Authentication failed.")


def pin(number: int, said: str = "Decken gesucht #HHhilft", **known: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "created_at": "2026-11-18T20:10:40",
        "description": said,
        "is_owner": True,
        **known,
    }


class Boards:
    """Board 5 with its `pages` of pins; a token among `valid` opens it."""

    def __init__(self, *pages: list[Any]) -> None:
        self.pages = list(pages)
        self.valid = {TOKEN}
        self.privacy = "PUBLIC"
        self.answers: dict[str, Answer] = {}
        self.gone: set[str] = set()
        self.renewals = 0
        self.here: Instance | None = None

    def __call__(self, path: str, query: Mapping[str, str]) -> Answer:
        assert self.here is not None
        if path in self.answers:
            return self.answers[path]
        if path == "/v5/oauth/token":
            return self._renew()
        if self.here.headers[-1]["Authorization"].removeprefix("Bearer ") not in self.valid:
            return EXPIRED
        if path == "/v5/boards/5":
            owner = {"username": "helferkreis"}
            return Answer({"id": "5", "name": "Hilfe", "privacy": self.privacy, "owner": owner})
        if path == "/v5/boards/5/pins":
            assert int(query["page_size"]) <= 250
            place = int(query.get("bookmark", "0"))
            more = str(place + 1) if place + 1 < len(self.pages) else None
            return Answer({"items": self.pages[place], "bookmark": more})
        if path.startswith("/v5/pins/") and path.rsplit("/", 1)[-1] not in self.gone:
            return Answer(pin(int(path.rsplit("/", 1)[-1])))
        return refusal(404, 50, "Pin not found.")

    def _renew(self) -> Answer:
        assert self.here is not None
        pair = base64.b64encode(f"77:{SECRET}".encode()).decode()
        assert self.here.headers[-1]["Authorization"] == f"Basic {pair}"
        expected = REFRESH if not self.renewals else f"pinr_{self.renewals}"
        if self.here.sent[-1] != {"grant_type": "refresh_token", "refresh_token": expected}:
            return refusal(400, 283, "Your refresh token is invalid.")
        self.renewals += 1
        self.valid = {f"pina_{self.renewals}"}
        return Answer(
            {
                "access_token": f"pina_{self.renewals}",
                "refresh_token": f"pinr_{self.renewals}",
                "expires_in": 30 * 86_400,
                "refresh_token_expires_in": 60 * 86_400,
                "token_type": "bearer",
            }
        )


class Reader:
    """Collects in a folder of its own from a server."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder = engine, folder

    def collect(
        self, site: Boards, here: Instance, after: timedelta = timedelta(), **settings: Any
    ) -> Collected:
        site.here = here
        config = Config(
            folder=self.folder,
            watch=WatchConfig(hashtags=("HHhilft",)),
            pinterest=PinterestConfig(
                server=here.origin, timeout_seconds=5, **({"boards": ("5",)} | settings)
            ),
        )
        [report] = steps.collect(self.engine, config, ["pinterest"], NOW + after, QUICK)
        return report


@pytest.fixture
def reader(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Give a reader with all secrets in its environment."""
    monkeypatch.setenv("HHHILFT_PINTEREST_TOKEN", TOKEN)
    monkeypatch.setenv("HHHILFT_PINTEREST_REFRESH_TOKEN", REFRESH)
    monkeypatch.setenv("HHHILFT_PINTEREST_APP_SECRET", SECRET)
    return Reader(engine, tmp_path)


def test_a_documented_page_is_read_field_by_field() -> None:
    told = [
        raw_json({"owner": "helferkreis", "pin": each})
        for each in json.loads(RECORDED.read_text("utf-8"))["items"]
    ]
    [first], [second] = (to_posts("pin", "", each, NOW) for each in told)
    assert first == Post(
        network="pinterest",
        id="813744226420795884",
        created_at=datetime(2026, 11, 18, 20, 10, 40, tzinfo=UTC),
        account=Account(
            "pinterest",
            "helferkreis",
            handle="helferkreis",
            url="https://www.pinterest.com/helferkreis/",
        ),
        text="Decken gesucht\n\nBitte in Altona abgeben. #HHhilft",
        url="https://www.pinterest.com/pin/813744226420795884/",
        quote_of="813744226420795000",
        links=("https://hilfe.example/decken",),
        hashtags=("hhhilft",),
        media=(Media("https://i.pinimg.com/1200x/0d/f6/f1.jpg", "Ein Stapel Decken"),),
        visibility="public",
    )
    assert (second.account.id, second.text) == ("?", "Sprachcafé am Dienstag")
    assert second.media == (Media("https://i.pinimg.com/cover.jpg"),)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ([], "not_an_object"),
        (pin(1, id=None), "id_missing"),
        (pin(1, created_at=None), "time_missing"),
        (pin(1, "x" * 100_001), "text_too_long"),
    ],
)
def test_what_is_no_pin_is_refused_with_the_reason(item: Any, code: str) -> None:
    with pytest.raises(RecordError) as refused:
        to_posts("pin", "", raw_json({"owner": "helferkreis", "pin": item}), NOW)
    assert refused.value.code == code


def test_pins_with_the_hashtag_come_from_all_pages_and_once(reader: Reader) -> None:
    boards = Boards([pin(1), pin(2, "Konzert")], [pin(3)])
    with instance(boards) as here:
        first = reader.collect(boards, here)
        second = reader.collect(boards, here, HOUR)
    assert (first.state, first.fetched, first.new) == ("ok", 3, 2)
    assert (second.new, second.updated, second.gaps) == (0, 0, 0)


def test_of_a_board_that_is_wholly_relevant_every_pin_is_kept(reader: Reader) -> None:
    boards = Boards([pin(1), pin(2, "Konzert")])
    with instance(boards) as here:
        assert reader.collect(boards, here, boards=(), whole_boards=("5",)).new == 2


def test_who_pinned_on_a_shared_board_is_unknown(reader: Reader) -> None:
    boards = Boards([pin(1), pin(2, is_owner=False)])
    with instance(boards) as here:
        reader.collect(boards, here)
    query = select(posts.c.native_id, accounts.c.native_id).join(accounts)
    with reader.engine.connect() as connection:
        assert dict(connection.execute(query).all()) == {"1": "helferkreis", "2": "?"}


def test_a_broken_item_in_mid_page_is_kept_apart_and_the_page_goes_on(reader: Reader) -> None:
    boards = Boards([pin(1), None, pin(8, created_at="gestern"), pin(2)], [pin(3)])
    with instance(boards) as here:
        report = reader.collect(boards, here)
    assert (report.new, report.quarantined) == (3, 2)
    assert sorted(rows(reader.engine, quarantine, "code")) == [
        ("not_an_object",),
        ("time_unreadable",),
    ]


def test_a_round_that_breaks_off_loses_and_doubles_nothing(reader: Reader) -> None:
    boards = Boards([pin(1)], [pin(2)])

    def half(path: str, query: Mapping[str, str]) -> Answer:
        return Answer(b"", 503) if "bookmark" in query else boards(path, query)

    with instance(half) as here:
        report = reader.collect(boards, here)
        assert (report.state, report.new) == ("unavailable", 1)
        assert rows(reader.engine, coverage) == []
        here.decide = boards
        report = reader.collect(boards, here, HOUR)
    assert (report.state, report.new) == ("ok", 1)
    assert len(rows(reader.engine, posts)) == 2


def test_a_bookmark_that_comes_again_does_not_go_round_for_ever(reader: Reader) -> None:
    boards = Boards([pin(1)])
    boards.answers["/v5/boards/5/pins"] = Answer({"items": [pin(1)], "bookmark": "again"})
    with instance(boards) as here:
        assert reader.collect(boards, here).state == "garbled"


def test_a_board_with_more_than_a_round_reads_says_so(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    collecting = importlib.import_module("monitor.sources.pinterest.collect")
    monkeypatch.setattr(collecting, "MOST_PAGES", 1)
    boards = Boards([pin(1)], [pin(2)])
    with instance(boards) as here:
        report = reader.collect(boards, here)
    assert (report.new, "die übrigen fehlen" in report.de) == (1, True)
    assert rows(reader.engine, coverage) == []


def test_an_edit_is_followed_and_a_pin_that_is_gone_twice_is_deleted(reader: Reader) -> None:
    boards = Boards([pin(1), pin(2), pin(3)])
    with instance(boards) as here:
        reader.collect(boards, here)
        boards.pages = [[pin(1, "Decken sind da #HHhilft")]]  # 3 was moved to another board
        boards.gone = {"2"}
        reports = [reader.collect(boards, here, n * HOUR) for n in (2, 3)]
    assert [each.updated for each in reports] == [1, 0]
    assert [each.deleted for each in reports] == [0, 1]
    told = dict(rows(reader.engine, posts, "native_id", "text"))
    assert told == {"1": "Decken sind da #HHhilft", "2": "", "3": "Decken gesucht #HHhilft"}


def test_a_board_that_is_not_public_any_more_is_deleted_here(reader: Reader) -> None:
    boards = Boards([pin(1)])
    with instance(boards) as here:
        reader.collect(boards, here)
        boards.privacy = "SECRET"
        report = reader.collect(boards, here, HOUR)
        again = reader.collect(boards, here, 2 * HOUR)
    assert (report.state, report.deleted) == ("denied", 1)
    assert "nicht öffentlich" in report.de
    assert "not public" in report.en
    assert (again.state, again.deleted) == ("denied", 0)


# What Pinterest refuses


@pytest.mark.parametrize(
    ("answer", "state", "de", "en"),
    [
        (EXPIRED, "denied", "ist abgelaufen", "has ended"),
        (refusal(403, 3, "Missing: ['boards:read']"), "denied", "boards:read", "boards:read"),
        (refusal(404, 40, "Board not found."), "not_found", "Die Nummer", "the number"),
        (Answer({"items": 5}), "garbled", "JSON", "JSON"),
    ],
)
def test_a_refusal_is_a_state_with_what_to_do_and_never_no_posts(
    reader: Reader, answer: Answer, state: str, de: str, en: str
) -> None:
    boards = Boards([pin(1)])
    boards.answers["/v5/boards/5/pins"] = answer
    with instance(boards) as here:
        report = reader.collect(boards, here)
    assert report.state == state
    assert de in report.de
    assert en in report.en
    assert rows(reader.engine, coverage) == []


def test_a_limit_is_kept_for_as_many_seconds_as_pinterest_says(reader: Reader) -> None:
    boards = Boards([pin(1)])
    boards.answers["/v5/boards/5/pins"] = refusal(
        429, 8, "Too many", **{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "36000"}
    )
    with instance(boards) as here:
        report = reader.collect(boards, here)
    assert report.state == "limited"
    assert report.next_try == NOW + 10 * HOUR


def test_a_round_stops_before_the_limit_when_the_headers_say_that_it_is_reached(
    reader: Reader,
) -> None:
    boards = Boards([pin(1)], [pin(2)])
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "60"}

    def full(path: str, query: Mapping[str, str]) -> Answer:
        answer = boards(path, query)
        return Answer(answer.body, headers=spent) if path.endswith("/pins") else answer

    with instance(full) as here:
        report = reader.collect(boards, here)
        assert [path for path, _ in here.asked] == ["/v5/boards/5", "/v5/boards/5/pins"]
    assert (report.state, report.new) == ("limited", 1)


def test_without_a_token_nothing_is_asked(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HHHILFT_PINTEREST_TOKEN")
    boards = Boards([pin(1)])
    with instance(boards) as here:
        report = reader.collect(boards, here)
        assert here.asked == []
    assert report.state == "no_token"
    assert "HHHILFT_PINTEREST_TOKEN" in report.de


# Tokens that renew themselves


def test_a_token_is_renewed_kept_for_its_owner_alone_and_renewed_again_before_it_ends(
    reader: Reader,
) -> None:
    boards = Boards([pin(1)])
    with instance(boards) as here:
        for days, renewals in ((0, 1), (1, 1), (28, 1), (29, 2), (30, 2)):
            assert reader.collect(boards, here, days * DAY, app="77").state == "ok"
            assert boards.renewals == renewals
        origin = f"{here.origin}/5"
    kept = reader.folder / "var" / "pinterest-token.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    with reader.engine.connect() as connection:
        assert token_ends(connection) == {("pinterest", origin): NOW + 89 * DAY}


def test_the_end_of_a_token_that_is_renewed_no_more_is_forgotten(reader: Reader) -> None:
    boards = Boards([pin(1)])
    with instance(boards) as here:
        reader.collect(boards, here, app="77")
        boards.valid = {TOKEN}
        assert reader.collect(boards, here, HOUR).state == "ok"
    with reader.engine.connect() as connection:
        assert token_ends(connection) == {}


def test_a_token_that_was_withdrawn_is_renewed_in_the_same_round(reader: Reader) -> None:
    boards = Boards([pin(1)])
    with instance(boards) as here:
        reader.collect(boards, here, app="77")
        boards.valid = set()
        assert reader.collect(boards, here, HOUR, app="77").state == "ok"
    assert boards.renewals == 2


def test_a_refresh_token_that_people_set_anew_goes_before_what_is_kept(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    boards = Boards([pin(1)])
    with instance(boards) as here:
        reader.collect(boards, here, app="77")
        monkeypatch.setenv("HHHILFT_PINTEREST_REFRESH_TOKEN", "pinr_other")
        report = reader.collect(boards, here, HOUR, app="77")
    assert here.sent[-1]["refresh_token"] == "pinr_other"
    assert report.state == "denied"
    assert "erneuert den Zugang nicht" in report.de
    assert "does not renew" in report.en


def test_tokens_and_secrets_are_in_no_address_and_in_nothing_that_the_store_keeps(
    reader: Reader,
) -> None:
    boards = Boards([pin(1), pin(2, created_at="?")])
    with instance(boards) as here:
        reports = [reader.collect(boards, here, n * HOUR, app="77") for n in (0, 1)]
        boards.valid = set()
        boards.answers["/v5/oauth/token"] = EXPIRED
        reports.append(reader.collect(boards, here, 2 * HOUR, app="77"))
    assert reports[-1].state == "denied"
    tables = (raw_items, quarantine, cursors, runs, posts)
    kept = f"{[rows(reader.engine, each) for each in tables]} {reports} {here.asked}"
    assert not any(each in kept for each in ("pina_", "pinr_", SECRET))
