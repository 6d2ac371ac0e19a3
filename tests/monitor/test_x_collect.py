"""Rounds of collecting from a small X: all posts once, no more than the budget, faults as states.

The replies are documented, not recorded: written after docs.x.com.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select

from data import reads
from data.budgets import month_of, spent, x_budget
from data.config import Config, MastodonConfig, WatchConfig, XConfig
from data.formats import this_moment
from data.records import iso
from data.tables import cursors, posts, quarantine, raw_items, runs, spending
from monitor import collecting, steps
from monitor.cli import cli
from monitor.reports import Collected
from monitor.sources.http import Patience
from monitor.sources.x.ids import time_of
from monitor.sources.x.reading import LAG, REACH
from monitor.stored_posts import StoredPosts
from tests.make import NOW
from tests.monitor.instance import Answer, Instance, instance
from tests.monitor.x_server import TOKEN, Broken, Search, id_at, not_found, problem, tweet, user

QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
BUDGET = 10_000  # half of it for new posts: 5,000, of which 3,000 are released on 16 November


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HHHILFT_X_TOKEN", TOKEN)


def config(here: Instance, **settings: Any) -> Config:
    return Config(
        folder=Path(),
        watch=WatchConfig(hashtags=settings.pop("hashtags", ("HHhilft",))),
        mastodon=MastodonConfig(enabled=False),
        x=XConfig(
            server=here.origin,
            timeout_seconds=20,
            **{"monthly_posts": BUDGET, "check_percent": 50, **settings},
        ),
    )


def collect(engine: Engine, here: Instance, now: datetime = NOW, **settings: Any) -> Collected:
    if isinstance(here.decide, Search):
        here.decide.now = now
    [report] = steps.collect(engine, config(here, **settings), ["x"], now, QUICK)
    return report


def texts(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(connection.scalars(select(posts.c.text)))


def used(engine: Engine, month: str = "2026-11-01") -> dict[str, int]:
    with engine.connect() as connection:
        return spent(connection, "x", month)


def covered(engine: Engine, here: Instance) -> list[tuple[datetime, datetime]]:
    with engine.connect() as connection:
        return list(reads.covered(connection, "x", here.origin))


def searches(here: Instance) -> list[dict[str, str]]:
    return [query for path, query in here.asked if path == "/2/tweets/search/recent"]


def test_a_first_round_pages_seven_days_back_and_further_rounds_ask_only_for_what_is_new(
    engine: Engine,
) -> None:
    search = Search([tweet(number) for number in range(250)])
    with instance(search) as here:
        first = collect(engine, here)
        assert (first.state, first.fetched, first.new) == ("ok", 250, 250)
        assert [query.get("next_token", "") != "" for query in searches(here)] == [
            False,
            True,
            True,
        ]
        search.tweets += [tweet(1, ago=timedelta(minutes=-5)), tweet(2, ago=timedelta(minutes=-5))]
        second = collect(engine, here, NOW + QUARTER)
        assert (second.state, second.fetched, second.new) == ("ok", 2, 2)
        third = collect(engine, here, NOW + 2 * QUARTER)
        assert (third.state, third.fetched) == ("empty", 0)
        [(start, end)] = covered(engine, here)
    assert NOW - start > timedelta(days=6, hours=23)
    assert end == NOW + 2 * QUARTER - LAG
    assert used(engine) == {"posts": 252} == {"posts": search.billed}
    assert third.next_try == NOW + 3 * QUARTER


def test_the_token_is_sent_and_stands_nowhere_in_the_store(engine: Engine) -> None:
    with instance(Search([tweet(1)])) as here:
        collect(engine, here)
        assert here.headers[0]["Authorization"] == f"Bearer {TOKEN}"
    with engine.connect() as connection:
        for table in (raw_items, cursors, runs):
            assert TOKEN not in str(connection.execute(select(table)).all())


def test_the_search_is_for_all_hashtags_in_as_few_queries_as_fit(engine: Engine) -> None:
    many = tuple(f"HHhilft{'x' * 40}{number}" for number in range(20))
    with instance(Search([tweet(1)])) as here:
        collect(engine, here, hashtags=many)
        asked = [query["query"] for query in searches(here)]
    assert len(asked) == 3
    assert max(map(len, asked)) <= 512
    assert " OR ".join(asked) == " OR ".join(f"#{tag}" for tag in many)
    assert texts(engine) == ["Beitrag 1 #HHhilft"]


def test_what_is_read_counts_only_where_every_query_has_read_it(engine: Engine) -> None:
    many = tuple(f"HHhilft{'x' * 40}{number}" for number in range(20))
    search = Search([tweet(number) for number in range(120)])

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if query.get("query", "").endswith("19") and "next_token" in query:
            return Answer(status=503)
        return search(path, query)

    with instance(decide) as here:
        assert collect(engine, here, hashtags=many).state == "unavailable"
        [_, (start, _)] = covered(engine, here)
    assert start == NOW - timedelta(hours=1) + timedelta(seconds=20)  # the 100th of 120


def test_a_tweet_is_kept_with_its_author_its_original_and_its_counters(engine: Engine) -> None:
    original = tweet(1, ago=DAY, author_id="8", text="Wir suchen Decken. #HHhilft")
    retweet = tweet(
        2,
        text="RT @konto8: Wir suchen…",
        referenced_tweets=[{"type": "retweeted", "id": original["id"]}],
    )
    search = Search([retweet], users=[user("7"), user("8")], tweets_also=[original])
    with instance(search) as here:
        report = collect(engine, here)
    assert (report.fetched, report.new) == (1, 2)
    with engine.connect() as connection:
        rows = {row.native_id: row for row in connection.execute(select(posts))}
    assert rows[original["id"]].text == "Wir suchen Decken. #HHhilft"
    assert rows[original["id"]].likes == 1
    assert (rows[retweet["id"]].text, rows[retweet["id"]].likes) == ("", None)
    assert rows[retweet["id"]].repost_of == original["id"]
    assert used(engine) == {"posts": 2}


def test_an_edit_takes_the_place_of_the_version_before_it(engine: Engine) -> None:
    before = tweet(1)
    after = tweet(2, text="Berichtigt #HHhilft")
    after["edit_history_tweet_ids"] = [before["id"], after["id"]]
    search = Search([before])
    with instance(search) as here:
        collect(
            engine, here, NOW - timedelta(minutes=60) + LAG + timedelta(seconds=1, milliseconds=500)
        )
        search.tweets = [after]
        report = collect(engine, here, NOW)
    assert (report.new, report.deleted) == (1, 1)
    assert texts(engine) == ["", "Berichtigt #HHhilft"]


@pytest.mark.parametrize("sent", [None, "kein Beitrag", [], {"text": "ohne alles"}, {"id": 5}])
def test_an_item_that_is_no_tweet_goes_to_quarantine_and_the_page_goes_on(
    engine: Engine, sent: Any
) -> None:
    tweets: list[Any] = [tweet(number) for number in range(3)]
    tweets[1] = Broken(tweets[1]["id"], sent)
    with instance(Search(tweets)) as here:
        report = collect(engine, here)
    assert (report.state, report.new, report.quarantined) == ("ok", 2, 1)
    with engine.connect() as connection:
        assert connection.execute(select(quarantine.c.source)).scalar_one() == "x"


def test_what_x_cannot_tell_beside_what_it_tells_is_said_and_costs_no_post_its_place(
    engine: Engine,
) -> None:
    answer = tweet(1, referenced_tweets=[{"type": "replied_to", "id": "99"}])
    search = Search([answer], errors=[not_found("99", section="includes")])
    with instance(search) as here:
        report = collect(engine, here)
    assert (report.state, report.new) == ("ok", 1)
    assert "zeigt X nicht" in report.de
    assert "Could not find tweet with ids: [99]." in report.en


def test_posts_of_who_asks_programs_to_stay_away_are_not_kept_and_those_before_emptied(
    engine: Engine,
) -> None:
    search = Search([tweet(1)])
    with instance(search) as here:
        collect(engine, here)
        search.users = [user(description="Bitte keine Bots #nobot")]
        search.tweets.append(tweet(2, ago=timedelta(minutes=-5)))
        report = collect(engine, here, NOW + QUARTER)
    assert (report.fetched, report.new, report.skipped) == (1, 0, 1)
    assert len(texts(engine)) == 1


@pytest.mark.parametrize("ahead", [timedelta(hours=6), 40 * DAY])
def test_a_clock_that_ran_ahead_loses_no_post_when_it_is_put_right(
    engine: Engine, ahead: timedelta
) -> None:
    search = Search([tweet(1)])
    with instance(search) as here:
        collect(engine, here, NOW + ahead)
        search.tweets.append(tweet(2, ago=timedelta(minutes=-5)))
        report = collect(engine, here, NOW + QUARTER)
    assert report.state == "ok"
    assert texts(engine) == ["Beitrag 1 #HHhilft", "Beitrag 2 #HHhilft"]


# --- the budget


def test_a_round_stops_before_a_page_that_could_exceed_what_is_left(engine: Engine) -> None:
    search = Search([tweet(number) for number in range(500)])
    with instance(search) as here:
        report = collect(engine, here, monthly_posts=600)  # 300 for posts, 180 until 16 November
        sizes = [int(query["max_results"]) for query in searches(here)]
    assert report.state == "quota"
    assert sizes == [60, 40, 26, 18, 12]  # each could cost three times as much: two posts beside it
    assert used(engine) == {"posts": 156} == {"posts": search.billed}
    assert report.fetched == report.new == 156


def test_posts_that_others_refer_to_are_counted_too(engine: Engine) -> None:
    also = [tweet(number, ago=DAY) for number in range(120)]
    search = Search([tweet(number) for number in range(500)], tweets_also=also)
    with instance(search) as here:
        report = collect(engine, here, monthly_posts=600)
    assert report.state == "quota"
    assert used(engine) == {"posts": 180} == {"posts": search.billed}


def test_with_less_than_a_page_left_nothing_is_asked_and_the_pause_is_a_state_with_its_end(
    engine: Engine,
) -> None:
    search = Search([tweet(number) for number in range(500)])
    with instance(search) as here:
        collect(engine, here, monthly_posts=600)
        asked = len(here.asked)
        report = collect(engine, here, NOW + 3 * QUARTER, monthly_posts=600)
        assert len(here.asked) == asked
    assert (report.state, report.fetched) == ("quota", 0)
    assert report.next_try == datetime(2026, 11, 17, tzinfo=UTC)
    assert "17. November 2026, 01:00 Uhr" in report.de
    assert report.gaps == 2  # what is older, of the seven days; what is new since then


def test_what_the_budget_left_unread_is_a_gap_until_later_days_have_paid_for_it(
    engine: Engine,
) -> None:
    search = Search([tweet(1)])
    with instance(search) as here:
        collect(engine, here, monthly_posts=600)
        search.tweets += [tweet(number, ago=-timedelta(hours=23)) for number in range(180)]
        reports = [collect(engine, here, NOW + n * DAY, monthly_posts=600) for n in range(1, 7)]
        [_] = covered(engine, here)
    assert [each.gaps for each in reports] == [1, 1, 1, 1, 0, 0]
    assert [each.state for each in reports] == ["quota", *["empty"] * 2, *["ok"] * 2, "empty"]
    assert "Älteres wartet" in reports[1].de
    assert len(texts(engine)) == 181


def test_new_posts_are_read_before_what_earlier_days_left_over(engine: Engine) -> None:
    search = Search([tweet(number) for number in range(500)])
    with instance(search) as here:
        collect(engine, here, monthly_posts=600)
        search.tweets += [tweet(number, ago=-DAY, text=f"Heute {number}") for number in range(5)]
        report = collect(engine, here, NOW + DAY + QUARTER, monthly_posts=600)
    assert (report.state, report.new) == ("ok", 5)
    assert sum(text.startswith("Heute") for text in texts(engine)) == 5


def test_a_first_reading_takes_nothing_in_advance_for_what_is_older_than_a_day(
    engine: Engine,
) -> None:
    search = Search([tweet(number, ago=3 * DAY) for number in range(500)])
    with instance(search) as here:
        report = collect(engine, here, monthly_posts=600)
        assert used(engine)["posts"] <= 160  # sixteen days' share of 300
        search.tweets.append(tweet(1, ago=timedelta(minutes=-5)))
        later = collect(engine, here, NOW + QUARTER, monthly_posts=600)
    assert (report.state, later.state, later.new) == ("ok", "ok", 1)
    assert "Älteres wartet" in report.de


def test_a_new_month_has_its_own_budget(engine: Engine) -> None:
    search = Search([tweet(number) for number in range(300)])
    with instance(search) as here:
        collect(engine, here, monthly_posts=600)
        november = used(engine)["posts"]
        later = NOW + 20 * DAY  # 6 December
        search.tweets = [tweet(number, ago=-19 * DAY) for number in range(3)]
        report = collect(engine, here, later, monthly_posts=600)
    assert (report.state, report.new) == ("ok", 3)
    assert used(engine)["posts"] == november
    assert used(engine, "2026-12-01")["posts"] == 3


def test_the_month_begins_on_the_day_on_which_x_bills(engine: Engine) -> None:
    with instance(Search([tweet(1)])) as here:
        collect(engine, here, billing_day=20)
    assert used(engine, "2026-10-20") == {"posts": 1}


def test_a_kill_in_mid_page_loses_no_post_and_leaves_the_page_counted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Search([tweet(number) for number in range(250)])

    def until_killed(*arguments: Any) -> Any:
        if len(searches(here)) == 2:
            raise KeyboardInterrupt
        return real(*arguments)

    module = import_module("monitor.sources.x.collect")
    real = module.search
    with instance(search) as here:
        with monkeypatch.context() as patched:
            patched.setattr(module, "search", until_killed)
            with pytest.raises(KeyboardInterrupt):
                collect(engine, here)
        assert used(engine) == {"posts": 500}  # two pages of 100, and the third as if it were full
        report = collect(engine, here, NOW + QUARTER)
        start, end = covered(engine, here)[-1]
    assert (start, end) == (NOW + QUARTER - REACH, NOW + QUARTER - LAG)
    assert (report.state, report.new) == ("ok", 50)
    assert len(texts(engine)) == 250
    assert search.billed == 250


def test_another_process_that_spends_at_the_same_time_is_seen_before_every_page(
    engine: Engine,
) -> None:
    search = Search([tweet(number) for number in range(500)])
    other = StoredPosts(engine, "x")

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if len(searches(here)) == 1:
            inner = config(here, monthly_posts=600)
            steps.collect(engine, inner, ["x"], NOW, QUICK)
        return search(path, query)

    with instance(decide) as here:
        collect(engine, here, monthly_posts=600)
    assert other.spent("2026-11-01")["posts"] <= 180
    assert search.billed <= 180


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_no_post_is_lost_where_it_is_said_to_be_read_and_no_more_is_spent(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Weeks of bursts, refusals, broken answers and kills, on a budget that is often too small."""
    chance = Random(seed)
    search, trouble, now = Search(), chance.choice((0.0, 0.2, 0.5)), NOW
    monthly = chance.choice((600, 1000, 5000))

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if chance.random() >= trouble:
            return search(path, query)
        status = chance.choice((200, 200, 401, 403, 429, 500))
        return Answer(b"<html>" if status == 200 else {}, status)

    with instance(decide) as here:
        for _ in range(12):
            later = now + timedelta(minutes=chance.choice((15, 15, 60, 600, 3000)))
            for _ in range(chance.choice((0, 1, 5, 60, 200))):
                at = now + (later - now) * chance.random()
                search.tweets.append(tweet(0, id=id_at(at), created_at=iso(at)))
            now = search.now = later
            with monkeypatch.context() as patched:
                if chance.random() < trouble / 2:
                    patched.setattr(collecting, "_map", _killed)
                with suppress(KeyboardInterrupt):
                    collect(engine, here, now, monthly_posts=monthly)
            _all_is_as_said(engine, here, search, monthly, now)
        for n in range(3):  # with money and without trouble all that X still shows is read
            trouble, now = 0.0, now + timedelta(minutes=15)
            search.now = now
            report = collect(engine, here, now, monthly_posts=1_000_000 + n)
        _all_is_as_said(engine, here, search, 1_000_000, now)
    assert report.state in ("ok", "empty")
    recent = {each["id"] for each in search.tweets if _made(each) > now - timedelta(days=6.9)}
    assert recent <= _stored(engine)


def _killed(*_arguments: Any) -> Any:
    raise KeyboardInterrupt


def _all_is_as_said(
    engine: Engine, here: Instance, search: Search, monthly: int, now: datetime
) -> None:
    stored = _stored(engine)
    with engine.connect() as connection:
        waiting = "".join(connection.scalars(select(raw_items.c.body)))
    for start, end in covered(engine, here):
        said = {each["id"] for each in search.tweets if start <= _made(each) < end}
        assert all(each in stored or each in waiting for each in said)
    month, _ = month_of(now, 1)
    budget = x_budget(
        config(here, monthly_posts=monthly).x, used(engine, month.date().isoformat()), now
    )
    assert budget.posts.used <= budget.posts.released
    assert budget.checks.used <= budget.checks.released
    with engine.connect() as connection:
        counted = connection.scalar(select(func.sum(spending.c.used))) or 0
    assert search.billed <= counted


def _stored(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(posts.c.native_id)))


def _made(each: Mapping[str, Any]) -> datetime:
    return time_of(int(each["id"]))


# --- refusals


def refused(
    engine: Engine, body: Any, status: int, headers: Mapping[str, str] | None = None
) -> Collected:
    with instance(lambda _path, _query: Answer(body, status, headers or {})) as here:
        report = collect(engine, here)
        assert covered(engine, here) == []
    assert used(engine) == {"posts": 0}
    return report


def test_a_token_that_is_no_longer_valid_is_said_with_where_to_get_a_new_one(
    engine: Engine,
) -> None:
    body = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
    report = refused(engine, body, 401)
    assert (report.state, report.said) == ("denied", "401 Unauthorized")
    assert "abgelaufen" in report.de
    assert "HHHILFT_X_TOKEN" in report.en


@pytest.mark.parametrize(
    ("kind", "title", "sentence"),
    [
        ("client-forbidden", "Client Forbidden", "Die App darf bei X nicht suchen"),
        ("unsupported-authentication", "Unsupported Authentication", "von der falschen Art"),
    ],
)
def test_a_permission_that_is_missing_is_said_with_what_to_change(
    engine: Engine, kind: str, title: str, sentence: str
) -> None:
    body = problem(kind, title, "Not like this.", reason="client-not-enrolled")
    report = refused(engine, body, 403)
    assert (report.state, report.said) == ("denied", f"403 {title}: Not like this.")
    assert sentence in report.de


@pytest.mark.parametrize(
    ("kind", "title", "status", "sentence"),
    [
        ("usage-capped", "UsageCapExceeded", 429, "Grenze, die X dem Zugang setzt"),
        ("credits", "CreditsDepleted", 402, "Guthaben bei X ist verbraucht"),
        ("credits", "SpendCapReached", 403, "Ausgabengrenze"),
    ],
)
def test_the_cap_that_x_itself_sets_is_another_state_than_a_pause(
    engine: Engine, kind: str, title: str, status: int, sentence: str
) -> None:
    report = refused(engine, problem(kind, title, "Monthly product cap"), status)
    assert (report.state, report.said) == ("quota", f"{status} {title}: Monthly product cap")
    assert sentence in report.de


def test_a_rate_limit_is_a_pause_until_the_epoch_second_that_x_names(engine: Engine) -> None:
    date = {"Date": "Mon, 16 Nov 2026 12:00:00 GMT"}
    reset = str(int((NOW + timedelta(minutes=40)).timestamp()))
    limits = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}
    body = problem("rate-limit-exceeded", "Too Many Requests", "Too Many Requests")
    report = refused(engine, body, 429, date | limits)
    assert (report.state, report.next_try) == ("limited", NOW + timedelta(minutes=40))


def test_a_fault_of_x_is_tried_again_and_then_a_state(engine: Engine) -> None:
    report = refused(engine, problem("", "Service Unavailable", "Over capacity"), 503)
    assert (report.state, report.said) == ("unavailable", "503 Over capacity")


def test_a_question_that_x_does_not_understand_is_said_in_its_words(engine: Engine) -> None:
    search = Search(now=NOW)
    with instance(lambda path, query: search(path, {**query, "max_results": "5"})) as here:
        report = collect(engine, here)
    assert report.state == "denied"
    assert report.said is not None
    assert "'max_results' is not between 10 and 100" in report.said


@pytest.mark.parametrize("body", [b"<html>", {"errors": [not_found("9")]}, {"data": {}}, []])
def test_an_answer_that_is_no_page_is_a_state_and_stays_counted(engine: Engine, body: Any) -> None:
    with instance(lambda _path, _query: Answer(body)) as here:
        report = collect(engine, here)
    assert report.state == "garbled"
    assert used(engine) == {"posts": 300}  # X may have billed it


def test_without_a_token_nothing_is_asked_and_it_is_said_where_to_put_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HHHILFT_X_TOKEN")
    with instance(Search([tweet(1)])) as here:
        report = collect(engine, here)
        assert here.asked == []
    assert report.state == "no_token"
    assert "HHHILFT_X_TOKEN" in report.de


def test_a_token_may_lie_in_a_file_that_only_its_owner_reads(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HHHILFT_X_TOKEN")
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n", "utf-8")
    monkeypatch.setenv("HHHILFT_X_TOKEN_FILE", str(path))
    with instance(Search([tweet(1)])) as here:
        path.chmod(0o644)
        open_to_all = collect(engine, here)
        assert (open_to_all.state, here.asked) == ("no_token", [])
        assert f"chmod 600 {path}" in open_to_all.de
        path.chmod(0o600)
        assert collect(engine, here).state == "ok"


def test_x_is_not_asked_while_no_budget_is_named(engine: Engine) -> None:
    with instance(Search([tweet(1)])) as here:
        report = collect(engine, here, monthly_posts=0)
        assert here.asked == []
    assert report.state == "off"


# --- what is deleted at X


@pytest.fixture
def two(engine: Engine) -> Iterator[Callable[[timedelta], Collected]]:
    """Collect two posts, one of which is deleted and one of a suspended account afterwards."""
    search = Search([tweet(number) for number in range(3)])
    with instance(search) as here:
        collect(engine, here)
        search.gone, search.hidden = {search.tweets[0]["id"]}, {search.tweets[1]["id"]}
        search.tweets = search.tweets[2:]
        yield lambda later: collect(engine, here, NOW + later)


def test_posts_that_x_no_longer_shows_are_emptied_when_it_has_said_so_twice(
    engine: Engine, two: Callable[[timedelta], Collected]
) -> None:
    hour = timedelta(hours=1)
    assert two(hour / 2).deleted == 0
    assert two(hour).deleted == 0
    assert two(hour + QUARTER).deleted == 2
    assert texts(engine) == ["", "", "Beitrag 2 #HHhilft"]


def test_a_check_costs_one_for_each_post_that_is_still_there(
    engine: Engine, two: Callable[[timedelta], Collected]
) -> None:
    two(timedelta(hours=1))
    assert used(engine) == {"posts": 3, "checks": 1}
    for days in (1, 7, 30, 60):
        two(timedelta(days=days))
    assert used(engine)["checks"] == 3  # after an hour, a day, a week
    assert [used(engine, month)["checks"] for month in ("2026-12-01", "2027-01-01")] == [1, 1]


def test_checks_have_their_own_budget_and_what_it_leaves_out_comes_next(engine: Engine) -> None:
    search = Search([tweet(number) for number in range(60)])
    with instance(search) as here:
        for hours in (0, 1, 2, 24):
            collect(engine, here, NOW + timedelta(hours=hours), monthly_posts=600, check_percent=10)
        asked = [query["ids"].split(",") for path, query in here.asked if path == "/2/tweets"]
    assert [len(each) for each in asked] == [
        36,
        2,
    ]  # 60 a month, 36 until 16 November, then 2 a day
    assert not set(asked[0]) & set(asked[1])
    assert used(engine)["checks"] == 38


def test_a_check_that_is_refused_is_said_and_given_back(engine: Engine) -> None:
    search = Search([tweet(1)])

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if path == "/2/tweets":
            return Answer(problem("client-forbidden", "Client Forbidden", "No."), 403)
        return search(path, query)

    with instance(decide) as here:
        collect(engine, here)
        search.now = NOW + timedelta(hours=1)
        report = collect(engine, here, NOW + timedelta(hours=1))
    assert report.state == "empty"
    assert "war nicht zu erfahren" in report.de
    assert used(engine) == {"posts": 1, "checks": 0}


# --- what people see of it


def test_collect_status_and_doctor_say_what_is_left(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HHHILFT_STORE_URL", store_url)
    now = this_moment()
    search = Search([tweet(number, ago=NOW - now + timedelta(hours=1)) for number in range(3)])
    search.now = now
    settings = tmp_path / "hhhilft.toml"
    with instance(search) as here:
        settings.write_text(
            f'[mastodon]\nenabled = false\n[x]\nserver = "{here.origin}"\nmonthly_posts = 6000\n'
        )

        def said(*arguments: str) -> str:
            return CliRunner().invoke(cli, [*arguments, "--config", str(settings)]).stdout

        assert "noch 2.997 von 3.000 neuen Beiträgen" in said("collect", "x")
        assert "x: Budget bis" in said("status")
        assert "✓ x: Budget bis" in said("doctor")
        assert json.loads(said("collect", "x", "--json"))["budget"]["posts"]["left"] == 2997
        told = json.loads(said("status", "--json"))["budgets"]["x"]["posts"]
    assert (told["total"], told["used"], told["left"]) == (3000, 3, 2997)


@pytest.mark.parametrize(
    ("answer", "mark", "sentence"),
    [
        (Answer({"data": {"project_usage": "4312"}}), "✓", "X zählt in diesem Abrechnungsmonat"),
        (Answer({"data": {"project_usage": 1, "cap_reset_day": 90}}), "✗", "[x] billing_day"),
        (Answer({"title": "Unauthorized"}, 401), "✗", "X nimmt das Token in HHHILFT_X_TOKEN nicht"),
        (Answer({}, 404), "·", "kennt /2/usage/tweets nicht"),
        (Answer({"data": {}}), "·", "antwortet mit etwas anderem"),
    ],
)
def test_doctor_asks_x_what_it_counts_and_whether_the_token_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer, mark: str, sentence: str
) -> None:
    monkeypatch.setenv("HHHILFT_STORE_URL", f"sqlite:///{tmp_path}/store.db")
    settings = tmp_path / "hhhilft.toml"
    with instance(lambda *_: answer) as here:
        settings.write_text(
            f'[mastodon]\nenabled = false\n[x]\nserver = "{here.origin}"\nmonthly_posts = 6000\n'
        )
        told = CliRunner().invoke(cli, ["doctor", "--config", str(settings)]).stdout
    [line] = [line for line in told.splitlines() if sentence in line]
    assert line.startswith(mark)
