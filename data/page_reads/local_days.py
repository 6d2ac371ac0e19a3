"""The local day of a time in the store, reckoned by the database."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, case, literal, type_coerce

from data.rows import microseconds

_HOUR = timedelta(hours=1)
_DAY_MICROSECONDS = 86_400_000_000


def local_day(
    at: ColumnElement[datetime], zone: ZoneInfo, start: datetime, end: datetime
) -> ColumnElement[int]:
    """Make the number of the local day of a stored time, counted from 1 January 1970, which is 0.

    Right for times from `start` up to before `end`, at most half a year apart: neither database
    knows the zone's clock changes the same way, so that the one in between is looked up here.
    """
    change = _clock_change(zone, start, end)
    after = literal(_offset(end, zone), BigInteger)
    before = literal(_offset(start, zone), BigInteger)
    offset = case((at >= change, after), else_=before)
    return (type_coerce(at, BigInteger) + offset) // _DAY_MICROSECONDS


def _offset(at: datetime, zone: ZoneInfo) -> int:
    """Give how many microseconds the zone's clocks are ahead of UTC."""
    return microseconds(at.astimezone(zone).replace(tzinfo=at.tzinfo)) - microseconds(at)


def _clock_change(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """Find the full hour from which on the clocks go as they do at `end`; `start` if all along."""
    wanted = _offset(end, zone)
    if _offset(start, zone) == wanted:
        return start
    first, last = start.replace(minute=0, second=0, microsecond=0), end
    while last - first > _HOUR:
        middle = first + int((last - first) / _HOUR / 2) * _HOUR
        first, last = (first, middle) if _offset(middle, zone) == wanted else (middle, last)
    return first + _HOUR
