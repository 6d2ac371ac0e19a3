"""Words of strangers, one by one; tests/dashboard/hostile.py has a whole world of them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.account_name import account_name, broken_name
from dashboard.here import Here
from dashboard.post_view import LONGEST_ADDRESS, LONGEST_START, is_web, start_of, words_of
from data.config import Config
from tests.dashboard import hostile, world
from tests.dashboard.conftest import texts

AT = Here("de", world.NOW, Config(folder=Path()))


@dataclass(frozen=True)
class Named:
    """An account, as far as its name goes."""

    handle: str | None = None
    name: str | None = None
    hidden: bool = False


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_only_a_plain_address_of_a_web_page_is_a_link(address: str) -> None:
    whole = "https://hаmburg.example/", "https://a:b@evil.example/"
    assert is_web(address) is address.startswith(whole)


def test_an_address_as_long_as_no_browser_opens_is_no_link() -> None:
    start = "https://elbe.example/"
    assert is_web(start + "x" * (LONGEST_ADDRESS - len(start)))
    assert not is_web(start + "x" * LONGEST_ADDRESS)


def test_a_sentence_keeps_its_order_around_a_name_from_right_to_left() -> None:
    assert AT.say("person.of", name="שלום 12") == "Zugang von \u2068שלום 12\u2069"
    assert AT.say("person.of", name="{at.config} {0}") == "Zugang von {at.config} {0}"


@pytest.mark.parametrize("name", ["\u200b\u2060", "\u202e", "\ufeff \xad", "@", " @ ", "\u0301"])
def test_an_account_of_whose_name_nothing_can_be_seen_has_none(name: str) -> None:
    assert account_name(AT, Named(handle=name, name=name)) == AT.say("account.nameless")
    assert account_name(AT, Named(handle=name, name="Ana")) == "Ana"


def test_a_name_is_short_and_does_not_turn() -> None:
    assert account_name(AT, Named(name="👩‍👩‍👧‍👦")) == "👩‍👩‍👧‍👦"
    assert account_name(AT, Named(name="שלום")) == "\u2068שלום\u2069"
    assert len(account_name(AT, Named(handle=hostile.LONG))) <= 61
    assert texts(broken_name(AT, Named(handle="ana\u202e@elbe.example"))) == "@ana @elbe.example"


def test_the_start_of_a_post_is_short_also_where_it_has_no_blank() -> None:
    assert len(start_of(hostile.LONG)) == LONGEST_START
    assert start_of("Wo gibt es\nBetten?") == "Wo gibt es Betten?"


def test_a_wall_of_blank_lines_is_one_blank_line() -> None:
    assert texts(words_of("a\n" + " \n" * 500 + "b\nc")) == "a\n\nb\nc"
