"""People whose login a provider has checked (OpenID Connect): taken in, or refused with why.

They are known by the provider and their number there, never by their name: names change hands. The
name is that of their first login and stays, as the protocol needs it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from data.decisions.users import (
    PROGRAM,
    By,
    User,
    UserError,
    checked_name,
    find_user,
    note_change,
    user_of,
)
from data.engine import PEOPLE, hold
from data.tables import users

_NO_PASSWORD = ""  # no hash: nothing fits it, and check_password does not even try


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came: `subject` is their number at the provider, the role what their groups give them."""

    issuer: str
    subject: str
    name: str
    role: str


def take_in(connection: Connection, arrival: Arrival, at: datetime) -> User:
    """Return the person as they are from now on; the first time they are added.

    A role that has changed ends the sessions that are open. UserError where the login was closed
    here, or the name is somebody else's: nobody takes that over.
    """
    hold(connection, PEOPLE)
    row = _row(connection, arrival.issuer, arrival.subject)
    if row is None:
        return _add(connection, arrival, at)
    if row.disabled:
        raise UserError(
            de=f"Der Zugang von {row.name} ist hier geschlossen. Wer das Programm betreibt, kann "
            "ihn wieder öffnen.",
            en=f"The login of {row.name} is closed here. Those who run the program can open it "
            "again.",
        )
    is_new_role = row.role != arrival.role
    connection.execute(
        update(users)
        .where(users.c.name == row.name)
        .values(role=arrival.role, epoch=users.c.epoch + int(is_new_role), last_login=at)
    )
    user = _read(connection, row.name)
    if is_new_role:
        note_change(connection, user, "role", By(PROGRAM, at, f"OIDC: {arrival.issuer}"))
    return user


def end_sessions(connection: Connection, issuer: str, subject: str) -> None:
    """End the open sessions of a person who has no group any more that gives a role."""
    connection.execute(
        update(users)
        .where(users.c.issuer == issuer, users.c.subject == subject)
        .values(epoch=users.c.epoch + 1)
    )


def _add(connection: Connection, arrival: Arrival, at: datetime) -> User:
    name = checked_name(arrival.name)
    if name == PROGRAM or find_user(connection, name) is not None:
        raise UserError(
            de=f"Den Namen {name} hat hier schon jemand anderes. Wenn Sie das sind: mit dem "
            "Passwort anmelden. Sonst hilft nur, dass Ihr Konto einen anderen Namen bekommt.",
            en=f"Somebody else here has the name {name} already. If that is you: log in with the "
            "password. Otherwise only another name for your account helps.",
        )
    connection.execute(
        insert(users).values(
            name=name,
            role=arrival.role,
            password_hash=_NO_PASSWORD,
            disabled=False,
            epoch=0,
            created_at=at,
            last_login=at,
            issuer=arrival.issuer,
            subject=arrival.subject,
        )
    )
    user = _read(connection, name)
    note_change(connection, user, "add", By(PROGRAM, at, f"OIDC: {arrival.issuer}"))
    return user


def _row(connection: Connection, issuer: str, subject: str) -> Row[tuple[object, ...]] | None:
    query = select(users).where(users.c.issuer == issuer, users.c.subject == subject)
    return connection.execute(query).first()


def _read(connection: Connection, name: str) -> User:
    return user_of(connection.execute(select(users).where(users.c.name == name)).one())
