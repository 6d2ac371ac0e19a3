"""`python -m tests.dashboard.tour`: pictures every page over the invented sample, for docs/."""

import logging
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser
from sqlalchemy import Engine

from dashboard.app import create_app
from data import decisions
from data.config import Config
from data.engine import open_store
from data.page_reads.in_warnings import in_warnings
from data.page_reads.narrowed import Narrowing
from data.page_reads.questions import queue, read
from monitor.commands.demo_ import take_sample
from tests.dashboard.browser import Visit, browser, reader, served
from tests.dashboard.small_png import small
from tests.dashboard.tour_stops import STOPS, Stop

DOCS = Path(__file__).parents[2] / "docs"
NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)  # of every picture, so that they compare
PASSWORD = "nur für Bilder 1"
MOST_EACH, MOST_ALL = 150_000, 2_000_000  # bytes; who clones the project loads them all
GAP = 16  # pixels above what a picture shows


def main() -> None:
    """Fill a store with the sample, open the pages in a browser, write pictures and words."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    (DOCS / "tour").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hhhilft-tour-") as folder:
        config = Config(folder=Path(folder))
        store = open_store(f"sqlite:///{folder}/tour.db")
        take_sample(store, config, NOW)
        decide(store)
        with browser() as chromium:
            for role in dict.fromkeys(each.role for each in STOPS):
                picture(chromium, store, config, role)
        store.dispose()
    (DOCS / "tour.md").write_text(written(STOPS), "utf-8")
    sys.stdout.write(weighed() + "\n")


def decide(store: Engine) -> None:
    """Let invented people decide a little, so that pages about decisions have some to show."""
    soon, later = NOW - timedelta(hours=5), NOW - timedelta(hours=2)
    with store.begin() as connection:
        for name, role in (("ina", "press"), ("amir", "admin"), ("zoe", "coordinator")):
            decisions.add_user(connection, name, role, PASSWORD, soon)
        first, second = (each.key for each in in_warnings(connection)[:2])
        for each in (first, second):
            decisions.propose(
                connection, "ina", each, "Dieselben Texte wie die anderen.", None, soon
            )
        seen = decisions.history(connection, "account", first)[-1].id
        decisions.decide_block(
            connection, "amir", first, "block_confirm", "Angesehen, stimmt.", seen, soon
        )
        seen = decisions.history(connection, "account", first)[-1].id
        said, day = "Wir sind ein Chor und haben gemeinsam geteilt.", later.date()
        decisions.enter_appeal(connection, "amir", first, said, day, "mail", seen, later)
        entry = queue(connection, Narrowing(NOW - timedelta(days=7), NOW))[-1]
        post = read(connection, [entry])[0].call.key
        decisions.handle_question(connection, "zoe", post, "take", "", None, later)


def picture(chromium: Browser, store: Engine, config: Config, role: str) -> None:
    """Write the pictures of all stops that this role opens; press stands for the demo."""
    app = create_app(config, store, demo=role == "press", now=lambda: NOW)
    with served(app) as base:
        for stop in STOPS:
            if stop.role == role:
                width, height = stop.size
                visit = reader(
                    chromium,
                    base,
                    viewport={"width": width, "height": height},
                    color_scheme=stop.theme,
                    reduced_motion="reduce",
                )
                _go(visit, stop)
                taken = visit.page.screenshot()
                (DOCS / file_of(stop)).write_bytes(small(chromium, taken))
                visit.page.context.close()


def file_of(stop: Stop) -> str:
    """Give the picture's path below docs/."""
    return f"tour/{stop.name}.png"


def written(stops: Iterable[Stop]) -> str:
    """Write the tour: each page with its question in both languages, and its picture."""
    parts = [
        "# Ein Rundgang · A tour\n\n"
        "Alle Beiträge, Konten, Personen und Entscheidungen auf den Bildern sind **erfunden**: Es "
        "sind die Beispieldaten von `make demo`. Was die Anlaufstellen und die öffentlichen Seiten "
        "sagen, gilt wirklich.\n\n"
        "All posts, accounts, people and decisions in the pictures are **invented**: they are the "
        "sample data of `make demo`. What the contacts and the public pages say is so.\n"
    ]
    for stop in stops:
        (de, asks), (en, asks_too) = stop.de, stop.en
        marks = (" (Erfundene Daten.)", " (Invented data.)") if stop.invented else ("", "")
        parts.append(
            f"## {de} · {en}\n\n{asks}{marks[0]}\n\n*{asks_too}{marks[1]}*\n\n"
            f"![{de}: {asks} · {en}: {asks_too}]({file_of(stop)})\n"
        )
    return "\n".join(parts)


def weighed() -> str:
    """Say how heavy the pictures are; SystemExit where one or all are too heavy."""
    sizes = {path.name: path.stat().st_size for path in sorted((DOCS / "tour").glob("*.png"))}
    heavy = [name for name, size in sizes.items() if size > MOST_EACH]
    told = (
        f"{len(sizes)} pictures, {sum(sizes.values()):,} bytes, the largest {max(sizes.values()):,}"
    )
    if heavy or sum(sizes.values()) > MOST_ALL:
        sys.exit(f"{told}. Too heavy: {', '.join(heavy) or 'all together'}")
    return told


def _go(visit: Visit, stop: Stop) -> None:
    if stop.role == "admin":
        visit.open("/login")
        visit.page.fill("#name", "amir")
        visit.page.fill("#password", PASSWORD)
        visit.page.press("#password", "Enter")
        visit.page.wait_for_selector(".cards")
    visit.open(stop.path)
    if stop.follow:
        link = visit.page.locator(stop.follow).first.get_attribute("href")
        visit.open(urljoin(stop.path, link))
    if stop.at:
        top = visit.page.locator(stop.at).first.bounding_box()
        assert top is not None, stop.name
        visit.page.evaluate("to => window.scrollTo(0, to)", top["y"] + _scrolled(visit) - GAP)
    else:
        visit.page.evaluate("window.scrollTo(0, 0)")


def _scrolled(visit: Visit) -> float:
    return float(visit.page.evaluate("window.scrollY"))


if __name__ == "__main__":
    main()
