"""What the steps that fetch posts report, for the command line, the log and `runs`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.budgets import Budget
from data.records import iso


@dataclass(frozen=True, slots=True)
class Collected:
    """One round of one source at one origin. `state`: data.reads.STATES; counts are of posts."""

    source: str
    origin: str
    state: str
    de: str  # what a person should know or do, "" where there is nothing to say
    en: str
    said: str | None = None  # what the server said, in its own words
    fetched: int = 0  # items in the replies, those known already among them
    new: int = 0
    updated: int = 0
    deleted: int = 0
    quarantined: int = 0
    skipped: int = 0  # of people who ask programs to stay away
    gaps: int = 0  # stretches of time that are not read
    next_try: datetime | None = None
    budget: Budget | None = None  # of a network that costs, after this round

    def note(self, lang: str) -> str:
        """Return what a person should know, in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de

    def counts(self) -> dict[str, int]:
        """Return the numbers, as `runs` keeps them."""
        return {
            name: getattr(self, name)
            for name in ("fetched", "new", "updated", "deleted", "quarantined", "skipped", "gaps")
        }

    def to_json(self) -> dict[str, Any]:
        """Return the report as `hhhilft collect --json` prints it."""
        return {
            "source": self.source,
            "origin": self.origin,
            "state": self.state,
            **self.counts(),
            "next_try": iso(self.next_try) if self.next_try else None,
            "budget": self.budget.to_json() if self.budget else None,
            "said": self.said,
            "detail": {"de": self.de, "en": self.en},
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file. `reasons`: code of data.quarantine.REASONS -> lines."""

    file: str
    format: str | None  # None where it was not recognised
    new: int = 0
    known: int = 0
    updated: int = 0
    quarantined: int = 0
    reasons: Mapping[str, int] | None = None
    latin1: int = 0  # lines that were read as Latin-1 because they are no UTF-8
    de: str = ""  # why the file could not be opened
    en: str = ""

    @property
    def read(self) -> int:
        """Posts that could be read."""
        return self.new + self.known + self.updated

    def to_json(self) -> dict[str, Any]:
        """Return the report as `hhhilft import --json` prints it."""
        return {
            "file": self.file,
            "format": self.format,
            "new": self.new,
            "known": self.known,
            "updated": self.updated,
            "quarantined": self.quarantined,
            "reasons": dict(self.reasons or {}),
            "latin1_lines": self.latin1,
            "detail": {"de": self.de, "en": self.en},
        }
