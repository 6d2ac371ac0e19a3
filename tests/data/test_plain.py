import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.plain import isolated, plain


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_sign_that_turns_what_follows_is_left(sign: str) -> None:
    assert plain(f"a{sign}b{sign}") == "ab"


def test_control_characters_and_lone_surrogates_go_and_line_breaks_stay() -> None:
    assert plain("a\x00b\x1b[31m\x7f\ud800\n\tc") == "ab[31m\n\tc"
    assert plain("ä\x00\ud800\n\tc") == "ä\n\tc"


def test_a_tower_of_marks_is_three_high() -> None:
    said = "Z" + "\u0301" * 60 + "a" + "\u0300\u0329" * 30
    assert plain(said) == "Z\u0301\u0301\u0301a\u0300\u0329\u0300"


@pytest.mark.parametrize(
    "said",
    ["Tiê\u0323\u0301ng Viê\u0323t", "إِنَّهُ", "שָׁלוֹם", "ที่นี่", "நன்றி", "👩‍👩‍👧‍👦 1️⃣", "می‌خواهم", "naïve"],
)
def test_what_people_write_in_any_language_stays_as_it_is(said: str) -> None:
    assert plain(said) == said


@given(st.text())
def test_what_is_plain_stays_plain_and_can_be_sent(said: str) -> None:
    once = plain(said)
    assert plain(once) == once
    assert once.encode().decode() == once


def test_only_what_runs_from_right_to_left_is_set_apart() -> None:
    assert isolated("Altona 3") == "Altona 3"
    for said in ("שלום 12", "مرحبا", "x\u200f"):
        assert isolated(said) == f"\u2068{said}\u2069"


def test_a_hundred_thousand_characters_cost_no_time_that_grows_with_their_square() -> None:
    for said in ("\u0301" * 100_000, "ä\u202e" * 50_000, "e\u0301\u0301\u0301\u0301" * 20_000):
        assert len(plain(said)) < 100_000
