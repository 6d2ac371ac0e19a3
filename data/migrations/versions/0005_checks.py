"""When the origin of a post is asked whether it still has it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MINUTE = 60_000_000  # microseconds
_WEEK = 7 * 24 * 60 * _MINUTE


def upgrade() -> None:
    op.add_column("posts", sa.Column("check_at", sa.BigInteger(), nullable=True))
    # as it was up to here: what was missing once after ten minutes, everything else once a week
    op.execute(
        "UPDATE posts SET check_at = CASE WHEN missing_since IS NOT NULL "
        f"THEN checked_at + {10 * _MINUTE} ELSE COALESCE(checked_at, first_seen) + {_WEEK} END "
        "WHERE source = network AND deleted_at IS NULL AND repost_of IS NULL"
    )
    waiting = sa.text("check_at IS NOT NULL")
    op.create_index(
        "ix_posts_network_check_at",
        "posts",
        ["network", "check_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
