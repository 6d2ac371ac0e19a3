"""Where an account stands: what people decided about it last, in a sentence or two."""

from typing import Any

from dash import html

from dashboard.account_offers import in_settings
from dashboard.here import Here
from data import formats
from data.decisions import Block, Decision, came_on, steps_for
from data.page_reads.one_account import OneAccount


def standing_words(at: Here, account: OneAccount) -> list[Any]:
    """Say it, and whose turn it is."""
    if account.naming is not None:
        named = account.naming
        return [at.say(f"standing.by_{named.verdict}", who=named.who), " ", at.ago(named.at), "."]
    if account.block is not None:
        return _of_block(at, account.block)
    if in_settings(at, account):
        return [at.say("account_decide.in_settings")]
    return [at.say("standing.undecided")]


def dismissed_words(at: Here, account: OneAccount) -> str | None:
    """Say that people have dismissed every warning with this account; None where one stands."""
    warnings = [part.group for part in account.parts]
    if not warnings or any(each.verdict != "dismiss" or each.open for each in warnings):
        return None
    return at.count("standing.dismissed", len(warnings))


def waited(at: Here, appeal: Decision) -> str:
    """Say since when an appeal waits: from the day on which it came."""
    days = (formats.local(at.now, at.zone).date() - came_on(appeal)).days
    if days < 1:
        return at.say("appeal.waits_today")
    return at.say("appeal.waits", span=formats.span(days * 86_400, at.lang, dative=True))


def whose_turn(at: Here, block: Block) -> str:
    """Say who decides next."""
    step = "block_confirm" if block.state == "proposed" else "appeal_deny"
    if step in steps_for(block, at.who):
        return at.say(f"standing.turn_yours_{block.state}")
    return at.say("standing.demo" if at.demo else f"standing.turn_other_{block.state}")


def _of_block(at: Here, block: Block) -> list[Any]:
    last, proposed = block.entries[-1], block.proposal
    if block.state == "proposed":
        said = at.say("standing.by_block_propose", who=proposed.who)
        return [
            said,
            " ",
            at.ago(proposed.at),
            ". ",
            whose_turn(at, block),
            *_on(at, "vorschlaege"),
        ]
    if block.appeal is not None:
        return [
            at.say("standing.appealed_since", waits=waited(at, block.appeal)),
            " ",
            whose_turn(at, block),
            *_on(at, "einsprueche"),
        ]
    if block.listed:
        confirmed = block.confirmation.who if block.confirmation else "?"
        said = at.say("standing.by_both", one=proposed.who, other=confirmed)
        return [said, *_on(at, "liste")]
    return [at.say(f"standing.by_{last.verdict}", who=last.who), " ", at.ago(last.at), "."]


def _on(at: Here, part: str) -> list[Any]:
    """Lead to the part of the block list in which the account stands."""
    return [" ", html.A(at.say("standing.to_list"), href=f"/sperrliste#{part}")]
