"""Cutting texts into the encoder's pieces."""

import pytest

from nlp.pieces import BEGIN, END, UNKNOWN, Pieces

KNOWN = {"▁": -3.0, "▁bett": -4.0, "en": -2.0, "▁b": -5.0, "e": -3.0, "t": -3.0, "n": -3.0}


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(
        ["<s>", "<pad>", "</s>", "<unk>", *KNOWN], [0.0] * 4 + [*KNOWN.values()], {ord("B"): "b"}
    )


def numbers(*names: str) -> list[int]:
    return [BEGIN, *(4 + list(KNOWN).index(name) for name in names), END]


def test_a_word_is_cut_where_the_scores_sum_up_highest(pieces: Pieces) -> None:
    assert pieces.cut("betten", 10) == numbers("▁bett", "en")


def test_signs_are_rewritten_and_blanks_count_once(pieces: Pieces) -> None:
    assert pieces.cut("  Bett   Betten ", 10) == numbers("▁bett", "▁bett", "en")


def test_signs_without_a_piece_are_unknown_and_neighbours_are_one(pieces: Pieces) -> None:
    assert pieces.cut("漢字en", 10) == [BEGIN, *numbers("▁")[1:-1], UNKNOWN, *numbers("en")[1:]]


def test_a_text_without_words_is_begin_blank_and_end(pieces: Pieces) -> None:
    assert pieces.cut("   ", 10) == numbers("▁")


def test_no_more_pieces_are_given_than_asked_for(pieces: Pieces) -> None:
    found = pieces.cut("betten " * 1_000, 7)
    assert len(found) == 7
    assert (found[0], found[-1]) == (BEGIN, END)


def test_100_000_signs_without_a_blank_are_cut(pieces: Pieces) -> None:
    assert len(pieces.cut("e" * 100_000, 128)) == 128
