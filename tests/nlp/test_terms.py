"""The notation of the reference files."""

import pytest

from nlp.terms import Lexicon, NotationError
from nlp.words import split


def met(term: str, text: str) -> bool:
    lexicon = Lexicon()
    lexicon.add("x", [term])
    return bool(lexicon.search(split(text)))


@pytest.mark.parametrize(
    ("term", "yes", "no"),
    [
        ("kita", "Die KITA ruft", "Kitas"),
        ("kita*", "Kitaplatz", "Minikita"),
        ("*mantel", "Wintermantel", "Mantelstoff"),
        ("*spende*", "Kleiderspenden", "Spaten"),
        ("dolmetsch*", "Dolmetscherin", "Übersetzerin"),
        ("bis morgen", "Bitte bis morgen!", "bis übermorgen"),
        ("wg zimmer", "WG-Zimmer", "Zimmer WG"),
        ("räume", "Raeume", "Raum"),
        ("straße", "STRASSE", "Strand"),
        ("tafel ! schokolade", "die Tafel öffnet", "eine Tafel Schokolade"),
        ("tafel & essen*", "Tafel: Essensausgabe", "die Tafel"),
        ("a b c", "x a b c", "a b x c"),
    ],
)
def test_a_term_meets_what_it_says_and_nothing_else(term: str, yes: str, no: str) -> None:
    assert met(term, yes)
    assert not met(term, no)


def test_arabic_is_met_with_what_is_written_to_the_word() -> None:
    assert met("ترجمة", "للترجمة")
    assert met("مدرسة", "والمدرسه")


def test_a_hint_weighs_half() -> None:
    lexicon = Lexicon()
    lexicon.add("x", ["?zimmer", "wohnung"])
    assert [hit.weight for hit in lexicon.search(split("zimmer wohnung"))] == [0.5, 1.0]


def test_a_term_without_a_word_is_refused() -> None:
    with pytest.raises(NotationError):
        Lexicon().add("x", ["  * "])
