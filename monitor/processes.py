"""Starts the worker and the dashboard as two processes and keeps both running."""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from data.errors import ConfigError
from data.system_words import why_de

log = logging.getLogger("hhhilft")

YOUNG = 10.0  # seconds; a process that ends sooner has a fault that starting again does not mend
LONGEST_PAUSE = 60.0  # seconds between two tries to start a process again
GRACE = 20.0  # seconds that a process has to finish after SIGTERM


@dataclass
class _Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes]
    started: float
    pause: float = field(default=1.0)


def keep_running(commands: Mapping[str, Sequence[str]]) -> int:
    """Run `commands` (name -> arguments of `python -m`) until SIGTERM or SIGINT; return 0.

    A process that ends is started again, after a pause that doubles up to a minute. One that
    ends within its first 10 seconds ends all: its fault is in the settings, and it has said so on
    standard error. Then the return is its exit code.
    """
    stopping = False

    def _stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    children = [_start(name, command) for name, command in commands.items()]
    try:
        while not stopping:
            for child in children:
                code = child.process.poll()
                if code is None or stopping:
                    continue
                age = time.monotonic() - child.started
                if age < YOUNG:
                    return code or 1
                log.warning("%s ended with %s; starting it again", child.name, code)
                child.pause = 1.0 if age > LONGEST_PAUSE else min(child.pause * 2, LONGEST_PAUSE)
                time.sleep(child.pause)
                child.process, child.started = _spawn(child.command), time.monotonic()
            time.sleep(0.2)
        return 0
    finally:
        _end(children)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise ConfigError if something listens on `host`:`port` already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigError(
                de=f"Auf {host}:{port} kann die Seite nicht erscheinen: {why_de(error)}. "
                "Einen anderen Port wählen: --port 8051, oder [dashboard] port in hhhilft.toml.",
                en=f"The pages cannot appear on {host}:{port}: {error.strerror}. "
                "Choose another port: --port 8051, or [dashboard] port in hhhilft.toml.",
            ) from error


def wait_for(host: str, port: int, seconds: float) -> bool:
    """Wait until `host`:`port` takes connections; False if it does not within `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _start(name: str, command: Sequence[str]) -> _Child:
    return _Child(name, command, _spawn(command), time.monotonic())


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process that the kernel ends with this one, so that no orphan keeps a lock."""
    tied = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return subprocess.Popen([*tied, sys.executable, "-m", *command])


def _end(children: list[_Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            os.kill(child.process.pid, signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
