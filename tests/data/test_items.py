from pathlib import Path

import pytest

from data.details import KINDS, read_details
from data.errors import ModelError
from data.items import read_items, topic_items
from data.times import read_times

GOOD = """
[bett]
topic = "sachspenden"
de = "Bett"
en = "Bed"
terms.de = ["bett"]
"""


def broken(tmp_path: Path, text: str) -> str:
    path = tmp_path / "items.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        read_items(path)
    return caught.value.de


def test_the_shipped_files_are_whole() -> None:
    items, details = read_items(), read_details()
    assert len(items) > 100
    assert {kind for item in items.values() for kind in item.by} <= set(KINDS)
    assert all(value.de and value.en for value in details.values.values() if value.kind in KINDS)
    assert all(item.de and item.en and item.terms.get("de") for item in items.values())
    assert read_times().days["heute"] == 0
    assert "politik" not in topic_items()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace('en = "Bed"\n', ""), "[bett]"),
        (GOOD + 'also = ["liege"]\n', "liege"),
        (GOOD.replace("sachspenden", "schlaf"), "schlaf"),
        (GOOD + 'size = "riesig"\n', "[bett]"),
        (GOOD + 'farbe = "rot"\n', "[bett]"),
        (GOOD + 'by = ["geruch"]\n', "[bett]"),
        ("[bett\n", "TOML"),
    ],
)
def test_what_is_broken_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in broken(tmp_path, text)


def test_a_file_of_times_without_its_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "times.toml"
    path.write_text("[days]\n", encoding="utf-8")
    with pytest.raises(ModelError):
        read_times(path)
