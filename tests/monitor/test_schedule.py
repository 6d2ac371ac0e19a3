import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data import decisions, reads
from data.config import Config, DigestConfig, MastodonConfig
from data.engine import open_store
from data.errors import ConfigError, SourceError
from monitor import schedule, steps

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(folder=tmp_path, mastodon=MastodonConfig(enabled=False))


@pytest.mark.parametrize(
    ("at", "week"),
    [
        (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), "2026-W46"),  # Monday 06:59 in Hamburg
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "2026-W47"),  # Monday 07:00
        (datetime(2026, 11, 29, 22, 59, tzinfo=UTC), "2026-W47"),  # Sunday, the last minute
        (datetime(2026, 3, 30, 4, 59, tzinfo=UTC), "2026-W12"),  # after the change to summer time
        (datetime(2026, 3, 30, 5, 0, tzinfo=UTC), "2026-W13"),
        (datetime(2027, 1, 4, 6, 0, tzinfo=UTC), "2026-W53"),
    ],
)
def test_the_digest_is_due_at_its_local_hour(config: Config, at: datetime, week: str) -> None:
    assert schedule.due_week(config, at) == week


def test_a_digest_is_written_once_a_week_and_made_up_for_later(
    config: Config, engine: Engine
) -> None:
    config = replace(config, digest=DigestConfig(weekday="tue", hour=7))
    assert schedule.write_due_digest(config, engine, NOW) is None  # no posts, nothing to tell
    steps.load_sample(engine, NOW)
    assert schedule.write_due_digest(config, engine, NOW) == "2026-W47"
    assert schedule.write_due_digest(config, engine, NOW + timedelta(hours=1)) is None
    assert (config.digest_folder / "hhhilft-2026-W47.html").exists()


def test_a_wish_for_the_sample_data_is_fulfilled_once(config: Config, engine: Engine) -> None:
    with engine.begin() as connection:
        decisions.wish(connection, "ana", "load_sample", NOW)
    assert schedule.fulfil_wishes(config, engine) == 1
    assert schedule.fulfil_wishes(config, engine) == 0
    with engine.connect() as connection:
        counts = reads.counts(connection)
    assert counts["posts"] > 1000
    assert counts["untagged"] == 0


def test_a_second_worker_on_the_same_store_is_refused(config: Config) -> None:
    with (
        schedule.only_worker(config),
        pytest.raises(ConfigError, match="läuft schon"),
        schedule.only_worker(config),
    ):
        pass


def test_the_lock_of_a_killed_worker_is_free_again(config: Config) -> None:
    code = (
        "import os, signal, pathlib\n"
        "from data.config import Config\n"
        "from monitor.schedule import only_worker\n"
        f"with only_worker(Config(folder=pathlib.Path({str(config.folder)!r}))):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with schedule.only_worker(config):
        pass


@pytest.mark.parametrize("error", [SourceError(de="Netz weg", en="net gone"), KeyError("x")])
def test_a_failing_step_is_kept_for_the_pages_and_stops_nothing(
    engine: Engine, error: Exception
) -> None:
    def step() -> None:
        raise error

    schedule._kept_small(engine, "de", "detect", step)
    with engine.connect() as connection:
        (run,) = reads.newest_runs(connection)
    assert (run.step, run.state) == ("detect", "failed")
    assert run.detail


def test_every_step_has_its_job(config: Config, engine: Engine) -> None:
    collecting = replace(config, mastodon=MastodonConfig())
    names = {job.id for job in schedule.make_scheduler(collecting, engine).get_jobs()}
    jobs = {"collect mastodon", "sweep", "tag", "match", "detect", "recount", "wishes", "digest"}
    assert names == jobs


def test_a_store_that_vanished_is_a_sentence_in_the_log_and_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "store.db"
    engine = open_store(f"sqlite:///{path}")
    engine.dispose()
    path.unlink()
    config = Config(tmp_path)
    schedule._kept_small(engine, "en", "wishes", lambda: schedule.fulfil_wishes(config, engine))
    assert "The database does not answer as it should: no such table" in caplog.text
    assert "Traceback" not in caplog.text
    engine.dispose()
