"""A page that is open says when there is something new, and moves nothing until it is asked to."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine

from dashboard.app import create_app
from data.config import Config
from data.decisions import decide
from data.writes import LabelRow, TagRow, finish_run, start_run, upsert_posts, write_tags
from data.writes.rollups import keep_rollups
from tests import make
from tests.dashboard import world
from tests.dashboard.browser import Visit, reader, served
from tests.dashboard.conftest import open_page

HALF_A_MINUTE = 31_000  # milliseconds, a little more
OFFER = "#news button"


@pytest.fixture
def visit(chromium: Browser, config: Config, full: Engine) -> Iterator[Visit]:
    """Somebody at the pages of the small world, whose clock a test moves on."""
    keep_rollups(full)
    app = create_app(config, full, demo=True, now=lambda: world.NOW)
    with served(app) as base:
        there = reader(chromium, base, viewport={"width": 1366, "height": 700})
        there.page.clock.install()
        yield there


def _something_new(engine: Engine, name: str = "new") -> None:
    post = make.post(name, text="Suche einen Kinderwagen.", created_at=world.NOW - world.HOUR / 60)
    with engine.begin() as connection:
        upsert_posts(connection, [post], "sample", world.NOW)
        number = connection.exec_driver_sql(
            f"SELECT id FROM posts WHERE native_id = '{name}'"
        ).scalar_one()
        said = [LabelRow("intent", "gesuch", 0.9), LabelRow("topic", "kinder", 0.9)]
        write_tags(connection, [TagRow(number, "de", True, 0.9, [], said)], "test", world.NOW)
    keep_rollups(engine)


def _look(visit: Visit) -> None:
    with visit.page.expect_response("**/neues*"):
        visit.page.clock.run_for(HALF_A_MINUTE)


def test_what_is_new_is_offered_without_moving_anything_and_shown_where_one_reads(
    visit: Visit, full: Engine
) -> None:
    visit.open("/bedarf")
    visit.page.click("#gesuche summary")
    visit.page.evaluate("document.querySelector('#gesuche a').focus({preventScroll: true})")
    visit.page.evaluate("scrollTo(0, 300)")
    reads = _where_the_first_section_is(visit)
    words = visit.page.inner_text("#react-entry-point")
    _look(visit)
    assert visit.page.locator(OFFER).count() == 0
    _something_new(full)
    _look(visit)
    visit.page.wait_for_selector(OFFER)
    assert visit.page.inner_text(OFFER) == "Es gibt Neues – anzeigen"
    assert visit.page.get_attribute("#news", "role") == "status"
    assert visit.page.inner_text("#react-entry-point") == words
    assert visit.page.evaluate("scrollY") == 300
    assert visit.page.evaluate("document.activeElement.closest('#gesuche') !== null")
    assert visit.findings() == []
    visit.page.click(OFFER)
    visit.page.wait_for_selector("#gesuche:has-text('Kinderwagen')")
    assert visit.page.locator(OFFER).count() == 0
    assert visit.page.locator("#gesuche details[open]").count() == 1
    assert _where_the_first_section_is(visit) == reads
    assert visit.page.inner_text("#news") == "Die Seite zeigt jetzt das Neueste."
    assert (visit.refused(), visit.troubles) == ([], [])


def _where_the_first_section_is(visit: Visit) -> float:
    """Give how far below the window's top the first section begins that reaches into it."""
    top: float = visit.page.evaluate(
        "[...document.querySelectorAll('main section')].map(each => each.getBoundingClientRect())"
        ".find(each => each.bottom > 80).top"
    )
    return top


def test_nothing_is_asked_while_the_tab_is_in_the_background(visit: Visit, full: Engine) -> None:
    visit.open("/bedarf")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true})"
    )
    _something_new(full)
    visit.page.clock.run_for(4 * HALF_A_MINUTE)
    assert asked == []
    visit.page.evaluate(
        "delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))"
    )
    visit.page.wait_for_selector(OFFER)


def test_who_is_in_a_form_is_left_alone(visit: Visit, full: Engine) -> None:
    visit.open("/bedarf")
    visit.page.click("summary:has-text('Eingrenzen')")
    visit.page.focus("main select >> nth=0")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    _something_new(full)
    visit.page.clock.run_for(2 * HALF_A_MINUTE)
    assert asked == []
    assert visit.page.locator(OFFER).count() == 0


def test_a_look_weighs_less_than_a_kilobyte(as_role: Callable[[str], FlaskClient]) -> None:
    answer = as_role("viewer").get("/neues?seite=/", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    assert len(head) + len(answer.data) < 1024


def test_a_page_that_does_not_look_has_no_mark(as_role: Callable[[str], FlaskClient]) -> None:
    client = as_role("press")
    assert client.get("/neues?seite=/verwaltung").status_code == 404
    assert "X-News" not in open_page(client, "/verwaltung").headers


def test_the_mark_of_a_page_is_that_of_the_look_until_something_happens(
    as_role: Callable[[str], FlaskClient], full: Engine
) -> None:
    keep_rollups(full)
    client = as_role("press")

    def marks() -> dict[str, str]:
        pages = ("/", "/bedarf", "/orte", "/fragen", "/warnungen", "/datenquellen")
        return {page: client.get(f"/neues?seite={page}").text for page in pages}

    before = marks()
    for page, mark in before.items():
        assert open_page(client, page).headers["X-News"] == mark
    with full.begin() as connection:  # a round that brings nothing is nothing new
        run = start_run(connection, "collect", "mastodon", "https://norden.social", world.NOW)
        finish_run(connection, run, "ok", world.NOW)
    assert marks() == before
    with full.begin() as connection:
        decide(connection, "ina", "cluster", "w1", "dismiss", "Absprache", None, world.NOW)
    decided = marks()
    assert {page for page in before if decided[page] != before[page]} == {
        "/", "/fragen", "/warnungen",
    }  # fmt: skip
    _something_new(full)
    written = marks()
    assert {page for page in before if written[page] != decided[page]} == {
        "/", "/bedarf", "/orte", "/fragen", "/datenquellen",
    }  # fmt: skip
