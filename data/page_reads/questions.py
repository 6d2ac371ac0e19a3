"""The queue of questions to the authority: who waits how long, and what became of it.

A question that begins a conversation counts; of posts with the same words all are one question.
Answered on a network means: somebody else's reply is in the store. What people decided goes before.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from data.decisions import OPEN, Standing, history, standing_of, standings
from data.decisions.questions import KIND, NOBODY_YET
from data.page_reads.calls import Answered, Call, asked, call_by_key, calls_of
from data.page_reads.narrowed import Narrowing
from data.topics import PROTECTED

ON_NETWORK = "on_network"  # the state of a question that nobody here touched and others answered
_LONG_ENOUGH = 40  # characters: shorter words are often the same by chance


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its post (of several with the same words the first), and where it stands.

    `state` is that of `data.decisions`, or ON_NETWORK; `same` counts the other posts that ask it in
    the same words, `lang` is what the tagger found.
    """

    call: Call
    state: str
    standing: Standing
    same: int = 0

    @property
    def first(self) -> bool:
        """Say whether it goes before all that wait longer."""
        return self.call.urgent or PROTECTED in self.call.topics


def queue(connection: Connection, start: datetime | None, end: datetime | None) -> list[Question]:
    """List the questions from `start` up to before `end` (None: of all times).

    Those that go first, then the one that waits longest.
    """
    known = standings(connection, start)
    together: dict[str, list[Call]] = defaultdict(list)
    for call in sorted(
        calls_of(connection, asked(Narrowing(start, end))), key=lambda each: (each.at, each.id)
    ):
        together[_words(call)].append(call)
    found = [_question(same, known) for same in together.values()]
    return sorted(found, key=lambda each: (not each.first, each.call.at, each.call.id))


def question(connection: Connection, key: str) -> Question | None:
    """Read the question in the post of this key; None where there is none, or no longer."""
    call = call_by_key(connection, key, "frage")
    if call is None:
        return None
    return _question([call], {key: standing_of(history(connection, KIND, key))})


def kept(found: Sequence[Question], to: Narrowing) -> list[Question]:
    """Keep the questions that a page is narrowed to (times aside), in their order.

    After the queue is made and not before: of posts with the same words the one that people
    decided about may be on another network.
    """
    return [each for each in found if _fits(each.call, to)]


def by_state(found: Sequence[Question]) -> Mapping[str, int]:
    """Count the questions in each state."""
    return Counter(each.state for each in found)


def unhandled(connection: Connection, start: datetime, end: datetime) -> Answered:
    """Count the questions of that time, and those that nobody answered or took."""
    found = queue(connection, start, end)
    return Answered(len(found), sum(each.state == OPEN for each in found))


def _question(same: Sequence[Call], known: Mapping[str, Standing]) -> Question:
    """Make one question of the posts with the same words, oldest first."""
    decided = [each for each in same if each.key in known]
    call = max(decided, key=lambda each: known[each.key].seen or 0) if decided else same[0]
    standing = known.get(call.key, NOBODY_YET)
    answered = all(each.answered for each in same)
    untouched = standing.state == OPEN and not _reopened(standing)
    state = ON_NETWORK if untouched and answered else standing.state
    return Question(call, state, standing, len(same) - 1)


def _fits(call: Call, to: Narrowing) -> bool:
    return (
        to.network in (None, call.network)
        and (to.topic is None or to.topic in call.topics)
        and (not to.places or not set(to.places).isdisjoint(call.places))
        and to.lang in (None, call.lang)
        and (call.urgent or not to.urgent)
    )


def _reopened(standing: Standing) -> bool:
    return standing.decision is not None and standing.decision.verdict == "reopen"


def _words(call: Call) -> str:
    words = " ".join(call.text.split()).casefold()
    return words if len(words) >= _LONG_ENOUGH else call.key
