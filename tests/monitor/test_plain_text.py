"""HTML of posts as a reader sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.plain_text import plain_text, read_html


def test_paragraphs_are_parted_by_an_empty_line_and_br_is_a_line_break() -> None:
    assert plain_text("<p>eins<br>zwei<br/>drei</p><p>vier</p>") == "eins\nzwei\ndrei\n\nvier"


def test_hashtags_and_mentions_stay_whole_and_are_no_links() -> None:
    html = (
        '<p><span class="h-card"><a href="https://a.example/@jo" class="u-url mention">@<span>jo'
        '</span></a></span> <a href="https://a.example/tags/HHhilft" class="mention hashtag">#'
        "<span>HHhilft</span></a></p>"
    )
    assert read_html(html).text == "@jo #HHhilft"
    assert read_html(html).links == ()


def test_a_shortened_link_becomes_its_whole_address() -> None:
    html = (
        '<a href="https://www.hilfe.example/a/b?c=d&amp;e=f"><span class="invisible">https://www.'
        '</span><span class="ellipsis">hilfe.example/a/b?c</span><span class="invisible">=d&amp;e=f'
        "</span></a>"
    )
    assert plain_text(html) == "https://www.hilfe.example/a/b?c=d&e=f"
    assert read_html(html).links == ("https://www.hilfe.example/a/b?c=d&e=f",)


def test_a_link_that_shows_words_keeps_them_before_its_address() -> None:
    assert (
        plain_text('<a href="https://x.example">zur Liste</a>!') == "zur Liste https://x.example!"
    )


def test_a_link_that_shows_another_address_tells_where_it_really_leads() -> None:
    assert (
        plain_text('<a href="https://falsch.example/x">hamburg.de</a>')
        == "https://falsch.example/x"
    )


def test_a_link_that_is_no_web_address_is_only_its_words() -> None:
    assert read_html('<a href="javascript:alert(1)">hier</a>').links == ()
    assert plain_text('<a href="javascript:alert(1)">hier</a>') == "hier"


def test_entities_are_decoded_and_shortcodes_of_emoji_stay() -> None:
    assert plain_text("<p>Tee &amp; Suppe &lt;3 :herz: &#x1F49A;</p>") == "Tee & Suppe <3 :herz: 💚"


def test_what_is_not_shown_is_left_out() -> None:
    assert plain_text("a<script>alert(1)</script><style>p{}</style><!-- x -->b") == "ab"


def test_the_note_before_a_quoted_post_is_left_out_with_its_link() -> None:
    html = '<p class="quote-inline">RE: <a href="https://a.example/1">x</a></p><p>Danke!</p>'
    assert read_html(html).text == "Danke!"
    assert read_html(html).links == ()


@pytest.mark.parametrize("html", ["", "   ", "<", "<p", "&", "<a href='", "<!--", "</", "<p></p>"])
def test_broken_markup_is_no_error(html: str) -> None:
    assert isinstance(plain_text(html), str)


@pytest.mark.parametrize(
    "part", ["<!--", "<!--x", "<a", "<a ", "<!", "</", "<a href='", "<p>", "<![CDATA[", "<", "&#"]
)
def test_hostile_markup_is_read_whole(part: str) -> None:
    assert plain_text(part * 30_000 + "-->Ende") is not None  # quadratic time would take minutes


@given(st.text())
def test_plain_words_come_out_as_they_went_in(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert "".join(plain_text(escaped).split()) == "".join(words.split())
