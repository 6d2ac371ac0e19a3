"""Netzwerk: bridges between communities, the whole list of members, and a part of the network."""

import json
from collections.abc import Callable

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.bridges import bridges
from dashboard.communities import Community
from data.page_reads import network
from data.page_reads.narrowed import Narrowing
from data.page_reads.network import Edge, Node, Picture
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts


def _node(number: int, community: str) -> Node:
    return Node(
        number, "mastodon", f"a{number}@elbe.example", None, None, False, None, community,
        0.0, 0.0, 1, 0.1,
    )  # fmt: skip


def test_a_bridge_counts_pairs_of_accounts_and_names_who_links_most() -> None:
    nodes = tuple(_node(number, key) for number, key in ((1, "x"), (2, "x"), (3, "y"), (4, "z")))
    edges = (
        Edge(1, 2, "talk", 9.0),  # within a community
        Edge(1, 3, "talk", 2.0),
        Edge(1, 3, "together", 4.0),  # the same pair again
        Edge(2, 3, "talk", 1.0),
        Edge(3, 4, "talk", 1.0),
    )
    groups = [
        Community(key, rank, key, tuple(each for each in nodes if each.community == key))
        for rank, key in enumerate("xyz")
    ]
    found = bridges(Picture(nodes, edges), groups)
    assert [(each.one.name, each.other.name, each.links) for each in found] == [
        ("x", "y", 2),
        ("y", "z", 1),
    ]
    assert [each.id for each in found[0].through] == [3, 1]


def test_the_page_says_which_groups_are_linked_and_through_whom(demo: Dash) -> None:
    said = _said(demo.server.test_client())
    bridge = said[said.index("Brücken zwischen Gruppen") :]
    assert "Kleidung & Sachspenden · Altona Gruppe 2 1 ein Konto ohne Namen" in bridge
    assert "ein Konto, das nicht genannt werden möchte" in bridge


def test_a_connector_is_named_with_the_groups_that_it_reaches(demo: Dash) -> None:
    said = _said(demo.server.test_client())
    part = said[said.index("Wer Gruppen verbindet") : said.index("Dasselbe Netzwerk als Liste")]
    reached = "Kleidung & Sachspenden · Altona, Gruppe 2. 2 Verbindungen."
    assert part.count(reached) == 2  # ana and hidden; the others know their own group alone


def test_a_link_says_where_it_leads_out_of_the_group(demo: Dash, full: Engine) -> None:
    said = _said(demo.server.test_client(), f"?konto={_number(full, 'ana')}")
    assert "Redet mit" in said
    assert "führt zu „" in said


def test_every_account_of_the_picture_stands_in_the_list(demo: Dash, full: Engine) -> None:
    answer = open_page(demo.server.test_client(), "/netzwerk").text
    with full.connect() as connection:
        drawn = network.picture(connection)
    table = answer[answer.index("Dasselbe Netzwerk als Liste") :]
    for node in drawn.nodes:
        assert f'?konto={node.id}"' in table


def test_the_network_narrows_to_those_who_wrote_about_a_topic(demo: Dash, full: Engine) -> None:
    client = demo.server.test_client()
    said = _said(client, "?thema=sachspenden")
    assert "2 Konten in 1 Gruppe" in said
    assert "Gezeigt sind nur Konten mit passenden Beiträgen" in said
    answer = json.dumps(open_page(client, "/netzwerk", "?thema=sachspenden").get_json())
    assert f"?thema=sachspenden&konto={_number(full, 'ben')}" in answer
    assert "/csv/netzwerk?thema=sachspenden" in answer


def test_a_part_of_the_network_in_which_nobody_is_says_so(demo: Dash) -> None:
    said = _said(demo.server.test_client(), "?thema=sprache")
    assert "Kein Konto in diesem Netzwerk hat so etwas geschrieben." in said
    assert "Alles zeigen" in said or "diese Eingrenzung aufheben" in said


def test_the_file_holds_the_part_that_the_page_shows(
    as_role: Callable[[str], FlaskClient],
) -> None:
    client = as_role("coordinator")
    whole, part = (client.get(f"/csv/netzwerk{each}").text for each in ("", "?thema=sachspenden"))
    assert len(whole.splitlines()) == 4
    assert [line.split(",")[2] for line in part.splitlines()[1:]] == ["talk"]


@pytest.mark.parametrize("topic", ["unterkunft", "sachspenden"])
def test_who_wrote_is_asked_of_either_database(engine: Engine, topic: str) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        ids = [each.id for each in network.picture(connection).nodes]
        to = Narrowing(world.NOW - 28 * world.DAY, world.NOW, topic=topic)
        found = network.who_wrote(connection, ids, to)
        assert len(found) == {"unterkunft": 3, "sachspenden": 2}[topic]
        assert network.who_wrote(connection, ids[:0], to) == set()


def _number(engine: Engine, native_id: str) -> int:
    with engine.connect() as connection:
        return int(
            connection.exec_driver_sql(
                "select id from accounts where native_id = ?", (native_id,)
            ).scalar_one()
        )


def _said(client: FlaskClient, search: str = "") -> str:
    answer = open_page(client, "/netzwerk", search)
    assert answer.status_code == 200
    content = answer.get_json()["response"]["_pages_content"]["children"]
    return " ".join(texts(content).split())
