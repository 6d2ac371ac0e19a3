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
_INVISIBLE = re.compile(  # soft hyphen, joiners, marks of direction, variants of pictographs
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_LATIN = re.compile("[a-z]")
_FOREIGN = "асеорхуіјѕԁһӏкмтвнгпαορτυνικ"
_LOOK_ALIKE = str.maketrans(_FOREIGN, "aceopxyijsdhlkmtbhrnaoptuvik")
_SUSPECT = re.compile(f"[{_FOREIGN}]")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")


def words(text: str, places: Collection[str] = ()) -> list[str]:
    """Give the words of a text in lower case; numbers and `places` (lower case) masked as 0 and _.

    Links, mentions, hashtags, punctuation, pictographs and characters that nobody sees are left
    out; a word with Latin letters and foreign ones that look the same is read as Latin.
    """
    seen = text if text.isascii() else _INVISIBLE.sub("", text)
    plain = unicodedata.normalize("NFKC", seen).lower()
    said = _DROPPED.sub(" ", plain)[2 if _REPOSTED.match(plain) else 0 :]
    found = _WORD.findall(_NUMBER.sub("0", said))
    if not plain.isascii() and _SUSPECT.search(plain):
        found = [_as_read(word) for word in found]
    return ["_" if word in places else word for word in found] if places else found


def _as_read(word: str) -> str:
    if word.isascii() or not _LATIN.search(word):
        return word
    return word.translate(_LOOK_ALIKE)
