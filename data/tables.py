"""The tables of the store. `data/migrations` makes them; a test holds both equal."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

from data.rows import microseconds, time_of


class UtcTime(TypeDecorator[datetime]):
    """A UTC time, stored as microseconds since 1970.

    SQLite has no time with a zone; one integer means the same in both databases, sorts, and
    groups by day with the same SQL.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Turn a time with a zone into microseconds."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn microseconds into a time in UTC."""
        return None if value is None else time_of(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in an INTEGER key

accounts = Table(
    "accounts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("network", String(32), nullable=False),
    Column("native_id", String(512), nullable=False),
    Column("handle", Text),
    Column("name", Text),
    Column("url", Text),
    Column("bio", Text),
    Column("created_at", UtcTime),
    Column("followers", BigInteger),
    Column("following", BigInteger),
    Column("posts", BigInteger),
    Column("bot", Boolean),
    Column("avatar", Boolean),
    Column("noindex", Boolean),
    Column("indexable", Boolean),
    Column("discoverable", Boolean),
    Column("first_seen", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("network", "native_id"),
)


def _of_some(column: str, *before: str) -> Index:
    """Make an index of those posts alone that have something in the column."""
    there = text(f"{column} IS NOT NULL")
    return Index(None, *before, column, sqlite_where=there, postgresql_where=there)


posts = Table(
    "posts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("network", String(32), nullable=False),
    Column("native_id", String(512), nullable=False),
    Column("account", ForeignKey("accounts.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("time_known", Boolean, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),  # the newest sighting; an older one never wins
    Column("source", String(64), nullable=False),  # "mastodon", "file", "sample"
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("lang", String(16)),  # as the author or network claims; nlp's finding is in tags
    Column("reply_to", String(512)),
    Column("repost_of", String(512)),
    Column("quote_of", String(512)),
    Column("links", JSON, nullable=False),
    Column("hashtags", JSON, nullable=False),
    Column("mentions", JSON, nullable=False),
    Column("media", JSON, nullable=False),
    Column("likes", BigInteger),
    Column("reposts", BigInteger),
    Column("replies", BigInteger),
    Column("visibility", String(32)),
    Column("same_as", Text),
    Column("copy_of", BigInteger),  # the row that `same_as` names, if stored: it counts, not this
    Column("edited_at", UtcTime),
    Column("missing_since", UtcTime),  # first 404 or 410 at the origin; a second one deletes
    Column("checked_at", UtcTime),  # last asked for at the origin
    Column("check_at", UtcTime),  # next asked for there; None: never (data.writes.checks)
    Column("deleted_at", UtcTime),  # then text, links, media and labels are gone
    UniqueConstraint("network", "native_id"),
    Index(None, "created_at"),
    Index(None, "account", "created_at"),
    _of_some("repost_of", "network"),
    _of_some("reply_to", "network"),
    _of_some("check_at", "network"),
    _of_some("same_as"),
)

observations = Table(
    "observations",
    metadata,
    Column("post", ForeignKey("posts.id"), primary_key=True),
    Column("at", UtcTime, primary_key=True),
    Column("likes", BigInteger),
    Column("reposts", BigInteger),
    Column("replies", BigInteger),
)

tags = Table(  # one row a tagged post; absent: not tagged yet, or its text changed since
    "tags",
    metadata,
    Column("post", ForeignKey("posts.id"), primary_key=True),
    Column("lang", String(8), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("urgent_score", Float, nullable=False),
    Column("urgent_evidence", JSON, nullable=False),
    Column("tagger", String(64), nullable=False),  # version, so that a new one can tag again
    Column("tagged_at", UtcTime, nullable=False),
)

labels = Table(
    "labels",
    metadata,
    Column("post", ForeignKey("posts.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),  # topic, intent, place
    Column("label", String(64), primary_key=True),
    Column("score", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
    Index(None, "kind", "label", "post"),
)

raw_items = Table(  # as the network sent it, written together with the cursor
    "raw_items",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("origin", String(255), nullable=False),  # the instance asked
    Column("kind", String(32), nullable=False),  # status, boosters
    Column(
        "digest", String(64), nullable=False
    ),  # SHA-256 of the body: the same reply is kept once
    Column("body", Text, nullable=False),
    Column("fetched_at", UtcTime, nullable=False),
    Column("mapped_at", UtcTime),
    UniqueConstraint("source", "origin", "digest"),
    Index(None, "source", "mapped_at"),
)

cursors = Table(
    "cursors",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("origin", String(255), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

coverage = Table(  # the intervals that a source has really read
    "coverage",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("origin", String(255), nullable=False),
    Column("start", UtcTime, nullable=False),
    Column("end", UtcTime, nullable=False),
    Index(None, "source", "origin", "start"),
)

spending = Table(  # what was fetched where fetching costs; data.budgets says what is left
    "spending",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("purpose", String(16), primary_key=True),  # posts, checks
    Column("month", String(10), primary_key=True),  # the first day of the billing month
    Column("used", BigInteger, nullable=False),
)

runs = Table(  # each run of a step, for the pages and `hhhilft status`
    "runs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("step", String(32), nullable=False),  # collect, tag, detect, digest, import
    Column("source", String(64)),
    Column("origin", String(255)),
    Column("period", String(64)),  # idempotency key: at most one finished run a step and period
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("state", String(32), nullable=False),  # data.reads.STATES
    Column("detail", Text),  # what a person should know, as the server or file put it, or as noted
    Column("counts", JSON, nullable=False),
    Column("next_try", UtcTime),
    Index(None, "step", "source", "origin", "started_at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("origin", Text, nullable=False),  # file name or instance
    Column("line", BigInteger),
    Column("code", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("mapper", String(32), nullable=False),  # version of the code that could not read it
    Column("at", UtcTime, nullable=False),
    Column("resolved_at", UtcTime),
    UniqueConstraint("source", "origin", "digest"),
)

clusters = Table(
    "clusters",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("level", String(16), nullable=False),  # alert, watch, community
    Column("score", Float, nullable=False),
    Column("name", Text),  # of a community: its topics and places
    Column("kinds", JSON, nullable=False),
    Column("first", UtcTime, nullable=False),
    Column("last", UtcTime, nullable=False),
    Column(
        "reasons", JSON, nullable=False
    ),  # code, value, expected, for or against; data.reasons words them
    Column("detected_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("gone_at", UtcTime),  # no longer found by the newest run
)

cluster_accounts = Table(
    "cluster_accounts",
    metadata,
    Column("cluster", ForeignKey("clusters.id"), primary_key=True),
    Column("account", ForeignKey("accounts.id"), primary_key=True),
    Column("marks", JSON, nullable=False),
    Index(None, "account"),
)

cluster_posts = Table(  # the evidence
    "cluster_posts",
    metadata,
    Column("cluster", ForeignKey("clusters.id"), primary_key=True),
    Column("post", ForeignKey("posts.id"), primary_key=True),
    Column("object", Text),  # what the accounts of the cluster share in this post
    Column("kind", String(16)),
)

cluster_episodes = Table(  # what the accounts shared, one by one
    "cluster_episodes",
    metadata,
    Column("cluster", ForeignKey("clusters.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # in the order they began
    Column("kind", String(16), nullable=False),
    Column("object", Text, nullable=False),
    Column("others", Integer),  # accounts outside that did the same; None: not counted
)

cluster_acts = Table(  # the posts of each
    "cluster_acts",
    metadata,
    Column("cluster", ForeignKey("clusters.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("post", ForeignKey("posts.id"), primary_key=True),
)

network_nodes = Table(  # the picture of who acts with whom, as the newest detection drew it
    "network_nodes",
    metadata,
    Column("account", ForeignKey("accounts.id"), primary_key=True),
    Column("community", String(64)),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("degree", Integer, nullable=False),
    Column("betweenness", Float, nullable=False),
)

network_edges = Table(
    "network_edges",
    metadata,
    Column("a", ForeignKey("accounts.id"), primary_key=True),
    Column("b", ForeignKey("accounts.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),  # talk (replies, mentions, reposts) or together
    Column("weight", Float, nullable=False),
)

matches = Table(  # offers that answer a need, as the newest matching found them
    "matches",
    metadata,
    Column("need", ForeignKey("posts.id"), primary_key=True),
    Column("offer", ForeignKey("posts.id"), primary_key=True),
    Column("item", String(64), nullable=False),  # what is sought: a key of items.toml or topic:key
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),  # code and values; data.match_words words them
    Index(None, "offer"),
)

tallies = Table(  # what the pages count, by the hour and by the day; data.rollups says of what
    "tallies",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("hours", Integer, primary_key=True, autoincrement=False),  # 1, or 24: a day in UTC
    Column("start", BigInteger, primary_key=True, autoincrement=False),  # hours since 1970
    Column("label", Text, primary_key=True),
    Column("posts", Integer, nullable=False),
    Column("needs", Integer, nullable=False),
    Column("offers", Integer, nullable=False),
    sqlite_with_rowid=False,
)

calls = Table(  # calls for help and questions, with whether anybody answered: made of the posts
    "calls",
    metadata,
    Column("intent", String(16), primary_key=True),  # gesuch, frage
    Column("at", UtcTime, primary_key=True),
    Column("post", ForeignKey("posts.id"), primary_key=True),
    Column("answered", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("begins", Boolean, nullable=False),  # answers no other post
    Column("protected", Boolean, nullable=False),  # is about data.topics.PROTECTED
    Column("words", BigInteger, nullable=False),  # data.rollups.words: equal for the same words
    sqlite_with_rowid=False,
)

spans = Table(  # when each account's posts began, and from when to when it has some that count
    "spans",
    metadata,
    Column("account", ForeignKey("accounts.id"), primary_key=True),
    Column("first", UtcTime, nullable=False),
    Column("counted_first", UtcTime),
    Column("counted_last", UtcTime),
    Index(None, "first", "counted_first"),
    Index(None, "counted_last", "counted_first"),
)

stale_hours = Table(  # of posts that came or changed since they were counted
    "stale_hours",
    metadata,
    Column("hour", _Id, primary_key=True, autoincrement=False),
)

stale_accounts = Table(
    "stale_accounts",
    metadata,
    Column("account", _Id, primary_key=True, autoincrement=False),
)

recounts = Table(  # one row: how often something was counted anew, for pages that look for news
    "recounts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("times", BigInteger, nullable=False),
    Column("rules", String(64), nullable=False),  # mark of what was counted: data.rollups.rules
)

users = Table(
    "users",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),  # viewer, coordinator, press, admin
    Column("password_hash", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("epoch", Integer, nullable=False),  # a changed one ends the sessions that are open
    Column("created_at", UtcTime, nullable=False),
    Column("last_login", UtcTime),
    Column("issuer", Text),  # who checks their logins ([oidc]), and as whom they are known there;
    Column("subject", Text),  # none: they have a password here
    Index("ix_users_issuer_subject", "issuer", "subject", unique=True),
)

decisions = Table(  # append-only: who decided what, when, why
    "decisions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("who", String(64), nullable=False),
    Column("subject_kind", String(16), nullable=False),  # data.decisions.verdicts.SUBJECT_KINDS
    Column("subject", String(600), nullable=False),
    Column("verdict", String(32), nullable=False),  # VERDICTS there, and those of one kind alone
    Column("reason", Text, nullable=False),
    Column("seen", Integer),  # last decision on the subject that the person saw; None: none
    Column("basis", JSON(none_as_null=True)),  # what it rests on: data.decisions.basis, .blocks
    Index(None, "subject_kind", "subject", "id"),
)

corrections = Table(  # labels that a person gave a post: what was, what is; erased with the post
    "corrections",
    metadata,
    Column("decision", ForeignKey("decisions.id"), primary_key=True, autoincrement=False),
    Column("post", ForeignKey("posts.id"), nullable=False),
    Column("was", JSON(none_as_null=True)),  # data.labelling.Labelling; None: not tagged yet
    Column("now", JSON, nullable=False),
    Column("found", JSON(none_as_null=True)),  # Finding: what the tagger had said; None if released
    Column("released_at", UtcTime),  # when the text changed: it no longer counts from then on
    Index(None, "post"),
)

wishes = Table(  # what a person asked the worker to do
    "wishes",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("who", String(64), nullable=False),
    Column("wish", String(32), nullable=False),  # load_sample, collect_now
    Column("done_at", UtcTime),
    Column("outcome", Text),
)
