import json
import re
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from dashboard.app import create_app
from data import decisions
from data.config import Config, RssConfig, TelegramConfig, XConfig
from data.page_reads.stories import story
from data.reasons import sentence
from data.story_words import episode_words
from data.tables import clusters
from data.writes import Spent, finish_run, spend, start_run
from tests.dashboard import world
from tests.dashboard.conftest import call, open_page, texts


def test_the_overview_says_what_needs_somebody(demo: Dash) -> None:
    said = _said(demo, "/")
    assert "1 von 2 Quellen liefern nicht: mastodon.social (Zugang verweigert)." in said
    assert "von 2 dringenden Gesuchen dieser Woche; in der Vorwoche 0 von 0" in said
    assert "1 dringend, 1 zum Beobachten." in said
    assert "Am meisten fehlt bei" in said
    assert "Brauchen heute Abend zwei Betten in Altona!" in said


def test_unanswered_needs_stand_with_their_offers_and_the_reasons(demo: Dash) -> None:
    said = _said(demo, "/bedarf")
    assert "In den letzten 14 Tagen: 4 Gesuche. Für 1 liegt ein passendes Angebot vor." in said
    assert "1 passendes Angebot" in said
    assert "Beides: Schlafplatz für kurze Zeit." in said
    assert "Noch kein passendes Angebot." in said
    assert "Suchen Winterjacken in Altona." not in said  # somebody answered


def test_needs_of_one_topic_can_be_read_alone(demo: Dash) -> None:
    said = _said(demo, "/bedarf", "?thema=unterkunft")
    assert "2 Gesuche ohne Antwort: Unterkunft & Wohnen" in said
    assert "Suchen Decken in Altona." not in said
    assert "Unterkunft & Wohnen – diese Eingrenzung aufheben" in said


def test_the_overview_speaks_english_where_the_cookie_says_so(demo: Dash) -> None:
    client = demo.server.test_client()
    client.get("/?lang=en")
    said = _words(open_page(client, "/"))
    assert "1 of 2 sources do not deliver" in said
    assert "Übersicht" not in said


def test_an_empty_store_says_why_for_each_source_and_offers_the_sample(
    config: Config, store: Engine
) -> None:
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    client = app.server.test_client()
    said = _words(open_page(client, "/"))
    assert "norden.social : Die Quelle wurde noch nicht gefragt." in said
    assert "Beispieldaten laden" in said


def test_one_click_asks_the_worker_for_the_sample_once(config: Config, store: Engine) -> None:
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    client = app.server.test_client()
    for _ in range(2):
        answer = call(
            client,
            ["empty-told.children", "empty-load.disabled"],
            [{"id": "empty-load", "property": "n_clicks", "value": 1}],
        )
        assert answer.status_code == 200
    with store.connect() as connection:
        wishes = decisions.open_wishes(connection)
    assert [(each.wish, each.who) for each in wishes] == [("load_sample", "demo")]


def test_the_network_says_why_an_account_is_linked(demo: Dash, full: Engine) -> None:
    ana = _number(full, "ana")
    said = _said(demo, "/netzwerk", f"?konto={ana}")
    assert "Redet mit" in said
    assert "– 3-mal" in said
    assert "Teilt dasselbe wie ein Konto, das nicht genannt werden möchte" in said


def test_who_does_not_want_to_be_named_is_named_on_no_page(demo: Dash, full: Engine) -> None:
    client = demo.server.test_client()
    for path in ("/", "/netzwerk", "/warnungen", "/warnungen/w1"):
        answer = open_page(client, path, f"?konto={_number(full, 'hidden')}")
        assert answer.status_code == 200
        assert "hidden@elbe.example" not in answer.get_data(as_text=True), path


def test_a_community_is_never_a_warning(demo: Dash) -> None:
    assert "/warnungen/c1" not in str(open_page(demo.server.test_client(), "/warnungen").get_json())
    assert "Diese Warnung gibt es nicht" in _said(demo, "/warnungen/c1")


def test_what_known_accounts_do_is_explained_on_a_page_but_on_no_list(
    demo: Dash, full: Engine
) -> None:
    known = {"code": "known_institutions", "value": 0.67, "of": 3, "against": True}
    with full.begin() as connection:
        connection.execute(
            update(clusters)
            .where(clusters.c.id == "w1")
            .values(level="community", reasons=[world.TOGETHER, known])
        )
    said = _said(demo, "/warnungen/w1")
    assert "Gemeinschaft: keine Warnung" in said
    assert "2 von 3 Konten haben Menschen hier als Einrichtung benannt." in said
    assert "/warnungen/w1" not in str(open_page(demo.server.test_client(), "/warnungen").get_json())


def test_the_warnings_say_when_nobody_has_looked_and_when_there_is_too_little_to_go_by(
    config: Config, store: Engine
) -> None:
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    assert "wurde noch nicht gesucht" in _said(app, "/warnungen")
    with store.begin() as connection:
        run = start_run(connection, "detect", None, None, world.NOW)
        finish_run(connection, run, "ok", world.NOW, counts={"posts": 5, "accounts": 2})
    said = _said(app, "/warnungen")
    assert "Das heißt im Augenblick wenig." in said
    assert "Zu wenig Daten: 5 Beiträge; ab 20 lässt sich sagen, was üblich ist." in said


def test_a_dismissed_warning_says_by_whom_and_why_and_stands_open_again_once_it_changed(
    demo: Dash, full: Engine
) -> None:
    with full.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w2", "dismiss", "Chor", None, world.NOW)
    said = _said(demo, "/warnungen")
    assert said.index("Entschieden oder vorbei") < said.index("Verworfen von eva, gerade eben")
    assert "1 Warnung braucht eine Entscheidung." in said
    with full.begin() as connection:
        connection.execute(update(clusters).where(clusters.c.id == "w2").values(level="alert"))
    for path in ("/warnungen", "/warnungen/w2"):
        said = _said(demo, path)
        assert "Verworfen von eva" in said
        changed = "Seit der Entscheidung verändert: jetzt Warnung statt Beobachtung."
        assert changed in said
    assert "2 Warnungen brauchen eine Entscheidung." in _said(demo, "/warnungen")


def test_a_warning_shows_for_and_against_texts_and_accounts(demo: Dash) -> None:
    said = _said(demo, "/warnungen/w1")
    assert "3 Konten veröffentlichen 3 Texte (fast) wortgleich" in said
    assert "Was dagegen spricht" in said
    assert "sprechen miteinander, wie Bekannte es tun" in said
    assert "Unfassbar!" in said
    assert "Noch hat niemand entschieden." in said


def test_a_warning_tells_its_story_in_order_and_how_its_score_came_about(demo: Dash) -> None:
    said = _said(demo, "/warnungen/w1")
    assert "16. November 2026, 15:30 Uhr: 3 Konten veröffentlichen (fast) denselben Text" in said
    assert "2 andere Konten taten dasselbe." in said
    assert "Niemand sonst tat dasselbe." in said
    assert said.count(" – nach 40 Sekunden") == 6
    assert "ein Konto, das nicht genannt werden möchte – nach 40 Sekunden" in said
    assert re.search(r"3 von 3\s+7\s%", said)
    assert "Am meisten dafür: immer wieder gleiche Inhalte; am meisten dagegen: sie " in said
    assert "of_tomorrow" in said
    assert "−0,80" in said


def test_page_and_command_tell_a_story_in_the_same_words(demo: Dash, full: Engine) -> None:
    with full.connect() as connection:
        told = story(connection, "w1")
    assert told is not None
    page = " ".join(_said(demo, "/warnungen/w1").split())
    for each in told.episodes:
        assert episode_words(each, "de", ZoneInfo("Europe/Berlin")) in page
    for reason in told.reasons:
        assert sentence(reason, "de").replace("\u00a0", " ") in page.replace("\u00a0", " ")


def test_the_sources_say_what_to_do_where_access_is_denied(demo: Dash) -> None:
    said = _said(demo, "/datenquellen")
    assert "This method requires a login" in said
    assert "HHHILFT_MASTODON_TOKEN_" in said
    assert "1 Lücke in den letzten 14 Tagen" in said
    assert "Das ist kein gültiges JSON." in said


def test_the_sources_show_telegram_and_feeds_with_their_states_and_what_to_do(
    config: Config, full: Engine
) -> None:
    channels = TelegramConfig(channels=("hafenhilfe", "gibt_es_nicht"))
    feeds = RssConfig(feeds=("https://blog.example/feed",))
    noted = "Bei Beitrag 26 fehlt der Verweis auf frühere Beiträge."
    with full.begin() as connection:
        for name, state, detail in (
            ("hafenhilfe", "ok", noted),
            ("gibt_es_nicht", "not_found", "302 /gibt_es_nicht"),
        ):
            origin = f"https://t.me/{name}"
            run = start_run(connection, "collect", "telegram", origin, world.NOW)
            finish_run(connection, run, state, world.NOW, detail=detail)
    settings = replace(config, telegram=channels, rss=feeds)
    app = create_app(settings, full, demo=True, now=lambda: world.NOW)
    said = _said(app, "/datenquellen")
    assert "t.me/hafenhilfe Telegram" in said
    assert noted in said
    assert "t.me/gibt_es_nicht Telegram" in said
    assert "Den Namen des Kanals in hhhilft.toml unter [telegram] prüfen" in said
    assert "blog.example/feed RSS" in said
    assert "noch nicht gefragt" in said


def test_the_sources_show_what_is_left_of_a_budget_and_what_to_do_where_it_is_spent(
    config: Config, full: Engine
) -> None:
    with full.begin() as connection:
        spend(connection, "x", Spent("posts", "2026-11-01", 2000))
        run = start_run(connection, "collect", "x", "https://api.x.com", world.NOW)
        finish_run(connection, run, "quota", world.NOW, detail="Genug.")
    settings = replace(config, x=XConfig(monthly_posts=6000))
    app = create_app(settings, full, demo=True, now=lambda: world.NOW)
    said = _said(app, "/datenquellen")
    assert "api.x.com X" in said
    assert "Kontingent verbraucht" in said
    assert "noch 1.000 von 3.000 neuen Beiträgen (davon heute 0)" in said
    assert "[x] monthly_posts erhöhen" in said


@pytest.mark.parametrize("path", ["/nix", "/warnungen/nix", "/warnungen/" + "x" * 3000])
def test_an_address_without_a_page_says_so_kindly(demo: Dash, path: str) -> None:
    assert "gibt es" in _said(demo, path)


def test_hostile_words_stay_words(demo: Dash) -> None:
    client = demo.server.test_client()
    for path in ("/", "/netzwerk", "/warnungen/w1"):
        answer = open_page(client, path).get_json()
        for markup in _markup(answer):
            assert "<script" not in markup, path
            assert "<img" not in markup, path
        whole = json.dumps(answer)
        assert "javascript:" not in whole, path
        assert "\\u202e" not in whole, path


def test_no_page_asks_for_more_than_one_callback(demo: Dash) -> None:
    client = demo.server.test_client()
    client.get("/")
    initial = [
        each
        for each in client.get("/_dash-dependencies").get_json()
        if not each["prevent_initial_call"] and not each["clientside_function"]
    ]
    assert initial == []


def test_every_callback_knows_who_may_call_it(demo: Dash) -> None:
    demo.server.test_client().get("/")
    for name, callback in demo.callback_map.items():
        if "_pages_" not in name:
            assert hasattr(callback["callback"].__wrapped__, "roles"), name


def test_the_frame_marks_the_page_one_is_on(as_role: Callable[[str], FlaskClient]) -> None:
    html = as_role("press").get("/warnungen/w1").text
    assert 'href="/warnungen" aria-current="page"' in html
    assert 'href="/" aria-current="page"' not in html
    assert "Es schreibt keine Beiträge, antwortet niemandem und sperrt niemanden." in html


def test_every_page_is_built_from_either_database(config: Config, engine: Engine) -> None:
    world.fill(engine)
    app = create_app(config, engine, demo=True, now=lambda: world.NOW)
    client = app.server.test_client()
    for path in ("/", "/netzwerk", "/warnungen", "/warnungen/w1", "/datenquellen"):
        assert open_page(client, path).status_code == 200, path


def _said(app: Dash, path: str, search: str = "") -> str:
    return _words(open_page(app.server.test_client(), path, search))


def _words(answer: object) -> str:
    assert answer.status_code == 200  # type: ignore[attr-defined]
    content = answer.get_json()["response"]["_pages_content"]["children"]  # type: ignore[attr-defined]
    return " ".join(texts(content).split())


def _number(engine: Engine, native_id: str) -> int:
    with engine.connect() as connection:
        number = connection.exec_driver_sql(
            "select id from accounts where native_id = ?", (native_id,)
        ).scalar_one()
    return int(number)


def _markup(part: object) -> list[str]:
    """List the SVG of all drawings: the only place where text becomes markup."""
    if isinstance(part, dict):
        own = [part["svg"]] if isinstance(part.get("svg"), str) else []
        return own + [each for value in part.values() for each in _markup(value)]
    if isinstance(part, list):
        return [each for value in part for each in _markup(value)]
    return []
