"""Hashtags in plain text, and whether one of them is watched."""

import re
from collections.abc import Iterable

from data.config import Config

_TAG = re.compile(r"(?<![\w/&=?#.])#(\w*[^\W\d]\w*)")


def hashtags(text: str) -> tuple[str, ...]:
    """Return the hashtags of a text, lower case, each once; parts of addresses are none."""
    return tuple(dict.fromkeys(each.lower() for each in _TAG.findall(text)))


def is_watched(found: Iterable[str], config: Config) -> bool:
    """Say whether one of these hashtags (lower case) is among those of the settings."""
    return not {tag.lower() for tag in config.watch.hashtags}.isdisjoint(found)
