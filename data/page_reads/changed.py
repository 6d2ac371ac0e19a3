"""Whether the store has changed since somebody looked: a mark that is cheap to make."""

from sqlalchemy import Connection, exists, func, select

from data.tables import decisions, recounts, runs, stale_accounts, stale_hours, wishes

_LOOKED_AT = 100  # newest runs, among which one may have ended
_last_run = select(func.max(runs.c.id)).scalar_subquery()
_last_end = select(func.max(runs.c.finished_at)).where(runs.c.id > _last_run - _LOOKED_AT)
_MARK = select(
    exists(select(stale_hours)) | exists(select(stale_accounts)),
    recounts.c.times,
    _last_run,
    _last_end.scalar_subquery(),
    select(func.max(decisions.c.id)).scalar_subquery(),
    select(func.max(wishes.c.id)).scalar_subquery(),
)


def mark(connection: Connection) -> str | None:
    """Give a mark of what the store holds: another one as soon as a page could show anything else.

    Posts and labels count once they are counted (data.writes.rollups), other steps when they end.
    None while something has changed and is not counted yet.
    """
    stale, *parts = connection.execute(_MARK).one()
    return None if stale else "-".join(str(each) for each in parts)
