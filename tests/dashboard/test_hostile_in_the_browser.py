import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Response
from sqlalchemy import Engine

from dashboard.app import create_app
from data.config import Config
from data.digest_files import digest_file
from data.plain import plain
from monitor import steps
from tests.dashboard import hostile
from tests.dashboard.browser import Visit, reader, served
from tests.dashboard.test_in_the_browser import NARROW, PAGES, WIDE

HEAVIEST = 200_000  # bytes of a page's own content, before it is packed
SHARP = ("script", "format", "override", "zalgo", "long", "controls")
OWN = (
    *(each for each in PAGES if "w1" not in each and "/konten/" not in each),
    *(f"/warnungen/w{number}" for number in range(4)),
    *(f"/netzwerk?konto={number}" for number in (1, 11, 14)),
    *("/fragen?stand=beantwortet", "/fragen?stand=keine", "/fragen?stand=netz"),
    *("/konten?seite=2", "/suche?ort=Altona", "/bedarf?ort=Altona"),
    *(f"/konten/{1 + [*hostile.ATTACKS].index(name)}" for name in SHARP),
    *(f"/suche?worte={quote(hostile.ATTACKS[name][:200])}" for name in SHARP),
    *(f"/beitrag?post={quote(f'mastodon:last {name}')}" for name in SHARP),
    *(f"/fragen/frage?post={quote(f'mastodon:question {name}')}" for name in SHARP),
)
ADMINS = ("/verwaltung", *(f"/verwaltung/zugang?name={quote(each)}" for each in hostile.WHO))


@pytest.fixture
def site(store: Engine, config: Config) -> Iterator[str]:
    hostile.fill(store)
    settings = hostile.config_of(config)
    steps.digest(store, settings, "2026-W47", None, hostile.NOW)
    with served(create_app(settings, store, now=lambda: hostile.NOW)) as base:
        yield base


@pytest.mark.parametrize(
    ("role", "size", "theme"), [("press", WIDE, "light"), ("admin", NARROW, "dark")]
)
def test_hostile_words_do_nothing_on_any_page(
    chromium: Browser, site: str, role: str, size: dict[str, int], theme: str
) -> None:
    visit = reader(chromium, site, viewport=size, color_scheme=theme)
    alerts: list[str] = []
    weights: list[int] = []
    visit.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    visit.page.on("response", lambda answer: weights.append(_weight(answer)))
    _log_in(visit, role)
    for path in (*OWN, *(ADMINS if role == "admin" else ())):
        weights.clear()
        visit.open(path)
        visit.page.evaluate(OPEN_ALL)
        assert visit.page.evaluate(FOREIGN) == [], path
        assert visit.page.evaluate(TURNED) == [], path
        assert not visit.sideways(), path
        assert visit.refused() == [], path
        assert max(weights) <= HEAVIEST, path
        assert (alerts, visit.troubles) == ([], []), path


def test_hostile_words_do_nothing_in_the_login(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=NARROW)
    alerts: list[str] = []
    visit.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    for said in (hostile.ATTACKS[name] for name in SHARP):
        visit.open("/login?next=" + quote(said[:500]))
        visit.page.fill("#name", said[:2_000].replace("\x00", ""))
        visit.page.fill("#password", "falsch, falsch")
        visit.page.press("#password", "Enter")
        visit.page.wait_for_selector(".problem")
        assert visit.page.evaluate(FOREIGN) == []
        assert (visit.refused(), visit.sideways(), alerts) == ([], False, [])


def test_the_digest_s_files_are_harmless(
    chromium: Browser, site: str, store: Engine, config: Config
) -> None:
    visit = reader(chromium, site, viewport=NARROW)
    _log_in(visit, "press")
    visit.page.goto(f"{site}/wochenbericht/html?woche=2026-W47")
    visit.page.wait_for_selector("h1")
    assert visit.page.evaluate(FOREIGN) == []
    assert visit.page.evaluate(TURNED) == []
    assert not visit.sideways()
    assert visit.troubles == []
    text = digest_file(config.digest_folder, "2026-W47", "json").read_text("utf-8")
    assert json.loads(text)["unanswered"]
    assert len(text) < HEAVIEST
    quoted = " ".join(each["text"] for each in json.loads(text)["unanswered"])
    assert plain(quoted) == quoted


def _weight(answer: Response) -> int:
    """Count what a page or its content weighs; scripts and styles are the program's own."""
    kind = answer.headers.get("content-type", "")
    own = answer.status == 200 and ("json" in kind or "html" in kind)
    return len(answer.body()) if own else 0


def _log_in(visit: Visit, role: str) -> None:
    visit.open("/login")
    visit.page.fill("#name", hostile.NAMES[role])
    visit.page.fill("#password", "lange genug 1")
    visit.page.press("#password", "Enter")
    visit.page.wait_for_selector(".cards")


OPEN_ALL = "document.querySelectorAll('main details').forEach(each => { each.open = true; })"
FOREIGN = """() => [
  ...[...document.querySelectorAll("main :is(script, img, iframe, object, embed, link, style)")],
  ...[...document.querySelectorAll("*")].filter(each =>
    [...each.attributes].some(one => one.name.startsWith("on") || one.name === "srcdoc")),
  ...[...document.querySelectorAll("a, area, use")].filter(each => {
    const to = each.getAttribute("href") ?? each.getAttribute("xlink:href");
    return to !== null && !/^(https?|mailto|tel):$/.test(new URL(to, location).protocol);
  }),
  ...[...document.forms].filter(each => new URL(each.action).host !== location.host),
].map(each => each.outerHTML.slice(0, 200))"""
# Of each line: whether letters that run from left to right stand in the order in which they are
# read, apart from what has a direction of its own.
TURNED = """() => {
  const turned = [], range = document.createRange();
  const latin = /[A-Za-z0-9ÄÖÜäöüß]/;
  const apart = "bdi, [dir], .heard, svg, .skip, .skip-inside, pre, textarea, option, [hidden]";
  const blocks = "p, li, h1, h2, h3, h4, td, th, dd, dt, summary, a, label";
  for (const block of document.querySelectorAll(blocks)) {
    if (!block.checkVisibility() || block.closest(apart)) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(apart) || !node.parentElement.checkVisibility()) continue;
      let deep = 0;
      for (let i = 0; i < Math.min(node.length, 600); i++) {
        const sign = node.data[i];
        if (sign === "\\u2068") deep++;
        if (sign === "\\u2069") deep--;
        if (deep > 0 || !latin.test(sign)) continue;
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const box = range.getBoundingClientRect();
        if (!box.width) continue;
        if (last && Math.abs(last.top - box.top) < 2 && box.left < last.left - 0.5) {
          turned.push(block.textContent.slice(0, 160));
          break;
        }
        last = box;
      }
    }
  }
  return [...new Set(turned)].slice(0, 5);
}"""
