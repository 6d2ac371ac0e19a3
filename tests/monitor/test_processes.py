import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from data.errors import ConfigError
from monitor import processes


def supervise(tmp_path: Path, child: str) -> subprocess.Popen[bytes]:
    (tmp_path / "child.py").write_text(textwrap.dedent(child), "utf-8")
    code = (
        "import sys; from monitor.processes import keep_running as k; sys.exit(k({'c': ['child']}))"
    )
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parent.parent.parent)])
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}
    )


def wait_until_there(path: Path) -> str:
    while not (path.exists() and path.read_text()):
        time.sleep(0.02)
    return path.read_text()


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


SLEEPER = """
    import os, pathlib, time
    pathlib.Path("pid").write_text(str(os.getpid()))
    time.sleep(600)
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_processes_end_with_the_one_that_started_them(tmp_path: Path, how: int) -> None:
    parent = supervise(tmp_path, SLEEPER)
    child = int(wait_until_there(tmp_path / "pid"))
    parent.send_signal(how)
    assert parent.wait() == (0 if how == signal.SIGTERM else -signal.SIGKILL)
    while alive(child):
        time.sleep(0.02)


def test_a_process_that_ends_at_once_ends_all_with_its_code(tmp_path: Path) -> None:
    assert supervise(tmp_path, "raise SystemExit(3)").wait() == 3


def test_a_taken_port_is_told_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match="--port"):
            processes.refuse_taken_port("127.0.0.1", port)
        assert processes.wait_for("127.0.0.1", port, 5)
    processes.refuse_taken_port("127.0.0.1", port)
