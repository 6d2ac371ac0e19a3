"""Small worlds: posts and accounts with only what a test is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from data.records import Account, Post

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def account(id: str = "ana", network: str = "mastodon", **known: Any) -> Account:  # noqa: A002
    """Make an account of which only `known` is known."""
    return Account(network=network, id=id, **known)


def post(id: str = "p1", by: Account | str = "ana", **known: Any) -> Post:  # noqa: A002
    """Make a post by an account or an account id; written at NOW if `known` does not say else."""
    network = known.pop("network", "mastodon")
    author = account(by, network) if isinstance(by, str) else by
    return Post(
        network=network,
        id=id,
        created_at=known.pop("created_at", NOW),
        account=author,
        text=known.pop("text", "Wir brauchen Decken."),
        **known,
    )
