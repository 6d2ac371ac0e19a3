"""Names for communities, made of what they speak about and where: "Deutsch lernen · Altona"."""

from collections import Counter
from collections.abc import Mapping, Sequence

FEWEST = 3  # posts of a community with a label, before it may give the name
MORE = 1.15  # how much more frequent than among all a label must be


def community_name(
    own: Mapping[tuple[str, str], int],
    all_posts: Mapping[tuple[str, str], int],
    names: Mapping[str, str],
) -> str | None:
    """Name a community from its labels, (kind, label) -> posts; None where nothing sets it apart.

    The label that is most over-represented wins, weighed by how often it occurs.
    """
    found = [
        label if kind == "place" else names.get(label, label)
        for kind in ("topic", "place")
        for label in [_most_own(kind, own, all_posts)]
        if label is not None
    ]
    return " · ".join(found) or None


def unlike(given: Sequence[str | None]) -> list[str | None]:
    """Drop names that were given before, so that no two communities are called the same."""
    seen: Counter[str] = Counter()
    kept: list[str | None] = []
    for name in given:
        kept.append(name if name is not None and not seen[name] else None)
        if name is not None:
            seen[name] += 1
    return kept


def _most_own(
    kind: str, own: Mapping[tuple[str, str], int], all_posts: Mapping[tuple[str, str], int]
) -> str | None:
    mine = {label: count for (each, label), count in own.items() if each == kind}
    everybody = {label: count for (each, label), count in all_posts.items() if each == kind}
    size, whole = sum(mine.values()), sum(everybody.values())
    weighed = {
        label: (count / size) / (everybody[label] / whole) * count**0.5
        for label, count in mine.items()
        if count >= FEWEST and (count / size) / (everybody[label] / whole) >= MORE
    }
    return max(sorted(weighed), key=lambda label: weighed[label]) if weighed else None
