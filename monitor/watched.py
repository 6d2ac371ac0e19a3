"""Whether a post has one of the hashtags that are watched."""

from collections.abc import Iterable

from data.config import Config


def is_watched(hashtags: Iterable[str], config: Config) -> bool:
    """Say whether one of these hashtags (lower case) is among those of the settings."""
    return not {tag.lower() for tag in config.watch.hashtags}.isdisjoint(hashtags)
