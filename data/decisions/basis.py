"""What a cluster was when somebody decided about it, so that a later change can be told."""

from typing import Any

from sqlalchemy import Connection, func, select

from data.tables import cluster_accounts, clusters


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
