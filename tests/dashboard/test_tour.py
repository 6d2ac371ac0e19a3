import base64
import re

from playwright.sync_api import Browser

from dashboard.app import PAGES
from dashboard.frame import EVERY_DAY, NOW_AND_THEN, PUBLIC
from tests.dashboard import tour
from tests.dashboard.small_png import PIXELS, small
from tests.dashboard.tour_stops import STOPS


def test_the_tour_that_is_shipped_is_the_one_that_its_stops_say() -> None:
    assert (tour.DOCS / "tour.md").read_text("utf-8") == tour.written(STOPS)
    shipped = {path.name for path in (tour.DOCS / "tour").iterdir()}
    assert shipped == {f"{each.name}.png" for each in STOPS}
    tour.weighed()


def test_every_page_that_the_navigation_leads_to_is_a_stop_of_the_tour() -> None:
    seen = {re.sub(r"\?.*", "", each.path) for each in STOPS}
    assert {path for path, *_ in (*EVERY_DAY, *NOW_AND_THEN)} | set(PUBLIC) <= seen
    assert len(STOPS) >= len(PAGES)


def test_a_small_picture_shows_the_same(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 30, "height": 20})
    page.set_content("<body style='background:#e11d48;border:5px solid #0a5'>")
    taken = page.screenshot()
    before, after = (
        page.evaluate(PIXELS, base64.b64encode(each).decode())
        for each in (taken, small(chromium, taken))
    )
    assert before == after
