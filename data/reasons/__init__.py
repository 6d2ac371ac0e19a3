"""Reasons of a finding in words: code and numbers become one German or English sentence.

A reason is a mapping as the store keeps it: code, value, expected (the same figure of everybody
else, None where unknown), against (True: speaks against the finding), and the code's parameters.
Sentences name what accounts do. They never say what somebody is.
"""

from collections.abc import Sequence

from data.reasons.counting import Reason
from data.reasons.speaking_against import AGAINST
from data.reasons.speaking_for import FOR
from data.reasons.weighing import WEIGHED, weighing

__all__ = ["Reason", "against", "sentence", "speaking", "weighed"]


def sentence(reason: Reason, lang: str) -> str:
    """Word one reason. An unknown code (written by a newer version) is named, not hidden."""
    word = _WORDS.get(str(reason.get("code")))
    if word is None:
        unknown = "Nicht beschriebener Grund" if lang == "de" else "A reason without description"
        return f"{unknown}: {reason.get('code')}."
    return word(reason, lang)


def speaking(reasons: Sequence[Reason]) -> list[Reason]:
    """List what speaks for a finding, the strongest first."""
    return [each for each in reasons if not each.get("against") and each.get("code") != WEIGHED]


def against(reasons: Sequence[Reason]) -> list[Reason]:
    """List what speaks against it."""
    return [each for each in reasons if each.get("against")]


def weighed(reasons: Sequence[Reason]) -> Reason | None:
    """Give how the score came about; None where it was not weighed."""
    return next((each for each in reasons if each.get("code") == WEIGHED), None)


_WORDS = {**FOR, **AGAINST, WEIGHED: weighing}
