"""The pipeline of the rules: every kind of text, and what is said about it."""

import pytest

from data.languages import LANGUAGES
from nlp.pipeline import Tagger, load
from nlp.tokens import Tokenizer
from tests.nlp.odd import ODD, only


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load(None)


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_answered_with_a_language_and_an_intent(text: str, tagger: Tagger) -> None:
    tagged = only(tagger, text)
    assert tagged.lang in {*LANGUAGES, "und"}
    assert tagged.intents
    assert not tagged.urgent


@pytest.mark.parametrize("text", [text for text in ODD if "\ud83d" not in text])
def test_the_tokens_give_the_text_back(text: str) -> None:
    assert Tokenizer()(text).text == text


def test_hashtags_mentions_addresses_and_links_stay_whole() -> None:
    doc = Tokenizer()("Moin @ana@norden.social, #HHhilft: https://a.de/x?y=1 und @ben.")
    assert [token.text for token in doc][:8] == [
        "Moin",
        "@ana@norden.social",
        ",",
        "#HHhilft",
        ":",
        "https://a.de/x?y=1",
        "und",
        "@ben.",
    ]


def test_a_text_of_100_000_characters_is_tagged_like_its_words(tagger: Tagger) -> None:
    long = "Wir suchen Decken in Altona. " * 3_500
    assert len(long) > 100_000
    tagged = only(tagger, long)
    assert [each.label for each in tagged.topics] == ["sachspenden"]
    assert [each.place for each in tagged.places] == ["Altona"]


def test_the_same_text_always_says_the_same(tagger: Tagger) -> None:
    text = "Suche dringend Dolmetscherin für Dari, morgen früh 8 Uhr, Jobcenter Wandsbek"
    others = [f"Wort{number} und Altona" for number in range(1_200)]
    first = only(tagger, text)
    again = list(tagger.tag([*others, text]))[-1]
    assert first == again == only(load(None), text)
    assert load(None).version == tagger.version


def test_a_request_says_what_where_and_that_it_is_urgent(tagger: Tagger) -> None:
    tagged = only(tagger, "Suche dringend für heute Nacht einen Schlafplatz in Winterhude!")
    assert tagged.lang == "de"
    assert [each.label for each in tagged.topics] == ["unterkunft"]
    assert [each.label for each in tagged.intents] == ["gesuch"]
    assert tagged.urgent
    assert [each.place for each in tagged.places] == ["Winterhude"]


def test_evidence_is_words_of_the_text_and_never_a_place(tagger: Tagger) -> None:
    tagged = only(tagger, "Kleiderspenden und ein Kinderwagen für die Unterkunft Lurup gesucht")
    (topic,) = [each for each in tagged.topics if each.label == "sachspenden"]
    assert topic.evidence == ("Kleiderspenden", "Kinderwagen")
    assert 0.5 <= topic.score <= 1


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("Wer braucht noch Betten?", {"angebot"}),
        ("Wann ist Essensausgabe?", {"frage"}),
        ("Kennt jemand einen Anwalt für Asylrecht?", {"gesuch", "frage"}),
        ("Danke für die Jacken!", {"dank"}),
        ("Ihr Gutmenschen, merkt ihr noch was?", {"meinung"}),
    ],
)
def test_a_question_mark_alone_makes_no_question(
    text: str, intents: set[str], tagger: Tagger
) -> None:
    assert {each.label for each in only(tagger, text).intents} == intents


def test_hostility_that_is_quoted_is_not_hostility(tagger: Tagger) -> None:
    said = only(tagger, "Alle abschieben, sofort! Gutmenschen!")
    quoted = only(tagger, "„Alle abschieben, sofort, ihr Gutmenschen“ – sagte der Mann im Bus.")
    assert "anfeindung" in {each.label for each in said.topics}
    assert "anfeindung" not in {each.label for each in quoted.topics}


def test_advertising_and_aid_elsewhere_have_no_topic(tagger: Tagger) -> None:
    assert not only(tagger, "Köln hilft: Sachspendenlager mit neuen Zeiten, Kleidung").topics
    assert not only(tagger, "Rabatt auf alle Jacken, nur heute, Code HH").topics


def test_the_doc_carries_scores_and_spans(tagger: Tagger) -> None:
    doc = tagger.doc("Wir suchen Winterjacken in der Billstedter Halle")
    assert doc.cats["topic:sachspenden"] >= 0.5
    assert [(span.text, span.label_) for span in doc.spans["places"]] == [
        ("Billstedter", "Billstedt")
    ]
