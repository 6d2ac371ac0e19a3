"""What a visit weighs on the wire, and how much of a page jumps while it is drawn."""

from collections.abc import Iterator

import pytest
from dash import Dash
from playwright.sync_api import Browser

from tests.dashboard.browser import Visit, reader, served

FIRST, LATER = 400_000, 60_000  # bytes as sent, heads included
MOST_SHIFT = 0.05  # cumulative layout shift; below .1 counts as good
PAGES = (
    "/",
    "/bedarf",
    "/orte",
    "/netzwerk",
    "/fragen",
    "/suche?worte=Altona",
    "/warnungen",
    "/warnungen/w1",
    "/konten",
    "/sperrliste",
    "/datenquellen",
    "/wochenbericht",
    "/beitrag?post=mastodon%3Asleep",
)
SIZES = {"wide": {"width": 1366, "height": 900}, "narrow": {"width": 360, "height": 740}}
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(each => {
  if (!each.hadRecentInput) window.shifts.push([each.value, each.sources.map(
    source => source.node && (source.node.id || source.node.className)).join(" ")]);
})).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def site(demo: Dash) -> Iterator[str]:
    with served(demo) as base:
        yield base


def test_a_first_visit_and_those_after_it_are_light(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=SIZES["wide"])
    sent = _Sent(visit)
    visit.open("/")
    assert 100_000 < sent.since() < FIRST
    for path in PAGES[1:]:
        visit.open(path)
        assert 0 < sent.since() < LATER, path


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_jumps_while_a_page_is_drawn(
    chromium: Browser, site: str, path: str, size: str
) -> None:
    visit = reader(chromium, site, viewport=SIZES[size])
    visit.page.add_init_script(SHIFTS)
    visit.open(path)
    shifts = visit.page.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) < MOST_SHIFT, shifts


class _Sent:
    """Counts the bytes that the server sends."""

    def __init__(self, visit: Visit) -> None:
        self._bytes = 0.0
        debugger = visit.page.context.new_cdp_session(visit.page)
        debugger.send("Network.enable")
        debugger.on("Network.loadingFinished", self._add)

    def since(self) -> float:
        """Give the bytes since the last time this was asked."""
        counted, self._bytes = self._bytes, 0.0
        return counted

    def _add(self, finished: dict[str, float]) -> None:
        self._bytes += finished["encodedDataLength"]
