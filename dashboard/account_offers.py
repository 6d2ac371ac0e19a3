"""What a person can do about an account now; the store checks it again."""

from dashboard.here import Here
from data import decisions
from data.account_names import keys_of_names
from data.page_reads.one_account import OneAccount


def offered(at: Here, account: OneAccount) -> tuple[str, ...]:
    """List the verdicts that this person can give."""
    block = account.block
    if block is not None and block.waits_or_listed:
        appeal = ("appeal",) if block.state == "blocked" else ()
        return (*decisions.steps_for(block, at.who), *appeal, "note")
    if account.naming is not None:
        return ("reopen", "note")
    if in_settings(at, account):
        return ("note",)
    return ("block_propose", "institution", "automated", "note")


def in_settings(at: Here, account: OneAccount) -> bool:
    """Say whether the settings name the account as a known institution."""
    profile = account.profile
    names = at.config.detect.institutions
    return profile.key in keys_of_names(names, {profile.key: profile.handle})
