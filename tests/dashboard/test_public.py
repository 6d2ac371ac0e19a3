"""The pages that everybody can read."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.access import PUBLIC
from dashboard.app import create_app
from data import decisions
from data.config import AboutConfig, Config
from data.measured import read_errors
from data.page_reads.outcomes import Outcomes, outcomes
from tests.dashboard import world

ABOUT = AboutConfig(
    operator="Amt <b>Nord</b>",
    address=("Beispielweg 1", "20000 Hamburg"),
    mail="team@amt.example",
    phone="040 000",
    data_protection_officer="dsb@amt.example",
    legal_basis="Art. 6 Abs. 1 e DSGVO",
    appeals="einspruch@amt.example",
    enforcement="Stelle Süd, Weg 2",
)


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_everybody_reads_it_without_login_and_without_scripts(
    app: Dash, path: str, lang: str
) -> None:
    answer = app.server.test_client().get(f"{path}?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    assert "<script" not in answer.text
    assert "hhhilft=" not in "".join(answer.headers.getlist("Set-Cookie"))  # no session begins


def test_the_two_kinds_of_false_alarm_are_told_apart_and_the_index_of_words_is_named(
    app: Dash,
) -> None:
    client = app.server.test_client()
    said = " ".join(client.get("/transparenz").text.split())
    assert "zählen Verschiedenes" in said
    assert "Welten ganz ohne Kampagne" in said
    assert "ein Verzeichnis der Worte" in client.get("/datenschutz").text


def test_every_page_and_the_login_link_to_them(app: Dash, demo: Dash) -> None:
    shown = [demo.server.test_client().get(path) for path in ("/", *PUBLIC)]
    shown.append(app.server.test_client().get("/login"))
    for page in shown:
        assert all(f'<a href="{each}"' in page.text for each in PUBLIC)


def test_what_is_not_set_is_told_as_not_named(app: Dash) -> None:
    client = app.server.test_client()
    assert "Noch nicht genannt: wer diese Anlage betreibt." in _of(client, "/datenschutz")
    assert "Noch nicht genannt: wer hier Datenschutz" in _of(client, "/datenschutz")
    assert "Noch nicht genannt: auf welcher Rechtsgrundlage" in _of(client, "/datenschutz")
    assert "Noch nicht genannt: welche Stelle" in _of(client, "/barrierefreiheit")
    assert "Noch nicht genannt: eine eigene Adresse" in _of(client, "/transparenz")


def test_who_runs_it_is_named_as_set_and_never_as_markup(config: Config, full: Engine) -> None:
    app = create_app(replace(config, about=ABOUT), full, now=lambda: world.NOW)
    client = app.server.test_client()
    for path in PUBLIC:
        said = _of(client, path)
        assert "Amt &lt;b&gt;Nord&lt;/b&gt;" in said
        assert "Noch nicht genannt" not in said
    assert 'href="mailto:dsb@amt.example"' in _of(client, "/datenschutz")
    assert "Stelle Süd, Weg 2" in _of(client, "/barrierefreiheit")
    assert 'href="mailto:einspruch@amt.example"' in _of(client, "/transparenz")


def test_browsers_keep_it_a_while_unless_somebody_is_logged_in(app: Dash, demo: Dash) -> None:
    client = app.server.test_client()
    answer = client.get("/transparenz")
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert "Cookie" in answer.headers["Vary"]
    again = client.get("/transparenz", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert demo.server.test_client().get("/transparenz").headers["Cache-Control"] == "no-store"


def test_the_figures_of_errors_are_those_of_the_benchmarks() -> None:
    told = (Path(__file__).parents[2] / "BENCHMARKS.md").read_text("utf-8").splitlines()
    for section, figures in read_errors().items():
        line = figures["line"]
        assert line in told, section
        cells = {float(each) for each in re.findall(r"\d*\.?\d+", line.replace(",", ""))}
        given = {key: value for key, value in figures.items() if key not in ("line", "alerted")}
        missing = {key: value for key, value in given.items() if value not in cells}
        assert set(missing) <= {"worlds"}, section  # how many worlds stands in the text above
    calm = read_errors()["calm"]
    assert calm["alerted"] / calm["worlds"] == pytest.approx(0.12)


def test_the_figures_stand_beside_that_their_data_are_invented(app: Dash) -> None:
    said = _of(app.server.test_client(), "/transparenz")
    assert "Alle Zahlen dieses Abschnitts stammen von erfundenen Daten." in said
    assert "29 von 59" in said
    assert "6 von 50" in said


def test_a_warning_counts_once_by_the_decision_that_holds_and_only_for_a_year(
    engine: Engine,
) -> None:
    long_ago = world.NOW - 400 * world.DAY
    with engine.begin() as connection:

        def said(group: str, verdict: str, seen: int | None, at: object) -> int:
            return decisions.decide(
                connection,
                "ina",
                "cluster",
                group,
                verdict,
                "Weil.",
                seen,
                at,  # type: ignore[arg-type]
            )

        first = said("a", "confirm", None, world.NOW)
        said("a", "dismiss", first, world.NOW)
        said("a", "note", None, world.NOW)
        said("b", "confirm", None, world.NOW)
        said("c", "confirm", None, long_ago)
        said("d", "reopen", said("d", "confirm", None, world.NOW), world.NOW)
        found = outcomes(connection, world.NOW - 365 * world.DAY)
    assert found == Outcomes(confirmed=1, dismissed=1, lifted=0)


def test_a_lifted_block_is_counted(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        seen = decisions.history(connection, "account", "mastodon:hidden")[-1].id
        decisions.decide_block(
            connection, "ben", "mastodon:hidden", "unblock", "Irrtum.", seen, world.NOW
        )
        assert outcomes(connection, world.NOW - world.DAY).lifted == 1


def test_what_became_of_warnings_is_counted_without_accounts_or_words(
    app: Dash, full: Engine
) -> None:
    client = app.server.test_client()
    assert "hat hier noch niemand über eine Warnung entschieden" in _of(client, "/transparenz")
    with full.begin() as connection:
        decisions.decide(
            connection, "ina", "cluster", "w1", "confirm", "Geheimwort", None, world.NOW
        )
    said = _of(client, "/transparenz")
    assert '<dt>Warnungen bestätigt</dt><dd class="card-number">1</dd>' in said
    assert "Geheimwort" not in said
    assert "ina" not in re.findall(r"\w+", said)


def _of(client: FlaskClient, path: str) -> str:
    return client.get(path).text
