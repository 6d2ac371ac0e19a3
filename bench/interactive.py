"""`python -m bench.interactive`: how long after the click a page of the demo answers, in a browser.

The demo's invented sample is served by gunicorn on this machine, as `hhhilft demo` does; Chromium
asks for each page over HTTP, once with nothing kept (first) and once more after another page
(later). Counted from the start of the navigation, in milliseconds of the clock, the
least and the middle of all visits:

- interactive: the page's own content, which comes by a callback, has been painted, and the last
  long task (over 50 ms) before a quiet second is over. From then on a click is answered at once;
- form: where the page has one, the answer of its callback has been painted. It is sent empty as
  soon as the content is there, and the answer asks for a reason.

CPU is that of the browser's main thread for the whole visit (the middle), which other work on the
machine changes least.
"""

import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from bench.markdown import figure, table
from bench.pages import answers, free_port
from data.config import Config
from data.engine import open_store
from data.page_reads.in_warnings import in_warnings
from data.page_reads.profiles import profiles_by_key
from data.page_reads.warnings import outlines
from monitor.commands.demo_ import fill
from tests.dashboard.browser import browser

QUIET = 1_000  # milliseconds without a long task, after which a page counts as settled
LOOKS = 0.2  # seconds between two looks whether it has
FORMS = {  # by the start of the path: what is clicked, and what then speaks
    "/warnungen/": ("#decide-note", "#decide-told"),
    "/konten/": ("#account-note", "#account-told"),
}
PAGES = (
    *("/", "/bedarf", "/orte", "/netzwerk", "/fragen", "/warnungen", "/suche?worte=betten"),
    *("/konten", "/sperrliste", "/datenquellen", "/wochenbericht", "/protokoll"),
)


def report(visits: int) -> str:
    """Visit every page so often, first and later; return a table of the least and the middle."""
    with TemporaryDirectory(prefix="hhhilft-bench-") as folder, browser() as chromium:
        pages = (*PAGES, *_made(Path(folder)))
        with _served(Path(folder)) as base:
            taken: dict[str, list[list[dict[str, Any]]]] = {page: [[], []] for page in pages}
            _visit(_reader(chromium), base, PAGES[0])  # the server's own first answer
            for page in pages * visits:
                context = _reader(chromium)
                taken[page][0].append(_visit(context, base, page))
                taken[page][1].append(_visit(context, base, page))
                context.close()
    return table(
        ["page", *(f"{when}: {what}" for when in ("first", "later") for what in (*WHAT, "CPU"))],
        [
            [page, *(said for each in both for said in (*_told(each), _cpu(each)))]
            for page, both in taken.items()
        ],
    )


WHAT = ("interactive", "form")


def _told(visits: Sequence[dict[str, Any]]) -> Iterator[str]:
    for what in WHAT:
        found = [each[what] for each in visits if each[what] is not None]
        yield f"{figure(min(found))} / {figure(statistics.median(found))}" if found else "–"


def _cpu(visits: Sequence[dict[str, Any]]) -> str:
    return figure(statistics.median(each["cpu"] for each in visits))


def _reader(chromium: Browser) -> BrowserContext:
    """Begin with nothing kept."""
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    context.add_init_script(WATCH)
    return context


def _visit(context: BrowserContext, base: str, path: str) -> dict[str, Any]:
    """Open a page, click its form if it has one, wait until it is quiet; return what it noted."""
    page = context.new_page()
    debugger = context.new_cdp_session(page)
    debugger.send("Performance.enable", {"timeDomain": "threadTicks"})
    form = next((each for start, each in FORMS.items() if path.startswith(start)), None)
    page.add_init_script(f"window.form = {list(form) if form else 'null'};")
    page.goto(base + path, wait_until="commit")
    while not page.evaluate("quiet => settled(quiet)", QUIET):
        time.sleep(LOOKS)
    noted: dict[str, Any] = page.evaluate("noted()")
    counted = {
        each["name"]: each["value"] for each in debugger.send("Performance.getMetrics")["metrics"]
    }
    noted["cpu"] = counted["TaskDuration"] * 1000
    page.close()
    return noted


def _made(folder: Path) -> list[str]:
    """Make the demo's store as `hhhilft demo` does; return the pages of one warning and account."""
    config = Config(folder=folder)
    fill(config)
    store = open_store(config.store_url)
    with store.connect() as connection:
        warning = outlines(connection, ("alert", "watch"))[0].id
        key = in_warnings(connection)[0].key
        account = profiles_by_key(connection, [key])[key].id
    store.dispose()
    return [f"/warnungen/{warning}", f"/konten/{account}"]


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    port = free_port()
    settings = folder / "hhhilft.toml"
    settings.write_text('[watch]\nhashtags = ["HHhilft"]\n', "utf-8")
    program = [sys.executable, "-m", "dashboard", "--demo", "--port", str(port)]
    with subprocess.Popen([*program, "--config", str(settings)], cwd=folder) as serving:
        try:
            until = time.monotonic() + 60
            while not answers(port):
                if serving.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("The pages did not start.")
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()


# Notes when the content has been painted, and all long tasks; clicks the form as soon as it can.
WATCH = """
window.long = [];
window.seen = {drawn: null, form: null};
new PerformanceObserver(list => list.getEntries().forEach(each => {
  window.long.push([each.startTime, each.startTime + each.duration]);
})).observe({type: "longtask", buffered: true});
function painted(then) { requestAnimationFrame(() => setTimeout(() => then(performance.now()))); }
new MutationObserver(() => {
  if (window.seen.drawn === null && document.querySelector("#_pages_content h1")) {
    window.seen.drawn = 0;
    painted(at => {
      window.seen.drawn = at;
      if (window.form) document.querySelector(window.form[0]).click();
    });
  }
  const told = window.form && document.querySelector(window.form[1]);
  if (told && told.textContent && window.seen.form === null) {
    window.seen.form = 0;
    painted(at => { window.seen.form = at; });
  }
}).observe(document, {childList: true, subtree: true, characterData: true});
window.settled = quiet => {
  const {drawn, form} = window.seen;
  if (!drawn || (window.form && !form)) return false;
  const last = Math.max(drawn, form || 0, ...window.long.map(each => each[1]));
  return performance.now() > last + quiet;
};
window.noted = () => {
  const {drawn, form} = window.seen;
  // what the click of the form itself costs comes after the page has become interactive
  const before = window.long.filter(each => !form || each[0] < drawn || each[0] > form);
  return {drawn, form, interactive: Math.max(drawn, ...before.map(each => each[1]))};
};
"""


def main() -> None:
    """Parse, measure, print."""
    parser = ArgumentParser(prog="python -m bench.interactive", description=__doc__)
    parser.add_argument("--visits", type=int, default=5, help="how often each page is opened")
    sys.stdout.write(report(parser.parse_args().visits) + "\n")


if __name__ == "__main__":
    main()
