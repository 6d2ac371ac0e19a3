import pytest

from data.enough import note_words, notes


@pytest.mark.parametrize(
    ("counts", "codes"),
    [
        ({"posts": 20, "accounts": 8, "untimed": 10}, []),
        ({"posts": 20}, []),
        ({"posts": 19, "accounts": 1, "untimed": 19}, ["few_posts"]),
        ({"posts": 20, "accounts": 7, "untimed": 0}, ["few_accounts"]),
        ({"posts": 20, "accounts": 1, "untimed": 11}, ["few_accounts", "few_times"]),
        ({}, ["few_posts"]),
    ],
)
def test_what_is_too_little_is_noted_and_what_is_just_enough_is_not(
    counts: dict[str, int], codes: list[str]
) -> None:
    assert [each.code for each in notes(counts)] == codes


@pytest.mark.parametrize(
    ("counts", "de", "en"),
    [
        ({"posts": 1}, "Zu wenig Daten: 1 Beitrag; ab 20", "Not enough data: 1 post; from 20 on"),
        ({"posts": 30, "accounts": 1}, "1 Konto; ab 8", "1 account; from 8"),
        ({"posts": 30, "untimed": 27}, "Nur von 10\u00a0% der Beiträge", "of 10% of the posts"),
    ],
)
def test_a_note_is_a_sentence_with_both_numbers(counts: dict[str, int], de: str, en: str) -> None:
    (note,) = notes(counts)
    assert de in note_words(note, "de")
    assert en in note_words(note, "en")
