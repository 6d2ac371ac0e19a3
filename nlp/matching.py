"""Offers for needs: which offer answers which need, how well, and why.

A need is only ever matched with an offer, never with one of the same account, with what is settled,
or with what was over when the other was written. Candidates come from an index by item, so that the
work grows with what fits and not with all pairs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from nlp import fitting
from nlp.candidates import Candidates
from nlp.fitting import Fit, Reason
from nlp.sides import NEED, SETTLED
from nlp.wishes import Wish

LEAST = 0.4  # a match below is none
ASIDE = 0.8  # what is left where nothing in its post says that the item is what it is about
ROUNDED = 0.0005  # a score is given with three digits
SHOWN = 5  # offers for each need


@dataclass(frozen=True, slots=True)
class Match:
    """An offer for a need; `score` 0 to 1; the reasons' codes are worded by data.match_words."""

    need: str
    offer: str
    item: str
    score: float
    reasons: tuple[Reason, ...]


def match(wishes: Iterable[Wish], now: datetime | None = None, most: int = SHOWN) -> list[Match]:
    """Match offers to needs; per need the best `most` offers, best first, needs in their order.

    `now`: leave out what is over by then; None: only what was over when the other was written.
    """
    wishes = list(wishes)
    settled = settled_by(wishes)
    live = [each for each in wishes if not is_over(each, now, settled)]
    candidates = Candidates(live)
    found: dict[str, dict[str, Match]] = {}
    for need in live:
        if need.side == NEED:
            _answer(need, candidates, found.setdefault(need.post, {}), most)
    return [match for best in found.values() for match in sorted(best.values(), key=_rank)[:most]]


def _rank(match: Match) -> tuple[float, str]:
    return -match.score, match.offer


def _answer(need: Wish, candidates: Candidates, best: dict[str, Match], most: int) -> None:
    """Add to the `best` matches of a post, by offer; groups that score too little are left out."""
    least = _least(best, most)
    for bound, offers in candidates.of(need):
        if bound < least:
            return
        for offer in offers:
            match = _match(need, offer, candidates, least)
            known = best.get(offer.post)
            if match is not None and (known is None or match.score > known.score):
                best[offer.post] = match
                if match.score > least:
                    least = _least(best, most)


def _least(best: Mapping[str, Match], most: int) -> float:
    """Give the score below which an offer is not among the `most` best."""
    if len(best) < most:
        return LEAST
    return max(LEAST, nlargest(most, (match.score for match in best.values()))[-1])


def _match(need: Wish, offer: Wish, candidates: Candidates, least: float) -> Match | None:
    if not may_meet(need, offer):
        return None
    if need.role and need.role == offer.role:
        return None
    left, reasons = 1.0, []
    for fit, reason in _fits(need, offer, candidates):
        left *= fit
        if left < least - ROUNDED:
            return None
        if reason is not None:
            reasons.append(reason)
    return Match(need.post, offer.post, need.item.key, round(left, 3), tuple(reasons))


def _fits(need: Wish, offer: Wish, candidates: Candidates) -> Iterable[Fit]:
    """Yield each judgement, those that decide most and cost least first."""
    if need.words or offer.words:
        yield fitting.item_fit(need.item, offer.item)
    else:
        half_named = candidates.names_item(need) or candidates.names_item(offer)
        alike = candidates.likeness.of(need.post, offer.post)
        yield fitting.topic_fit(need.item, alike, half_named=half_named)
    yield from fitting.details_fit(need, offer)
    for wish in (need, offer):
        yield ASIDE + (1 - ASIDE) * wish.weight, None
    if need.words or offer.words:
        yield fitting.words_fit(candidates.likeness.of(need.post, offer.post))


def may_meet(need: Wish, offer: Wish) -> bool:
    """Say whether two accounts wrote them, and each was still open when the other was written.

    Who flees from violence sees nothing but what is for that.
    """
    if need.account == offer.account or need.post == offer.post:
        return False
    if need.protected and not offer.protected:
        return False
    return offer.at <= need.closes and need.at <= offer.closes


def settled_by(wishes: Iterable[Wish]) -> Mapping[tuple[str, str], datetime]:
    """Give for account and item the last time it was said to be settled."""
    found: dict[tuple[str, str], datetime] = {}
    for wish in wishes:
        if wish.side == SETTLED:
            key = (wish.account, wish.item.key)
            found[key] = max(found.get(key, wish.at), wish.at)
    return found


def is_over(wish: Wish, now: datetime | None, settled: Mapping[tuple[str, str], datetime]) -> bool:
    """Say whether a wish is settled, or over by `now`."""
    said = settled.get((wish.account, wish.item.key))
    if wish.side == SETTLED or (said is not None and said >= wish.at):
        return True
    return now is not None and now > wish.closes
