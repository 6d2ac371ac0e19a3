"""What X itself counts of the billing month; asking costs nothing."""

from typing import Any, NamedTuple

from data.config import Config
from monitor.items.fields import at, count
from monitor.sources.http import Patience
from monitor.sources.x.access import open_client


class Usage(NamedTuple):
    """Posts handed out to all apps of the project, and the days after which X counts anew."""

    posts: int
    days_left: int | None


def usage(config: Config, patience: Patience) -> Usage:
    """Ask X; Refused where it does not say."""
    [origin] = config.x.origins
    client = open_client(config, origin, patience)
    try:
        told: Any = client.get("/2/usage/tweets").document
    finally:
        client.close()
    posts = count(at(told, "data", "project_usage"))
    if posts is None:
        raise client.garbled("/2/usage/tweets")
    return Usage(posts, count(at(told, "data", "cap_reset_day")))
