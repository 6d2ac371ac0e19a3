"""What two texts have in common when only names of places, numbers and decoration differ."""

import re
import unicodedata
from collections.abc import Collection

MASKS = frozenset("0_")  # stand for any number and any place
FEWEST_WORDS = (
    5  # distinct, besides the masks; shorter texts ("Danke!", "Gute Besserung") are equal by chance
)
_DROPPED = re.compile(  # each branch begins with a letter of its own: found many times faster
    r"https?://\S+|@(?<!\w@)[\w.@·-]+|#(?<!\w#)[\w.@·-]+"
)
_REPOSTED = re.compile(r"rt\b")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")


def words(text: str, places: Collection[str] = ()) -> list[str]:
    """Give the words of a text in lower case; numbers and `places` (lower case) masked as 0 and _.

    Links, mentions, hashtags, punctuation and pictographs are left out.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    said = _DROPPED.sub(" ", plain)[2 if _REPOSTED.match(plain) else 0 :]
    found = _WORD.findall(_NUMBER.sub("0", said))
    return ["_" if word in places else word for word in found] if places else found
