"""What the pages count is kept by hour and day; triggers note which hours and accounts changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

HOUR = 3_600_000_000  # microseconds
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("start", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "hours", "start", "label", name="pk_tallies"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calls",
        sa.Column("post", KEY, nullable=False),
        sa.Column("intent", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("begins", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_calls_post"),
        sa.PrimaryKeyConstraint("post", "intent", name="pk_calls"),
    )
    op.create_index(
        "ix_calls_intent_answered_at_urgent_begins",
        "calls",
        ["intent", "answered", "at", "urgent", "begins"],
    )
    op.create_index("ix_calls_at", "calls", ["at"])
    op.create_table(
        "spans",
        sa.Column("account", KEY, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("counted_first", sa.BigInteger(), nullable=True),
        sa.Column("counted_last", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_spans_account"),
        sa.PrimaryKeyConstraint("account", name="pk_spans"),
    )
    op.create_index("ix_spans_first_counted_first", "spans", ["first", "counted_first"])
    op.create_index(
        "ix_spans_counted_last_counted_first", "spans", ["counted_last", "counted_first"]
    )
    for table, column in (("stale_hours", "hour"), ("stale_accounts", "account")):
        op.create_table(
            table,
            sa.Column(column, KEY, nullable=False, autoincrement=False),
            sa.PrimaryKeyConstraint(column, name=f"pk_{table}"),
        )
    op.create_table(
        "recounts",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recounts"),
    )
    op.execute("INSERT INTO recounts (id, times, rules) VALUES (1, 0, '')")
    made = _in_sqlite() if op.get_bind().dialect.name == "sqlite" else _in_postgresql()
    for each in made:
        op.execute(each)


def _post(row: str) -> list[str]:
    """Write what a new, changed or removed post makes stale: its hour and its account."""
    return [
        f"{{insert}} stale_hours VALUES ({row}.created_at / {HOUR}) {{known}}",
        f"{{insert}} stale_accounts VALUES ({row}.account) {{known}}",
    ]


def _answered(row: str) -> str:
    """Write what a reply makes stale: the hour of the post that it answers."""
    return (
        f"{{insert}} stale_hours SELECT created_at / {HOUR} FROM posts "
        f"WHERE network = {row}.network AND native_id = {row}.reply_to {{known}}"
    )


def _said(row: str) -> str:
    """Write what a label makes stale: the hour of its post."""
    return (
        f"{{insert}} stale_hours SELECT created_at / {HOUR} FROM posts "
        f"WHERE id = {row}.post {{known}}"
    )


COUNTED = (
    *("created_at", "account", "source", "text"),
    *("reply_to", "repost_of", "copy_of", "deleted_at"),
)
OTHERWISE = "(" + " OR ".join(f"OLD.{each} IS DISTINCT FROM NEW.{each}" for each in COUNTED) + ")"


def _in_sqlite() -> list[str]:
    rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
    otherwise = OTHERWISE.replace("IS DISTINCT FROM", "IS NOT")
    made = []
    for event, seen in rows.items():
        of = f" OF {', '.join(COUNTED)}" if event == "UPDATE" else ""
        when = f" WHEN {otherwise}" if event == "UPDATE" else ""
        body = "; ".join(each for row in seen for each in _post(row))
        name = event.lower()
        made.append(
            f"CREATE TRIGGER posts_{name}_stale AFTER {event}{of} ON posts{when} BEGIN {body}; END"
        )
        reply = " OR ".join(f"{row}.reply_to IS NOT NULL" for row in seen)
        when = f"({reply}) AND {otherwise}" if event == "UPDATE" else reply
        body = "; ".join(_answered(row) for row in seen)
        made.append(
            f"CREATE TRIGGER replies_{name}_stale AFTER {event}{of} ON posts WHEN {when} "
            f"BEGIN {body}; END"
        )
        body = "; ".join(_said(row) for row in seen)
        of = " OF post, kind, label" if event == "UPDATE" else ""
        made.append(
            f"CREATE TRIGGER labels_{name}_stale AFTER {event}{of} ON labels BEGIN {body}; END"
        )
        of = " OF post, urgent" if event == "UPDATE" else ""
        made.append(f"CREATE TRIGGER tags_{name}_stale AFTER {event}{of} ON tags BEGIN {body}; END")
    return [each.format(insert="INSERT OR IGNORE INTO", known="") for each in made]


def _in_postgresql() -> list[str]:
    made = []
    for table, marks in (
        ("posts", lambda row: [*_post(row), _answered(row)]),
        ("labels", lambda row: [_said(row)]),
        ("tags", lambda row: [_said(row)]),
    ):
        old, new = ("; ".join(marks(row)) for row in ("OLD", "NEW"))
        made.append(
            f"CREATE FUNCTION {table}_stale() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {old}; END IF; "
            f"IF TG_OP <> 'DELETE' THEN {new}; END IF; RETURN NULL; END $$"
        )
        made += [
            f"CREATE TRIGGER {table}_{event.lower()}_stale AFTER {event} ON {table} "
            f"FOR EACH ROW {when} EXECUTE FUNCTION {table}_stale()"
            for event, when in (
                ("INSERT", ""),
                ("DELETE", ""),
                ("UPDATE", f"WHEN {OTHERWISE}" if table == "posts" else ""),
            )
        ]
    known = "ON CONFLICT DO NOTHING"
    return [each.format(insert="INSERT INTO", known=known) for each in made]
