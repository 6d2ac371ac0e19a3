"""New posts are noted as not counted yet by who writes them, many at a time: no trigger for each."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER posts_insert_stale")
        op.execute("DROP TRIGGER replies_insert_stale")
    else:
        op.execute("DROP TRIGGER posts_insert_stale ON posts")
