"""What holds beyond the pages as they open: narrow with all opened, after an error, on paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from dash import Dash
from playwright.sync_api import Browser
from sqlalchemy import Engine

from dashboard.words import words
from data import decisions
from data.config import Config
from monitor import steps
from tests.dashboard import world
from tests.dashboard.acting import FORM, There, log_in, prepare
from tests.dashboard.browser import Visit, reader, served
from tests.dashboard.test_access_matrix import ACTIONS
from tests.dashboard.test_in_the_browser import AT_FOCUS, MARK_CONTROLS, NARROW, PAGES, WIDE
from tests.dashboard.test_opened_and_measured import OPEN, REVIEWED

THEMES = ("light", "dark")
ADMINS = ("/verwaltung", "/verwaltung/zugang?name=press")
NOTHING_SUCH = (  # what a form asks by the address, and nothing answers to
    "/bedarf?von=2026-12-01&bis=2026-11-01",
    "/fragen?von=morgen&thema=kinder",
    "/netzwerk?thema=arbeit&tage=1",
    "/protokoll?art=user&was=confirm",
    "/suche?worte=-decken",
)
CASES = (*PAGES, "/netzwerk?konto=1", *ADMINS, *NOTHING_SUCH)
ON_PAPER = ("/warnungen/w1", "/bedarf", "/orte", "/fragen")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form sent empty or with what it refuses: what is clicked, and what then speaks."""

    path: str
    button: str
    told: str
    fill: str = ""  # the field that is filled with what is refused


ERRORS = (
    Wrong("/warnungen/w1", "#decide-confirm", "#decide-told"),
    Wrong("/konten/5", "#account-block-propose", "#account-told"),
    Wrong("/konten/3", "#account-appeal-enter", "#account-told"),
    Wrong("/fragen/frage?post=mastodon%3Aform", "#question-answered", "#question-told"),
    Wrong("/beitrag?post=mastodon%3Asleep", "#check-save", "#check-told"),  # nothing is changed
    Wrong("/fragen", "button[id*=queue-take]", "[id*=queue-told]"),  # somebody else has it by then
    Wrong("/verwaltung", "#adding-go", "#adding-told"),
    Wrong("/verwaltung", "#adding-go", "#adding-told", fill="#adding-name"),
    Wrong("/verwaltung/zugang?name=admin", "#person-disable-go", "#person-told"),
    Wrong("/suche", "form.filter-form button", "main .lead, main .nothing", fill="#filter-worte"),
    Wrong("/sperrliste", "form[action='/sperrliste'] button", "main form ~ *", "form input"),
)
REFUSED = "-- <x>"


@pytest.fixture
def site(app: Dash, config: Config, full: Engine) -> Iterator[str]:
    prepare(full)
    steps.digest(full, config, "2026-W47", None, world.NOW)
    with served(app) as base:
        yield base


@pytest.mark.parametrize("theme", THEMES)
def test_narrow_pages_in_english_stay_whole_and_usable_with_all_that_opens(
    chromium: Browser, site: str, full: Engine, theme: str
) -> None:
    there = _admin(chromium, site, full, theme)
    for path in CASES:
        there.open(path)
        there.visit.page.evaluate(OPEN)
        if path == "/":  # the menu is the same everywhere, and lies over what is below it
            there.visit.page.click(".narrow-nav summary")
        _examine(there.visit, path)
    assert there.visit.troubles == []


def test_every_form_that_answers_is_sent_wrongly() -> None:
    answering = {key.partition(".")[0] for key in ACTIONS if key.endswith("-told.children")}
    sent = {found for each in ERRORS for found in re.findall(r"[a-z]+-told", each.told)}
    assert sent == answering - {"empty-told"}  # a wish has nothing to fill in


@pytest.mark.parametrize("theme", THEMES)
def test_every_form_stays_accessible_after_an_error(
    chromium: Browser, site: str, full: Engine, theme: str
) -> None:
    there = _admin(chromium, site, full, theme)
    for each in ERRORS:
        there.open(each.path)
        if "queue" in each.button:
            _take_before(full)
        if each.fill:
            there.find(each.fill).fill(REFUSED)
        there.find(each.button).click()
        there.visit.page.locator(each.told).filter(has_text=re.compile(r"\S")).first.wait_for()
        _examine(there.visit, each.path)
    assert there.visit.troubles == []
    there.find("form[action='/logout'] button").click()
    there.visit.page.fill("#name", "admin")
    there.visit.page.fill("#password", "wrong, wrong")
    there.visit.page.press("#password", "Enter")
    there.told(".problem", words("en")["login.wrong"])
    _examine(there.visit, "/login")


@pytest.mark.parametrize("path", ["/warnungen/w1", "/konten/3", "/suche?worte=zwei", "/orte"])
def test_the_keyboard_reaches_every_control_of_a_narrow_page_with_all_opened(
    chromium: Browser, site: str, full: Engine, path: str
) -> None:
    page = _admin(chromium, site, full, "dark").visit.page
    page.goto(site + path)
    page.wait_for_selector("main h1")
    page.evaluate(OPEN)
    wanted = page.evaluate(MARK_CONTROLS)
    within = 3 * page.locator("input[type=date] >> visible=true").count()  # month, year, calendar
    reached = set()
    for _ in range(wanted + within + 3):
        page.keyboard.press("Tab")
        number, ringed = page.evaluate(AT_FOCUS)
        if number is not None:
            reached.add(number)
            assert ringed, page.evaluate("document.activeElement.outerHTML")[:300]
    assert reached == {str(each) for each in range(wanted)}


def test_nothing_moves_for_who_asked_for_less_motion(
    chromium: Browser, site: str, full: Engine
) -> None:
    visit = reader(chromium, site, viewport=WIDE, reduced_motion="reduce")
    there = There(visit, full, "admin")
    log_in(there)
    for path in ("/", "/netzwerk", "/orte", "/warnungen/w1"):
        there.open(path)
        visit.page.hover(".wide-nav a >> nth=2")
        assert visit.page.evaluate(MOVING) == [], path


@pytest.mark.parametrize("theme", THEMES)
def test_with_colours_forced_marks_focus_and_the_page_shown_can_be_told(
    chromium: Browser, site: str, full: Engine, theme: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE, forced_colors="active", color_scheme=theme)
    there = There(visit, full, "admin")
    log_in(there)
    seen = 0
    for path in ("/", "/bedarf", "/orte", "/netzwerk", "/fragen", "/warnungen/w1"):
        there.open(path)
        marks = visit.page.evaluate(FAINT)
        seen += marks["seen"]
        assert marks["faint"] == [], path
        assert visit.page.evaluate(UNFOCUSED) == [], path
        assert visit.page.evaluate(MARKED_AS_SHOWN) == 1, path
    assert seen > 40


@pytest.mark.parametrize("path", ON_PAPER)
def test_a_page_on_paper_is_whole_without_what_only_a_screen_needs(
    chromium: Browser, site: str, full: Engine, path: str
) -> None:
    visit = reader(chromium, site, viewport={"width": 718, "height": 1000})  # A4 less its margins
    there = There(visit, full, "admin")
    log_in(there)
    there.open(path)
    opened = visit.page.locator("main details[open]").count()
    visit.page.emulate_media(media="print")
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for each in ("nav", ".top button", "main button", "main textarea", "form", "[download]"):
        assert visit.page.locator(f"{each} >> visible=true").count() == 0, each
    assert visit.page.locator("main h1 >> visible=true").count() == 1
    assert visit.page.evaluate(CLOSED) == []
    assert (visit.sideways(), visit.cut(), visit.page.evaluate(CUT)) == (False, [], [])
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert visit.page.locator("main details[open]").count() == opened


def test_what_comes_second_begins_closed_where_the_screen_is_narrow_and_stays_as_it_is_left(
    chromium: Browser, site: str, full: Engine
) -> None:
    for size, begins in ((NARROW, "closed"), (WIDE, "open")):
        there = There(reader(chromium, site, viewport=size), full, "press")
        log_in(there)
        for path in ("/warnungen/w1", "/netzwerk"):
            there.open(path)
            folds = there.visit.page.locator("details.fold")
            closed = there.visit.page.locator("details.fold:not([open])")
            assert folds.count() >= 3, path
            assert closed.count() == (folds.count() if begins == "closed" else 0), path
        folds.first.locator("summary >> nth=0").click()
        assert closed.count() == (folds.count() - 1 if begins == "closed" else 1)


def _admin(chromium: Browser, site: str, store: Engine, theme: str) -> There:
    visit = reader(chromium, site, viewport=NARROW, color_scheme=theme)
    there = There(visit, store, "admin")
    there.open("/login?lang=en")
    log_in(there)
    return there


def _take_before(store: Engine) -> None:
    """Let somebody else take the question while the page is open."""
    with store.begin() as connection:
        made = decisions.history(connection, "question", FORM)
        seen = made[-1].id if made else None
        decisions.handle_question(connection, "eva", FORM, "take", "", seen, world.NOW)


def _examine(visit: Visit, path: str) -> None:
    """Hold that the page as it stands is accessible, as wide as its window, and can be used."""
    found, unsure = visit.examined()
    assert found == [], path
    assert [each for each in unsure if not each.startswith(REVIEWED)] == [], path
    assert not visit.sideways(), path
    assert visit.page.evaluate(UNFOCUSED) == [], path
    assert visit.page.evaluate(SMALL) == [], path


CONTROLS = """[...document.querySelectorAll("a[href], button, summary, input, textarea, select")]
  .filter(each => !each.disabled && each.type !== "hidden" && each.checkVisibility())"""
# What the keyboard cannot reach, or on which one would not see where one is.
UNFOCUSED = (
    """() => { const here = document.activeElement; const found = """
    + CONTROLS
    + """.filter(each => {
  const menu = !each.matches("summary") && each.closest(".menu");
  if (menu) menu.open = true; // it closes when the focus goes elsewhere
  each.focus({focusVisible: true, preventScroll: true});
  const style = getComputedStyle(each), shape = each.querySelector && each.querySelector(".shape");
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const drawn = shape && getComputedStyle(shape).strokeWidth === "3px";
  return each.tabIndex < 0 || document.activeElement !== each || !(ringed || drawn);
}).map(each => each.outerHTML.slice(0, 200)); here.focus(); return found; }"""
)
# WCAG 2.2, 2.5.8: smaller than 24 by 24 CSS pixels, not within a line of text, and nearer than that
# to another. Marks in a picture have the same in the list beside it; a label is pressed as its box.
SMALL = (
    """() => { const all = """
    + CONTROLS
    + """.filter(each => !each.closest("svg") && !each.matches(".skip, .skip-inside"))
  .map(each => [each, (each.labels && each.type === "checkbox" ? each.labels[0] : each)
    .getBoundingClientRect()]);
  const large = box => box.width >= 24 && box.height >= 24;
  const inLine = each => getComputedStyle(each).display === "inline" &&
    [...each.parentNode.childNodes].some(node => node !== each && node.textContent.trim());
  const near = (one, other) => {
    const x = one.x + one.width / 2, y = one.y + one.height / 2;
    if (!large(other))
      return Math.hypot(other.x + other.width / 2 - x, other.y + other.height / 2 - y) < 24;
    const dx = Math.max(other.left - x, 0, x - other.right);
    return Math.hypot(dx, Math.max(other.top - y, 0, y - other.bottom)) < 12;
  };
  return all.filter(([each, box]) => !large(box) && !inLine(each) &&
      all.some(([other, its]) => other !== each && !other.contains(each) && near(box, its)))
    .map(([each, box]) => `${box.width} x ${box.height} ${each.outerHTML.slice(0, 200)}`);
}"""
)
MOVING = """() => [...document.querySelectorAll("*")].filter(each => {
  const style = getComputedStyle(each);
  return [...style.transitionDuration.split(","), ...style.animationDuration.split(",")]
    .some(each => parseFloat(each) > 0) || style.scrollBehavior === "smooth";
}).map(each => each.outerHTML.slice(0, 100))"""
# Marks of pictures that do not stand out from the page, of 3 to 1 (WCAG 2.1, 1.4.11).
FAINT = """() => {
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255)
    .map(each => each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4)
    .reduce((sum, each, n) => sum + each * [.2126, .7152, .0722][n], 0);
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + .05) / (low + .05);
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  const marks = [...document.querySelectorAll(
    ".bar-need, .bar-offer, .spark-now, main .shape, .wait-soon, .wait-late, .gap-need, .gap-offer"
  )].filter(each => each.checkVisibility());
  const faint = marks.filter(each => {
    const style = getComputedStyle(each);
    const edge = parseFloat(style.borderTopWidth) > 0 ? style.borderTopColor : "none";
    const drawn = each instanceof SVGElement
      ? [style.fill, style.stroke] : [style.backgroundColor, edge];
    return !drawn.some(colour => colour.startsWith("rgb(") && ratio(colour, paper) >= 3);
  });
  return {seen: marks.length, faint: faint.map(each => each.outerHTML.slice(0, 200))};
}"""
MARKED_AS_SHOWN = """() => {
  const paper = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll(".wide-nav > ul > li > a, .more > summary")]
    .filter(each => getComputedStyle(each).borderBottomColor !== paper).length;
}"""
CLOSED = """() => [...document.querySelectorAll("main details:not([open]) > summary")]
  .filter(each => each.checkVisibility()).map(each => each.textContent)"""
CUT = """() => [...document.querySelectorAll("main *")].filter(each => {
  if (!each.checkVisibility() || each.closest("svg, .heard")) return false;
  const style = getComputedStyle(each);
  return style.overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1 ||
    style.overflowY !== "visible" && each.scrollHeight > each.clientHeight + 1;
}).map(each => each.outerHTML.slice(0, 200))"""
