"""Reasons in words."""

import re
from pathlib import Path

from data.quarantine import REASONS, sentence

ROOT = Path(__file__).parents[2]


def test_every_reason_that_the_code_gives_has_a_sentence_in_both_languages() -> None:
    given = {
        code
        for folder in ("data", "monitor")
        for path in (ROOT / folder).rglob("*.py")
        for code in re.findall(r'RecordError\(\s*"(\w+)"', path.read_text("utf-8"))
    }
    assert given - set(REASONS) == set()
    assert all(de.endswith(".") and en.endswith(".") for de, en in REASONS.values())


def test_a_reason_of_another_version_is_named_by_its_code() -> None:
    assert sentence("eaten_by_a_dog", "de").endswith("(Grund: eaten_by_a_dog).")
    assert sentence("time_missing", "en") == "The time is missing."
