"""What speaks for and against an offer answering a need, as numbers: posts compared as a whole."""

from dataclasses import replace

from data.details import KINDS
from data.items import SIZES, WHOLE, read_items
from nlp import fitting
from nlp.meaning import Meant
from nlp.sides import NEED, OFFER
from nlp.wishes import Told, Wish

SIDE = ("gesuch", "sought", "angebot", "offered", "jobless", "hiring", "settled")  # cues
INTENTS = ("gesuch", "angebot", "frage", "hinweis")
MOST_CUES = 3  # of one kind that are counted
_OWN = ("language", "subject", "trade", "activity")  # kinds that are weighed for themselves
_CLASH = 0.5  # what is left of the score where details contradict each other
_SIZED = {size: replace(WHOLE, size=size) for size in SIZES}
Features = dict[str, float]


def side_features(told: Told, meant: Meant) -> Features:
    """Return what tells whether a post seeks or offers."""
    weights = {
        side: max((wish.weight for wish in told.wishes if wish.side == side), default=0.0)
        for side in (NEED, OFFER)
    }
    return {
        "meant seeks": meant.seeks,
        "meant offers": meant.offers,
        **{f"read {side}": weight for side, weight in weights.items()},
        **{f"intent {intent}": told.intents.get(intent, 0.0) for intent in INTENTS},
        **{f"cue {cue}": float(min(MOST_CUES, told.cues[cue])) for cue in SIDE},
    }


def pair_features(need: Told, offer: Told, words_alike: float) -> Features:
    """Compare what two posts say; what they mean is compared elsewhere."""
    asked, given = need.whole, offer.whole
    shared = (min(score, offer.topics.get(topic, 0.0)) for topic, score in need.topics.items())
    return {
        "words": words_alike,
        "topic": sum(shared),
        **_items(need, offer),
        **_values(asked, given),
        **_places(asked, given),
        **_sizes(need, offer),
        **_times_and_amounts(asked, given),
    }


def _items(need: Told, offer: Told) -> Features:
    items = read_items()
    fits = (
        fitting.item_fit(items[one], items[other])[0] * here * there
        for one, here in need.named.items()
        for other, there in offer.named.items()
    )
    fit, both = max(fits, default=0.0), bool(need.named and offer.named)
    return {
        "item": fit,
        "item same": float(fit == 1),
        "item unnamed": float(not both),
        "item clash": float(both and not fit),
    }


def _values(asked: Wish, given: Wish) -> Features:
    found = {f"{kind} {how}": 0.0 for kind in (*_OWN, "other") for how in ("same", "clash")}
    for kind in KINDS:
        if asked.values.get(kind) and given.values.get(kind):
            fit = fitting.values_fit(kind, asked, given)[0]
            name = kind if kind in _OWN else "other"
            found[f"{name} {'same' if fit >= _CLASH else 'clash'}"] = 1.0
    return found


def _places(asked: Wish, given: Wish) -> Features:
    both = bool(asked.places and given.places)
    reason = fitting.place_fit(asked, given)[1]
    code = reason["code"] if reason else ""
    far = min(1.0, fitting.nearest_km(asked, given) / fitting.FAR_KM) if both else 0.0
    anywhere = asked.anywhere or given.anywhere
    return {
        "place same": float(code == "same_place"),
        "place bezirk": float(code == "same_bezirk"),
        "place unsaid": float(not both),
        "far": 0.0 if anywhere else far,
        "far anywhere": far if anywhere else 0.0,
    }


def _sizes(need: Told, offer: Told) -> Features:
    fits = []
    for kind in need.sizes.keys() & offer.sizes.keys():
        wanted, given = need.sizes[kind], offer.sizes[kind]
        if wanted and given:
            asked = replace(need.whole, item=_SIZED[kind], sizes=wanted)
            had = replace(offer.whole, item=_SIZED[kind], sizes=given)
            fits.append(fitting.size_fit(asked, had)[0])
    return {
        "size same": float(max(fits, default=0.0) > fitting.NEAR),
        "size clash": 1 - max(fits, default=1.0),
    }


def _times_and_amounts(asked: Wish, given: Wish) -> Features:
    fit, when = fitting.time_fit(asked, given)
    return {
        "time same": float(bool(when and when["code"] in ("time", "weekdays"))),
        "time clash": float(fit < _CLASH),
        "sold": float(given.sold),
        "costs": float(bool(given.price and not asked.price)),
        "dear": float(bool(asked.price and given.price and given.price > asked.price)),
        "audience clash": float(fitting.people_fit(asked, given)[0] < _CLASH),
        "too few": float(bool(asked.people and given.people and given.people < asked.people)),
    }
