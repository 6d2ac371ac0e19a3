import re
from collections.abc import Iterator

import pytest
from dash import Dash
from playwright.sync_api import Browser
from sqlalchemy import Engine

from dashboard.app import create_app
from data import decisions
from data.config import Config
from monitor import steps
from tests.dashboard import world
from tests.dashboard.browser import Visit, reader, served
from tests.dashboard.conftest import PASSWORD

CHECK, HOSTILE = "/beitrag?post=mastodon%3Asleep", "/beitrag?post=mastodon%3Abad"
QUESTION = "/fragen/frage?post=mastodon%3Aform"
PAGES = (  # one a line; every test that walks all pages takes them from here
    "/",
    "/bedarf",
    "/bedarf?thema=unterkunft&tage=28&ort=Altona",
    "/orte",
    "/orte?ort=Altona&tage=14",
    "/orte?ebene=bezirk&ort=Wandsbek",
    "/netzwerk",
    "/fragen",
    "/fragen?stand=uebernommen&thema=recht",
    QUESTION,
    "/fragen/frage",
    "/fragen/anlaufstellen",
    "/warnungen",
    "/warnungen/w1",
    "/suche",
    "/suche?worte=zwei&thema=unterkunft",
    "/suche?worte=zwei+xyzzy&netz=x&von=2026-11-01",
    "/datenquellen",
    "/konten",
    "/konten?stand=gesperrt&netz=mastodon",
    *(f"/konten/{number}" for number in range(3, 7)),
    "/sperrliste",
    "/sperrliste?konto=ana",
    CHECK,
    HOSTILE,
    "/beitrag",
    "/wochenbericht",
    "/wochenbericht?woche=2020-W01",
    "/protokoll",
    "/protokoll?art=cluster&tage=7",
    "/datenschutz",
    "/barrierefreiheit",
    "/transparenz",
    "/nix",
)
WIDE, NARROW = {"width": 1366, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def site(demo: Dash, config: Config, full: Engine) -> Iterator[str]:
    steps.digest(full, config, "2026-W47", None, world.NOW)
    with served(demo) as base:
        yield base


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_is_accessible_self_contained_and_as_wide_as_its_window(
    chromium: Browser, site: str, lang: str, theme: str, size: dict[str, int]
) -> None:
    visit = reader(chromium, site, viewport=size, color_scheme=theme)
    for path in PAGES:
        visit.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert visit.page.evaluate("document.documentElement.lang") == lang
        assert visit.findings() == [], path
        assert visit.refused() == [], path
        assert not visit.sideways(), path
        assert visit.cut() == [], path
    assert visit.troubles == []


def test_the_login_and_an_empty_store_are_accessible_too(
    chromium: Browser, config: Config, store: Engine
) -> None:
    with store.begin() as connection:
        decisions.add_user(connection, "ina", "press", PASSWORD, world.NOW)
    app = create_app(config, store, now=lambda: world.NOW)
    with served(app) as base:
        for size in (WIDE, NARROW):
            visit = reader(chromium, base, viewport=size)
            visit.open("/")
            assert visit.page.title() == "Anmelden – HHhilft-Monitor"
            assert visit.findings() == []
            visit.page.fill("#name", "ina")
            visit.page.fill("#password", PASSWORD)
            visit.page.press("#password", "Enter")
            visit.page.wait_for_selector("#empty-load")
            assert visit.findings() == []
            assert (visit.refused(), visit.sideways(), visit.troubles) == ([], False, [])


def test_the_sample_is_wished_for_and_appears_by_itself(
    chromium: Browser, config: Config, store: Engine
) -> None:
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    with served(app) as base:
        visit = reader(chromium, base, viewport=WIDE)
        visit.open("/")
        visit.page.click("#empty-load")
        visit.page.wait_for_selector("#empty-told:has-text('geladen')")
        world.fill(store)  # as the worker does
        visit.page.wait_for_selector(".cards", timeout=15_000)
        assert visit.troubles == []


@pytest.mark.parametrize("path", [*PAGES, "/netzwerk?konto=1"])
def test_the_keyboard_reaches_every_control(chromium: Browser, site: str, path: str) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open(path)
    wanted = visit.page.evaluate(MARK_CONTROLS)
    reached = set()
    for _ in range(wanted + 3):
        visit.page.keyboard.press("Tab")
        number, ringed = visit.page.evaluate(AT_FOCUS)
        if number is not None:
            reached.add(number)
            assert ringed, visit.page.evaluate("document.activeElement.outerHTML")[:300]
    assert reached == {str(each) for each in range(wanted)}


def test_the_menu_of_a_small_screen_opens_by_keyboard_and_leads_on(
    chromium: Browser, site: str
) -> None:
    visit = reader(chromium, site, viewport=NARROW)
    visit.open("/")
    visit.page.focus(".narrow-nav summary")
    visit.page.keyboard.press("Enter")
    visit.page.click(".narrow-nav a[href='/warnungen']")
    visit.page.wait_for_selector("h1:has-text('Warnungen')")
    assert visit.troubles == []


def test_a_menu_opens_by_keyboard_and_closes_with_escape_or_elsewhere(
    chromium: Browser, site: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/")
    visit.page.focus(".more summary")
    visit.page.keyboard.press("Enter")
    assert visit.page.is_visible(".more a[href='/datenquellen']")
    assert visit.findings() == []
    visit.page.keyboard.press("Escape")
    assert not visit.page.is_visible(".more a[href='/datenquellen']")
    assert visit.page.evaluate("document.activeElement.matches('.more summary')")
    visit.page.keyboard.press("Enter")
    visit.page.click("h1")
    assert not visit.page.is_visible(".more a[href='/datenquellen']")
    assert visit.troubles == []


def test_the_switch_turns_the_page_dark_and_it_stays_so(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=WIDE, color_scheme="light")
    visit.open("/")
    visit.page.click("#theme")
    assert _paper(visit) == "rgb(18, 21, 28)"
    visit.open("/netzwerk")
    assert _paper(visit) == "rgb(18, 21, 28)"
    assert visit.page.inner_text("#theme") == "Hell"


def test_a_heading_sorts_its_table(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/warnungen/w1")
    table = visit.page.locator("table", has_text="Gefolgt von")
    heading = table.locator("button", has_text="Konto")
    before = table.locator("tbody th").all_inner_texts()
    heading.click()
    assert table.locator("tbody th").all_inner_texts() == sorted(before)
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    heading.click()
    assert table.locator("tbody th").all_inner_texts() == sorted(before, reverse=True)


def test_a_page_is_narrowed_by_its_form_and_widened_again_by_a_click(
    chromium: Browser, site: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/bedarf?von=2026-11-01")
    visit.page.click(".filter-more summary")
    visit.page.select_option("#filter-tage", "28")
    assert visit.page.input_value("#filter-von") == ""  # what was chosen last counts
    visit.page.select_option("#filter-thema", "sachspenden")
    visit.page.click(".filter-form button")
    visit.page.wait_for_selector("h2:has-text('ohne Antwort: Kleidung')")
    assert visit.page.url.endswith("/bedarf?tage=28&thema=sachspenden")
    visit.page.click(".tag-remove:has-text('letzte 28 Tage')")
    visit.page.wait_for_selector(".lead:has-text('In den letzten 14 Tagen')")
    assert visit.page.url.endswith("/bedarf?thema=sachspenden")
    assert (visit.refused(), visit.troubles) == ([], [])


def test_a_person_searches_turns_the_page_and_checks_what_was_found(
    chromium: Browser, site: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/")
    visit.page.click(".wide-nav a[href='/suche']")
    visit.page.fill("#filter-worte", "zwei Betten -decken")
    visit.page.press("#filter-worte", "Enter")
    visit.page.wait_for_selector("h2:has-text('1 Beitrag')")
    assert visit.page.url.endswith("/suche?worte=zwei+Betten+-decken")
    assert visit.page.locator("#treffer mark").all_inner_texts() == ["zwei", "Betten"]
    visit.page.fill("#filter-worte", "Betten")
    visit.page.press("#filter-worte", "Enter")
    visit.page.wait_for_url("**/suche?worte=Betten")
    visit.page.wait_for_selector("#treffer mark:text-is('Betten')")
    visit.page.click("#treffer a:has-text('Einordnung prüfen')")
    visit.page.wait_for_selector("h1:has-text('Einordnung prüfen')")
    visit.open("/suche?worte=betten&ort=Wandsbek")
    visit.page.click("a:has-text('ohne „Wandsbek“')")
    visit.page.wait_for_selector("h2:has-text('1 Beitrag')")
    assert visit.page.input_value("#filter-worte") == "betten"
    assert (visit.refused(), visit.troubles) == ([], [])


def test_an_account_chosen_in_the_picture_opens_its_panel(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/netzwerk")
    visit.page.focus("svg a.node >> nth=0")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#konto h3:has-text('Warum es verbunden ist')")
    assert "konto=" in visit.page.url
    assert visit.page.evaluate("document.activeElement.id") == "konto"
    assert visit.troubles == []


def test_arrow_keys_lead_over_the_map_and_enter_opens_the_place(
    chromium: Browser, site: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/orte")
    visit.page.focus(".map-wide a.spot >> nth=0")
    walked = [_named(visit)]
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight"):
        visit.page.keyboard.press(key)
        walked.append(_named(visit))
    assert walked == ["Altona", "Wandsbek", "Wandsbek", "Altona", "Wandsbek"]
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#ort h2:has-text('Wandsbek')")
    assert "ort=Wandsbek" in visit.page.url
    assert visit.page.evaluate("document.activeElement.id") == "ort"
    visit.page.click("#ort a:has-text('Auswahl aufheben')")
    visit.page.wait_for_selector("#ort h2:has-text('Wo am meisten fehlt')")
    assert (visit.refused(), visit.troubles) == ([], [])


def test_the_map_is_drawn_anew_for_another_level_other_days_and_a_filter(
    chromium: Browser, site: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/orte")
    visit.page.click("a:has-text('14 Tage')")
    visit.page.wait_for_selector("h1 + p:has-text('letzten 14 Tagen')")
    visit.page.click("a:has-text('Bezirke')")
    visit.page.wait_for_selector("a[aria-current]:has-text('Bezirke')")
    visit.page.click("summary:has-text('Eingrenzen')")
    visit.page.select_option("#filter-thema", "unterkunft")
    visit.page.click("button:has-text('Anzeigen')")
    visit.page.wait_for_selector("h1 + p:has-text('nennen 2 Beiträge')")
    assert "ebene=bezirk" in visit.page.url
    assert "tage=14" in visit.page.url
    assert (visit.refused(), visit.troubles) == ([], [])


def test_letters_on_the_map_are_readable_on_a_small_screen(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=NARROW)
    for path in ("/orte", "/orte?ebene=bezirk"):
        visit.open(path)
        assert visit.page.locator(".map-wide:visible").count() == 0
        sizes = visit.page.evaluate(LETTERS)
        assert sizes
        assert min(sizes) >= 12


def test_a_person_decides_and_sees_their_decision(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/warnungen/w1")
    visit.page.fill("#decide-reason", "Eine Absprache unter Freunden.")
    visit.page.click("#decide-dismiss")
    visit.page.wait_for_selector("#decide-told:has-text('Verworfen. Danke.')")
    assert "Eine Absprache unter Freunden." in visit.page.inner_text("#decide-history")
    assert visit.page.input_value("#decide-reason") == ""
    assert visit.troubles == []


def test_one_person_proposes_a_block_another_confirms_and_an_appeal_is_heard(
    chromium: Browser, app: Dash
) -> None:
    with served(app) as base:
        press, admin = _logged_in(chromium, base, "press"), _logged_in(chromium, base, "admin")
        press.open("/konten?warnung=w1")
        press.page.click("table a:has-text('(Nr. 5)')")
        press.page.fill("#account-reason", "Dieselben Texte, keine eigenen.")
        press.page.click("#account-block-propose")
        press.page.wait_for_selector("#account-told:has-text('eine zweite Person')")
        assert press.page.is_hidden("#account-block-confirm")
        admin.open("/sperrliste")
        admin.page.click("#vorschlaege a:has-text('(Nr. 5)')")
        admin.page.fill("#account-reason", "Stimmt.")
        admin.page.click("#account-block-confirm")
        admin.page.wait_for_selector("#account-told:has-text('jetzt auf der Sperrliste')")
        admin.page.click("#account-appeal summary")
        assert admin.findings() == []
        admin.page.fill("#account-appeal-came", "2026-11-12")
        admin.page.select_option("#account-appeal-way", "letter")
        admin.page.fill("#account-appeal-said", "Das ist ein Chor.")
        admin.page.click("#account-appeal-enter")
        admin.page.wait_for_selector("#account-told:has-text('Eingetragen.')")
        assert admin.page.is_hidden("#account-appeal-grant")
        press.open("/sperrliste")
        assert "Wartet seit 6 Tagen" in press.page.inner_text("#einsprueche li >> nth=0")
        press.page.click("#einsprueche a:has-text('(Nr. 5)')")
        press.page.fill("#account-reason", "Der Chor steht im Vereinsregister.")
        press.page.click("#account-appeal-grant")
        press.page.wait_for_selector("#account-told:has-text('Stattgegeben.')")
        press.open("/sperrliste")
        assert "(Nr. 5)" not in press.page.inner_text("#liste")
        assert (press.troubles, admin.troubles) == ([], [])


def test_a_person_corrects_a_post_and_every_page_knows_it(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/bedarf")
    visit.page.click("#gesuche li:has-text('zwei Betten') a:has-text('Einordnung prüfen')")
    visit.page.wait_for_selector("h1:has-text('Einordnung prüfen')")
    visit.page.uncheck("#check-topics input[value=unterkunft]")
    visit.page.check("#check-topics input[value=essen]")
    visit.page.uncheck("#check-urgent input")
    visit.page.click("summary:has-text('Harburg')")
    visit.page.check("#check-places-6 input[value=Wilstorf]")
    visit.page.select_option("#check-lang", "en")
    visit.page.fill("#check-reason", "Gemeint sind Beete.")
    visit.page.click("#check-save")
    visit.page.wait_for_selector("#check-told:has-text('Gespeichert. Danke.')")
    said = visit.page.inner_text("#check-history")
    for each in (
        *("Themen: Essen & Lebensmittel dazu", "Themen: Unterkunft & Wohnen weg"),
        *("Orte: Wilstorf dazu", "Dringend: nein statt ja", "Sprache: Englisch statt Deutsch"),
        "Gemeint sind Beete.",
    ):
        assert each in said
    assert "Es gilt, was demo hier eingetragen hat." in visit.page.inner_text("#check-state")
    assert visit.findings() == []
    visit.open("/bedarf")
    marks = visit.page.inner_text("#gesuche li:has-text('zwei Betten') .tags")
    assert "Essen & Lebensmittel" in marks
    assert "Dringend" not in marks
    assert (visit.refused(), visit.troubles) == ([], [])


def test_a_person_takes_a_question_answers_it_and_every_page_knows_it(
    chromium: Browser, site: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open("/")
    visit.page.click(".cards a[href='/fragen']")
    visit.page.wait_for_selector("h1:has-text('Fragen an die Behörde')")
    visit.page.click(".ticket button:has-text('Ich übernehme')")
    visit.page.wait_for_selector(".ticket .told:has-text('Sie haben die Frage übernommen.')")
    assert "Sie haben übernommen" in visit.page.inner_text(".ticket .standing")
    assert not visit.page.is_visible(".ticket button:has-text('Ich übernehme')")
    assert visit.findings() == []
    visit.page.click(".ticket a:has-text('Bearbeiten')")
    visit.page.wait_for_selector("h1:has-text('Eine Frage')")
    visit.page.click("#question-answered")
    visit.page.wait_for_selector("#question-told:has-text('Bitte zuerst schreiben, wie oder wo')")
    visit.page.fill("#question-reason", "https://elbe.example/antwort")
    visit.page.click("#question-answered")
    visit.page.wait_for_selector("#question-told:has-text('Als beantwortet eingetragen.')")
    said = visit.page.inner_text("#question-history")
    assert said.index("Beantwortet – demo") < said.index("https://elbe.example/antwort")
    assert visit.page.input_value("#question-reason") == ""
    assert visit.page.is_visible("#question-reopen")
    assert visit.findings() == []
    visit.open("/fragen?stand=beantwortet")
    assert "Von Ihnen beantwortet" in visit.page.inner_text(".ticket")
    visit.open("/")
    assert "Wo gebe ich das Formular ab?" not in visit.page.inner_text("main")
    assert (visit.refused(), visit.troubles) == ([], [])


@pytest.mark.parametrize("clipboard", ["navigator.clipboard", "undefined"])
def test_a_text_is_copied_also_where_the_browser_keeps_its_clipboard_to_itself(
    chromium: Browser, site: str, clipboard: str
) -> None:
    visit = reader(chromium, site, viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    visit.page.add_init_script(
        "Object.defineProperty(window, 'kept', {value: navigator.clipboard});"
        f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}}});"
    )
    visit.open(QUESTION)
    part = visit.page.locator(".text-to-copy", has_text="Wir fragen nach und antworten").first
    part.locator("button").press("Enter")
    part.locator(".copied:has-text('Kopiert.')").wait_for()
    assert visit.page.evaluate("kept.readText()") == part.locator("p").inner_text()
    assert visit.page.evaluate("document.activeElement.matches('button.copy')")
    assert visit.troubles == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_weekly_digest_prints_on_two_pages(chromium: Browser, site: str, theme: str) -> None:
    visit = reader(chromium, site, viewport=WIDE, color_scheme=theme)
    visit.open("/wochenbericht")
    assert 1 <= _pages_printed(visit) <= 2
    visit.page.click("main a[href^='/wochenbericht/html']")
    visit.page.wait_for_selector("h1:has-text('Wochenbericht, 16. bis 22. November 2026')")
    assert 1 <= _pages_printed(visit) <= 2
    assert (visit.refused(), visit.troubles) == ([], [])


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_an_admin_lets_somebody_in_and_closes_the_login_again(
    chromium: Browser, app: Dash, size: dict[str, int]
) -> None:
    with served(app) as base:
        visit = reader(chromium, base, viewport=size)
        visit.open("/login?next=/verwaltung")
        visit.page.fill("#name", "admin")
        visit.page.fill("#password", PASSWORD)
        visit.page.press("#password", "Enter")
        visit.page.wait_for_selector("h1:has-text('Verwaltung')")
        visit.page.click(".settings summary:has-text('[mastodon]')")
        visit.page.fill("#adding-name", "Zoe")
        visit.page.select_option("#adding-role", "coordinator")
        visit.page.click("#adding-go")
        visit.page.wait_for_selector("#adding-told code")
        assert (visit.findings(), visit.refused(), visit.sideways()) == ([], [], False)
        visit.page.click("#adding-people tr:has-text('zoe') a")
        visit.page.wait_for_selector("h1:has-text('Zugang von zoe')")
        visit.page.fill("#person-reason", "Nicht mehr dabei.")
        visit.page.click("#person-disable-go")
        visit.page.wait_for_selector("#person-told:has-text('zoe kann sich nicht mehr anmelden.')")
        assert "Nicht mehr dabei." in visit.page.inner_text("#person-history")
        assert not visit.page.is_visible("#person-disable-go")
        assert visit.page.is_visible("#person-enable-go")
        assert (visit.findings(), visit.refused(), visit.sideways()) == ([], [], False)
        visit.open("/protokoll?art=user&was=disable")
        assert "Nicht mehr dabei." in visit.page.inner_text("main")
        assert visit.troubles == []


def test_the_other_language_stays_with_the_post(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    visit.open(CHECK)
    visit.page.click("a[hreflang=en]")
    visit.page.wait_for_selector("h1:has-text('Check the labels')")
    assert "zwei Betten" in visit.page.inner_text("main")


def test_hostile_words_neither_run_nor_lead_anywhere(chromium: Browser, site: str) -> None:
    visit = reader(chromium, site, viewport=WIDE)
    alerts: list[str] = []
    visit.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    for path in PAGES:
        visit.open(path)
        assert visit.page.locator("main img, main script, main iframe").count() == 0, path
        assert visit.page.locator("main a[href^='javascript']").count() == 0, path
    assert alerts == []


def _named(visit: Visit) -> str:
    label = visit.page.evaluate("document.activeElement.getAttribute('aria-label')")
    return str(label).partition(":")[0]


def _logged_in(chromium: Browser, base: str, name: str) -> Visit:
    visit = reader(chromium, base, viewport=WIDE)
    visit.open("/login")
    visit.page.fill("#name", name)
    visit.page.fill("#password", PASSWORD)
    visit.page.press("#password", "Enter")
    visit.page.wait_for_selector(".cards")
    return visit


def _pages_printed(visit: Visit) -> int:
    printed = visit.page.pdf(format="A4", margin={"top": "10mm", "bottom": "10mm"})
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def _paper(visit: Visit) -> str:
    return str(visit.page.evaluate("getComputedStyle(document.body).backgroundColor"))


LETTERS = """() => [...document.querySelectorAll(".map-narrow text:not(.water-name)")].map(each =>
  parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a)"""
MARK_CONTROLS = """() => {
  const all = [...document.querySelectorAll("a[href], button, summary, input, textarea, select")]
    .filter(each => !each.disabled && each.type !== "hidden" && each.checkVisibility());
  all.forEach((each, number) => { each.dataset.control = number; });
  return all.length;
}"""
AT_FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here.dataset.control === undefined) return [null, true];
  const style = getComputedStyle(here);
  const shape = here.querySelector && here.querySelector(".shape");
  const drawn = shape && getComputedStyle(shape).strokeWidth === "3px";
  return [here.dataset.control, style.outlineStyle !== "none" || !!drawn];
}"""
