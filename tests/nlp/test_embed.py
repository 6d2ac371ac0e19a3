"""The shipped encoder: one answer a text, and what happens without it."""

from pathlib import Path

import numpy as np
import pytest

from data.errors import ModelError
from nlp import embed, pipeline
from nlp.examples import LABELS
from nlp.pipeline import Tagger, load, load_fast
from tests.nlp.odd import ODD, only

needs_runtime = pytest.mark.skipif(
    not embed.installed(), reason="onnxruntime (extra encoder) is not installed"
)
TEXT = "Hat jemand noch einen Kinderwagen übrig? Wir holen ihn in Altona ab."


@pytest.fixture(scope="module")
def encoder() -> embed.Encoder:
    return embed.Encoder()


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load()


@needs_runtime
def test_a_text_has_one_answer_whatever_was_asked_before(encoder: embed.Encoder) -> None:
    first = encoder.odds(TEXT)
    encoder.odds("Danke an alle!" * 30)
    assert np.array_equal(first, encoder.odds(TEXT))
    assert first.shape == (len(LABELS),)


@needs_runtime
@pytest.mark.parametrize("text", [*ODD, "ä" * 100_000, "Wort " * 20_000])
def test_any_text_is_answered_with_numbers(text: str, encoder: embed.Encoder) -> None:
    assert np.isfinite(encoder.odds(text)).all()


@needs_runtime
def test_a_question_in_any_language_asks_for_goods(encoder: embed.Encoder) -> None:
    goods, rights = LABELS.index("topics:sachspenden"), LABELS.index("topics:recht")
    for text in (TEXT, "Does anyone have a spare stroller?", "У когось є зайва дитяча коляска?"):
        odds = encoder.odds(text)
        assert odds[goods] > odds[rights]


@needs_runtime
def test_the_thorough_tagger_names_both_models_and_shows_words(tagger: Tagger) -> None:
    assert tagger.version.startswith("encoder-")
    assert tagger.version.endswith(load_fast().version)
    found = only(tagger, TEXT)
    assert "sachspenden" in {each.label for each in found.topics}
    assert all(word in TEXT for each in found.topics for word in each.evidence)


def test_without_the_runtime_the_linear_model_judges_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "installed", lambda: False)
    assert load().version == load_fast().version
    assert load().version.startswith("linear-")


def test_the_fast_tagger_does_without_the_encoder() -> None:
    assert load_fast().version.startswith("linear-")


def test_a_broken_file_is_told_with_the_way_out(tmp_path: Path) -> None:
    broken = tmp_path / "encoder.zip"
    broken.write_bytes(b"PK\x03\x04 half")
    with pytest.raises(ModelError, match="Datei entfernen"):
        embed.read(broken)


@needs_runtime
def test_an_encoder_of_other_labels_is_told_with_the_way_out(tmp_path: Path) -> None:
    packed = embed.read(embed.ENCODER_FILE)
    packed.about["combination"]["labels"][0] = "topics:other"
    embed.write(packed, tmp_path / "encoder.zip")
    with pytest.raises(ModelError, match="anderen Themen"):
        load(encoder=tmp_path / "encoder.zip")


def test_the_shipped_file_is_small_and_names_its_origin() -> None:
    pieces = embed.ENCODER_FILE.with_name(embed.PIECES_FILE)
    assert embed.ENCODER_FILE.stat().st_size + pieces.stat().st_size < 45_000_000
    about = embed.read(embed.ENCODER_FILE).about
    assert about["origin"]["licence"] == "MIT"
    assert "Liang Wang" in about["origin"]["authors"]
    assert tuple(about["combination"]["labels"]) == LABELS
