"""Calls and questions are kept with a key of their words; they are counted anew."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.drop_table("calls")
    op.create_table(
        "calls",
        sa.Column("intent", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("post", KEY, nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("begins", sa.Boolean(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_calls_post"),
        sa.PrimaryKeyConstraint("intent", "at", "post", name="pk_calls"),
        sqlite_with_rowid=False,
    )
