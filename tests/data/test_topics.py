"""The files that the community edits."""

from pathlib import Path

import pytest

from data.errors import ModelError
from data.intents import read_cues, read_intents
from data.places import read_place_names, read_places
from data.topics import read_topics
from nlp.taxonomy import Taxonomy

FIFTEEN = {
    *("unterkunft", "sachspenden", "geldspenden", "sprache", "dolmetschen", "recht", "gesundheit"),
    *("kinder", "arbeit", "essen", "mobilitaet", "begegnung", "opferschutz", "politik"),
    "anfeindung",
}
WELL_KNOWN = ("de", "en", "uk", "ru", "ar", "fa", "tr", "fr", "es")


def test_there_are_fifteen_topics_with_names_and_words_in_the_languages_most_spoken() -> None:
    topics = read_topics()
    assert {topic.key for topic in topics} == FIFTEEN
    assert len(topics) == 15
    for topic in topics:
        assert topic.name("de")
        assert topic.name("en")
        assert all(topic.terms[lang] for lang in WELL_KNOWN), topic.key


def test_there_are_six_intents_with_names() -> None:
    names = {cues.key: cues.name("en") for cues in read_intents()}
    assert names == {
        "angebot": "Offer",
        "gesuch": "Request",
        "frage": "Question",
        "hinweis": "Notice",
        "dank": "Thanks",
        "meinung": "Opinion",
    }


def test_every_place_of_the_list_is_there_once() -> None:
    places = {place.name: place for place in read_places()}
    assert len(places) == 107  # 7 Bezirke and 104 Stadtteile, of which 4 share their Bezirk's name
    assert places["Altona"].kind == places["Harburg"].kind == "bezirk"
    assert places["St. Pauli"].bezirk == "Hamburg-Mitte"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[recht]\nde = "Recht"\nen = "Law"\n[recht.terms]\nde = ["asyl*\n', "line 5"),
        ('# x\n[recht]\nde = "Recht"\n', "Zeile 2"),
        ('\n\n[recht]\nde = "R"\nen = "L"\n[recht.terms]\nde = "asyl"\n', "Zeile 3"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as refused:
        read_topics(path)
    assert line in refused.value.de
    assert str(path) in refused.value.en


def test_a_term_without_a_word_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(
        '[recht]\nde = "R"\nen = "L"\n[recht.terms]\nde = [\n  "asyl*",\n  "!!",\n]\n',
        encoding="utf-8",
    )
    with pytest.raises(ModelError, match="Zeile 7"):
        Taxonomy(path)


def test_a_missing_file_is_an_error_that_says_so(tmp_path: Path) -> None:
    for read in (read_topics, read_cues, read_place_names):
        with pytest.raises(ModelError, match="nicht lesbar"):
            read(tmp_path / "no.toml")


def test_a_spelling_of_an_unknown_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.toml"
    path.write_text('[aliases]\n"Kiez" = "Sankt Nirgends"\n', encoding="utf-8")
    with pytest.raises(ModelError, match="Zeile 2"):
        read_place_names(path)
