"""What is striking about an account and what is not, each against the usual range."""

from dataclasses import dataclass

from dashboard.here import Here
from data.page_reads.profiles import Profile
from data.page_reads.usual_range import Range, UsualRange, age_days, posts_a_day

MEASURES = ("age", "followers", "following", "rate")
# of a measure, what is striking (-1: less than usual) and what speaks against (0: as usual)
_STRIKES = {("age", -1), ("followers", -1), ("following", 1), ("rate", 1)}
_EASES = {("age", 0), ("age", 1), ("followers", 0), ("followers", 1), ("rate", 0), ("rate", -1)}


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of an account: in words, what is usual, and how both compare (-1, 0, 1).

    `usual` and `place` are None where either is unknown. What reads the same counts as usual.
    """

    measure: str
    said: str
    usual: str | None
    place: int | None

    @property
    def strikes(self) -> bool:
        """Say whether this is a mark."""
        return (self.measure, self.place) in _STRIKES

    @property
    def eases(self) -> bool:
        """Say whether this speaks against."""
        return (self.measure, self.place) in _EASES


def measured(at: Here, profile: Profile, usual: UsualRange) -> list[Measured]:
    """Measure an account in all MEASURES."""
    age = age_days(profile.created_at, at.now)
    values: dict[str, tuple[float | None, Range | None]] = {
        "age": (age, usual.age_days),
        "followers": (profile.followers, usual.followers),
        "following": (profile.following, usual.following),
        "rate": (posts_a_day(profile.posts, age), usual.posts_a_day),
    }
    return [_measured(at, measure, *each) for measure, each in values.items()]


def sentence(at: Here, each: Measured) -> str:
    """Say how a measure compares with what is usual."""
    return at.say(
        f"measure.{each.measure}_sentence",
        said=each.said,
        usual=each.usual or "",
        compared=compared(at, each),
    )


def in_short(at: Here, each: Measured) -> str:
    """Say a measure and what is usual, for a table."""
    return at.say(f"measure.{each.measure}_short", said=each.said, usual=each.usual or "")


def compared(at: Here, each: Measured) -> str:
    """Say in two words how a measure compares."""
    if each.place is None:
        return at.say("measure.unknown")
    place = ("low", "usual", "high")[each.place + 1]
    return at.say(f"measure.{'age' if each.measure == 'age' else 'count'}_{place}")


def _measured(at: Here, measure: str, value: float | None, span: Range | None) -> Measured:
    said = at.say("unit.unknown") if value is None else _words(at, measure, value)
    if span is None:
        return Measured(measure, said, None, None)
    ends = _words(at, measure, span.low), _words(at, measure, span.high)
    place = None if value is None else 0 if said in ends else span.place(value)
    return Measured(measure, said, _from_to(at, *ends), place)


def _words(at: Here, measure: str, value: float) -> str:
    if measure == "age":
        return _age(at, value)
    return at.number(value, 1 if measure == "rate" and value < 10 else 0)


def _from_to(at: Here, low: str, high: str) -> str:
    """Write a range; a unit that both ends share is said once."""
    if low == high:
        return low
    number, _, unit = low.partition(" ")
    if unit and high.endswith(f" {unit}"):
        low = number
    return at.say("measure.from_to", low=low, high=high)


def _age(at: Here, days: float) -> str:
    """Write an age in the unit in which people tell it."""
    if days < 60:
        return at.count("measure.days", round(days))
    if days < 700:
        return at.count("measure.months", round(days / 30.44))
    return at.count("measure.years", round(days / 365.25))
