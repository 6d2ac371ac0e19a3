"""Offers for needs by what posts mean: the nearest are weighed by all that both say.

Where the encoder is absent, items alone are compared (nlp.matching).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import log1p, prod

import numpy as np
from numpy.typing import NDArray

from data.items import WHOLE, Item, topic_items
from nlp import fitting, pair_model
from nlp.likeness import Likeness
from nlp.linear import likely
from nlp.matching import SHOWN, Match, is_over, match, may_meet, settled_by
from nlp.pair_features import Features, pair_features, side_features
from nlp.pair_model import Logistic
from nlp.sides import NEED, OFFER, SETTLED
from nlp.wishes import Told, Wish

NEAREST = 20  # offers that are weighed for each need
BLOCK = 512  # needs whose nearest offers are looked for in one go
UNSURE = 2.0  # log odds up to which a post may seek though it rather offers, and the reverse
SURE = 1.5  # log odds from which a post seeks, or offers, though the tagger does not say so
SUREST = 4.0  # log odds beyond which a side is not surer
LEAST = 0.2  # a match less likely is none
SAME = 0.6  # as alike in its words a post is a copy, and answers nothing; answers are below .45
SEEKS, OFFERS = "gesuch", "angebot"  # the tagger's intents of posts that are matched
_EXCLUDED = 0.35  # of the score left by what the rules exclude: audience, size, language, time

Pair = tuple[Wish, Wish]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """An offer that may answer a need, the items that fit best (or None), and how both compare."""

    need: Told
    offer: Told
    items: Pair | None
    features: Features


def answers(
    told: Sequence[Told],
    now: datetime | None = None,
    most: int = SHOWN,
    least: float = LEAST,
) -> list[Match]:
    """Match offers to needs, as `nlp.matching.match`; a score is a probability, `least` or more."""
    if any(each.meant is None for each in told):
        wishes = (
            wish
            for each in told
            for wish in each.wishes
            if _takes_part(each) or wish.side == SETTLED
        )
        return match(wishes, now, most)
    model = pair_model.read()
    found = []
    for rows in candidates(told, now, model.side):
        scores = likely(model.pair.odds([row.features for row in rows])).tolist()
        best = sorted(zip(scores, rows, strict=True), key=lambda each: -each[0])[:most]
        found += [_match(row, score) for score, row in best if score >= least]
    return found


def candidates(
    told: Sequence[Told], now: datetime | None, side: Logistic
) -> Iterator[Sequence[Candidate]]:
    """Yield for each post that may seek the nearest that may offer, the nearest first."""
    live = list(_live(told, now))
    if not live:
        return
    likeness = Likeness({each.whole.post: each.whole.runs for each in live})
    meant = [each.meant for each in live if each.meant]
    pairs = zip(live, meant, strict=True)
    seeks = np.clip(side.odds([side_features(*each) for each in pairs]), -SUREST, SUREST)
    vectors = np.array([each.vector for each in meant])
    either = np.array([any(wish.role for wish in each.wishes) for each in live], dtype=bool)
    seekers = np.array([_may(each, SEEKS) for each in live], dtype=bool)
    givers = np.array([_may(each, OFFERS) for each in live], dtype=bool)
    needs = np.flatnonzero(seekers & ((seeks >= -UNSURE) | either))  # a team seeks, and players too
    gives = np.flatnonzero(givers & ((seeks <= UNSURE) | either))
    offers = sorted(gives, key=lambda at: live[at].whole.post)
    may_offer, offered = [live[at] for at in offers], vectors[offers]
    for start in range(0, len(needs), BLOCK):
        block = needs[start : start + BLOCK]
        for need, alike in zip(block, vectors[block] @ offered.T, strict=True):
            near = list(_nearest(live[need], may_offer, alike))
            rows = []
            for rank, (at, likest) in enumerate(near):
                row = _compared(live[need], may_offer[at], likeness)
                if row is not None:
                    row.features["seeks"] = float(seeks[need])
                    row.features["offers"] = -float(seeks[offers[at]])
                    row.features["alike"] = likest
                    row.features["alike unnamed"] = likest * row.features["item unnamed"]
                    row.features["ahead"] = likest - near[0 if rank else min(1, len(near) - 1)][1]
                    row.features["rank"] = log1p(rank)
                    rows.append(row)
            if rows:
                yield rows


def _takes_part(told: Told) -> bool:
    """Say whether a post seeks or offers at all; which of the two is told apart by more.

    A reply is said to one person: what it offers is not for others, and its question is answered.
    """
    return not told.is_reply and (_may(told, SEEKS) or _may(told, OFFERS))


def _may(told: Told, side: str) -> bool:
    """Say whether a post may seek or offer: where the tagger says so, or the encoder is sure.

    What people have corrected is as they say.
    """
    if side in told.intents or told.by_people or told.meant is None:
        return side in told.intents
    return (told.meant.seeks if side == SEEKS else told.meant.offers) >= SURE


def _live(told: Sequence[Told], now: datetime | None) -> Iterator[Told]:
    """Yield the posts that take part and are not over, with those of their wishes that are not."""
    settled = settled_by(wish for each in told for wish in each.wishes)
    for each in told:
        if not _takes_part(each) or (each.cues["settled"] and not each.cues["left"]):
            continue
        left = tuple(wish for wish in each.wishes if not is_over(wish, now, settled))
        named = [wish for wish in each.wishes if wish.words]
        if is_over(each.whole, now, {}) or (named and not any(wish.words for wish in left)):
            continue
        yield replace(each, wishes=left)


def _nearest(
    need: Told, offers: Sequence[Told], alike: NDArray[np.float32]
) -> Iterator[tuple[int, float]]:
    """Yield where the nearest offers stand that may meet the need, and how alike they are."""
    found = 0
    for at in np.argsort(-alike, kind="stable"):
        if may_meet(need.whole, offers[at].whole):
            yield int(at), float(alike[at])
            found += 1
            if found == NEAREST:
                return


def _compared(need: Told, offer: Told, likeness: Likeness) -> Candidate | None:
    """Compare two posts; None where a rule excludes it."""
    pairs = [
        (asked, given)
        for asked in need.wishes
        for given in offer.wishes
        if asked.side == NEED and given.side == OFFER and asked.words and given.words
        if not (asked.role and asked.role == given.role)
    ]
    fits = [_fit(*pair) for pair in pairs]
    best = max(range(len(pairs)), key=lambda at: fits[at], default=None)
    items = pairs[best] if best is not None and fits[best] else None
    if _is_excluded(*(items or (need.whole, offer.whole)), named=items is not None):
        return None
    alike = likeness.of(need.whole.post, offer.whole.post)
    if alike >= SAME:
        return None
    features = pair_features(need, offer, alike)
    features["fit"] = fits[best] if best is not None else 0.0
    return Candidate(need, offer, items, features)


def _fit(need: Wish, offer: Wish) -> float:
    item = fitting.item_fit(need.item, offer.item)[0]
    return item and item * prod(fit for fit, _ in fitting.details_fit(need, offer))


def _is_excluded(need: Wish, offer: Wish, *, named: bool) -> bool:
    """Say whether the offer is for others; of items that fit, whether size, day or language do."""
    judged = [fitting.people_fit(need, offer)]
    if named:
        judged += [fitting.size_fit(need, offer), fitting.time_fit(need, offer)]
        if "language" in need.item.by:
            judged.append(fitting.values_fit("language", need, offer))
    return min(fit for fit, _ in judged) <= _EXCLUDED


def _match(row: Candidate, score: float) -> Match:
    need, offer = row.need.whole, row.offer.whole
    if row.items:
        need, offer = row.items
        item = need.item
        reasons = [fitting.item_fit(item, offer.item)[1]]
    else:
        item = _topic(row.need.topics, row.offer.topics)
        reasons = [{"code": "meaning"}]
    reasons += [reason for _, reason in fitting.details_fit(need, offer)]
    told = tuple(each for each in reasons if each and (row.items or each["code"] != "not_said"))
    return Match(need.post, offer.post, item.key, round(score, 3), told)


def _topic(asked: Mapping[str, float], given: Mapping[str, float]) -> Item:
    """Return what stands for the topic of both, else of either, else for whatever it is."""
    shared = [topic for topic in asked if topic in given]
    known = (topic_items().get(topic) for topic in (*shared, *asked, *given))
    return next((item for item in known if item), WHOLE)
