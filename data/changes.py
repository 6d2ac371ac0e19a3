"""Whether a group has changed so much since a decision about it that it is to be seen anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.formats import number
from data.reasons.names import kind_name, level_name

GREW = 1.5  # times the accounts of then; a group that goes on gains some every week
FEWEST_NEW = 3  # accounts; fewer new ones share nothing as a group of their own
_PRESSING = ("community", "watch", "alert")  # rising


@dataclass(frozen=True, slots=True)
class Change:
    """What is different now from what was decided about; at least one of it is material."""

    accounts_before: int
    accounts: int
    grew: bool
    new_kinds: tuple[str, ...]
    level_before: str
    level: str

    @property
    def rose(self) -> bool:
        """Say whether it is more pressing now."""
        return _rank(self.level) > _rank(self.level_before)


def change_since(
    basis: Mapping[str, Any] | None, accounts: int, kinds: Sequence[str], level: str
) -> Change | None:
    """Compare a group with its `basis` at the decision; None where nothing material changed.

    Material is: half as many accounts again (and FEWEST_NEW), a new kind of shared content, a
    higher level. A `basis` of None (decided before it was kept) tells of no change.
    """
    if basis is None:
        return None
    before = int(basis["accounts"])
    change = Change(
        accounts_before=before,
        accounts=accounts,
        grew=accounts >= GREW * before and accounts - before >= FEWEST_NEW,
        new_kinds=tuple(each for each in kinds if each not in basis["kinds"]),
        level_before=str(basis["level"]),
        level=level,
    )
    return change if change.grew or change.new_kinds or change.rose else None


def change_words(change: Change, lang: str) -> str:
    """Say what changed since the decision, in one sentence."""
    de = lang == "de"
    said = []
    if change.grew:
        now, before = number(change.accounts, lang), number(change.accounts_before, lang)
        said.append(f"{now} statt {before} Konten" if de else f"{now} accounts instead of {before}")
    if change.new_kinds:
        names = ", ".join(kind_name(each, lang) for each in change.new_kinds)
        said.append(f"nun auch {names}" if de else f"now also {names}")
    if change.rose:
        now, before = level_name(change.level, lang), level_name(change.level_before, lang)
        said.append(f"jetzt {now} statt {before}" if de else f"now {now} instead of {before}")
    start = "Seit der Entscheidung verändert" if de else "Changed since the decision"
    return f"{start}: {'; '.join(said)}."


def _rank(level: str) -> int:
    return _PRESSING.index(level) if level in _PRESSING else -1
