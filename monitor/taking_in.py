"""Writing what items tell, in their order: posts in bulk, and what is gone or back between them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from data import writes
from data.records import Account, Post
from monitor.sources.source import Back, Gone, Told


def take_in(
    connection: Connection, network: str, told: Sequence[Told], seen_at: datetime
) -> dict[str, int]:
    """Write what was told; return how many posts are new, updated, deleted."""
    counts: Counter[str] = Counter()
    waiting: list[Post] = []
    stones = _stones(connection, network, told)

    def write_waiting() -> None:
        stored = writes.upsert_posts(connection, waiting, network, seen_at)
        counts.update(new=stored.new, updated=stored.updated)
        waiting.clear()

    for each in told:
        if isinstance(each, Post):
            waiting.append(each)
            continue
        if isinstance(each, Back) and each.id not in stones:
            continue  # nearly always: nothing was deleted
        write_waiting()
        if isinstance(each, Account):
            writes.upsert_accounts(connection, [each], seen_at)
        elif isinstance(each, Back):
            writes.restore_posts(connection, network, [each.id], each.at)
        elif each.account:
            counts["deleted"] += writes.delete_posts_of(connection, network, each.id, each.at)
        else:
            counts["deleted"] += writes.delete_posts(connection, network, [each.id], each.at)
            stones.add(each.id)
    write_waiting()
    return dict(counts)


def _stones(connection: Connection, network: str, told: Iterable[Told]) -> set[str]:
    """Return which posts that are said to be back might have been deleted before."""
    back = [each.id for each in told if isinstance(each, Back)]
    if any(isinstance(each, Gone) and each.account for each in told):
        return set(back)  # whichever of them are that account's
    return writes.deleted_among(connection, network, back) if back else set()
