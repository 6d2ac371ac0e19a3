"""Files of posts as a command names them: patterns expanded, lines that are no posts told."""

import glob
from collections import Counter
from pathlib import Path

from data.config import Config
from data.errors import SourceError
from data.quarantine import Rejected, sentence
from monitor.options import note

SHOWN_REFUSALS = 5  # a file; the rest is counted


def expanded(names: tuple[str, ...]) -> list[Path]:
    """Expand patterns; a name that is a file is never a pattern."""
    found: list[Path] = []
    for name in names:
        if name == "-" or Path(name).exists() or not glob.has_magic(name):
            found.append(Path(name))
            continue
        matches = sorted(map(Path, glob.glob(name, recursive=True)))  # noqa: PTH207 - any root
        if not matches:
            raise SourceError(
                de=f"Zu {name} gibt es keine Datei. Den Pfad prüfen.",
                en=f"No file matches {name}. Check the path.",
            )
        found += matches
    return found


class Refusals:
    """Shows the first lines of each file that are no posts, and counts the rest."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.lines: Counter[str] = Counter()

    def __call__(self, path: Path | str, rejected: Rejected) -> None:
        """Take one line that is no post."""
        self.lines[str(path)] += 1
        if self.lines[str(path)] > SHOWN_REFUSALS:
            return
        code, line = rejected.error.code, rejected.line
        note(
            self.config,
            f"{path}{f', Zeile {line}' if line else ''}: {sentence(code, 'de')}",
            f"{path}{f', line {line}' if line else ''}: {sentence(code, 'en')}",
        )

    def tell(self) -> None:
        """Say how many lines of each file could not be read."""
        for path, lines in self.lines.items():
            note(
                self.config,
                f"{path}: {lines} Zeilen waren nicht lesbar.",
                f"{path}: {lines} lines could not be read.",
            )
