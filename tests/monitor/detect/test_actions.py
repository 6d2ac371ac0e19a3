from data.records import Media
from monitor.detect.actions import actions
from monitor.detect.posts import post_table
from tests import make


def objects(*posts: object, places: tuple[str, ...] = ("altona", "eimsbüttel")) -> list[str]:
    found = actions(post_table(posts), {"hhhilft"}, places)  # type: ignore[arg-type]
    return found["object"].to_pylist()


def test_a_repost_is_an_action_on_the_post_and_not_on_its_text() -> None:
    post = make.post(repost_of="p0", text="Wer kann am Samstag beim Umzug nach Altona helfen?")
    assert objects(post) == ["repost:mastodon:p0"]


def test_a_post_acts_on_its_answer_its_link_and_its_picture() -> None:
    post = make.post(
        text="Danke!",
        reply_to="p0",
        links=("https://www.example.org/?utm_source=x", "https://example.org"),
        media=(Media("https://example.org/1.jpg"),),
    )
    assert objects(post) == [
        "reply:mastodon:p0",
        "link:https://example.org",
        "image:https://example.org/1.jpg",
    ]


def test_texts_that_differ_in_place_number_and_link_are_one_text() -> None:
    one = make.post(
        "p1", text="Suche 2 Zimmer in Altona, bitte melden! https://example.org/1 #HHhilft"
    )
    two = make.post("p2", text="suche 15 Zimmer in Eimsbüttel - bitte melden @ben")
    assert len({*objects(one, two)}) == 1


def test_texts_of_few_words_link_nobody() -> None:
    assert objects(make.post(text="Gute Besserung und alles Gute!")) == []


def test_a_string_of_three_hashtags_beside_the_watched_one_is_an_object() -> None:
    few = make.post(text="", hashtags=("hhhilft", "hamburg", "kita"))
    many = make.post(text="", hashtags=("hhhilft", "hamburg", "kita", "altona"))
    assert objects(few) == []
    assert objects(many) == ["hashtags:hamburg kita altona"]


def test_a_post_whose_time_is_not_known_is_no_action() -> None:
    assert objects(make.post(repost_of="p0", time_known=False)) == []


def test_the_same_picture_uploaded_anew_is_known_by_its_description() -> None:
    alt = "Ein Plakat mit gelber Schrift auf Blau"
    media = [(Media(f"https://example.org/{place}.jpg", alt),) for place in (1, 2)]
    found = objects(*(make.post(f"p{n}", text="", media=each) for n, each in enumerate(media)))
    assert len(found) - len(set(found)) == 1
