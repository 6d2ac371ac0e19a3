import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.monitor.free_port import free_port

ROOT = Path(__file__).parents[2]


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start `hhhilft …` in a folder; give the process and its address once it is said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    try:
        said = ""
        assert process.stdout is not None
        for line in process.stdout:
            said += line
            if "http://" in line:
                break
        yield process, said
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0


def address(said: str) -> str:
    found = re.search(r"http://\S+", said)
    assert found, said
    return found[0]


@pytest.fixture(autouse=True)
def _own_store(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HHHILFT_STORE_URL", "HHHILFT_CONFIG", "HHHILFT_ADMIN_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def test_run_says_once_how_to_log_in_and_shows_nothing_before(tmp_path: Path) -> None:
    (tmp_path / "hhhilft.toml").write_text("[mastodon]\nenabled = false\n")
    with started(tmp_path, "run", "--port", str(free_port())) as (_, said):
        assert "admin" in said
        page = requests.get(address(said), timeout=60)
        assert page.url.split("?")[0].endswith("/login")
        assert page.status_code == 200
    with started(tmp_path, "run", "--port", str(free_port())) as (_, said):
        assert "admin" not in said


def test_the_demo_needs_no_login_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with started(here, "demo", "--port", str(free_port())) as (_, said):
        page = requests.get(address(said), timeout=60)
        assert page.status_code == 200
        assert "Erfundene Beispieldaten" in page.text
        while not list(temporary.glob("hhhilft-demo-*/var/worker.lock")):
            time.sleep(0.1)
    assert not list(temporary.glob("hhhilft-demo-*"))
    assert not list(here.iterdir())
