"""Labels that people corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "corrections",
        sa.Column("decision", number, autoincrement=False, nullable=False),
        sa.Column("post", number, nullable=False),
        sa.Column("was", sa.JSON(), nullable=True),
        sa.Column("now", sa.JSON(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision"], ["decisions.id"], name="fk_corrections_decision"
        ),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_corrections_post"),
        sa.PrimaryKeyConstraint("decision", name="pk_corrections"),
    )
    op.create_index("ix_corrections_post", "corrections", ["post"])
