"""What a group looked like when somebody decided, and its shared contents one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("basis", sa.JSON(), nullable=True))
    op.create_table(
        "cluster_episodes",
        sa.Column("cluster", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cluster"], ["clusters.id"], name="fk_cluster_episodes_cluster"),
        sa.PrimaryKeyConstraint("cluster", "number", name="pk_cluster_episodes"),
    )
    op.create_table(
        "cluster_acts",
        sa.Column("cluster", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("post", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["cluster"], ["clusters.id"], name="fk_cluster_acts_cluster"),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_cluster_acts_post"),
        sa.PrimaryKeyConstraint("cluster", "number", "post", name="pk_cluster_acts"),
    )
