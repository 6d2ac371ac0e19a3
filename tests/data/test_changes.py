"""A decision holds until the group is materially another one; then everybody is told."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from data.changes import change_since, change_words
from data.decisions import decide
from data.page_reads import warnings
from data.writes import ClusterRow, upsert_posts, write_clusters
from tests import make
from tests.make import MINUTE, NOW

BASIS = {"level": "watch", "kinds": ["text"], "accounts": 7}


@pytest.mark.parametrize(
    ("accounts", "kinds", "level"),
    [(7, ["text"], "watch"), (10, ["text"], "watch"), (7, [], "watch"), (3, ["text"], "community")],
    ids=["nothing", "a few more accounts", "a kind less", "less pressing"],
)
def test_what_goes_on_as_it_was_is_no_change(accounts: int, kinds: list[str], level: str) -> None:
    assert change_since(BASIS, accounts, kinds, level) is None


@pytest.mark.parametrize(
    ("accounts", "kinds", "level", "de", "en"),
    [
        (12, ["text"], "watch", "12 statt 7 Konten", "12 accounts instead of 7"),
        (7, ["link", "text"], "watch", "nun auch Links", "now also links"),
        (7, ["text"], "alert", "jetzt Warnung statt Beobachtung", "now alert instead of to watch"),
    ],
)
def test_half_as_many_accounts_again_a_new_kind_or_a_higher_level_are_told(
    accounts: int, kinds: list[str], level: str, de: str, en: str
) -> None:
    change = change_since(BASIS, accounts, kinds, level)
    assert change is not None
    assert change_words(change, "de") == f"Seit der Entscheidung verändert: {de}."
    assert change_words(change, "en") == f"Changed since the decision: {en}."


def test_two_accounts_more_are_no_change_even_of_a_group_of_four() -> None:
    assert change_since({**BASIS, "accounts": 4}, 6, ["text"], "watch") is None


def test_a_decision_from_before_the_basis_was_kept_tells_of_no_change() -> None:
    assert change_since(None, 99, ["link"], "alert") is None


def _group(many: int, **known: object) -> ClusterRow:
    row = ClusterRow("c1", "watch", 0.5, None, ["text"], NOW, NOW, [],
                     {f"mastodon:a{n}": {} for n in range(many)}, [])  # fmt: skip
    return replace(row, **known)  # type: ignore[arg-type]


def test_a_dismissed_group_stays_dismissed_until_it_is_another_one_and_can_be_dismissed_again(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        posts = [make.post(f"p{n}", f"a{n}") for n in range(12)]
        upsert_posts(connection, posts, "file", NOW)
        write_clusters(connection, [_group(7)], NOW)
        first = decide(connection, "ana", "cluster", "c1", "dismiss", "Chor", None, NOW)
        write_clusters(connection, [_group(8)], NOW + MINUTE)
        (as_before,) = warnings.groups_of_levels(connection, ("watch",))
        write_clusters(connection, [_group(12)], NOW + 2 * MINUTE)
        (grown,) = warnings.groups_of_levels(connection, ("watch",))
        assert warnings.to_decide(connection) == (0, 1)
        decide(connection, "ben", "cluster", "c1", "dismiss", "Mehr Chor", first, NOW)
        (again,) = warnings.groups_of_levels(connection, ("watch",))
    assert (as_before.open, as_before.change) == (False, None)
    assert as_before.decision is not None
    assert (as_before.decision.who, as_before.decision.reason) == ("ana", "Chor")
    assert grown.open
    assert grown.change is not None
    assert (grown.change.accounts_before, grown.change.accounts) == (7, 12)
    assert not again.open
