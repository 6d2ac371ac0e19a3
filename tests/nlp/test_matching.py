import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.matching import measure, read, wishes_of
from nlp.matching import Match, match
from nlp.tagged import Found, FoundPlace, Tagged
from nlp.wishes import LIFETIME, Post, Reader, Wish
from tests.nlp.odd import ODD

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)  # a Tuesday
DEVELOPMENT = Path(__file__).parent / "matching_development.jsonl"
VOICES = [DEVELOPMENT.with_name(f"matching_voices{part}.jsonl") for part in ("", "_2")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def wishes(
    reader: Reader,
    name: str,
    text: str,
    at: datetime = AT,
    *,
    places: tuple[str, ...] = (),
    account: str = "",
    intent: str = "",
    lang: str = "de",
) -> list[Wish]:
    intents = [Found(intent, 0.9, ())] if intent else []
    where = [FoundPlace(place, place, place) for place in places]
    tagged = Tagged(lang, [], intents, False, 0.0, (), where)
    return reader.read(Post(name, account or name, at, text, tagged))


def best(*found: list[Wish], now: datetime | None = None) -> dict[str, str]:
    answers: dict[str, str] = {}
    for each in match([wish for wishes in found for wish in wishes], now):
        answers.setdefault(each.need, each.offer)
    return answers


def codes(found: list[Match]) -> list[str]:
    return [str(reason["code"]) for reason in found[0].reasons]


def test_an_offer_of_the_thing_sought_answers_and_another_thing_does_not(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche einen Kinderwagen in Altona", places=("Altona",))
    right = wishes(reader, "o1", "Verschenke Kinderwagen", places=("Altona",))
    wrong = wishes(reader, "o2", "Verschenke Kinderbett", places=("Altona",))
    assert best(need, wrong, right) == {"n": "o1"}


def test_a_need_never_answers_a_need_and_an_offer_never_an_offer(reader: Reader) -> None:
    needs = [wishes(reader, f"n{i}", "Suche dringend Waschmaschine") for i in range(3)]
    offers = [wishes(reader, f"o{i}", "Biete Waschmaschine an") for i in range(3)]
    assert match([each for lot in needs for each in lot]) == []
    assert match([each for lot in offers for each in lot]) == []
    both = match([each for lot in needs + offers for each in lot])
    assert {(each.need[0], each.offer[0]) for each in both} == {("n", "o")}


def test_two_posts_of_one_account_never_match(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Laptop", account="mastodon:1")
    offer = wishes(reader, "o", "Verschenke Laptop", account="mastodon:1")
    assert best(need, offer) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Verschenke Rollstuhl – hat sich erledigt, danke!",
        "Rollstuhl ist vergeben, danke für die Nachrichten",
        "Wheelchair: already taken, thank you",
    ],
)
def test_what_is_settled_answers_nothing(reader: Reader, text: str) -> None:
    need = wishes(reader, "n", "Suche Rollstuhl")
    assert best(need, wishes(reader, "o", text)) == {}


def test_a_later_post_of_the_same_account_settles_the_earlier_one(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Gitarre")
    offer = wishes(reader, "o", "Verschenke Gitarre", account="mastodon:1")
    done = wishes(
        reader, "d", "Die Gitarre ist vergeben.", AT + timedelta(hours=2), account="mastodon:1"
    )
    assert best(need, offer) == {"n": "o"}
    assert best(need, offer, done) == {}


def test_of_a_list_that_is_partly_settled_the_rest_can_be_had(reader: Reader) -> None:
    text = "Schrank – ist weg, Kommode – noch da. Zu verschenken."
    offer = wishes(reader, "o", text)
    assert best(wishes(reader, "n1", "Suche Kommode"), offer) == {"n1": "o"}
    assert best(wishes(reader, "n2", "Suche Schrank"), offer) == {}


def test_what_was_over_when_the_other_was_written_answers_nothing(reader: Reader) -> None:
    offer = wishes(reader, "o", "Heute Abend 20 Portionen Suppe zu verschenken")
    later = wishes(reader, "n", "Suche warmes Essen", AT + timedelta(days=2))
    same = wishes(reader, "n2", "Suche warmes Essen", AT + timedelta(hours=1))
    assert best(later, offer) == {}
    assert best(same, offer) == {"n2": "o"}


def test_what_is_too_old_by_now_answers_nothing(reader: Reader) -> None:
    lot = (wishes(reader, "n", "Suche Drucker"), wishes(reader, "o", "Verschenke Drucker"))
    assert best(*lot, now=AT + timedelta(days=1)) == {"n": "o"}
    assert best(*lot, now=AT + LIFETIME + timedelta(days=1)) == {}


def test_the_size_decides_between_two_alike(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Winterstiefel in Größe 38")
    small = wishes(reader, "o1", "Verschenke Winterstiefel Gr. 31")
    right = wishes(reader, "o2", "Verschenke Winterstiefel Gr. 38")
    assert best(need, small, right) == {"n": "o2"}
    assert best(need, small) == {}


def test_a_childs_age_tells_its_size(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Schneeanzug für meinen dreijährigen Sohn, 3 Jahre")
    baby = wishes(reader, "o1", "Verschenke Schneeanzug Größe 74")
    right = wishes(reader, "o2", "Verschenke Schneeanzug Größe 98")
    assert best(need, baby, right) == {"n": "o2"}


def test_the_language_decides_who_interprets(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Dolmetscherin für Tigrinya", places=("Altona",))
    other = wishes(reader, "o1", "Biete Dolmetschen auf Arabisch", places=("Altona",))
    right = wishes(reader, "o2", "Biete Dolmetschen auf Tigrinya", places=("Wandsbek",))
    assert best(need, other, right) == {"n": "o2"}
    assert best(need, other) == {}


def test_who_writes_in_a_language_and_names_none_means_it(reader: Reader) -> None:
    need = wishes(reader, "n", "Шукаю перекладача на прийом до лікаря", lang="uk")
    right = wishes(reader, "o", "Biete Dolmetschen auf Ukrainisch")
    assert best(need, right) == {"n": "o"}


def test_the_weekday_decides_who_can_drive(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Transporter für Samstag")
    sunday = wishes(reader, "o1", "Verleihe meinen Transporter, nur sonntags")
    weekend = wishes(reader, "o2", "Verleihe meinen Transporter am Wochenende")
    assert best(need, sunday, weekend) == {"n": "o2"}


def test_the_nearer_offer_is_the_better_one(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Kühlschrank", places=("Ottensen",))
    far = wishes(reader, "o1", "Verschenke Kühlschrank", places=("Bergedorf",))
    near = wishes(reader, "o2", "Verschenke Kühlschrank", places=("Altona-Nord",))
    found = match([*need, *far, *near])
    assert [each.offer for each in found] == ["o2", "o1"]
    assert "distance" in codes(found)


def test_a_room_for_women_is_not_offered_to_a_man(reader: Reader) -> None:
    room = wishes(reader, "o", "Biete Zimmer, nur für Frauen")
    assert best(wishes(reader, "n1", "Junger Mann sucht ein Zimmer"), room) == {}
    assert best(wishes(reader, "n2", "Studentin sucht ein Zimmer"), room) == {"n2": "o"}


def test_a_rent_above_what_can_be_paid_does_not_fit(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Zimmer bis 450 Euro")
    dear = wishes(reader, "o1", "Vermiete Zimmer, 620 Euro warm")
    right = wishes(reader, "o2", "Vermiete Zimmer, 430 Euro warm")
    assert best(need, dear, right) == {"n": "o2"}


def test_who_hires_offers_work_and_who_looks_for_it_seeks(reader: Reader) -> None:
    need = wishes(reader, "n", "Gelernter Elektriker sucht Arbeit")
    other = wishes(reader, "o1", "Restaurant: wir suchen Küchenhilfe, Vertrag unbefristet")
    right = wishes(reader, "o2", "Elektrobetrieb: wir suchen Elektriker in Vollzeit, mit Vertrag")
    assert best(need, other, right) == {"n": "o2"}


def test_what_is_at_hand_or_unwanted_is_not_sought(reader: Reader) -> None:
    found = wishes(reader, "n", "Suchen Umzugshelfer für Samstag. Transporter haben wir.")
    assert [each.item.key for each in found] == ["umzugshilfe"]
    found = wishes(reader, "n", "Suchen Decken, bitte keine Jacken mehr")
    assert [each.item.key for each in found] == ["decken"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Wer hat einen Kinderwagen?", "need"),
        ("Wer braucht einen Kinderwagen?", "offer"),
        ("Hat jemand vielleicht ein Kinderbett übrig?", "need"),
        ("Can anyone lend us a van?", "need"),
        ("Віддам коляску", "offer"),
        ("نبحث عن ثلاجة", "need"),
    ],
)
def test_a_side_is_read_from_the_words_where_the_tagger_says_nothing(
    reader: Reader, text: str, side: str
) -> None:
    lang = {"C": "en", "В": "uk", "ن": "ar"}.get(text[0], "de")
    found = wishes(reader, "x", text, lang=lang)
    assert found
    assert {each.side for each in found} == {side}


def test_the_same_posts_in_any_order_match_alike() -> None:
    lot = wishes_of(read(DEVELOPMENT))
    mixed = lot[:]
    random.Random(3).shuffle(mixed)
    key = lambda each: (each.need, -each.score, each.offer)  # noqa: E731
    assert sorted(match(lot), key=key) == sorted(match(mixed), key=key)


def test_leaving_out_groups_that_score_too_little_loses_no_match(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche Tisch", places=("Altona",))
    places = ("Altona", "Ottensen", "Bergedorf", "Wandsbek", "Harburg", "Rissen", "Horn")
    offers = [
        wishes(reader, f"o{at}", "Verschenke Tisch", places=(place,))
        for at, place in enumerate(places)
    ]
    lot = [*need, *(each for offer in offers for each in offer)]
    assert match(lot, most=2) == match(lot, most=50)[:2]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_without_an_error(reader: Reader, text: str) -> None:
    wishes(reader, "x", text)


@pytest.mark.parametrize("path", [DEVELOPMENT, *VOICES], ids=lambda path: path.stem)
def test_on_the_development_posts_four_of_five_best_offers_are_right(path: Path) -> None:
    rows = read(path)
    found = wishes_of(rows)
    told = measure(rows, found, match(found))
    assert told.needs >= 30
    assert told.hits / told.needs >= 0.8


@pytest.mark.parametrize("path", [DEVELOPMENT, *VOICES], ids=lambda path: path.stem)
def test_every_development_post_is_whole(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    ids = {row["id"] for row in rows}
    assert len(ids) == len(rows)
    for row in rows:
        assert set(row.get("answers", ())) <= ids
        assert ("answers" in row) == (row["side"] == "need")


def test_a_wish_of_another_time_is_judged_by_its_own(reader: Reader) -> None:
    (offer,) = wishes(reader, "o", "Verschenke Sofa bis Freitag")
    assert offer.closes == datetime(2026, 3, 6, 23, tzinfo=UTC)  # midnight in Hamburg
    assert replace(offer, at=AT).when.ends == offer.closes


@pytest.mark.parametrize(
    ("need", "wrong", "right"),
    [
        ("Suche Sofa", "Verschenke Sofakissen", "Verschenke Ledersofa"),
        ("Suche Winterjacke für meinen Mann", "Verschenke Damenjacke", "Verschenke Herrenjacke"),
        ("Suche Umstandshose Größe 42", "Verschenke Umstandshose XXL", "Verschenke Umstandshose M"),
        ("Suche Stiefel, 38", "Verschenke Stiefel, braun, 24", "Verschenke Stiefel, braun, 38"),
        ("Suche Augenarzt", "Praxis nimmt neue Patienten: Orthopäde", "Augenarzt hat Termine frei"),
        ("Suche Gitarrenunterricht", "Gebe Klavierunterricht", "Gebe Gitarrenunterricht"),
        ("Suche Tierarzt", "Verschenke Transportbox für Katzen", "Tierarzt hilft kostenlos"),
    ],
)
def test_another_kind_of_the_same_does_not_win(
    reader: Reader, need: str, wrong: str, right: str
) -> None:
    offers = [wishes(reader, "o1", wrong), wishes(reader, "o2", right)]
    assert best(wishes(reader, "n", need), *offers) == {"n": "o2"}


@pytest.mark.parametrize(
    ("player", "team"),
    [
        ("Mein Sohn möchte Fußball spielen. Welcher Verein?", "Fußballverein sucht Mitspieler"),
        ("Suche einen Chor", "Unser Chor freut sich über neue Sänger"),
    ],
)
def test_who_seeks_a_team_and_a_team_that_seeks_people_find_each_other(
    reader: Reader, player: str, team: str
) -> None:
    one, other = wishes(reader, "p", player), wishes(reader, "t", team)
    assert best(one, other) == {"p": "t", "t": "p"}
    assert best(one, wishes(reader, "q", player)) == {}


def test_what_a_van_shall_carry_is_not_sought(reader: Reader) -> None:
    need = wishes(reader, "n", "Wer fährt mit dem Transporter ein Sofa von Horn nach Hamm?")
    sofa = wishes(reader, "o1", "Verschenke Sofa")
    van = wishes(reader, "o2", "Verleihe meinen Transporter")
    assert best(need, sofa, van) == {"n": "o2"}


def test_the_flat_that_a_bed_is_for_is_not_sought(reader: Reader) -> None:
    need = wishes(reader, "n", "Suche ein Bett, die neue Wohnung ist leer")
    assert best(need, wishes(reader, "o", "Vermiete Wohnung")) == {}
    both = wishes(reader, "n", "Suche Wohnung und Bett")
    assert best(both, wishes(reader, "o", "Vermiete Wohnung")) == {"n": "o"}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Wir haben keinen Proberaum mehr", "need"),
        ("Handtücher für sechs Personen", "need"),
        ("Haben Sie vielleicht noch Kopfkissen?", "need"),
        ("Laptop für meine Nichte", "need"),
        ("Kinderwagen gesucht? Ich biete einen", "offer"),
        ("Bitte keine Jacken mehr", ""),
    ],
)
def test_a_need_and_an_offer_are_told_apart_by_their_words(
    reader: Reader, text: str, side: str
) -> None:
    assert {wish.side for wish in wishes(reader, "x", text) if wish.words} == ({side} - {""})


def test_who_fetches_comes_from_afar_but_who_lets_fetch_does_not(reader: Reader) -> None:
    (need, *_) = wishes(reader, "n", "Suche Tisch, Selbstabholung möglich", places=("Altona",))
    (offer, *_) = wishes(reader, "o", "Verschenke Tisch, nur Selbstabholung", places=("Altona",))
    assert (need.anywhere, offer.anywhere) == (True, False)


def test_of_offers_that_fit_alike_the_one_with_more_words_in_common_is_first(
    reader: Reader,
) -> None:
    need = wishes(reader, "n", "Suche Spielzeug, am liebsten Dinosaurier")
    lot = [
        wishes(reader, f"o{at}", f"Verschenke Spielzeug: {what}")
        for at, what in enumerate(("Autos", "Dinosaurier", "Puppen"))
    ]
    assert best(need, *lot) == {"n": "o1"}
