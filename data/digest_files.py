"""Where the weekly digests lie, and what one says: the worker writes them, the pages read them."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_FILE = re.compile(r"hhhilft-(\d{4}-W\d{2})\.json")
_WEEK = re.compile(r"\d{4}-W\d{2}", re.ASCII)
_LARGEST = 5_000_000  # bytes; a digest has some thousand
_PARTS = ("week", "lang", "from", "to", "made_at", "sentences", "topics", "days", "unanswered")


def digest_file(folder: Path, week: str, ending: str) -> Path:
    """Give the file of the digest of `2026-W47` ("html" or "json")."""
    return folder / f"hhhilft-{week}.{ending}"


def written_weeks(folder: Path) -> list[str]:
    """Return the weeks of which there is a digest, newest first."""
    try:
        names = [_FILE.fullmatch(each.name) for each in folder.iterdir()]
    except OSError:
        return []
    return sorted((name[1] for name in names if name), reverse=True)


def is_week(name: object) -> bool:
    """Say whether this has the form of a week's name, and nothing else."""
    return isinstance(name, str) and _WEEK.fullmatch(name) is not None


def read_digest(folder: Path, week: str) -> dict[str, Any] | None:
    """Read the digest of a week as `monitor.digest.document` wrote it; None where it is broken."""
    path = digest_file(folder, week, "json")
    try:
        if path.stat().st_size > _LARGEST:
            return None
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(found, dict) and all(each in found for each in _PARTS)
    return found if whole else None


def week_name(day: date) -> str:
    """Name the ISO week of a day: 2026-11-20 -> "2026-W47"."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def last_complete(now: datetime, zone: ZoneInfo) -> str:
    """Name the last week that is over at `now`."""
    return week_name(now.astimezone(zone).date() - timedelta(days=7))
