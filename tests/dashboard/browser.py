"""A real browser for the pages, and the pages on a real port."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from dash import Dash
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

INSTALL = "sudo apt-get install -y chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(event.violatedDirective + " " + event.blockedURI));
"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium; skip the test where there is none, but fail it in CI."""
    program = _program()
    if program is None:
        reason = f"Chromium is not installed. On Debian: {INSTALL}. CHROMIUM can name another."
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@contextmanager
def served(app: Dash) -> Iterator[str]:
    """Serve the pages on a free port and give their address."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


class Visit:
    """One reader at the pages: what they load, and all that goes wrong meanwhile."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base = base
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH)
        self.troubles: list[str] = []
        self.bytes = 0
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("request", lambda request: self._seen(request.url))
        self.page.on(
            "response",
            lambda answer: (
                self.troubles.append(f"{answer.status} {answer.url}")
                if answer.status >= 400
                else None
            ),
        )
        self._debugger = context.new_cdp_session(self.page)

    def open(self, path: str) -> None:
        """Load a page and wait until it is whole."""
        self.page.goto(self.base + path, wait_until="networkidle")
        self.page.wait_for_selector("main h1")

    def findings(self) -> list[str]:
        """Run axe-core and list what it finds."""
        return self.examined()[0]

    def unsure(self) -> list[str]:
        """Run axe-core and list what it cannot decide by itself."""
        return self.examined()[1]

    def examined(self) -> tuple[list[str], list[str]]:
        """Run axe-core; list what it finds, and what it cannot decide by itself.

        It is asked through the debugger, past the pages' own policy.
        """
        self._debugger.send("Runtime.evaluate", {"expression": _axe()})
        run = (
            f"axe.run(document, {{runOnly: {{type: 'tag', values: {json.dumps(RULES)}}}}})"
            ".then(found => JSON.stringify([found.violations, found.incomplete].map(part =>"
            " part.map(each => each.id + ': '"
            " + each.nodes.map(node => node.html).join(' | ').slice(0, 400)))))"
        )
        answer = self._debugger.send(
            "Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True}
        )
        found, unsure = json.loads(answer["result"]["value"])
        return found, unsure

    def refused(self) -> list[str]:
        """List what the content policy has refused on this page."""
        found: list[str] = self.page.evaluate("window.refused")
        return found

    def sideways(self) -> bool:
        """Say whether the page is wider than its window."""
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        return wide

    def cut(self) -> list[str]:
        """List the tables that are wider than their frame."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('.table-frame')]"
            ".filter(each => each.checkVisibility() && each.clientWidth > 0)"
            ".filter(each => each.scrollWidth > each.clientWidth + 1)"
            ".map(each => each.querySelector('caption').textContent)"
        )
        return found

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _seen(self, url: str) -> None:
        if not url.startswith((self.base, "data:")):
            self.troubles.append(f"another host: {url}")


def reader(browser: Browser, base: str, **choices: Any) -> Visit:
    """Begin a visit; `choices` are Playwright's: viewport, color_scheme …"""
    return Visit(browser.new_context(locale="de-DE", **choices), base)


def _program() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


def _axe() -> str:
    folder = Path(axe_playwright_python.__file__).parent
    return next(folder.rglob("axe.min.js")).read_text("utf-8")
