from monitor.detect.duplicates import text_objects
from monitor.detect.likeness import words

CALL = "Wir suchen für Samstag drei kräftige Leute, die beim Umzug einer Familie helfen können."


def names(*texts: str) -> list[str | None]:
    return text_objects([words(text) for text in texts])


def test_a_text_with_some_words_changed_is_the_first_text() -> None:
    edited = CALL.replace("kräftige", "starke").replace("Familie", "Nachbarin")
    first, second = names(CALL, edited)
    assert first == second is not None


def test_another_text_is_another() -> None:
    other = "Am Dienstag bleibt die Kleiderkammer zu, weil die Heizung repariert werden muss."
    assert len(set(names(CALL, other))) == 2


def test_decoration_does_not_matter() -> None:
    first, second = names(CALL, f"RT @ana {CALL.upper()} 🙏🙏 #HHhilft https://example.org/1")
    assert first == second


def test_a_text_has_the_same_name_in_every_run() -> None:
    assert names(CALL) == names(CALL)


def test_empty_and_short_texts_have_none() -> None:
    assert names("", "Danke!", "1 2 3 4 5 6 7") == [None, None, None]


def test_what_begins_with_rt_is_the_text_without_it_and_glued_signs_are_words() -> None:
    assert words("RT @ana: Hallo") == ["hallo"]
    assert words("rt#hallo Rtl") == ["hallo", "rtl"]
    assert words("a@b #c-d e") == ["a", "b", "e"]
