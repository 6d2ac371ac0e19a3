from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from data.config import Config, DetectConfig
from data.decisions import decide
from data.reads import newest_runs
from data.tables import accounts, clusters
from data.writes import delete_posts, finish_run, start_run, upsert_posts
from monitor import detecting, steps
from tests.data.stored import rows
from tests.make import NOW
from tests.monitor.detect import worlds

CONFIG = Config(folder=Path(), detect=DetectConfig(look_back_days=28))
SOON = NOW + timedelta(minutes=15)


@pytest.fixture
def detected(engine: Engine) -> Engine:
    """Give a store whose posts have been looked at."""
    with engine.begin() as connection:
        upsert_posts(connection, [*worlds.town(), *worlds.campaign()], "file", NOW)
    steps.detect(engine, CONFIG, NOW)
    return engine


def computed(engine: Engine, config: Config = CONFIG) -> bool:
    return "unchanged" not in steps.detect_changes(engine, config, SOON)


def test_what_has_not_changed_is_not_computed_again_and_the_run_says_so(
    detected: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = steps.detect(detected, CONFIG, NOW)
    monkeypatch.setattr(detecting, "find", lambda *_: pytest.fail("computed again"))
    assert steps.detect_changes(detected, CONFIG, SOON) == before | {"unchanged": 1}
    with detected.connect() as connection:
        (run,) = (each for each in newest_runs(connection) if each.step == "detect")
    assert (run.state, run.finished_at) == ("ok", SOON)
    assert "unverändert" in (run.detail or "")
    assert not computed(detected)


def test_detecting_by_hand_always_computes(detected: Engine) -> None:
    with detected.begin() as connection:
        connection.execute(update(clusters).values(level="community"))
    assert not computed(detected)
    assert steps.detect(detected, CONFIG, SOON)["alert"] == 1
    assert rows(detected, clusters, "level") == [("alert",)]


def test_the_same_posts_seen_again_are_nothing_new(detected: Engine) -> None:
    with detected.begin() as connection:
        upsert_posts(connection, worlds.campaign(), "file", SOON)
    assert not computed(detected)


def test_a_new_post_an_edit_and_a_deletion_are_looked_at(detected: Engine) -> None:
    post = worlds.campaign()[0]
    for change in (replace(post, id="new"), replace(post, text="Ganz anders.")):
        with detected.begin() as connection:
            upsert_posts(connection, [change], "file", SOON)
        assert computed(detected)
        assert not computed(detected)
    with detected.begin() as connection:
        delete_posts(connection, "mastodon", [post.id], SOON)
    assert computed(detected)


def test_a_profile_that_changed_is_looked_at(detected: Engine) -> None:
    with detected.begin() as connection:
        connection.execute(update(accounts).values(bio="Offizieller Kanal"))
    assert computed(detected)


def test_a_post_that_has_grown_too_old_is_looked_at(detected: Engine) -> None:
    later = worlds.START + timedelta(days=28, hours=1)
    assert "unchanged" not in steps.detect_changes(detected, CONFIG, later)


def test_other_settings_and_what_people_say_of_an_account_are_looked_at(detected: Engine) -> None:
    stricter = replace(CONFIG, detect=replace(CONFIG.detect, min_shared=3))
    assert computed(detected, stricter)
    assert computed(detected)
    account = worlds.campaign()[0].account.key
    with detected.begin() as connection:
        decide(connection, "ana", "account", account, "institution", "Amt", None, SOON)
    assert computed(detected)


def test_after_a_run_that_failed_it_is_computed_again(detected: Engine) -> None:
    with detected.begin() as connection:
        run = start_run(connection, "detect", None, None, SOON)
        finish_run(connection, run, "failed", SOON, detail="no memory")
    assert computed(detected)
    assert not computed(detected)
