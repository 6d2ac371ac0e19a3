"""The watched hashtags as questions to X's search."""

from collections.abc import Iterable

LONGEST = 512  # characters of a query; X's limit
_OR = " OR "


def queries(hashtags: Iterable[str]) -> list[str]:
    """Ask for any of the hashtags, in as few queries as their length allows; capitals are alike."""
    found: list[str] = []
    for tag in {tag.lower(): tag for tag in hashtags}.values():
        term = f"#{tag}"
        if found and len(found[-1]) + len(_OR) + len(term) <= LONGEST:
            found[-1] += _OR + term
        else:
            found.append(term)
    return found
