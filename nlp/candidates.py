"""Which offers may answer a need, the best places first: an index by item, else by topic."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from data.items import read_items
from nlp.fitting import item_fit, place_fit
from nlp.likeness import Likeness
from nlp.sides import OFFER
from nlp.wishes import Wish

Group = tuple[float, Sequence[Wish]]
_Where = tuple[tuple[str, ...], bool]


class Candidates:
    """The offers among some wishes.

    By topic two posts only meet where one of them names no item (else their items decide), and
    where they share a place or a rare run of letters.
    """

    def __init__(self, wishes: Sequence[Wish]) -> None:
        self.likeness = Likeness({wish.post: wish.runs for wish in wishes})
        self._serving = _serving()
        self._by_item: dict[str, dict[_Where, list[Wish]]] = {}
        self._by_word: dict[tuple[str, str], list[Wish]] = defaultdict(list)
        self._named = {(wish.post, wish.side) for wish in wishes if wish.words}
        for wish in wishes:
            if wish.side == OFFER and wish.words:
                places = self._by_item.setdefault(wish.item.key, {})
                places.setdefault((wish.places, wish.anywhere), []).append(wish)
            elif wish.side == OFFER:
                for word in self._words(wish):
                    self._by_word[wish.item.key, word].append(wish)

    def of(self, need: Wish) -> list[Group]:
        """Return the offers that may answer a need, in groups, and the most that each can score."""
        groups = list(self._of_item(need) if need.words else self._of_topic(need))
        return sorted(groups, key=lambda group: -group[0])

    def _of_item(self, need: Wish) -> Iterator[Group]:
        for key, fit in self._serving[need.item.key]:
            for offers in self._by_item.get(key, {}).values():
                yield fit * place_fit(need, offers[0])[0], offers

    def _of_topic(self, need: Wish) -> Iterator[Group]:
        met: dict[str, Wish] = {}
        for word in self._words(need):
            met.update((each.post, each) for each in self._by_word.get((need.item.key, word), ()))
        named = self.names_item(need)
        for offer in met.values():
            if not (named and self.names_item(offer)):
                yield 1.0, (offer,)

    def names_item(self, wish: Wish) -> bool:
        """Say whether the wish's post names an item that it seeks, or offers, as the wish does."""
        return (wish.post, wish.side) in self._named

    def _words(self, wish: Wish) -> Iterable[str]:
        yield from self.likeness.rare(wish.post)
        yield from (f"place:{place}" for place in wish.places)


def _serving() -> Mapping[str, Sequence[tuple[str, float]]]:
    """Give for each item the items whose offers may answer its need, and how well."""
    items = read_items()
    return {
        need.key: [
            (offer.key, fit) for offer in items.values() if (fit := item_fit(need, offer)[0]) > 0
        ]
        for need in items.values()
    }
