"""Who may log in, and as what; each change stands in the protocol."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Row, insert, select, update

from data.decisions.verdicts import checked_reason, enter, refuse_unseen
from data.engine import PEOPLE, hold
from data.errors import MonitorError
from data.records import clean
from data.roles import ROLES
from data.tables import users

SHORTEST_PASSWORD = 10  # characters
LONGEST_NAME = 64
PROGRAM = "hhhilft"  # who acts where nobody said who they are
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


class UserError(MonitorError):
    """A name, role or password that cannot be."""


@dataclass(frozen=True, slots=True)
class User:
    """A person with a login. A session is over when its `epoch` is no longer the user's.

    `issuer`: who checks their logins, None for those with a password here.
    """

    name: str
    role: str
    disabled: bool
    epoch: int
    created_at: datetime
    last_login: datetime | None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who changes a login, when, why. `seen` as in `decide`: the newest entry that they know of."""

    who: str
    at: datetime
    reason: str = ""
    seen: int | None = None


def add_user(
    connection: Connection,
    name: str,
    role: str,
    password: str,
    at: datetime,
    who: str = PROGRAM,
    reason: str = "",
) -> User:
    """Add a person; UserError for a name that is taken or a password that is too short."""
    name = checked_name(name)
    _check_role(role)
    hashed = _hash(password)
    hold(connection, PEOPLE)
    if find_user(connection, name) is not None:
        raise UserError(
            de=f"Den Namen {name} gibt es schon. Ein neues Passwort gibt: "
            f"hhhilft user password {name}",
            en=f"There is a user {name} already. A new password is given by: "
            f"hhhilft user password {name}",
        )
    connection.execute(
        insert(users).values(
            name=name, role=role, password_hash=hashed, disabled=False, epoch=0, created_at=at
        )
    )
    user = User(name, role, disabled=False, epoch=0, created_at=at, last_login=None)
    note_change(connection, user, "add", By(who, at, reason))
    return user


def set_password(connection: Connection, name: str, password: str, by: By) -> User:
    """Change a password; open sessions end. Returns the person as they are now.

    UserError, as in `set_role`, where an OpenID Connect provider checks their logins.
    """
    return _change(connection, name, "password", by, password_hash=_hash(password))


def set_role(connection: Connection, name: str, role: str, by: By) -> User:
    """Change a role; open sessions end. UserError where it was the last admin's."""
    _check_role(role)
    return _change(connection, name, "role", by, role=role)


def disable_user(connection: Connection, name: str, by: By) -> User:
    """Let nobody log in under this name; open sessions end. The name stays in the protocol.

    UserError where it was the last admin's.
    """
    return _change(connection, name, "disable", by, disabled=True)


def enable_user(connection: Connection, name: str, by: By) -> User:
    """Take a disabling back."""
    return _change(connection, name, "enable", by, disabled=False)


def new_password() -> str:
    """Make a password that can be read out: 78 bits, no letter that looks like another."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def find_user(connection: Connection, name: str) -> User | None:
    """Return a person by name, whether disabled or not."""
    row = connection.execute(select(users).where(users.c.name == fold(name))).first()
    return None if row is None else user_of(row)


def list_users(connection: Connection) -> list[User]:
    """Return everybody, by name."""
    return [user_of(row) for row in connection.execute(select(users).order_by(users.c.name))]


def check_password(connection: Connection, name: str, password: str, at: datetime) -> User | None:
    """Return the person if name and password are right and the login is not disabled.

    It takes as long for a name that does not exist, so that nobody can find names out by asking.
    """
    hasher = PasswordHasher()
    row = connection.execute(select(users).where(users.c.name == fold(name))).first()
    stored = _nobody(hasher) if row is None or row.issuer else row.password_hash
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
    return user_of(row)


def _nobody(hasher: PasswordHasher) -> str:
    """Make a hash that costs as much as a real one and fits no password."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"


def _change(connection: Connection, name: str, verdict: str, by: By, **values: object) -> User:
    """Change a login and write it into the protocol, both or neither.

    Raises DecisionConflict where there is an entry about this person that `by` has not seen.
    """
    hold(connection, PEOPLE)
    before = find_user(connection, name)
    if before is None:
        raise UserError(
            de=f"Den Namen {name} gibt es nicht. Alle Namen zeigt: hhhilft user list",
            en=f"There is no user {name}. All names: hhhilft user list",
        )
    if before.issuer and not values.keys() <= {"disabled"}:
        raise UserError(
            de=f"{before.name} meldet sich über {before.issuer} an: Passwort und Gruppen, aus "
            "denen die Rolle folgt, werden dort geändert. Hier lässt sich der Zugang nur "
            "schließen und öffnen.",
            en=f"{before.name} logs in by {before.issuer}: password and groups, from which the "
            "role follows, are changed there. Here the login can only be closed and opened.",
        )
    refuse_unseen(connection, "user", before.name, by.seen)
    connection.execute(
        update(users).where(users.c.name == before.name).values(epoch=users.c.epoch + 1, **values)
    )
    after = find_user(connection, before.name)
    assert after is not None  # noqa: S101 - read within the same transaction
    if _manages(before) and not any(_manages(each) for each in list_users(connection)):
        raise UserError(
            de=f"{before.name} ist hier die letzte Person, die verwalten darf. Zuerst jemand "
            "anderen dazu machen, zum Beispiel: hhhilft user role NAME admin",
            en=f"{before.name} is the last person here who may manage. First let somebody else do "
            "so, for example: hhhilft user role NAME admin",
        )
    note_change(connection, after, verdict, by)
    return after


def _manages(user: User) -> bool:
    return user.role == "admin" and not user.disabled


def note_change(connection: Connection, user: User, verdict: str, by: By) -> None:
    """Write the one entry of a change; on what it rests is the login as it is from now on."""
    reason = checked_reason(by.reason, needed=False)
    basis = {"role": user.role, "disabled": user.disabled}
    enter(connection, by.who, "user", user.name, verdict, reason, by.seen, by.at, basis)


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


def fold(name: str) -> str:
    """Return a name as it is compared with others: letters of either case and width are one."""
    return unicodedata.normalize("NFKC", clean(name)).strip().casefold()


def checked_name(name: str) -> str:
    """Return a name as it is kept; UserError where it cannot be one."""
    folded = fold(name)
    visible = folded.isprintable() and clean(name) == name
    if not folded or len(folded) > LONGEST_NAME or not visible:
        raise UserError(
            de=f"Ein Name hat 1 bis {LONGEST_NAME} sichtbare Zeichen.",
            en=f"A name has 1 to {LONGEST_NAME} visible characters.",
        )
    return folded


def user_of(row: Row[tuple[object, ...]]) -> User:
    """Read a row of `users`."""
    return User(
        row.name, row.role, row.disabled, row.epoch, row.created_at, row.last_login, row.issuer
    )
