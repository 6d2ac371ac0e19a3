"""Bridged copies are tied to their originals; replies and reposts alone are in their indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("copy_of", sa.BigInteger(), nullable=True))
    for name, columns, column in (
        ("ix_posts_same_as", ["same_as"], "same_as"),
        ("ix_posts_network_reply_to", ["network", "reply_to"], "reply_to"),
        ("ix_posts_network_repost_of", ["network", "repost_of"], "repost_of"),
    ):
        if column != "same_as":
            op.drop_index(name, "posts")
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "posts", columns, sqlite_where=there, postgresql_where=there)
    # a copy that names its original by the very address or id; others are tied when seen again
    op.execute(
        "UPDATE posts SET copy_of = (SELECT MIN(o.id) FROM posts AS o WHERE o.same_as IS NULL "
        "AND o.created_at BETWEEN posts.created_at - 86400000000 AND posts.created_at + 86400000000 "
        "AND (o.url = posts.same_as OR o.native_id = posts.same_as)) WHERE same_as IS NOT NULL"
    )
