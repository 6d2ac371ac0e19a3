"""The worker: each step on its own clock, at most one worker a store.

APScheduler starts the steps; a run that is late is done once, a run that still goes on is not
started again, and what is to happen once a period (the digest) is asked of the store.
"""

import fcntl
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from types import FrameType
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from data import decisions, reads, writes
from data.config import Config
from data.errors import ConfigError, MonitorError
from data.formats import this_moment
from monitor import steps
from monitor.faults import in_words
from monitor.reports import Collected

log = logging.getLogger("hhhilft")

TAG_SECONDS = 20  # a post is tagged within this time of its arrival
RECOUNT_SECONDS = 5  # how soon what a person corrected is counted
WISH_SECONDS = 2  # how soon a click on a page is answered
DETECT_DELAY = timedelta(seconds=40)  # the first detection waits for the first posts and their tags
MATCH_MINUTES = 10  # how soon an offer is shown beside a need
SWEEP_HOURS = 24  # how soon the words of a deleted post are in no page of the index any more
SWEEP_DELAY = timedelta(minutes=10)  # the first: also for a worker that is started every day
DIGEST_MINUTES = 15  # how often a digest that is due but not made is noticed


def run_worker(config: Config, engine: Engine) -> None:
    """Run every step on its schedule until SIGTERM or SIGINT; a running step is let finish.

    Raises ConfigError if another worker holds this store's lock.
    """
    stop = threading.Event()

    def _stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    with only_worker(config):
        scheduler = make_scheduler(config, engine)
        scheduler.start()
        stop.wait()
        scheduler.shutdown(wait=True)


def make_scheduler(config: Config, engine: Engine) -> BackgroundScheduler:
    """Build the scheduler with its jobs, not started."""
    scheduler = BackgroundScheduler(
        timezone=config.watch.timezone,
        executors={"default": ThreadPoolExecutor(4)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    now = datetime.now(scheduler.timezone)

    def every(name: str, step: Callable[[], object], first: datetime, **interval: int) -> None:
        scheduler.add_job(
            _kept_small,
            IntervalTrigger(**interval),
            (engine, config.watch.lang, name.split(maxsplit=1)[0], step),
            id=name,
            next_run_time=first,
        )

    for network in dict.fromkeys(network for network, _ in config.asked):
        every(
            f"collect {network}",
            partial(_collect, config, engine, (network,)),
            now,
            minutes=getattr(config, network).interval_minutes,
        )
    every("tag", lambda: steps.tag(engine, config), now, seconds=TAG_SECONDS)
    first = iter([steps.detect])  # of this worker: the program may be newer than the last answer
    every(
        "detect",
        lambda: next(first, steps.detect_changes)(engine, config, this_moment()),
        now + DETECT_DELAY,
        minutes=config.detect.interval_minutes,
    )
    every(
        "match",
        lambda: steps.match(engine, config, this_moment()),
        now + DETECT_DELAY,
        minutes=MATCH_MINUTES,
    )
    every("sweep", lambda: steps.sweep(engine), now + SWEEP_DELAY, hours=SWEEP_HOURS)
    every("recount", lambda: steps.recount(engine, steps.TURNS), now, seconds=RECOUNT_SECONDS)
    every("wishes", lambda: fulfil_wishes(config, engine), now, seconds=WISH_SECONDS)
    scheduler.add_job(
        _kept_small,
        CronTrigger(minute=f"*/{DIGEST_MINUTES}"),
        (
            engine,
            config.watch.lang,
            "digest",
            lambda: write_due_digest(config, engine, this_moment()),
        ),
        id="digest",
        next_run_time=now,
    )
    return scheduler


def fulfil_wishes(config: Config, engine: Engine) -> int:
    """Do what people asked for on the pages; return how many wishes were fulfilled."""
    with engine.connect() as connection:
        wishes = decisions.open_wishes(connection)
    for wish in wishes:
        now = this_moment()
        if wish.wish == "load_sample":
            posts = steps.load_sample(engine, now)
            steps.tag(engine, config)
            steps.match(engine, config, now)
            steps.detect(engine, config, now)
            outcome = f"{posts} posts"
        elif wish.wish == "collect_now":
            outcome = f"{len(_collect(config, engine))} origins"
        else:
            outcome = "unknown wish"
        with engine.begin() as connection:
            decisions.fulfil(connection, wish.id, outcome, this_moment())
    return len(wishes)


def write_due_digest(config: Config, engine: Engine, now: datetime) -> str | None:
    """Write the last complete week's digest once its hour has come and it is not made yet.

    Returns the week ("2026-W47") if it was written now. A worker that was off at the hour makes
    up for it at its next start, for the newest week only.
    """
    week = due_week(config, now)
    with engine.connect() as connection:
        if reads.is_done(connection, "digest", week):
            return None
        if reads.counts(connection)["posts"] == 0:
            return None
    steps.digest(engine, config, week, config.digest_folder, now)
    return week


def due_week(config: Config, now: datetime) -> str:
    """Name the newest ISO week whose digest is due at `now`, in the settings' time zone."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    local = now.astimezone(ZoneInfo(config.watch.timezone))
    monday = (local - timedelta(days=local.weekday())).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    due = (monday + timedelta(days=days.index(config.digest.weekday))).replace(
        hour=config.digest.hour
    )
    last = monday - timedelta(days=7 if local >= due else 14)
    year, number, _ = last.isocalendar()
    return f"{year}-W{number:02d}"


@contextmanager
def only_worker(config: Config) -> Iterator[None]:
    """Hold the lock of this store's worker.

    A lock of the operating system: it is gone with its process, however that ends.
    """
    path = config.folder / "var" / "worker.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            other = lock.read().strip() or "?"
            raise ConfigError(
                de=f"Hier läuft schon ein hhhilft (Prozess {other}). Erst das andere beenden, "
                f"oder in einem anderen Ordner starten. Die Sperre liegt in {path}.",
                en=f"An hhhilft runs here already (process {other}). Stop that one first, or "
                f"start in another folder. The lock is {path}.",
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _collect(
    config: Config, engine: Engine, networks: Sequence[str] | None = None
) -> list[Collected]:
    collected = steps.collect(engine, config, networks, this_moment())
    for each in collected:
        log.info(
            "%s %s: %s, %d new, %d updated, %d deleted",
            each.source,
            each.origin,
            each.state,
            each.new,
            each.updated,
            each.deleted,
        )
    return collected


def _kept_small(engine: Engine, lang: str, name: str, step: Callable[[], object]) -> None:
    """Run a step; what goes wrong in it is said, kept for the pages, and stops no other step."""
    try:
        step()
    except MonitorError as error:
        log.warning("%s: %s", name, error.text(lang))
        _record_failure(engine, name, error.de)
    except Exception as error:  # a worker that runs for months outlives a fault in one step
        told = in_words(error)
        if told:
            log.warning("%s: %s", name, told.text(lang))
        else:
            log.exception("%s failed; the next run is tried as scheduled", name)
        _record_failure(engine, name, f"{type(error).__name__}: {error}")


def _record_failure(engine: Engine, name: str, detail: str) -> None:
    now = this_moment()
    try:
        with engine.begin() as connection:
            run = writes.start_run(connection, name, None, None, now)
            writes.finish_run(connection, run, reads.FAILED, now, detail=detail)
    except SQLAlchemyError:  # the store itself is what failed; the log has said it
        log.warning("the failure of %s could not be written to the store", name)
