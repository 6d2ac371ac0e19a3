"""Ids of posts at X: numbers that grow with time, and tell it to the millisecond."""

from datetime import UTC, datetime, timedelta

_FIRST = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)  # 1288834974657 ms, X's own epoch
_MILLISECOND = timedelta(milliseconds=1)
_BITS = 22  # below those of the time


def number_of(native_id: object) -> int | None:
    """Return an id as a number; None for what cannot be one."""
    good = isinstance(native_id, str) and native_id.isascii() and native_id.isdigit()
    number = int(native_id) if good and isinstance(native_id, str) and len(native_id) < 20 else 0
    return number if 0 < number < 1 << 63 else None


def time_of(number: int) -> datetime:
    """Return when a post with this id was made."""
    return _FIRST + (number >> _BITS) * _MILLISECOND


def last_before(at: datetime) -> int:
    """Return the highest id that a post made before `at` can have."""
    return max(((at - _FIRST) // _MILLISECOND << _BITS) - 1, 0)
