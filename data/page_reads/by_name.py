"""Accounts by the name that somebody gives who writes in."""

from dataclasses import dataclass

from sqlalchemy import Connection

from data import decisions
from data.page_reads.in_warnings import in_warnings, state_after
from data.page_reads.profiles import Profile, profiles, profiles_by_key


@dataclass(frozen=True, slots=True)
class Named:
    """An account, whether its warnings are confirmed, open or over, and what people made of it.

    `standing`, `state`: as in `in_warnings`; None: it stands in no warning; nothing was decided.
    """

    profile: Profile
    standing: str | None
    state: str | None


def by_name(connection: Connection, said: str, limit: int) -> list[Named]:
    """Find accounts in warnings, or spoken of by people, by handle, name or address; exact first.

    Who does not want to be found is found by the exact handle or address alone: whoever owns the
    account knows it.
    """
    wanted = _bare(said)
    if not wanted:
        return []
    stands = {each.key: each for each in in_warnings(connection)}
    decided = decisions.verdicts_in_force(connection, "account")
    known = profiles(connection, [each.account for each in stands.values()]).values()
    others = profiles_by_key(connection, decided.keys() - stands.keys()).values()
    found = [each for each in (*known, *others) if _fits(each, wanted)]
    found.sort(key=lambda each: (not _is(each, wanted), each.handle or "", each.id))
    return [
        Named(
            each,
            stands[each.key].standing if each.key in stands else None,
            state_after(decided.get(each.key)),
        )
        for each in found[:limit]
    ]


def _fits(profile: Profile, wanted: str) -> bool:
    if _is(profile, wanted):
        return True
    return not profile.hidden and any(
        wanted in _bare(each) for each in (profile.handle, profile.name) if each
    )


def _is(profile: Profile, wanted: str) -> bool:
    return any(wanted == _bare(each) for each in (profile.handle, profile.url) if each)


def _bare(name: str) -> str:
    """Give a name as it is compared: small, without the @ before it and the / behind it."""
    return name.strip().casefold().removeprefix("@").rstrip("/")
