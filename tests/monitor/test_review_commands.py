"""`hhhilft review` and `hhhilft quarantine`, as a person at a terminal meets them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from data.engine import open_store
from data.errors import RecordError
from data.tables import clusters
from data.writes import ClusterRow, Rejected, put_in_quarantine, upsert_posts, write_clusters
from monitor.cli import cli
from tests import make
from tests.make import NOW


@pytest.fixture
def hhhilft(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Runner":
    url = f"sqlite:///{tmp_path}/store.db"
    (tmp_path / "store.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HHHILFT_STORE_URL", url)
    monkeypatch.setenv("HHHILFT_LANG", "de")  # and put back what --lang sets
    return Runner(url)


class Runner:
    def __init__(self, url: str) -> None:
        self.store = open_store(url)

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments)

    def with_a_group(self) -> None:
        group = ClusterRow(
            id="c1",
            level="alert",
            score=0.91,
            name=None,
            kinds=["text"],
            first=NOW,
            last=NOW,
            reasons=[],
            accounts={"mastodon:ana": {}, "mastodon:ben": {}},
            evidence=[("mastodon:p1", None, "text")],
        )
        with self.store.begin() as connection:
            upsert_posts(connection, [make.post(), make.post("p2", "ben")], "mastodon", NOW)
            write_clusters(connection, [group], NOW)


def test_a_group_is_listed_until_somebody_has_decided(hhhilft: Runner) -> None:
    hhhilft.with_a_group()
    listed = hhhilft("review", "list").stdout
    assert "c1  Warnung 0,91  2 Konten" in listed
    done = hhhilft("review", "dismiss", "c1", "--who", "ana", "--reason", "Spendenaufruf")
    assert done.stdout == "c1: verworfen, Eintrag 1 von ana.\n"
    assert hhhilft("review", "list").stdout == "Nichts zu entscheiden.\n"
    assert "[1]" in hhhilft("review", "list", "--all").stdout
    assert hhhilft("review", "reopen", "c1", "--seen", "1").exit_code == 0
    assert "c1" in hhhilft("review", "list").stdout


def test_the_list_as_json_holds_the_entries(hhhilft: Runner) -> None:
    hhhilft.with_a_group()
    hhhilft("review", "note", "c1", "--who", "ben", "--reason", "Sehe ich mir an.")
    (group,) = json.loads(hhhilft("review", "list", "--json").stdout)
    assert (group["id"], group["open"], group["verdict"]) == ("c1", True, None)
    assert [entry["who"] for entry in group["entries"]] == ["ben"]


def test_who_has_not_read_the_newest_entry_is_shown_it_and_told_how_to_go_on(
    hhhilft: Runner,
) -> None:
    hhhilft.with_a_group()
    hhhilft("review", "confirm", "c1", "--who", "ana", "--reason", "Gleiche Sekunde.")
    refused = hhhilft("review", "dismiss", "c1", "--who", "ben", "--reason", "Harmlos.")
    assert refused.exit_code == 1
    assert "ana" in str(refused.exception)
    assert "--seen 1" in refused.stderr
    again = ("review", "dismiss", "c1", "--who", "ben", "--reason", "Harmlos.", "--seen", "1")
    assert json.loads(hhhilft(*again, "--json").stdout)["verdict"] == "dismiss"


def test_a_decision_without_a_reason_is_wrong_use(hhhilft: Runner) -> None:
    assert hhhilft("review", "confirm", "c1").exit_code == 2


def test_a_group_that_does_not_exist_is_named(hhhilft: Runner) -> None:
    assert "c9" in str(hhhilft("review", "confirm", "c9", "--reason", "x").exception)


def test_quarantine_says_how_much_where_and_why(hhhilft: Runner) -> None:
    assert hhhilft("quarantine").stdout == "Nichts in Quarantäne.\n"
    rejected = [Rejected(7, RecordError("time_implausible", "0001-01-01"), '{"id": "1"}')]
    with hhhilft.store.begin() as connection:
        put_in_quarantine(connection, "file", "alt.jsonl", rejected, "1", NOW)
    said = hhhilft("quarantine").stdout
    assert "1  time_implausible: Die Zeit liegt vor 2004 oder in der Zukunft." in said
    assert "alt.jsonl, Zeile 7: " in said
    document = json.loads(hhhilft("quarantine", "--json", "--lang", "en").stdout)
    assert document["counts"] == {"time_implausible": 1}
    assert document["items"][0]["reason"] == "The time is before 2004 or in the future."


def test_an_account_is_named_listed_and_no_longer_named(hhhilft: Runner) -> None:
    hhhilft.with_a_group()
    named = hhhilft("review", "institution", "mastodon:ana", "--who", "eva", "--reason", "Amt")
    assert named.stdout == "mastodon:ana: als Einrichtung bekannt, Eintrag 1 von eva.\n"
    (listed,) = json.loads(hhhilft("review", "accounts", "--json").stdout)
    assert (listed["account"], listed["verdict"], listed["who"]) == (
        "mastodon:ana", "institution", "eva",
    )  # fmt: skip
    assert "als Einrichtung bekannt. [1]" in hhhilft("review", "accounts").stdout
    assert hhhilft("review", "reopen", "mastodon:ana", "--seen", "1").exit_code == 0
    assert hhhilft("review", "accounts").stdout == "Niemand hat ein Konto benannt.\n"


def test_an_account_that_is_not_there_is_named_with_what_to_do(hhhilft: Runner) -> None:
    hhhilft.with_a_group()
    told = hhhilft("review", "automated", "@feed@norden.social", "--reason", "x")
    assert "[detect] institutions" in str(told.exception)
    assert "kein Konto" in str(hhhilft("review", "automated", "feed", "--reason", "x").exception)
    told = hhhilft("review", "dismiss", "mastodon:ana", "--reason", "x")
    assert "review institution" in str(told.exception)


def test_a_dismissed_group_that_has_changed_is_listed_again_with_what_changed(
    hhhilft: Runner,
) -> None:
    hhhilft.with_a_group()
    hhhilft("review", "dismiss", "c1", "--who", "ana", "--reason", "Spendenaufruf")
    with hhhilft.store.begin() as connection:
        connection.execute(update(clusters).values(kinds=["text", "link"]))
    listed = hhhilft("review", "list").stdout
    assert "Seit der Entscheidung verändert: nun auch Links." in listed
    assert "ana: verworfen. Spendenaufruf" in listed
    (group,) = json.loads(hhhilft("review", "list", "--json").stdout)
    assert (group["open"], group["changed"]["new_kinds"]) == (True, ["link"])


def test_a_block_takes_two_people_at_the_terminal_too(hhhilft: Runner) -> None:
    hhhilft.with_a_group()
    asked = ("review", "block")
    why = ("--reason", "Dieselben Texte.")
    done = hhhilft(*asked, "propose", "mastodon:ana", "--who", "eva", *why)
    assert done.stdout == "mastodon:ana: zum Sperren vorgeschlagen, Eintrag 1 von eva.\n"
    listed = hhhilft(*asked, "list").stdout
    assert "mastodon:ana  wartet auf eine zweite Person  --seen 1" in listed
    assert "eva: zum Sperren vorgeschlagen. Dieselben Texte." in listed
    seen = ("--seen", "1", *why)
    refused = hhhilft(*asked, "confirm", "mastodon:ana", "--who", "Eva", *seen)
    assert "zweite Person" in str(refused.exception)
    done = hhhilft(*asked, "confirm", "mastodon:ana", "--who", "ina", *seen)
    assert done.stdout == "mastodon:ana: Sperre bestätigt, Eintrag 2 von ina.\n"
    (listed_json,) = json.loads(hhhilft(*asked, "list", "--json").stdout)
    assert (listed_json["account"], listed_json["state"], listed_json["seen"]) == (
        "mastodon:ana", "blocked", 2,
    )  # fmt: skip
    assert listed_json["entries"][0]["basis"]["warnings"][0]["id"] == "c1"
    unseen = hhhilft(*asked, "lift", "mastodon:ana", "--who", "ina", *why)
    assert "--seen 2" in unseen.stderr
    hhhilft(*asked, "lift", "mastodon:ana", "--who", "ina", "--seen", "2", *why)
    assert hhhilft(*asked, "list").stdout == "Hier steht niemand.\n"
    assert "Sperre aufgehoben" in hhhilft(*asked, "list", "--all").stdout


def test_an_appeal_is_entered_listed_and_answered_at_the_terminal(hhhilft: Runner) -> None:
    hhhilft.with_a_group()
    why = ("--reason", "Dieselben Texte.")
    hhhilft("review", "block", "propose", "mastodon:ana", "--who", "eva", *why)
    hhhilft("review", "block", "confirm", "mastodon:ana", "--who", "ina", "--seen", "1", *why)
    entered = hhhilft(
        *("review", "appeal", "enter", "mastodon:ana", "--said", "Ein Chor."),
        *("--came", "2026-11-12", "--way", "letter", "--who", "jan", "--seen", "2"),
    )
    assert entered.stdout == "mastodon:ana: Einspruch eingegangen, Eintrag 3 von jan.\n"
    said = "jan: Einspruch eingegangen (12. November 2026, per Brief). Ein Chor."
    assert said in hhhilft("review", "appeal", "list").stdout
    answer = ("mastodon:ana", "--seen", "3", *why)
    refused = hhhilft("review", "appeal", "deny", *answer, "--who", "ina")
    assert "jemand anderes" in str(refused.exception)
    assert hhhilft("review", "appeal", "grant", *answer, "--who", "eva").exit_code == 0
    assert hhhilft("review", "appeal", "list").stdout == "Hier steht niemand.\n"


def test_what_the_settings_name_as_an_institution_is_not_proposed(hhhilft: Runner) -> None:
    hhhilft.with_a_group()
    Path("hhhilft.toml").write_text('[detect]\ninstitutions = ["mastodon:ana"]\n', "utf-8")
    refused = hhhilft("review", "block", "propose", "mastodon:ana", "--reason", "x")
    assert "[detect] institutions" in str(refused.exception)
