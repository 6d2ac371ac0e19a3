"""Messages of Telegram's pages, read by snscrape's parser and mended."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.errors import RecordError
from data.records import Post
from monitor.items.fields import hashtags_in
from monitor.sources.snscrape_modules import scraper_module
from monitor.sources.telegram.mapping import MESSAGE, to_posts
from tests.monitor.telegram_server import CHANNEL, message

RECORDED = Path(__file__).parent.parent / "recorded" / "telegram"
LATER = datetime(2026, 11, 20, tzinfo=UTC)


def post_of(html: str, **channel: object) -> Post:
    body = json.dumps({"channel": channel, "html": html})
    [post] = to_posts(MESSAGE, f"https://t.me/{CHANNEL}", body, LATER)
    return post


def test_a_whole_message_is_translated_field_by_field() -> None:
    html = (RECORDED / "message.html").read_text("utf-8")
    post = post_of(html, title="Hafenhilfe", description="Wir helfen", members=311, photo=False)
    assert post.key == "telegram:hafenhilfe/1204"
    assert post.url == "https://t.me/hafenhilfe/1204"
    assert post.created_at == datetime(2026, 11, 16, 7, 3, 11, tzinfo=UTC)
    assert post.text == (
        "Dringend: 20 Schlafsäcke\nbis 18 Uhr, Kirchenallee 3 @hafen_ana #HHhilft #Schlafsack\n\n"
        "Liste: https://hafen.example/liste?x=1"
    )
    assert post.hashtags == ("hhhilft", "schlafsack")
    assert post.mentions == ("hafen_ana",)
    assert post.links == ("https://hafen.example/liste?x=1",)
    assert [each.url for each in post.media] == ["https://cdn.example/1.jpg"]
    assert post.reply_to == "hafenhilfe/1200"
    assert post.repost_of == "anderer_kanal/77"
    account = post.account
    assert (account.key, account.handle, account.name) == (
        "telegram:hafenhilfe",
        "hafenhilfe",
        "Hafenhilfe",
    )
    assert (account.followers, account.bio, account.avatar) == (311, "Wir helfen", False)


def test_the_words_of_the_answered_message_are_not_taken_for_its_own() -> None:
    quoted = (
        f'<a class="tgme_widget_message_reply" href="https://t.me/{CHANNEL}/3">'
        '<div class="tgme_widget_message_text js-message_reply_text">Wer hat Decken?</div></a>'
    )
    post = post_of(message(4, "Ich #HHhilft", above=quoted))
    assert (post.text, post.reply_to) == ("Ich #HHhilft", f"{CHANNEL}/3")


def test_a_forward_from_a_person_has_no_original_that_could_be_named() -> None:
    above = '<span class="tgme_widget_message_forwarded_from_name">Ana</span>'
    assert post_of(message(4, above=above)).repost_of is None


def test_a_link_without_an_address_and_a_message_without_text_are_read() -> None:
    post = post_of(message(4, "", above="<a class='tgme_widget_message_voice_player'>▶</a>"))
    assert (post.text, post.links) == ("", ())
    assert post_of(message(4, "<a>hier</a> #HHhilft")).text == "hier #HHhilft"


def test_question_and_answers_of_a_poll_are_its_text() -> None:
    poll = (
        '<div class="tgme_widget_message_poll_question">Wann? #HHhilft</div>'
        '<div class="tgme_widget_message_poll_option_text">Montag</div>'
        '<div class="tgme_widget_message_poll_option_text">Dienstag</div>'
    )
    post = post_of(message(4, "", below=poll))
    assert post.text == "Wann? #HHhilft\nMontag\nDienstag"
    assert post.hashtags == ("hhhilft",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#HHhilft, #hh_hilft! (#Übersetzung)", ("hhhilft", "hh_hilft", "übersetzung")),
        ("https://x.example/#oben a#b &#39; #1 ##", ()),
        ("#HHhilft #hhhilft", ("hhhilft",)),
    ],
)
def test_hashtags_are_told_from_addresses_and_numbers(text: str, found: tuple[str, ...]) -> None:
    assert hashtags_in(text) == found


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<p>nichts</p>", "id_missing"),
        (message(4).replace("js-message_footer", "").replace("_footer", ""), "field_unreadable"),
        (message(4, at=datetime(2031, 1, 1, tzinfo=UTC)), "time_implausible"),
        (message(4, "x" * 100_001), "text_too_long"),
    ],
)
def test_what_is_no_message_is_refused_with_its_reason(html: str, code: str) -> None:
    with pytest.raises(RecordError) as refused:
        post_of(html)
    assert refused.value.code == code


def test_one_scraper_is_loaded_without_the_package_that_python_3_12_cannot_import() -> None:
    code = (
        "import sys\n"
        "from monitor.sources.snscrape_modules import scraper_module\n"
        "scraper_module('telegram')\n"
        "print(hasattr(sys.modules['snscrape.modules'], '__file__'),"
        " sorted(name for name in sys.modules if name.startswith('snscrape.modules.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False ['snscrape.modules.telegram']"


def test_the_pinned_scraper_is_the_one_that_is_mended_here() -> None:
    assert hasattr(scraper_module("telegram").TelegramChannelScraper, "_soup_to_items")
    assert hasattr(scraper_module("telegram").TelegramChannelScraper, "_get_entity")
