"""The pipeline with the shipped model: labels, evidence, odd texts, and what goes wrong."""

from pathlib import Path

import pytest

from data.errors import ModelError
from data.languages import LANGUAGES
from nlp.linear import MODEL_FILE, read
from nlp.pipeline import Tagger, load, load_fast
from tests.nlp.odd import ODD, only


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load()


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_answered_with_a_language_and_an_intent(text: str, tagger: Tagger) -> None:
    tagged = only(tagger, text)
    assert tagged.lang in {*LANGUAGES, "und"}
    assert tagged.intents
    assert not tagged.urgent
    assert all(0 <= each.score <= 1 for each in (*tagged.topics, *tagged.intents))


def test_a_text_of_100_000_characters_is_tagged_like_its_words(tagger: Tagger) -> None:
    long = "Wir suchen Decken und Schlafsäcke in Altona. " * 2_300
    assert len(long) > 100_000
    tagged = only(tagger, long)
    assert "sachspenden" in {each.label for each in tagged.topics}
    assert [each.place for each in tagged.places] == ["Altona"]


def test_100_000_characters_without_a_blank_are_answered(tagger: Tagger) -> None:
    assert only(tagger, "ä" * 100_000).intents


def test_a_request_says_what_where_and_that_it_is_urgent(tagger: Tagger) -> None:
    tagged = only(tagger, "Suche dringend für heute Nacht einen Schlafplatz in Winterhude!")
    assert tagged.topics[0].label == "unterkunft"
    assert tagged.topics[0].evidence == ("Schlafplatz",)
    assert tagged.intents[0].label == "gesuch"
    assert tagged.urgent
    assert tagged.urgent_evidence
    assert [each.place for each in tagged.places] == ["Winterhude"]


@pytest.mark.parametrize(
    "text",
    [
        "Wer kommt Samstag mit nach Wilhelmsburg, wir spielen zusammen Fußball",
        "In Altona und Ottensen: wir suchen eine Wohnung für die Familie",
        "@ottensen_hilft wir brauchen 30 warme Jacken und Stiefel in Bergedorf",
    ],
)
def test_evidence_is_words_of_the_text_and_never_a_place_or_a_name(
    text: str, tagger: Tagger
) -> None:
    tagged = only(tagger, text)
    assert tagged.topics
    for word in [word for each in tagged.topics for word in each.evidence]:
        assert word in text
        assert word.casefold() not in {"wilhelmsburg", "altona", "ottensen", "bergedorf"}
        assert word.casefold() not in {"und", "die", "ist", "wir", "mit", "ottensen_hilft"}


def test_the_version_names_the_model_and_changes_with_it(tmp_path: Path, tagger: Tagger) -> None:
    other = tmp_path / "other.npz"
    weights = read(MODEL_FILE)
    weights.thresholds[0] = 0.9
    weights.write(other)
    assert load_fast().version.startswith("linear-")
    assert tagger.version.endswith(load_fast().version)
    assert load(None).version.startswith("rules-")
    assert load(other, None).version not in {load_fast().version, load(None).version}
    assert load(other).version != tagger.version


def test_the_same_text_says_the_same_whatever_came_before(tagger: Tagger) -> None:
    text = "Suche Dolmetscherin für Dari, morgen früh 8 Uhr, Jobcenter Wandsbek"
    others = [f"Wort{number} und Altona" for number in range(1_200)]
    assert list(tagger.tag([*others, text]))[-1] == only(tagger, text) == only(load(), text)


def test_a_broken_model_is_told_with_the_way_out(tmp_path: Path) -> None:
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"PK\x03\x04 half")
    with pytest.raises(ModelError, match="hhhilft train"):
        load(broken)


def test_the_shipped_model_is_small() -> None:
    assert MODEL_FILE.stat().st_size < 5_000_000
