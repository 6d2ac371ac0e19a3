"""snscrape's other scrapers: off unless named, each with how it stands, errors as they are."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from click.testing import CliRunner
from sqlalchemy import Engine, select

from data.config import Config, SnscrapeConfig
from data.errors import SourceError
from data.tables import posts
from monitor import steps
from monitor.cli import cli
from monitor.collecting import chosen
from monitor.reports import Collected
from monitor.sources.http import Patience
from monitor.sources.snscrape.scrapers import SCRAPERS
from monitor.sources.snscrape_modules import scraper_module
from tests.monitor.instance import Answer, instance

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ONCE = Patience(attempts=1)

Reply = Callable[[str, Any], Answer]


@pytest.fixture
def every_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Reply], None]]:
    """Let every server of the world be one on this machine."""
    reply: list[Reply] = []

    def answer(path: str, query: Any) -> Answer:
        return reply[-1](path, query)

    with instance(answer) as here:
        real = requests.adapters.HTTPAdapter.send

        def send(self: Any, request: Any, **more: Any) -> Any:
            asked = urlsplit(request.url)
            local = urlsplit(here.origin)
            request.url = urlunsplit((local.scheme, local.netloc, asked.path, asked.query, ""))
            return real(self, request, **more)

        monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
        yield reply.append


def collect(engine: Engine, *scrapers: str) -> Collected:
    config = Config(folder=Path(), snscrape=SnscrapeConfig(scrapers=scrapers))
    [report] = steps.collect(engine, config, ["snscrape"], NOW, ONCE)
    return report


def test_every_scraper_exists_in_snscrape_and_says_in_both_languages_how_it_stands() -> None:
    for name, known in SCRAPERS.items():
        assert getattr(scraper_module(known.module), known.scraper).name == name
        assert known.de.endswith(".")
        assert known.en.endswith(".")


def test_no_scraper_is_asked_unless_it_is_named(engine: Engine) -> None:
    [report] = steps.collect(engine, Config(folder=Path()), ["snscrape"], NOW, ONCE)
    assert (report.state, report.origin) == ("off", "")
    assert "[snscrape]" in report.de


@pytest.mark.parametrize(
    ("scraper", "status", "state"),
    [
        ("snscrape:instagram-user:hafen", 403, "denied"),
        ("snscrape:mastodon-profile:https://hafen.example/@ana", 500, "unavailable"),
        ("snscrape:reddit-search:HHhilft", 403, "denied"),
        ("snscrape:twitter-hashtag:HHhilft", 403, "denied"),
        ("snscrape:weibo-user:hafen", 403, "denied"),
        ("snscrape:facebook-user:hafen", 404, "not_found"),
    ],
)
def test_a_refusal_is_shown_in_snscrapes_own_words_beside_how_it_stands(
    engine: Engine,
    every_server: Callable[[Reply], None],
    scraper: str,
    status: int,
    state: str,
) -> None:
    every_server(lambda *_: Answer(b"", status))
    report = collect(engine, scraper)
    known = SCRAPERS[scraper.split(":")[1]]
    assert report.state == state, report.said
    assert known.de in report.de
    assert known.en in report.en
    assert report.said


def test_a_page_that_the_scraper_does_not_understand_is_its_error_as_it_is(
    engine: Engine, every_server: Callable[[Reply], None]
) -> None:
    every_server(lambda *_: Answer(b"<html><body>Bitte anmelden</body></html>"))
    report = collect(engine, "snscrape:instagram-user:hafen")
    assert report.state == "garbled"
    assert "Error" in (report.said or "") or "Exception" in (report.said or "")


@pytest.mark.parametrize("kind", ["facebook-user", "facebook-community", "vkontakte-user"])
def test_a_scraper_that_passes_over_a_page_without_a_word_does_not_pass_for_no_posts(
    engine: Engine, every_server: Callable[[Reply], None], kind: str
) -> None:
    every_server(lambda *_: Answer(b"<html><body>Bitte anmelden</body></html>"))
    report = collect(engine, f"snscrape:{kind}:hafen")
    assert (report.state, report.said) == ("garbled", "no item, and no error")


def test_that_x_gives_guests_no_token_is_access_denied(
    engine: Engine, every_server: Callable[[Reply], None]
) -> None:
    every_server(lambda *_: Answer({}))
    report = collect(engine, "snscrape:twitter-hashtag:HHhilft")
    assert (report.state, report.said) == (
        "denied",
        "ScraperException: Unable to retrieve guest token",
    )


def test_that_pushshift_wants_a_pause_is_a_pause(
    engine: Engine, every_server: Callable[[Reply], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = SimpleNamespace(sleep=lambda _seconds: None)
    monkeypatch.setattr(scraper_module("reddit"), "time", at_once)
    every_server(lambda *_: Answer(b"", 429))
    assert collect(engine, "snscrape:reddit-search:HHhilft").state == "limited"


def test_scrapers_that_find_no_posts_are_not_asked(engine: Engine) -> None:
    report = collect(engine, "snscrape:twitter-trends:hafen")
    assert report.state == "off"
    assert "findet keine Beiträge" in report.de


def test_what_a_scraper_yields_is_kept_if_it_has_a_watched_hashtag(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    twitter = scraper_module("twitter")

    def tweet(number: int, text: str, tags: list[str]) -> Any:
        user = twitter.User(username="ana", id=7)
        return twitter.Tweet(
            url=f"https://x.com/ana/status/{number}",
            date=NOW,
            rawContent=text,
            renderedContent=text,
            id=number,
            user=user,
            replyCount=0,
            retweetCount=1,
            likeCount=2,
            quoteCount=0,
            conversationId=number,
            lang="de",
            hashtags=tags,
        )

    found = [tweet(1, "Decken\n#HHhilft", ["HHhilft"]), tweet(2, "Konzert", [])]
    monkeypatch.setattr(twitter.TwitterHashtagScraper, "get_items", lambda _self: iter(found))
    report = collect(engine, "snscrape:twitter-hashtag:HHhilft")
    assert (report.state, report.fetched, report.new) == ("ok", 2, 1)
    assert "X zeigt seit 2023" in report.de
    with engine.connect() as connection:
        [row] = connection.execute(select(posts)).all()
    assert (row.network, row.native_id, row.text, row.likes) == ("x", "1", "Decken\n#HHhilft", 2)


def test_a_scraper_stops_at_the_most_items_of_the_settings(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Item:
        def __init__(self, number: int) -> None:
            self._number = number

        def json(self) -> str:
            return json.dumps({"_type": "snscrape.modules.weibo.Post", "id": self._number})

    def endless(_self: Any) -> Iterator[Item]:
        number = 0
        while True:
            number += 1
            yield Item(number)

    monkeypatch.setattr(scraper_module("weibo").WeiboUserScraper, "get_items", endless)
    config = Config(
        folder=Path(),
        snscrape=SnscrapeConfig(scrapers=("snscrape:weibo-user:hafen",), most_items=5),
    )
    [report] = steps.collect(engine, config, ["snscrape"], NOW, ONCE)
    assert (report.fetched, report.new) == (5, 0)


def test_telegram_and_unknown_scrapers_say_where_to_turn(engine: Engine) -> None:
    assert "[telegram] channels" in collect(engine, "snscrape:telegram-channel:hafen").de
    report = collect(engine, "snscrape:my-space:hafen")
    assert report.state == "not_found"
    assert "reddit-search" in report.de


def test_a_scraper_can_be_named_on_the_command_line(
    every_server: Callable[[Reply], None], tmp_path: Path
) -> None:
    every_server(lambda *_: Answer(b"", 403))
    settings = tmp_path / "hhhilft.toml"
    settings.write_text("", "utf-8")
    scraper = "snscrape:instagram-user:hafen"
    arguments = ["collect", scraper, "--json", "--config", str(settings)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["source"], told["origin"], told["state"]) == ("snscrape", scraper, "denied")
    with pytest.raises(SourceError):
        chosen(["snscrape:instagram"])
