"""Which offers answer which needs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_POST = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "matches",
        sa.Column("need", _POST, nullable=False),
        sa.Column("offer", _POST, nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["need"], ["posts.id"], name="fk_matches_need"),
        sa.ForeignKeyConstraint(["offer"], ["posts.id"], name="fk_matches_offer"),
        sa.PrimaryKeyConstraint("need", "offer", name="pk_matches"),
    )
    op.create_index("ix_matches_offer", "matches", ["offer"])
