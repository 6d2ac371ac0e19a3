"""The queue of questions to the authority: who waits how long, and what became of it.

A question that begins a conversation counts; of posts with the same words all are one question.
Answered on a network means: somebody else's reply is in the store. What people decided goes before.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, Row, and_, select, true, type_coerce

from data.decisions import OPEN, Standing, history, standing_of, standings
from data.decisions.questions import KIND, NOBODY_YET
from data.keys import ids_of
from data.page_reads.calls import Answered, Call, Columns, call_by_key, called, calls_by_number
from data.page_reads.narrowed import Narrowing, apart_from_time
from data.rollups.rows import calls_between
from data.rollups.truth import QUESTION
from data.rollups.words import with_words
from data.tables import posts
from data.topics import PROTECTED

_Asked = Row[int, int | None, int, bool, bool, bool]

Time = tuple[datetime | None, datetime | None]  # from, up to before; None: no bound

ON_NETWORK = "on_network"  # the state of a question that nobody here touched and others answered


class Entry(NamedTuple):
    """A place in the queue: the post (of several with the same words one), and where it stands.

    `at`: when it was asked, in microseconds. `state` is that of `data.decisions`, or ON_NETWORK.
    `first`: before all that wait longer. `same` counts the other posts that ask it in the same
    words.
    """

    post: int
    at: int
    first: bool
    state: str
    standing: Standing
    same: int


class Line(NamedTuple):
    """The questions of a time: the posts, oldest first, and what is `_special` about some.

    Nearly all stand alone, undecided: of some ten thousand only those that are shown become an
    `Entry`.
    """

    asked: Sequence[_Asked]
    special: Mapping[int, Entry | None]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the pages show it: what was asked, and where it stands (as in `Entry`)."""

    call: Call
    state: str
    standing: Standing
    same: int

    @property
    def first(self) -> bool:
        """Say whether it goes before all that wait longer."""
        return self.call.urgent or PROTECTED in self.call.topics


def queue(connection: Connection, to: Narrowing) -> list[Entry]:
    """List the questions that a page is narrowed to: urgent and protected ones, then the oldest.

    Narrowed after the posts with the same words are one question and not before: that about which
    people decided may be on another network.
    """
    return list(in_turn(lines(connection, to, [(to.start, to.end)])[0]))


def lines(connection: Connection, to: Narrowing, times: Sequence[Time]) -> list[Line]:
    """Line up the questions of several times, each by itself, narrowed apart from that."""
    starts, ends = zip(*times, strict=True)
    of = calls_between(connection, _bound(starts, min), _bound(ends, max)).c
    known = _standings(connection, _bound(starts, min))
    found = [_asked(connection, of, to, *each) for each in times]
    return [Line(asked, _special(connection, asked, known)) for asked in found]


def in_turn(line: Line) -> Iterator[Entry]:
    """Give the questions of a line: urgent and protected ones, then the oldest."""
    special = line.special
    for first in (True, False):
        for post, _, at, answered, goes_first, fits in line.asked:
            if post in special:
                entry = special[post]
                if entry is not None and entry.first == first:
                    yield entry
            elif fits and goes_first == first:
                state = ON_NETWORK if answered else OPEN
                yield Entry(post, at, first, state, NOBODY_YET, 0)


def unhandled(line: Line) -> Answered:
    """Count the questions, and those that nobody answered or took."""
    apart = [each for each in line.special.values() if each is not None]
    alone = [each[3] for each in line.asked if each[5] and each[0] not in line.special]
    return Answered(
        len(apart) + len(alone),
        sum(each.state == OPEN for each in apart) + len(alone) - sum(alone),
    )


def _bound(
    times: Sequence[datetime | None], which: Callable[[Iterable[datetime]], datetime]
) -> datetime | None:
    bounds = [each for each in times if each is not None]
    return which(bounds) if len(bounds) == len(times) else None


def _special(
    connection: Connection, asked: Sequence[_Asked], known: Mapping[int, Standing]
) -> dict[int, Entry | None]:
    """Make the entries of posts with the same words as others, or about which people decided.

    Of posts with the same words the first one's place in the queue is that of all. None: not shown.
    """
    unknown = with_words(connection, [each for each in asked if each[1] is None])
    words = [unknown[each[0]] if each[1] is None else each[1] for each in asked]
    often = {key for key, times in Counter(words).items() if times > 1 and key >= 0}
    same: dict[int, list[_Asked]] = defaultdict(list)
    for each, key in zip(asked, words, strict=True):
        if key in often:  # short words, whose keys are negative, are the same by chance
            same[key].append(each)
    special: dict[int, Entry | None] = {}
    for alike in same.values():
        special |= dict.fromkeys(each[0] for each in alike)
        special[alike[0][0]] = _entry(alike, known)
    for each in asked if known else ():
        if each[0] in known and each[0] not in special:
            special[each[0]] = _entry([each], known)
    return special


def _entry(alike: Sequence[_Asked], known: Mapping[int, Standing]) -> Entry | None:
    post, _, at, _, first, fits = _chosen(alike, known)
    if not fits:
        return None
    standing = known.get(post, NOBODY_YET)
    state = _state(standing, answered=all(each.answered for each in alike))
    return Entry(post, at, first, state, standing, len(alike) - 1)


def by_state(found: Sequence[Entry]) -> Mapping[str, int]:
    """Count the questions in each state."""
    return Counter(map(attrgetter("state"), found))


def read(connection: Connection, entries: Sequence[Entry]) -> list[Question]:
    """Read what the pages show of some entries, in their order."""
    calls = calls_by_number(connection, [each.post for each in entries])
    return [
        Question(calls[each.post], each.state, each.standing, each.same)
        for each in entries
        if each.post in calls
    ]


def question(connection: Connection, key: str) -> Question | None:
    """Read the question in the post of this key; None where there is none, or no longer."""
    call = call_by_key(connection, key, "frage")
    if call is None:
        return None
    standing = standing_of(history(connection, KIND, key))
    return Question(call, _state(standing, answered=call.answered), standing, same=0)


def _asked(
    connection: Connection,
    of: Columns,
    to: Narrowing,
    start: datetime | None,
    end: datetime | None,
) -> Sequence[_Asked]:
    """Read the questions of a time, the oldest first, and whether they are what is narrowed to."""
    at = type_coerce(of.at, BigInteger)
    first, fits = of.urgent | of.protected, and_(true(), *apart_from_time(to, of.post))
    query = (
        select(of.post, of.words, at, of.answered.label("answered"), first, fits)
        .where(*called(of, QUESTION, start, end, of.begins.is_(True)))
        .order_by(of.at, of.post)
    )
    return connection.execute(query).all()


def _standings(connection: Connection, since: datetime | None) -> dict[int, Standing]:
    """Give where questions stand about which people decided since then, by row of their post."""
    found = standings(connection, since)
    return {post: found[key] for key, post in ids_of(connection, posts, found).items()}


def _chosen(same: Sequence[_Asked], known: Mapping[int, Standing]) -> _Asked:
    """Choose one of the posts with the same words: the one last decided about, else the oldest."""
    return max(same, key=lambda each: known.get(each.post, NOBODY_YET).seen or 0)


def _state(standing: Standing, *, answered: bool) -> str:
    """Tell the state; what somebody here has opened again is open, whatever others answered."""
    if not answered or standing.state != OPEN:
        return standing.state
    opened = standing.decision is not None and standing.decision.verdict == "reopen"
    return OPEN if opened else ON_NETWORK
