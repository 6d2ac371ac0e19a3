"""Whether there is enough to go by: below these numbers, that nothing was found says little."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.formats import number, percent

FEWEST_POSTS = 20  # with fewer there are hardly 20 meetings, from which on detection compares
FEWEST_ACCOUNTS = 8  # a group has 4 at least, and needs as many others to be compared with
FEWEST_TIMED = 0.5  # of the posts: who followed whom is known by their times alone


@dataclass(frozen=True, slots=True)
class Note:
    """What there is too little of."""

    code: str  # few_posts, few_accounts, few_times
    value: float
    needed: float


def notes(counts: Mapping[str, int]) -> list[Note]:
    """Say of what there is too little; no notes where there is enough.

    `counts`: posts, and where they are known accounts and untimed (posts of unknown time).
    """
    posts = counts.get("posts", 0)
    if posts < FEWEST_POSTS:
        return [Note("few_posts", posts, FEWEST_POSTS)]
    found = []
    accounts = counts.get("accounts")
    if accounts is not None and accounts < FEWEST_ACCOUNTS:
        found.append(Note("few_accounts", accounts, FEWEST_ACCOUNTS))
    timed = 1 - counts.get("untimed", 0) / posts
    if timed < FEWEST_TIMED:
        found.append(Note("few_times", round(timed, 3), FEWEST_TIMED))
    return found


def note_words(note: Note, lang: str) -> str:
    """Say it in a sentence."""
    de = lang == "de"
    if note.code == "few_times":
        known, needed = percent(note.value, lang), percent(note.needed, lang)
        if de:
            return (
                f"Zu wenig Daten: Nur von {known} der Beiträge ist die Zeit bekannt; "
                f"ab {needed} lässt sich sagen, wer auf wen folgt."
            )
        return (
            f"Not enough data: the time is known of {known} of the posts only; "
            f"from {needed} on it can be said who follows whom."
        )
    value, needed = number(note.value, lang), number(note.needed, lang)
    one = note.value == 1
    if note.code == "few_posts":
        what = ("Beitrag" if one else "Beiträge") if de else ("post" if one else "posts")
    else:
        what = ("Konto" if one else "Konten") if de else ("account" if one else "accounts")
    if de:
        return f"Zu wenig Daten: {value} {what}; ab {needed} lässt sich sagen, was üblich ist."
    return f"Not enough data: {value} {what}; from {needed} on it can be said what is usual."
