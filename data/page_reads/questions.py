"""The queue of questions to the authority: who waits how long, and what became of it.

A question that begins a conversation counts; of posts with the same words all are one question.
Answered on a network means: somebody else's reply is in the store. What people decided goes before.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, and_, or_, true

from data.decisions import OPEN, Standing, history, standing_of, standings
from data.decisions.questions import KIND, NOBODY_YET
from data.page_reads.calls import Answered, Call, asked, call_by_key, calls_by_number
from data.page_reads.narrowed import Narrowing, apart_from_time
from data.tables import posts, tags
from data.topics import PROTECTED

ON_NETWORK = "on_network"  # the state of a question that nobody here touched and others answered
_LONG_ENOUGH = 40  # characters: shorter words are often the same by chance


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the queue: the post (of several with the same words one), and where it stands.

    `state` is that of `data.decisions`, or ON_NETWORK. `first`: before all that wait longer. `same`
    counts the other posts that ask it in the same words.
    """

    post: int
    at: datetime
    first: bool
    state: str
    standing: Standing
    same: int


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
    query = asked(connection, Narrowing(to.start, to.end)).add_columns(
        *(posts.c.network, posts.c.native_id, posts.c.created_at, posts.c.text),
        or_(tags.c.urgent, *apart_from_time(Narrowing(topic=PROTECTED))).label("first"),
        and_(true(), *apart_from_time(to)).label("fits"),
    )
    together: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in connection.execute(query.order_by(posts.c.created_at, posts.c.id)):
        together[_words(row)].append(row)
    known = standings(connection, to.start)
    chosen = ((_chosen(same, known), same) for same in together.values())
    found = [_entry(row, same, known) for row, same in chosen if row.fits]
    return sorted(found, key=lambda each: not each.first)  # stable: the oldest first


def by_state(found: Sequence[Entry]) -> Mapping[str, int]:
    """Count the questions in each state."""
    return Counter(each.state for each in found)


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


def unhandled(found: Sequence[Entry]) -> Answered:
    """Count the questions, and those that nobody answered or took."""
    return Answered(len(found), by_state(found).get(OPEN, 0))


def _chosen(
    same: Sequence[Row[tuple[object, ...]]], known: Mapping[str, Standing]
) -> Row[tuple[object, ...]]:
    """Choose one of the posts with the same words: the one last decided about, else the oldest."""
    return max(same, key=lambda row: known.get(_key(row), NOBODY_YET).seen or 0)


def _entry(
    row: Row[tuple[object, ...]],
    same: Sequence[Row[tuple[object, ...]]],
    known: Mapping[str, Standing],
) -> Entry:
    standing = known.get(_key(row), NOBODY_YET)
    return Entry(
        post=row.id,
        at=row.created_at,
        first=bool(row.first),
        state=_state(standing, answered=all(each.answered for each in same)),
        standing=standing,
        same=len(same) - 1,
    )


def _state(standing: Standing, *, answered: bool) -> str:
    """Tell the state; what somebody here has opened again is open, whatever others answered."""
    opened = standing.decision is not None and standing.decision.verdict == "reopen"
    return ON_NETWORK if answered and standing.state == OPEN and not opened else standing.state


def _key(row: Row[tuple[object, ...]]) -> str:
    return f"{row.network}:{row.native_id}"


def _words(row: Row[tuple[object, ...]]) -> str:
    words = " ".join(row.text.split()).casefold()
    return words if len(words) >= _LONG_ENOUGH else _key(row)
