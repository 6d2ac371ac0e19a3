import pytest

from monitor.detect.links import canonical_link

PAGE = "https://example.org/hilfe?id=7"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/hilfe?id=7",
        "http://www.example.org/hilfe/?id=7#oben",
        "https://EXAMPLE.org/hilfe?utm_source=x&id=7&fbclid=abc",
        "  https://example.org/hilfe?id=7&utm_campaign=herbst&gclid=1 ",
    ],
)
def test_spellings_of_one_page_are_one_link(link: str) -> None:
    assert canonical_link(link) == PAGE


@pytest.mark.parametrize(
    "link",
    [
        "https://youtu.be/abc?si=xyz",
        "https://m.youtube.com/watch?v=abc&feature=share",
        "https://www.youtube.com/watch?v=abc&t=10",
    ],
)
def test_the_ways_to_one_film_are_one_link(link: str) -> None:
    assert canonical_link(link) == "https://youtube.com/watch?v=abc"


def test_what_tells_pages_apart_stays() -> None:
    assert canonical_link("https://example.org/a?id=1") != canonical_link(
        "https://example.org/a?id=2"
    )
    assert canonical_link("https://example.org/a") != canonical_link("https://example.org/A")


@pytest.mark.parametrize("link", ["23678", "", "https://[broken", "mailto:a@example.org"])
def test_what_is_no_web_address_stays_as_it_is(link: str) -> None:
    assert canonical_link(link) == link
