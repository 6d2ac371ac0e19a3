"""What people do with the pages in a browser: each control, who has it, and what comes of it.

A control is named by its id (of one beside each row: the id's type), by what it does to the page
("copy"), by the path of its form, or by the path of the file that it gives.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from dash import Dash
from playwright.sync_api import Locator
from sqlalchemy import Engine, select

from dashboard.words import words
from data import decisions
from data.tables import accounts
from tests.dashboard import world
from tests.dashboard.browser import Visit
from tests.dashboard.conftest import PASSWORD
from tests.dashboard.test_access_matrix import ADMINS, DECIDING, EVERYBODY, FILES, PEOPLE

STRANGER = ""  # the role of who is not logged in
REASON = "Angesehen am Mittwoch."
SLEEP, FORM = "mastodon:sleep", "mastodon:form"
PREPARED = {"reject": "ana", "deny": "ben", "grant": "hostile", "unblock": "hidden"}


@dataclass(frozen=True, slots=True)
class There:
    """Somebody at the pages, and the store behind these."""

    visit: Visit
    store: Engine
    role: str

    def open(self, path: str) -> None:
        """Load a page and wait until it is drawn."""
        self.visit.page.goto(self.visit.base + path)
        self.visit.page.wait_for_selector("main h1")

    def find(self, selector: str) -> Locator:
        """Give the first that can be seen; what holds it is opened."""
        self.visit.page.evaluate(OPEN)
        return self.visit.page.locator(f"{selector} >> visible=true").first

    def told(self, selector: str, sentence: str) -> None:
        """Wait until the page says a sentence."""
        self.visit.page.locator(selector).filter(has_text=sentence).first.wait_for()

    def entered(self, kind: str, subject: str, verdict: str) -> None:
        """Hold that the newest entry about something is this person's."""
        with self.store.connect() as connection:
            newest = decisions.history(connection, kind, subject)[-1]
        assert (newest.who, newest.verdict) == (self.role, verdict)


Do = Callable[[There], None]


def prepare(store: Engine) -> None:
    """Let two others bring accounts into the states from which people go on."""
    before, came = world.NOW - world.HOUR, world.NOW.date() - timedelta(days=1)
    rejected, denied = (f"mastodon:{PREPARED[each]}" for each in ("reject", "deny"))
    with store.begin() as connection:
        decisions.propose(connection, "eva", rejected, REASON, None, before)
        made = decisions.propose(connection, "eva", denied, REASON, None, before)
        made = decisions.decide_block(
            connection, "ina", denied, "block_confirm", REASON, made, before
        )
        decisions.enter_appeal(connection, "eva", denied, REASON, came, "mail", made, before)


def log_in(there: There, password: str = PASSWORD) -> None:
    """Log this role in, as the form of the login asks."""
    there.open("/login")
    there.visit.page.fill("#name", there.role)
    there.visit.page.fill("#password", password)
    there.visit.page.press("#password", "Enter")
    there.visit.page.wait_for_selector(".tool-form")


def _theme(there: There) -> None:
    there.open("/login" if there.role == STRANGER else "/")
    for expected in ("dark", "light"):
        there.find("#theme").click()
        there.visit.page.reload()
        assert there.visit.page.get_attribute("html", "data-theme") == expected


def _language(there: There) -> None:
    there.open("/login" if there.role == STRANGER else "/orte")
    for expected in ("en", "de"):
        there.find(f"a[hreflang={expected}]").click()
        there.visit.page.wait_for_selector(f"html[lang={expected}] main h1")


def _login(there: There) -> None:
    there.open("/login")
    there.visit.page.fill("#name", "press")
    there.visit.page.fill("#password", "falsch, falsch")
    there.visit.page.press("#password", "Enter")
    there.told(".problem", words("de")["login.wrong"])
    assert all("401" in each for each in there.visit.troubles)  # the answer, and the console of it
    there.visit.troubles.clear()
    there.open("/verwaltung")
    assert there.visit.page.url.endswith("/login?next=/verwaltung")


def _logout(there: There) -> None:
    there.open("/")
    there.find("form[action='/logout'] button").click()
    there.visit.page.wait_for_selector("#password")
    there.open("/orte")
    assert "/login" in there.visit.page.url


def _sort(there: There) -> None:
    there.open("/")
    heading = there.find("th:has(button.sort)")
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") in ("ascending", "descending")


def _copy(there: There) -> None:
    there.open("/fragen/frage?post=mastodon%3Aform")
    there.find("button.copy").click()
    there.told(".copied", words("de")["copy.done"])


def _file(path: str, page: str) -> Do:
    def take(there: There) -> None:
        there.open(page)
        with there.visit.page.expect_download() as begun:
            there.find(f"main a[href^='{path}']").click()
        given = begun.value
        assert given.suggested_filename.endswith(".csv")
        rows = list(csv.reader(given.path().read_text("utf-8-sig").splitlines()))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}

    return take


def _digest_html(there: There) -> None:
    there.open("/wochenbericht")
    there.find("main a[href^='/wochenbericht/html']").click()
    there.visit.page.wait_for_selector("h1:has-text('Wochenbericht, 16. bis 22. November 2026')")


def _digest_json(there: There) -> None:
    there.open("/wochenbericht")
    with there.visit.page.expect_download() as begun:
        there.find("main a[href^='/wochenbericht/json']").click()
    assert '"2026-11-16"' in begun.value.path().read_text("utf-8")


def _narrow(path: str, field: str, value: str) -> Do:
    """Narrow a page; its address, kept and opened again, shows the same."""

    def narrow(there: There) -> None:
        there.open(path)
        there.find(f"#filter-{field}").select_option(value)
        there.find("form.filter-form button[type=submit]").click()
        there.visit.page.wait_for_url(f"**{path}?*{field}={value}*")
        there.open(there.visit.page.url.removeprefix(there.visit.base))
        assert there.visit.page.input_value(f"#filter-{field}") == value

    return narrow


def _search(there: There) -> None:
    there.open("/suche")
    there.visit.page.fill("#filter-worte", "zwei betten")
    there.visit.page.press("#filter-worte", "Enter")
    there.told("#treffer h2", "1 Beitrag")
    there.open(there.visit.page.url.removeprefix(there.visit.base))
    assert there.visit.page.input_value("#filter-worte") == "zwei betten"
    there.told("#treffer h2", "1 Beitrag")


def _search_account(there: There) -> None:
    there.open("/sperrliste")
    there.find("form[action='/sperrliste'] input").fill("ana")
    there.find("form[action='/sperrliste'] button").click()
    there.visit.page.wait_for_url("**/sperrliste?*ana*")
    there.find("main a[href^='/konten/']").wait_for()


def _narrow_protocol(there: There) -> None:
    there.open("/protokoll")
    there.find("form[action='/protokoll'] select[name='art']").select_option("account")
    there.find("form[action='/protokoll'] button[type=submit]").click()
    there.visit.page.wait_for_url("**/protokoll?*art=account*")
    there.find(".entries").wait_for()


def _decide(verdict: str, warning: str) -> Do:
    def decide(there: There) -> None:
        there.open(f"/warnungen/{warning}")
        there.visit.page.fill("#decide-reason", REASON)
        there.find(f"#decide-{verdict}").click()
        there.told("#decide-told", words("de")[f"decide.done_{verdict}"])
        there.told("#decide-history", REASON)
        there.entered("cluster", warning, verdict)

    return decide


def _of_account(verdict: str, name: str) -> Do:
    def decide(there: There) -> None:
        key = f"mastodon:{name}"
        there.open(f"/konten/{_number(there.store, name)}")
        there.visit.page.fill("#account-reason", REASON)
        there.find(f"#account-{verdict.replace('_', '-')}").click()
        there.told("#account-told", words("de")[f"account_decide.done_{verdict}"])
        there.told("#account-history", there.role)
        there.entered("account", key, verdict)

    return decide


def _appeal(there: There) -> None:
    there.open(f"/konten/{_number(there.store, 'two')}")
    there.find("#account-appeal-said").fill("Das ist ein Chor.")
    there.find("#account-appeal-enter").click()
    there.told("#account-told", words("de")["account_decide.done_appeal"])
    there.entered("account", "mastodon:two", "appeal")


def _correct(there: There) -> None:
    there.open("/beitrag?post=mastodon%3Asleep")
    there.visit.page.check("#check-topics input[value=essen]")
    there.find("#check-save").click()
    there.told("#check-told", words("de")["correct.done"])
    there.entered("post", SLEEP, "correct")
    there.open("/bedarf")
    there.told("#gesuche li:has-text('zwei Betten') .tags", "Essen & Lebensmittel")


def _in_queue(verdict: str, button: str) -> Do:
    def take(there: There) -> None:
        there.open("/fragen?stand=" + ("offen" if verdict == "take" else "uebernommen"))
        there.find(f".ticket [id*='{button}']").click()
        there.told(".ticket .told", words("de")[f"handle.done_{verdict}"])
        there.entered("question", FORM, verdict)

    return take


def _question(verdict: str) -> Do:
    def handle(there: There) -> None:
        there.open("/fragen/frage?post=mastodon%3Aform")
        there.visit.page.fill("#question-reason", "https://elbe.example/antwort")
        there.find(f"#question-{verdict.replace('_', '-')}").click()
        there.told("#question-told", words("de")[f"handle.done_{verdict}"])
        there.told("#question-history", there.role)
        there.entered("question", FORM, verdict)

    return handle


def _add_person(there: There) -> None:
    there.open("/verwaltung")
    there.find("details:has-text('[mastodon]') summary").wait_for()  # the settings are shown
    there.visit.page.fill("#adding-name", "zoe")
    there.visit.page.select_option("#adding-role", "coordinator")
    there.find("#adding-go").click()
    there.told("#adding-people", "zoe")
    _lets_in(there, there.find("#adding-told code").inner_text())
    there.entered("user", "zoe", "add")


def _person(what: str, told: str) -> Do:
    def change(there: There) -> None:
        there.open("/verwaltung/zugang?name=zoe")
        there.visit.page.select_option("#person-role", "viewer")
        there.visit.page.fill("#person-reason", REASON)
        there.find(f"#person-{what}-go").click()
        there.told("#person-told", told)
        there.told("#person-history", REASON)
        there.entered("user", "zoe", what)

    return change


def _new_password(there: There) -> None:
    _person("password", "zoe")(there)
    _lets_in(there, there.find("#person-told code").inner_text())


def _lets_in(there: There, password: str) -> None:
    with there.store.begin() as connection:
        assert decisions.check_password(connection, "zoe", password, world.NOW) is not None


def _number(store: Engine, name: str) -> int:
    with store.connect() as connection:
        query = select(accounts.c.id).where(accounts.c.native_id == name)
        return int(connection.execute(query).scalar_one())


# Every control, who has it, and how it is used: in the order in which one person does it all.
ACTIONS: dict[str, tuple[frozenset[str], Do]] = {
    "form /login": (frozenset((STRANGER,)), _login),
    "theme": (EVERYBODY | {STRANGER}, _theme),
    "language": (EVERYBODY | {STRANGER}, _language),
    "sort": (EVERYBODY, _sort),
    "/csv/themen": (FILES["/csv/themen"], _file("/csv/themen", "/")),
    "/csv/tage": (FILES["/csv/tage"], _file("/csv/tage", "/")),
    "/csv/orte": (FILES["/csv/orte"], _file("/csv/orte", "/orte")),
    "/csv/bedarf": (FILES["/csv/bedarf"], _file("/csv/bedarf", "/bedarf")),
    "/csv/netzwerk": (FILES["/csv/netzwerk"], _file("/csv/netzwerk", "/netzwerk")),
    "/csv/konten": (FILES["/csv/konten"], _file("/csv/konten", "/konten")),
    "/csv/sperrliste": (FILES["/csv/sperrliste"], _file("/csv/sperrliste", "/sperrliste")),
    "/csv/fragen": (FILES["/csv/fragen"], _file("/csv/fragen", "/fragen")),
    "/csv/protokoll": (FILES["/csv/protokoll"], _file("/csv/protokoll", "/protokoll")),
    "/csv/suche": (FILES["/csv/suche"], _file("/csv/suche", "/suche?worte=winterjacken")),
    "/wochenbericht/html": (FILES["/wochenbericht/html"], _digest_html),
    "/wochenbericht/json": (FILES["/wochenbericht/json"], _digest_json),
    "form /bedarf": (PEOPLE, _narrow("/bedarf", "thema", "unterkunft")),
    "form /orte": (EVERYBODY, _narrow("/orte", "thema", "unterkunft")),
    "form /netzwerk": (PEOPLE, _narrow("/netzwerk", "tage", "7")),
    "form /fragen": (PEOPLE, _narrow("/fragen", "thema", "recht")),
    "form /suche": (PEOPLE, _search),
    "form /sperrliste": (DECIDING, _search_account),
    "form /protokoll": (DECIDING, _narrow_protocol),
    "copy": (PEOPLE, _copy),
    "check-save": (PEOPLE, _correct),
    "queue-take": (PEOPLE, _in_queue("take", "queue-take")),
    "queue-give-back": (PEOPLE, _in_queue("give_back", "queue-give-back")),
    "question-take": (PEOPLE, _question("take")),
    "question-give-back": (PEOPLE, _question("give_back")),
    "question-answered": (PEOPLE, _question("answered")),
    "question-reopen": (PEOPLE, _question("reopen")),
    "question-not-ours": (PEOPLE, _question("not_ours")),
    "decide-note": (DECIDING, _decide("note", "w1")),
    "decide-confirm": (DECIDING, _decide("confirm", "w1")),
    "decide-dismiss": (DECIDING, _decide("dismiss", "w2")),
    "account-block-propose": (DECIDING, _of_account("block_propose", "one")),
    "account-block-withdraw": (DECIDING, _of_account("block_withdraw", "one")),
    "account-block-confirm": (DECIDING, _of_account("block_confirm", "two")),
    "account-appeal-enter": (DECIDING, _appeal),
    "account-block-reject": (DECIDING, _of_account("block_reject", PREPARED["reject"])),
    "account-appeal-deny": (DECIDING, _of_account("appeal_deny", PREPARED["deny"])),
    "account-appeal-grant": (DECIDING, _of_account("appeal_grant", PREPARED["grant"])),
    "account-unblock": (DECIDING, _of_account("unblock", PREPARED["unblock"])),
    "account-institution": (DECIDING, _of_account("institution", "one")),
    "account-reopen": (DECIDING, _of_account("reopen", "one")),
    "account-automated": (DECIDING, _of_account("automated", "one")),
    "account-note": (DECIDING, _of_account("note", "one")),
    "adding-go": (ADMINS, _add_person),
    "person-role-go": (ADMINS, _person("role", "zoe hat jetzt die Rolle")),
    "person-password-go": (ADMINS, _new_password),
    "person-disable-go": (ADMINS, _person("disable", "zoe kann sich nicht mehr anmelden.")),
    "person-enable-go": (ADMINS, _person("enable", "zoe kann sich wieder anmelden.")),
    "form /logout": (EVERYBODY, _logout),
}
ON_AN_EMPTY_STORE = {"empty-load": PEOPLE}


def buttons(app: Dash) -> Iterator[str]:
    """Name the buttons to which the program listens."""
    app.server.test_client().get("/login")
    for told in app.callback_map.values():
        for each in told.get("inputs", ()):
            if each["property"] == "n_clicks":
                yield _name(each["id"])


def controls(there: There) -> set[str]:
    """Name the controls of the page that is open, also those of another state."""
    found: list[str] = there.visit.page.evaluate(CONTROLS)
    return {_name(each) for each in found}


def _name(given: str) -> str:
    found = TYPE.search(given)
    return found[1] if found else given


TYPE = re.compile(r'"type":"([^"]+)"')
OPEN = """() => document.querySelectorAll("main details").forEach(each => { each.open = true; })"""
CONTROLS = """() => [...document.querySelectorAll(
  "button, form, a[hreflang], a[href^='/csv/'], a[href^='/wochenbericht/']"
)].filter(each => each.tagName !== "BUTTON" || each.id || !each.closest("form")).map(each => {
  if (each.tagName === "FORM") return "form " + new URL(each.action).pathname;
  if (each.tagName === "A") return each.hreflang ? "language" : new URL(each.href).pathname;
  return each.id || ["copy", "sort"].find(name => each.classList.contains(name)) || each.outerHTML;
})"""
