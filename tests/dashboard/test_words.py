import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

import dashboard
from dashboard.pages.sources import JOBS
from dashboard.source_state import KNOWN
from dashboard.words import words

ROOT = Path(dashboard.__file__).parent


def test_both_languages_have_the_same_keys() -> None:
    assert words("de").keys() == words("en").keys()


def test_a_section_stands_in_one_file_only() -> None:
    for lang in ("de", "en"):
        files = (ROOT / "words" / lang).glob("*.toml")
        sections = [each for file in files for each in tomllib.loads(file.read_text("utf-8"))]
        assert len(sections) == len(set(sections))


def test_both_languages_fill_in_the_same_values() -> None:
    differ = {
        key: (german, words("en")[key])
        for key, german in words("de").items()
        if not _ends_in_one(key) and _fields(german) != _fields(words("en")[key])
    }
    assert differ == {}


def test_every_key_that_the_code_names_has_its_words() -> None:
    known = words("de")
    missing = {key for key in _named_keys() if key not in known and f"{key}.many" not in known}
    assert missing == set()


def test_every_job_that_is_written_down_has_its_name() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT.parent / "monitor").rglob("*.py"))
    steps = set(re.findall(r'start_run\(\s*connection,\s*"(\w+)"', code))
    assert steps >= {"collect", "match", "detect"}
    assert steps <= set(JOBS)
    assert all(f"job.{each}" in words("de") for each in JOBS)


def test_every_state_of_a_source_has_its_words_and_what_to_do() -> None:
    for state in KNOWN:
        assert f"short.{state}" in words("de")
        assert f"long.{state}" in words("de")
        assert state in ("ok", "empty", "running") or f"todo.{state}" in words("de")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_sentence_calls_an_account_a_bot_or_a_fake(lang: str) -> None:
    for key, sentence in words(lang).items():
        assert not re.search(r"\b(bots?|fakes?|verdächtige person)\b", sentence, re.IGNORECASE), key


def _ends_in_one(key: str) -> bool:
    return key.endswith(".one")  # "1 Beitrag" needs no {n}


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _named_keys() -> set[str]:
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("say", "count")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    for path in ROOT.rglob("*.html"):
        found |= set(re.findall(r'say\("([\w.]+)"', path.read_text("utf-8")))
    return found
