"""Who may log in, and as what."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Row, insert, select, update

from data.engine import PEOPLE, hold
from data.errors import MonitorError
from data.tables import users

ROLES = ("viewer", "coordinator", "press", "admin")
SHORTEST_PASSWORD = 10  # characters
LONGEST_NAME = 64


class UserError(MonitorError):
    """A name, role or password that cannot be."""


@dataclass(frozen=True, slots=True)
class User:
    """A person with a login. A session is over when its `epoch` is no longer the user's."""

    name: str
    role: str
    disabled: bool
    epoch: int
    created_at: datetime
    last_login: datetime | None


def add_user(connection: Connection, name: str, role: str, password: str, at: datetime) -> User:
    """Add a person; UserError for a name that is taken or a password that is too short."""
    name = _name(name)
    _check_role(role)
    hashed = _hash(password)
    hold(connection, PEOPLE)
    if find_user(connection, name) is not None:
        raise UserError(
            de=f"Den Namen {name} gibt es schon. Neues Passwort: hhhilft user password {name}",
            en=f"There is a user {name} already. New password: hhhilft user password {name}",
        )
    connection.execute(
        insert(users).values(
            name=name, role=role, password_hash=hashed, disabled=False, epoch=0, created_at=at
        )
    )
    return User(name, role, disabled=False, epoch=0, created_at=at, last_login=None)


def set_password(connection: Connection, name: str, password: str) -> None:
    """Change a password; open sessions end."""
    _change(connection, name, password_hash=_hash(password))


def set_role(connection: Connection, name: str, role: str) -> None:
    """Change a role; open sessions end."""
    _check_role(role)
    _change(connection, name, role=role)


def disable_user(connection: Connection, name: str) -> None:
    """Let nobody log in under this name; open sessions end. The name stays in the log."""
    _change(connection, name, disabled=True)


def enable_user(connection: Connection, name: str) -> None:
    """Take a disabling back."""
    _change(connection, name, disabled=False)


def find_user(connection: Connection, name: str) -> User | None:
    """Return a person by name, whether disabled or not."""
    row = connection.execute(select(users).where(users.c.name == _fold(name))).first()
    return None if row is None else _user(row)


def list_users(connection: Connection) -> list[User]:
    """Return everybody, by name."""
    return [_user(row) for row in connection.execute(select(users).order_by(users.c.name))]


def check_password(connection: Connection, name: str, password: str, at: datetime) -> User | None:
    """Return the person if name and password are right and the login is not disabled.

    It takes as long for a name that does not exist, so that nobody can find names out by asking.
    """
    hasher = PasswordHasher()
    row = connection.execute(select(users).where(users.c.name == _fold(name))).first()
    stored = _nobody(hasher) if row is None else row.password_hash
    try:
        hasher.verify(stored, password)
    except VerifyMismatchError:
        return None
    if row is None or row.disabled:
        return None
    changed: dict[str, object] = {"last_login": at}
    if hasher.check_needs_rehash(stored):
        changed["password_hash"] = hasher.hash(password)
    connection.execute(update(users).where(users.c.name == row.name).values(changed))
    return _user(row)


def _nobody(hasher: PasswordHasher) -> str:
    """Make a hash that costs as much as a real one and fits no password."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"


def _change(connection: Connection, name: str, **values: object) -> None:
    changed = connection.execute(
        update(users).where(users.c.name == _fold(name)).values(epoch=users.c.epoch + 1, **values)
    )
    if changed.rowcount == 0:
        raise UserError(
            de=f"Den Namen {name} gibt es nicht. Alle Namen zeigt: hhhilft user list",
            en=f"There is no user {name}. All names: hhhilft user list",
        )


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            de=f"Das Passwort ist zu kurz. Es braucht mindestens {SHORTEST_PASSWORD} Zeichen.",
            en=f"The password is too short. It needs at least {SHORTEST_PASSWORD} characters.",
        )
    return PasswordHasher().hash(password)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UserError(
            de=f"Die Rolle {role} gibt es nicht. Es gibt: {', '.join(ROLES)}.",
            en=f"There is no role {role}. There are: {', '.join(ROLES)}.",
        )


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _name(name: str) -> str:
    folded = _fold(name)
    if not folded or len(folded) > LONGEST_NAME or not folded.isprintable():
        raise UserError(
            de=f"Ein Name hat 1 bis {LONGEST_NAME} sichtbare Zeichen.",
            en=f"A name has 1 to {LONGEST_NAME} visible characters.",
        )
    return folded


def _user(row: Row[tuple[object, ...]]) -> User:
    return User(row.name, row.role, row.disabled, row.epoch, row.created_at, row.last_login)
