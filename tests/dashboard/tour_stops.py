"""The stops of the tour: which page, what part of it is pictured, and what question it answers."""

from dataclasses import dataclass

NODE, QUESTION, POST = (
    "main svg a.node",
    "main a[href^='/fragen/frage']",
    "main a[href^='/beitrag']",
)
ACCOUNT, WARNING = "main a[href^='/konten/']", "main a[href^='/warnungen/']"
WIDE, NARROW = (1366, 768), (360, 740)  # pixels of the window, which is what a picture shows


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the tour. `follow` is a link on `path` that leads there; `at` what is on top."""

    name: str
    path: str
    de: tuple[str, str]  # the page's name, and what it answers
    en: tuple[str, str]
    size: tuple[int, int] = WIDE
    theme: str = "light"
    follow: str = ""
    at: str = ""
    invented: bool = True  # False: what the page says is so
    role: str = "press"  # of those who may open it, the one who is shown; "" for nobody


STOPS = (
    Stop(
        "overview",
        "/",
        ("Übersicht", "Was ist seit gestern neu, wer wartet, und wo fehlt etwas?"),
        (
            "Overview",
            "What is new since yesterday, who is waiting, and where is something missing?",
        ),
    ),
    Stop(
        "overview-small",
        "/",
        ("Übersicht auf dem Telefon", "Was ist dringend, wenn ich gerade unterwegs bin?"),
        ("Overview on a phone", "What is urgent while I am out and about?"),
        size=NARROW,
    ),
    Stop(
        "needs",
        "/bedarf",
        ("Bedarf & Angebot", "Was fehlt in welchem Stadtteil, und wer wartet am längsten?"),
        ("Needs and offers", "What is missing in which district, and who has waited longest?"),
    ),
    Stop(
        "places",
        "/orte?ort=Altona",
        ("Orte", "Wovon handeln die Beiträge über einen Stadtteil, und was fehlt dort?"),
        ("Places", "What do posts about a district say, and what is missing there?"),
        at=".columns-map",
    ),
    Stop(
        "places-small",
        "/orte",
        ("Orte auf dem Telefon, dunkel", "Wo in Hamburg fehlt am meisten?"),
        ("Places on a phone, dark", "Where in Hamburg is most missing?"),
        size=NARROW,
        theme="dark",
        at=".columns-map",
    ),
    Stop(
        "network",
        "/netzwerk",
        ("Netzwerk", "Welche Freiwilligen wirken zusammen, und warum ist ein Konto verbunden?"),
        ("Network", "Which volunteers work together, and why is an account connected?"),
        theme="dark",
        follow=NODE,
        at=".columns-wide",
    ),
    Stop(
        "questions",
        "/fragen",
        ("Fragen an die Behörde", "Wer hat die Behörde etwas gefragt und wie lange gewartet?"),
        ("Questions to the authority", "Who asked the authority something, and how long ago?"),
    ),
    Stop(
        "question",
        "/fragen",
        ("Eine Frage", "Wer übernimmt sie, wen kann man fragen, und womit wird geantwortet?"),
        ("One question", "Who takes it, whom can one ask, and what can the answer say?"),
        follow=QUESTION,
    ),
    Stop(
        "contacts",
        "/fragen/anlaufstellen",
        ("Anlaufstellen", "An wen kann eine Frage weitergegeben werden?"),
        ("Contacts", "To whom can a question be passed on?"),
        invented=False,
    ),
    Stop(
        "warnings",
        "/warnungen",
        ("Warnungen", "Welche Konten handeln auffällig gleich, und was ist noch zu entscheiden?"),
        ("Warnings", "Which accounts act strikingly alike, and what is still to be decided?"),
    ),
    Stop(
        "warning",
        "/warnungen",
        ("Eine Warnung", "Was spricht für eine Absprache, was dagegen, und worauf beruht das?"),
        ("One warning", "What speaks for coordination, what against it, and on what evidence?"),
        follow=WARNING,
    ),
    Stop(
        "warning-dark",
        "/warnungen",
        ("Eine Warnung, dunkel", "Wer hat wann entschieden, und aus welchem Grund?"),
        ("One warning, dark", "Who decided, when, and for what reason?"),
        theme="dark",
        follow=WARNING,
        at="section:has(#decide-reason)",
    ),
    Stop(
        "accounts",
        "/konten",
        ("Konten-Prüfung", "Welche Konten aus den Warnungen sieht sich noch jemand an?"),
        ("Accounts", "Which accounts of the warnings has nobody looked at yet?"),
    ),
    Stop(
        "account",
        "/konten",
        ("Ein Konto prüfen", "Was hat dieses Konto getan, und was spricht gegen eine Sperre?"),
        ("Checking an account", "What did this account do, and what speaks against a block?"),
        follow=ACCOUNT,
    ),
    Stop(
        "blocks",
        "/sperrliste",
        ("Sperrliste & Einsprüche", "Was wartet auf eine zweite Person, und wer widerspricht?"),
        ("Block list and appeals", "What waits for a second person, and who objects?"),
    ),
    Stop(
        "search",
        "/suche?worte=betten",
        ("Suche", "In welchen Beiträgen stehen diese Worte?"),
        ("Search", "Which posts have these words?"),
    ),
    Stop(
        "check",
        "/suche?worte=betten",
        ("Einordnung prüfen", "Worum geht es in dem Beitrag wirklich?"),
        ("Check the labels", "What is the post really about?"),
        follow=POST,
    ),
    Stop(
        "digest",
        "/wochenbericht",
        ("Wochenbericht", "Was war letzte Woche, zum Lesen und zum Drucken?"),
        ("Weekly digest", "What happened last week, to read and to print?"),
    ),
    Stop(
        "sources",
        "/datenquellen",
        ("Datenquellen", "Welche Netzwerke antworten, und wo ist eine Lücke?"),
        ("Data sources", "Which networks answer, and where is a gap?"),
    ),
    Stop(
        "protocol",
        "/protokoll",
        ("Protokoll", "Wer hat was wann und warum entschieden?"),
        ("Protocol", "Who decided what, when and why?"),
    ),
    Stop(
        "managing",
        "/verwaltung",
        ("Verwaltung", "Wer darf sich anmelden, und was ist eingestellt?"),
        ("Administration", "Who may log in, and what is set?"),
        role="admin",
    ),
    Stop(
        "person",
        "/verwaltung",
        ("Zugang einer Person", "Was darf diese Person, und seit wann?"),
        ("One person's login", "What may this person do, and since when?"),
        role="admin",
        follow="main a[href^='/verwaltung/zugang']",
    ),
    Stop(
        "login",
        "/login",
        ("Anmelden", "Wer kommt herein?"),
        ("Log in", "Who gets in?"),
        size=NARROW,
        role="",
    ),
    Stop(
        "privacy",
        "/datenschutz",
        ("Datenschutz", "Was wird gespeichert, warum, wie lange, und wer sieht es?"),
        ("Privacy", "What is stored, why, for how long, and who sees it?"),
        role="",
        invented=False,
    ),
    Stop(
        "accessibility",
        "/barrierefreiheit",
        ("Barrierefreiheit", "Was ist geprüft, und was geht noch nicht?"),
        ("Accessibility", "What is tested, and what does not work yet?"),
        size=NARROW,
        theme="dark",
        role="",
        invented=False,
    ),
    Stop(
        "transparency",
        "/transparenz",
        ("Transparenz", "Wie entstehen Warnungen, und wie oft irrt das Programm?"),
        ("Transparency", "How do warnings come about, and how often does the program err?"),
        role="",
        invented=False,
    ),
)
