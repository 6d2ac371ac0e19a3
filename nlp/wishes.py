"""What a post seeks and offers: its wishes, each with all that decides whether another fits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from data.details import DETAILS_FILE, KINDS, read_details
from data.items import WHOLE, Item, topic_items
from data.topics import PROTECTED
from nlp import amounts
from nlp.circumstances import Sided, left_out
from nlp.items import Items, Mention
from nlp.likeness import runs_of
from nlp.meaning import Meaning, Meant
from nlp.sides import NEED, OFFER, SETTLED, Cues, Sides, side_of, side_of_post
from nlp.sizes import Sizes, sizes
from nlp.tagged import Tagged
from nlp.terms import Lexicon, Lexicons
from nlp.times import When, read_when
from nlp.words import LINK, TOKEN, Words, fold

LONGEST = 4_000  # characters; what stands further back in a post is not what it is about
LIFETIME = timedelta(days=60)  # a post without a date of its own is then too old to answer
MOST = 12  # items of one post
_ASIDE = 0.8  # how much a post is about what stands behind a preposition
_HANDS = 0.6  # how much a post is about hands and time where it says what for
_ROLES = {NEED: "joins", OFFER: "takes"}
SPOKEN = {  # the language that people mean who write in it and name none
    "ar": "arabisch", "fa": "dari", "tr": "tuerkisch", "uk": "ukrainisch", "ru": "russisch",
    "so": "somali", "ti": "tigrinya", "ku": "kurmandschi", "sq": "albanisch", "ps": "paschtu",
    "fr": "franzoesisch", "es": "spanisch",
}  # fmt: skip
Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Post:
    """What of a post is read; `account` is "network:id". `by_people`: they have tagged it."""

    id: str
    account: str
    at: datetime
    text: str
    tagged: Tagged
    is_reply: bool = False
    by_people: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """One item that a post seeks, offers, or says to be settled (`side`).

    `words` is the item as the post names it, "" where the wish stands for the rest of a topic;
    `weight` (0 to 1): how much the post is about it; `values`: what is said of each kind of detail;
    `closes`: when it is over; `runs`: the runs of letters of all words of the post; `role`: of
    mutual items who "joins" and who "takes" (a team), else ""; `protected`: it is about violence.
    """

    post: str
    account: str
    at: datetime
    side: str
    item: Item
    words: str
    weight: float
    count: int | None
    people: int | None
    price: int | None
    sold: bool
    sizes: Sizes
    values: Values
    places: tuple[str, ...]
    anywhere: bool
    when: When
    closes: datetime
    runs: frozenset[str]
    role: str = ""
    protected: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What one post tells.

    `wishes` are its items with their sides; `whole` holds what is said of all of them, and every
    kind of detail; `named` are the keys of the items sought or offered, with a weight of 0 to 1;
    `sizes` by what they are sizes of; `cues`: how often each cue is met; `meant` is None without
    the encoder.
    """

    wishes: tuple[Wish, ...]
    whole: Wish
    named: Mapping[str, float]
    sizes: Mapping[str, Sizes]
    topics: Mapping[str, float]
    intents: Mapping[str, float]
    cues: Counter[str]
    meant: Meant | None
    is_reply: bool
    by_people: bool


class _Said:
    """What a post says of all its wishes alike."""

    def __init__(self, post: Post, words: Words, cues: Cues, values: Values) -> None:
        when = read_when(post.text, words, post.at)
        self._values, self._lang = values, post.tagged.lang
        self._anywhere, self._fetches = cues.has("anywhere"), cues.has("fetches")
        self._alike: dict[str, Any] = {
            "post": post.id,
            "account": post.account,
            "at": post.at,
            "people": amounts.people(post.text),
            "price": amounts.price(post.text),
            "sold": amounts.is_sold(post.text),
            "places": tuple(place.place for place in post.tagged.places),
            "when": when,
            "closes": when.ends or post.at + LIFETIME,
            "runs": runs_of(words),
            "protected": any(each.label == PROTECTED for each in post.tagged.topics),
        }

    def wish(
        self,
        side: str,
        item: Item,
        *,
        weight: float = 1.0,
        words: str = "",
        count: int | None = None,
        sizes: Sizes | None = None,
    ) -> Wish:
        """Make one wish."""
        return Wish(
            side=side,
            item=item,
            weight=weight,
            words=words,
            count=count,
            sizes=sizes or Sizes(),
            values=_for_item(item, self._values, self._lang),
            anywhere=self._anywhere or (self._fetches and side == NEED),
            role=_ROLES.get(side, "") if item.mutual else "",
            **self._alike,
        )

    @staticmethod
    def mirrored(wish: Wish) -> Wish:
        """Turn a wish of a team or of who wants to join one: each seeks the other."""
        return replace(wish, side=OFFER if wish.side == NEED else NEED)


class Reader:
    """Reads what posts tell; make it once. Without a `meaning` it is not read what they mean."""

    def __init__(self, meaning: Meaning | None = None) -> None:
        self._meaning = meaning
        self._items = Items()
        self._sides = Sides()
        self._details = Lexicons(DETAILS_FILE, _fill_details)

    def read(self, post: Post) -> list[Wish]:
        """Return the wishes of a post in the order of its words, then one a topic."""
        return list(self.told(post).wishes)

    def told(self, post: Post) -> Told:
        """Return all that a post tells."""
        text, tagged = post.text[:LONGEST], post.tagged
        words = words_of(text)
        cues = self._sides.read(text, words, tagged.lang)
        values = self._values(words, tagged.lang)
        mentions = self._items.find(words, tagged.lang) or list(
            self._items.implied(words, values, {each.label for each in tagged.topics})
        )
        said = _Said(replace(post, text=text), words, cues, values)
        sided = [(each, *side_of(each, words, cues, tagged)) for each in mentions]
        named: dict[str, float] = {}
        for each, side, _ in sided:
            if side not in ("", SETTLED):
                weight = _ASIDE if each.aside else 1.0
                named[each.item.key] = max(weight, named.get(each.item.key, 0.0))
        return Told(
            wishes=tuple(_wishes(text, words, cues, sided, said, tagged)),
            whole=replace(said.wish("", WHOLE), values=values),
            named=named,
            sizes={
                each.item.size: _sizes(text, words, each, mentions)
                for each in mentions
                if each.item.size
            },
            topics={each.label: each.score for each in tagged.topics},
            intents={each.label: each.score for each in tagged.intents},
            cues=Counter(cue for _, cue, _ in cues.found),
            meant=self._meaning.of(text) if self._meaning else None,
            is_reply=post.is_reply,
            by_people=post.by_people,
        )

    def _values(self, words: Words, lang: str) -> Values:
        found: dict[str, set[str]] = {}
        for hit in self._details.of(lang).search(words.folded):
            kind, _, key = hit.label.partition(":")
            found.setdefault(kind, set()).add(key)
        return {kind: frozenset(keys) for kind, keys in found.items()}


def _wishes(
    text: str,
    words: Words,
    cues: Cues,
    found: Sequence[Sided],
    said: _Said,
    tagged: Tagged,
) -> Iterator[Wish]:
    """Yield the wishes of the items, then one a topic."""
    mentions = [each for each, _, _ in found]
    sided = [one for one in found if one[1]]
    circumstances = list(left_out(text, words, cues, sided))
    kept = list(_meant([one for one in sided if one[0] not in circumstances]))[:MOST]
    wishes = [
        said.wish(
            side,
            mention.item,
            weight=_weight(mention, side, sure, kept),
            words=_span(text, words, mention),
            count=amounts.count_before(words, mention.first),
            sizes=_sizes(text, words, mention, mentions),
        )
        for mention, side, sure in kept
    ]
    sides = {wish.side for wish in wishes} - {SETTLED}
    wishes += [
        said.mirrored(wish)
        for wish in wishes
        if wish.item.mutual and wish.side != SETTLED and len(sides) == 1
    ]
    yield from wishes
    side = next(iter(sides)) if len(sides) == 1 else side_of_post(cues, tagged)
    topics = [topic_items().get(each.label) for each in tagged.topics] if side else []
    yield from (said.wish(side, item) for item in topics if item is not None)


def words_of(text: str) -> Words:
    """Cut a text into its words, as the tagger does; links are left out."""
    words = Words([], [], [], [], [])
    links = [match.span() for match in LINK.finditer(text)]
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind not in ("word", "hashtag") or any(a <= match.start() < b for a, b in links):
            continue
        piece = match[kind].removeprefix("#")
        begin = match.start() + (kind == "hashtag")
        words.raw.append(piece)
        words.folded.append(fold(piece))
        words.starts.append(begin)
        words.ends.append(begin + len(piece))
        words.hashtag.append(kind == "hashtag")
    return words


def _fill_details(lexicon: Lexicon, _lang: str) -> None:
    for (kind, key), value in read_details().values.items():
        lexicon.add(f"{kind}:{key}", value.terms)


def _meant(sided: Sequence[tuple[Mention, str, float]]) -> Iterator[tuple[Mention, str, float]]:
    """Leave out circumstances where the side has something else; name each item of a side once.

    "Ehrenamtliche für die Hausaufgabenhilfe" seeks both: hands are no thing of their own.
    """
    plain = {side for mention, side, _ in sided if not (mention.aside or mention.item.help)}
    seen: set[tuple[str, str]] = set()
    for mention, side, sure in sided:
        key = (mention.item.key, side)
        if (mention.aside and side in plain) or key in seen:
            continue
        seen.add(key)
        yield mention, side, sure


def _weight(
    mention: Mention, side: str, sure: float, kept: Sequence[tuple[Mention, str, float]]
) -> float:
    """Say how much a post is about an item: hands are less than the thing they are for."""
    surest = max((sure for each, _, sure in kept if not each.aside), default=0.0)
    weight = min(1.0, sure / surest) if surest else 1.0
    if mention.item.help and any(each[1] == side and not each[0].item.help for each in kept):
        return weight * _HANDS
    return weight


def _span(text: str, words: Words, mention: Mention) -> str:
    return text[words.starts[mention.first] : words.ends[mention.last]]


def _sizes(text: str, words: Words, mention: Mention, mentions: Sequence[Mention]) -> Sizes:
    if not mention.item.size:
        return Sizes()
    spans = [
        (words.starts[each.first], words.ends[each.last]) for each in mentions if each.item.size
    ]
    here = (words.starts[mention.first], words.ends[mention.last])
    return sizes(mention.item.size, text, here, spans)


def _for_item(item: Item, values: Values, lang: str) -> Values:
    kept = {kind: keys for kind, keys in values.items() if kind not in KINDS or kind in item.by}
    if "language" in item.by and item.by != KINDS and "language" not in kept and lang in SPOKEN:
        kept["language"] = frozenset((SPOKEN[lang],))
    return kept
