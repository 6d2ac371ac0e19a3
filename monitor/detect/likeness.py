"""What two texts have in common when only names of places, numbers and decoration differ."""

import re
import unicodedata
from collections.abc import Collection

MASKS = frozenset("0_")  # stand for any number and any place
FEWEST_WORDS = (
    5  # distinct, besides the masks; shorter texts ("Danke!", "Gute Besserung") are equal by chance
)
_DROPPED = re.compile(r"https?://\S+|(?<!\w)[@#][\w.@·-]+|^rt\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")


def words(text: str, places: Collection[str] = ()) -> list[str]:
    """Give the words of a text in lower case; numbers and `places` (lower case) masked as 0 and _.

    Links, mentions, hashtags, punctuation and pictographs are left out.
    """
    plain = _DROPPED.sub(" ", unicodedata.normalize("NFKC", text).lower())
    found = _WORD.findall(_NUMBER.sub("0", plain))
    return ["_" if word in places else word for word in found]
