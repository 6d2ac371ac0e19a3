"""A week's counts with only what a test is about."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from data.digest_reads import Gathered, Net, Talk
from data.page_reads.balance import Balance
from data.page_reads.calls import Answered
from data.page_reads.warnings import Group
from monitor.digest.summary import Digest, summarise
from monitor.digest.weeks import iso_week

MADE = datetime(2026, 11, 23, 6, tzinfo=UTC)
TOPICS = {"dolmetschen": "Dolmetschen", "essen": "Essen"}


def gathered(**known: Any) -> Gathered:
    """Make a quiet week of 40 posts, with what is `known` in its place."""
    quiet = Gathered(
        week=iso_week("2026-W47", ZoneInfo("Europe/Berlin")),
        talk=Talk(posts=40, accounts=20, replies=10, reposts=5),
        talk_before=Talk(posts=32, accounts=18, replies=8, reposts=5),
        days={},
        days_before={},
        intents={"gesuch": 9, "angebot": 4},
        intents_before={"gesuch": 7, "angebot": 5},
        topics={"dolmetschen": Balance(6, 1), "essen": Balance(1, 2)},
        topics_before={"dolmetschen": Balance(2, 2)},
        urgent=Answered(4, 1),
        urgent_before=Answered(3, 0),
        questions=Answered(5, 2),
        questions_before=Answered(6, 3),
        quotes=(),
        places=(),
        newcomers=3,
        net=Net((), {}, 0),
        groups=(),
        communities=0,
        tagged=30,
        detected=True,
        decided={},
        by_source={"mastodon": 40},
        runs=(),
        gaps={},
    )
    return replace(quiet, **known)


def digest(**known: Any) -> Digest:
    """Make the digest of such a week."""
    return summarise(gathered(**known), MADE)


def group(level: str = "alert", verdict: str | None = None, **known: Any) -> Group:
    """Make a group of 12 accounts."""
    one = Group(
        id="g1",
        level=level,
        score=0.9,
        name=None,
        kinds=("text", "link"),
        first=datetime(2026, 11, 17, 6, tzinfo=UTC),
        last=datetime(2026, 11, 20, 6, tzinfo=UTC),
        reasons=(),
        detected_at=MADE,
        gone_at=None,
        accounts=12,
        networks=("mastodon", "bluesky"),
        verdict=verdict,
    )
    return replace(one, **known)
