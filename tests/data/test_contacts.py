"""Offices and hotlines, and the texts to copy: what the community edits for answers."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from data.contacts import Contact, fitting, read_contacts
from data.errors import ModelError
from data.languages import LANGUAGES
from data.text_blocks import fitting_blocks, read_text_blocks
from data.topics import UNSOUGHT, read_topics

ENTRY = """[amt]
de = "Amt"
en = "Office"
for_de = "Für alles."
for_en = "For everything."
since = 2026-11-28
source = "erfunden"
"""
BLOCK = '[a]\nde = "A"\nen = "A"\n[a.text]\nde = "Hallo {contact}"\nen = "Hello {contact}"\n'


def test_the_shipped_numbers_that_everybody_knows_are_right() -> None:
    numbers = {each.key: each.phone for each in read_contacts()}
    assert numbers["polizei"] == ("110",)
    assert numbers["feuerwehr"] == ("112",)
    assert numbers["gewalt_gegen_frauen"] == ("116 016", "08000 116 016")
    assert "0800 111 0 111" in numbers["telefonseelsorge"]
    assert numbers["behoerdennummer"] == ("115",)


def test_a_shipped_contact_without_a_number_is_to_be_looked_up_before_use() -> None:
    assert [each.key for each in read_contacts() if not each.phone and not each.check] == []


def test_what_was_looked_up_more_than_a_year_ago_is_to_be_looked_up_again() -> None:
    police = next(each for each in read_contacts() if each.key == "polizei")
    assert not police.to_look_up(police.since + timedelta(days=365))
    assert police.to_look_up(police.since + timedelta(days=366))


def test_every_topic_that_people_ask_about_has_a_contact() -> None:
    topics = {topic.key for topic in read_topics()} - {"politik"}
    named = {topic for each in read_contacts() for topic in each.topics}
    assert topics - named == set()
    assert set(UNSOUGHT) - {"politik"} <= named


def test_who_protects_victims_comes_first_and_the_police_only_where_it_is_urgent() -> None:
    assert _keys(["kinder", "opferschutz"], ["Billstedt"])[0] == "gewalt_gegen_frauen"
    assert _keys(["kinder", "opferschutz"], ["Billstedt"], urgent=True)[0] == "polizei"


def test_an_office_of_the_named_place_comes_before_others_and_of_another_place_not_at_all() -> None:
    found = _keys(["kinder"], ["Ottensen"])  # in Altona
    assert found[0] == "bezirksamt_altona"
    assert "bezirksamt_harburg" not in found
    assert "bezirksamt_altona" not in _keys(["kinder"], [])
    assert _keys(["kinder"], ["Ottensen"], urgent=True)[0] == "kinder_jugendnotdienst"


def test_a_question_about_nothing_known_goes_to_the_number_for_everything() -> None:
    assert _keys([], []) == ["behoerdennummer"]


def test_an_entry_is_read_field_by_field(tmp_path: Path) -> None:
    (read,) = _contacts(tmp_path, ENTRY + 'phone = ["+49 40 1234"]\nplaces = ["Altona"]\n')
    assert (read.key, read.phone, read.places) == ("amt", ("+49 40 1234",), ("Altona",))
    assert (read.name("de"), read.name("en")) == ("Amt", "Office")
    assert (read.urgent, read.check) == (False, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('# x\n[amt]\nde = "Amt"\n', "Zeile 2: „[amt]“ fehlt: en, for_de, for_en, since, source"),
        (ENTRY + 'phone = ["0800 HILFE"]\n', "Zeile 8: „0800 HILFE“ ist keine Nummer"),
        (ENTRY + 'phone = "115"\n', "Zeile 1: „[amt]“ braucht eine Liste"),
        (ENTRY + 'mail = "amt-example"\n', "Zeile 8: „amt-example“ ist keine Mailadresse"),
        (ENTRY + 'web = "javascript:alert(1)"\n', "ist keine Adresse im Netz"),
        (ENTRY + 'web = "http://amt.example"\n', "ist keine Adresse im Netz"),
        (ENTRY + 'topics = ["wetter"]\n', "Zeile 8: „wetter“ ist kein Thema"),
        (ENTRY + 'places = ["Bremen"]\n', "Zeile 8: „Bremen“ ist kein Ort"),
        (ENTRY + 'languages = ["deutsch"]\n', "Zeile 8: „deutsch“ ist keine Sprache"),
        (ENTRY + "check = 1\n", "braucht check = true oder false"),
        (ENTRY + "mail = 1\n", "braucht mail als Text"),
        (ENTRY + 'fax = "115"\n', "Zeile 8: „fax“ ist kein Feld"),
        (ENTRY.replace("2026-11-28", '"2026-11-28"'), "braucht since als Tag ohne Anführ"),
        (ENTRY.replace("2026-11-28", "2026-02-30"), "kein gültiges TOML"),
        (ENTRY.replace("2026-11-28", "2026-11-28T10:00:00"), "braucht since als Tag"),
        (ENTRY.replace('"Amt"', '" "'), "braucht de als Text"),
        ('amt = "Amt"\n', "fehlt: de"),
    ],
)
def test_a_broken_contact_is_refused_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as refused:
        _contacts(tmp_path, text)
    assert said in refused.value.text("de")


def test_every_shipped_text_is_there_in_german_english_and_seven_languages_more() -> None:
    for each in read_text_blocks():
        assert each.text.keys() == {"de", "en", "uk", "ru", "ar", "fa", "tr", "fr", "es"}
        assert each.text.keys() <= set(LANGUAGES)


def test_a_text_names_the_contact_in_every_language() -> None:
    passing_on = next(each for each in read_text_blocks() if each.key == "weitergeben")
    for lang in passing_on.text:
        assert passing_on.filled(lang, "Amt, 115 {x}").endswith("Amt, 115 {x}")


def test_texts_for_a_topic_come_first_and_those_for_others_not_at_all() -> None:
    blocks = read_text_blocks()
    assert fitting_blocks(blocks, ["opferschutz"])[0].key == "gefahr"
    assert "gefahr" not in [each.key for each in fitting_blocks(blocks, ["recht"])]


def test_what_is_said_about_danger_is_for_private_messages_only() -> None:
    assert [each.key for each in read_text_blocks() if each.private] == ["gefahr"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[a]\nde = "A"\nen = "A"\n', "braucht de = "),
        (BLOCK.replace('en = "Hello {contact}"', ""), "braucht de = "),
        (BLOCK.replace("Hallo {contact}", "Hallo {name}"), "in „de“ einen leeren Text oder einen"),
        (BLOCK.replace("Hallo {contact}", "Hallo {contact.x}"), "falschen Platzhalter"),
        (BLOCK.replace("Hallo {contact}", "Hallo {contact:>9}"), "falschen Platzhalter"),
        (BLOCK.replace("Hallo {contact}", "Hallo {"), "falschen Platzhalter"),
        (BLOCK.replace("Hallo {contact}", " "), "leeren Text"),
        (BLOCK.replace('"Hallo {contact}"', "1"), "leeren Text"),
        (BLOCK + 'xx = "?"\n', "hat einen Text in „xx“"),
        ('[a]\ntopics = ["wetter"]' + BLOCK[3:], "„wetter“ ist kein Thema"),
        ("[a]\nprivat = true" + BLOCK[3:], "„privat“ ist kein Feld"),
    ],
)
def test_a_broken_text_is_refused_in_words(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "text_blocks.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as refused:
        read_text_blocks(path)
    assert said in refused.value.text("de")


@pytest.mark.parametrize("read", [read_contacts, read_text_blocks])
def test_a_missing_file_is_said_with_what_to_do(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="zurückholen"):
        read(tmp_path / "nix.toml")


def _keys(topics: list[str], places: list[str], *, urgent: bool = False) -> list[str]:
    return [each.key for each in fitting(read_contacts(), topics, places, urgent=urgent)]


def _contacts(folder: Path, text: str) -> tuple[Contact, ...]:
    path = folder / "contacts.toml"
    path.write_text(text, encoding="utf-8")
    return read_contacts(path)
