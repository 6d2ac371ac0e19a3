"""What a decision rests on, as it was then, so that it can be compared and checked later."""

from typing import Any

from sqlalchemy import Connection, func, select

from data.tables import cluster_accounts, clusters, decisions


def basis_of(connection: Connection, cluster: str) -> dict[str, Any] | None:
    """Return the cluster's level, kinds and number of accounts; None where there is none."""
    row = connection.execute(
        select(clusters.c.level, clusters.c.kinds).where(clusters.c.id == cluster)
    ).first()
    if row is None:
        return None
    accounts = connection.execute(
        select(func.count())
        .select_from(cluster_accounts)
        .where(cluster_accounts.c.cluster == cluster)
    ).scalar_one()
    return {"level": row.level, "kinds": list(row.kinds or ()), "accounts": accounts}


def standing_of(connection: Connection, account: int) -> dict[str, Any]:
    """Return the warnings that an account (by row number) stands in, the strongest first.

    Of each its id, level and score, how much the account shares there, and what people last said.
    """
    said = (
        select(decisions.c.verdict)
        .where(
            decisions.c.subject_kind == "cluster",
            decisions.c.subject == clusters.c.id,
            decisions.c.verdict != "note",
        )
        .order_by(decisions.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(clusters.c.id, clusters.c.level, clusters.c.score, cluster_accounts.c.marks, said)
        .join(cluster_accounts, cluster_accounts.c.cluster == clusters.c.id)
        .where(cluster_accounts.c.account == account, clusters.c.level.in_(("alert", "watch")))
        .order_by(clusters.c.score.desc(), clusters.c.id)
    )
    return {
        "warnings": [
            {"id": name, "level": level, "score": score, "marks": marks, "verdict": verdict}
            for name, level, score, marks, verdict in rows
        ]
    }
