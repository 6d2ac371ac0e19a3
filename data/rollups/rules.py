"""By what rules is counted: whoever changes them makes all that was counted worthless."""

import json
from functools import lru_cache
from hashlib import sha256

from data.places import read_place_names, read_places

VERSION = 3  # of what data.rollups.truth counts


@lru_cache(maxsize=1)
def rules() -> str:
    """Give the mark of the rules in force: their version, the Bezirk of each place, the city."""
    return sha256(json.dumps([VERSION, bezirke(), city_parts()]).encode()).hexdigest()


def bezirke() -> dict[str, str]:
    """Return the Bezirk of each place."""
    return {each.name: each.bezirk for each in read_places()}


def city_parts() -> tuple[str, ...]:
    """Return the words of which a post has one that speaks of the whole city."""
    return read_place_names().city
