"""Runs a command as a child process and says what it cost."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the whole process, its start included. CPU is user and system time of all threads.

    Processes that it starts itself are in `cpu_seconds`, and alone in `beside_seconds`; `peak_mb`
    is the largest memory of one of them, `together_mb` of all (the sum of their shares, Pss).
    """

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str
    beside_seconds: float
    together_mb: float


# Linux hands a parent's peak on to the child that it starts; the peak of a child of this bare
# interpreter is its own, from some 10 MB on. What a child starts is looked at ten times a second.
_STARTER = """
import json, os, sys, time
began = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
tick = os.sysconf("SC_CLK_TCK")
beside, together = {}, 0

def look():
    global together
    try:
        with open(f"/proc/{child}/task/{child}/children") as file:
            others = file.read().split()
        shares = 0
        for each in [child, *others]:
            with open(f"/proc/{each}/smaps_rollup") as file:
                shares += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        for each in others:
            with open(f"/proc/{each}/stat") as file:
                told = file.read().rpartition(")")[2].split()
            beside[each] = (int(told[11]) + int(told[12])) / tick
        together = max(together, shares)
    except OSError:
        pass  # one has just ended

while True:
    ended, status, used = os.wait4(child, os.WNOHANG)
    if ended:
        break
    look()
    time.sleep(0.1)
with os.fdopen(int(sys.argv[1]), "w") as report:
    json.dump(
        [
            os.waitstatus_to_exitcode(status),
            time.perf_counter() - began,
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024,
            sum(beside.values()),
            together / 1024,
        ],
        report,
    )
"""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run `command` to its end; raises RuntimeError with what it said if it fails."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as report:
        try:
            output = subprocess.run(
                [sys.executable, "-S", "-c", _STARTER, str(writing), *command],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
                pass_fds=(writing,),
                env={**os.environ, **(environment or {})},
                cwd=Path(__file__).parent.parent,
            ).stdout
        finally:
            os.close(writing)
        code, wall_seconds, cpu_seconds, peak_mb, beside_seconds, together_mb = json.load(report)
    if code:
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {output[-500:]}")
    return Cost(wall_seconds, cpu_seconds, peak_mb, output, beside_seconds, together_mb)


def hhhilft(*arguments: str) -> list[str]:
    """Give the command line of `hhhilft` in this environment."""
    return [sys.executable, "-m", "monitor", *arguments]
