import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import ModelError
from data.match_words import sentence
from nlp import meaning, pair_model
from nlp.answers import answers
from nlp.matching import match
from nlp.pipeline import load
from nlp.wishes import Post, Reader, Told

pytest.importorskip("onnxruntime", reason="onnxruntime (extra encoder) is not installed")

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)  # a Tuesday


class Teller:
    """Reads posts as the program does, from their text alone."""

    def __init__(self) -> None:
        self._tagger, self._reader = load(), Reader(meaning.load())

    def __call__(self, name: str, text: str, at: datetime = AT, account: str = "") -> Told:
        (tagged,) = self._tagger.tag([text])
        return self._reader.told(Post(name, account or name, at, text, tagged))


@pytest.fixture(scope="module")
def told() -> Teller:
    return Teller()


def best(*posts: Told, now: datetime | None = None) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in answers(posts, now):
        found.setdefault(each.need, each.offer)
    return found


@pytest.mark.parametrize(
    ("need", "wrong", "right"),
    [
        (
            "Bei Familie A. ist der Herd kaputt. Hat jemand einen für sie?",
            "Kochkurs für Familien am Samstag",
            "Ceranfeld mit Backofen, vier Platten, zu verschenken",
        ),
        (
            "My son starts first grade on Monday and has nothing to carry his books in.",
            "Kinderfahrrad 20 Zoll zu verschenken",
            "Schulranzen abzugeben, wenig benutzt",
        ),
        (
            "Шукаю когось, хто навчить мене їздити на велосипеді",
            "Deutschkurs am Abend, noch Plätze frei",
            "Radfahren lernen für Erwachsene, kostenlos, jeden Sonntag",
        ),
    ],
)
def test_an_offer_in_other_words_or_another_language_answers(
    told: Teller, need: str, wrong: str, right: str
) -> None:
    posts = (told("n", need), told("o1", wrong), told("o2", right))
    assert best(*posts)["n"] == "o2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Danke euch allen, das war ein schöner Abend!", "Danke, was für ein schöner Abend"),
        ("Ehrenamtspreis: Sieben Initiativen ausgezeichnet", "Preis für sieben Initiativen"),
        ("Verschenke Kinderfahrrad 20 Zoll, Altona", "Verschenke Kinderfahrrad 20 Zoll in Altona"),
        ("Suche Kinderfahrrad 20 Zoll in Altona", "Suche Kinderfahrrad 20 Zoll, Altona"),
    ],
)
def test_what_neither_seeks_nor_offers_answers_nothing_nor_does_one_side_its_own(
    told: Teller, one: str, other: str
) -> None:
    assert best(told("p1", one), told("p2", other)) == {}


def test_a_post_takes_part_where_the_tagger_says_so_or_the_encoder_is_sure(told: Teller) -> None:
    need = told("n", "Suche dringend ein Kinderfahrrad, 20 Zoll")
    offer = told("o", "Kinderfahrrad 20 Zoll zu verschenken, hat meine Tochter gefahren")
    assert need.meant is not None
    assert best(need, offer) == {"n": "o"}
    unsure = replace(need, meant=replace(need.meant, seeks=0.5))
    assert best(unsure, offer) == {"n": "o"}
    silent = replace(need, intents={}, meant=replace(need.meant, seeks=4.0))
    assert best(silent, offer) == {"n": "o"}
    assert best(replace(unsure, intents={}), offer) == {}
    assert best(replace(need, intents={"angebot": 0.9}, meant=unsure.meant), offer) == {}
    assert best(replace(silent, by_people=True), offer) == {}
    assert best(replace(need, by_people=True), offer) == {"n": "o"}


def test_what_is_said_to_one_person_is_no_offer_to_others(told: Teller) -> None:
    need = told("n", "Suche dringend ein Kinderfahrrad, 20 Zoll")
    offer = told("o", "Kinderfahrrad 20 Zoll zu verschenken, hat meine Tochter gefahren")
    assert best(need, offer) == {"n": "o"}
    assert best(need, replace(offer, is_reply=True)) == {}


@pytest.mark.parametrize(
    ("need", "excluded"),
    [
        ("Junger Mann sucht ein Zimmer", "Biete Zimmer, nur für Frauen"),
        ("Suche Winterstiefel in Größe 38", "Verschenke Winterstiefel Gr. 31"),
        ("Suche Dolmetscherin für Tigrinya", "Biete Dolmetschen auf Arabisch"),
        ("Suche Transporter für Samstag", "Verleihe meinen Transporter, nur sonntags"),
    ],
)
def test_who_when_size_and_language_exclude_whatever_it_means(
    told: Teller, need: str, excluded: str
) -> None:
    assert best(told("n", need), told("o", excluded)) == {}


def test_who_flees_from_violence_is_answered_by_what_is_for_that_alone(told: Teller) -> None:
    need = told("n", "Suche ein Zimmer in Altona für eine Frau mit zwei Kindern")
    room = told("o", "Bei uns ist ein möbliertes Zimmer frei, nahe Altona, gern für eine Mutter")
    flees = _protected(need)
    assert best(need, room) == {"n": "o"}
    assert best(flees, room) == {}
    shelter = _protected(room)
    assert best(flees, shelter) == {"n": "o"}
    rooms = [
        told(f"r{at}", f"Biete ein Zimmer in Altona, Haus {at}, gern an Frauen") for at in range(25)
    ]
    assert best(flees, shelter, *rooms) == {"n": "o"}
    without = [replace(each, meant=None) for each in (flees, room, *rooms)]
    assert "n" not in best(*without)
    assert "n" in best(replace(need, meant=None), *without[1:])


def _protected(post: Told) -> Told:
    return replace(
        post,
        whole=replace(post.whole, protected=True),
        wishes=tuple(replace(each, protected=True) for each in post.wishes),
    )


def test_what_is_about_violence_is_read_as_such(told: Teller) -> None:
    assert told("n", "Mein Mann schlägt mich, ich suche ein Zimmer").whole.protected
    assert not told("o", "Suche ein Zimmer").whole.protected


def test_two_posts_of_one_account_never_match(told: Teller) -> None:
    need = told("n", "Suche Laptop", account="mastodon:1")
    offer = told("o", "Verschenke Laptop", account="mastodon:1")
    assert best(need, offer) == {}
    assert best(need, told("o", "Verschenke Laptop")) == {"n": "o"}


def test_what_is_settled_or_over_answers_nothing(told: Teller) -> None:
    need = told("n", "Suche Gitarre")
    offer = told("o", "Verschenke Gitarre", account="mastodon:1")
    later = AT + timedelta(hours=2)
    done = told("d", "Die Gitarre ist vergeben.", later, account="mastodon:1")
    assert best(need, offer) == {"n": "o"}
    assert best(need, offer, done) == {}
    assert best(need, told("o", "Verschenke Gitarre – hat sich erledigt")) == {}
    assert best(need, offer, now=AT + timedelta(days=90)) == {}
    soup = told("o", "Heute Abend 20 Portionen Suppe zu verschenken")
    assert best(told("n", "Suche warmes Essen", AT + timedelta(days=2)), soup) == {}


def test_every_reason_is_worded_in_both_languages(told: Teller) -> None:
    posts = (
        told("n1", "Suche Kinderwagen in Altona"),
        told("o1", "Verschenke Kinderwagen in Ottensen"),
        told("n2", "Der Herd von Familie A. ist hin, wer hat einen?"),
        told("o2", "Vier Platten und Backofen, steht im Keller, zu verschenken"),
    )
    found = answers(posts)
    assert {each.need for each in found} >= {"n1", "n2"}
    for each in found:
        assert each.reasons
        assert 0 < each.score <= 1
        for lang in ("de", "en"):
            words = [sentence(reason, lang) for reason in each.reasons]
            assert not any("Unknown" in word or "Unbekannt" in word for word in words)


def test_the_same_posts_in_any_order_match_alike(told: Teller) -> None:
    things = ("Sofa", "Laptop", "Kinderwagen", "Gitarre", "Schrank", "Fahrrad")
    lot = [told(f"n{at}", f"Suche {thing}") for at, thing in enumerate(things)]
    lot += [told(f"o{at}", f"Verschenke {thing}") for at, thing in enumerate(things)]
    mixed = lot[:]
    random.Random(3).shuffle(mixed)
    key = lambda each: (each.need, -each.score, each.offer)  # noqa: E731
    assert sorted(answers(lot), key=key) == sorted(answers(mixed), key=key)


def test_without_the_encoder_items_alone_are_compared(told: Teller) -> None:
    posts = [told("n", "Suche Sofa"), told("o", "Verschenke Sofa")]
    without = [replace(each, meant=None) for each in posts]
    assert answers(without) == match(wish for each in posts for wish in each.wishes)
    assert answers(without)


def test_broken_weights_are_refused_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_text('{"side": {}}', encoding="utf-8")
    with pytest.raises(ModelError, match=r"pairs\.json"):
        pair_model.read(path)


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    model = pair_model.read()
    model.write(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == pair_model.PAIR_FILE.read_bytes()
