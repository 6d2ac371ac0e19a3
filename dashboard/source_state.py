"""The state of the sources in words: what each says, and what a person can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dashboard.here import Here
from dashboard.words import words
from data.plain import plain
from data.reads import GOOD, RUNNING, STATES, Run

LONGEST_HOST = 120  # characters
_NBSP = "\u00a0"  # "vor 6 Minuten" stays on one line
WAITING, FAILED = "waiting", "failed"
KNOWN = (*STATES, WAITING, RUNNING, FAILED)  # each has its words under short., long. and todo.


@dataclass(frozen=True, slots=True)
class Source:
    """One network's instance: its newest run, or None where it has not been asked yet."""

    network: str
    origin: str
    run: Run | None

    @property
    def state(self) -> str:
        """One of KNOWN; WAITING where it has not been asked yet."""
        if self.run is None:
            return WAITING
        return self.run.state if self.run.state in KNOWN else FAILED

    @property
    def host(self) -> str:
        """The address as people call it: norden.social, t.me/hamburg_hilft."""
        return plain(_called(self.origin))[:LONGEST_HOST]


def _called(origin: str) -> str:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return origin
    return f"{parts.netloc}{parts.path}".rstrip("/") or origin


def sources(at: Here, runs: Sequence[Run]) -> list[Source]:
    """List what is asked by the settings, and what has been asked before."""
    newest = {
        (run.source or "", run.origin or ""): run
        for run in runs
        if run.step == "collect" and run.source
    }
    return [Source(*key, newest.get(key)) for key in dict.fromkeys([*at.config.asked, *newest])]


def todo(at: Here, source: Source) -> str:
    """Say what a person can do, in the words of that network where it has its own."""
    own = f"todo.{source.network}_{source.state}"
    return at.say(own if own in words(at.lang) else f"todo.{source.state}")


def ill(found: Sequence[Source]) -> list[Source]:
    """List those that were asked and do not deliver."""
    return [each for each in found if each.state not in (*GOOD, "off", RUNNING, WAITING)]


def state_line(at: Here, found: Sequence[Source], newest: str | None) -> str:
    """Say in one line how many sources deliver, and when the last post came."""
    bad = ill(found)
    if not found:
        line = at.say("state.demo" if at.demo else "state.none")
    elif all(each.state == WAITING for each in found):
        line = at.say("state.waiting")
    elif not bad:
        line = at.count("state.all_well", len(found))
    else:
        names = ", ".join(f"{each.host} ({at.say(f'short.{each.state}')})" for each in bad)
        line = at.say(
            "state.some_ill", bad=at.number(len(bad)), n=at.number(len(found)), names=names
        )
    return f"{line} {at.say('state.newest', ago=newest.replace(' ', _NBSP))}" if newest else line
