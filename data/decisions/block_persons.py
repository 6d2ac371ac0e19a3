"""Four eyes: which step about a block needs another person than the one who asks for it."""

from data.decisions.block_states import STEPS, Block
from data.decisions.users import fold
from data.decisions.verdicts import DecisionError


def steps_for(block: Block | None, who: str) -> tuple[str, ...]:
    """List the STEPS that this person can take now."""
    if block is None:
        return ()
    return tuple(
        verdict
        for verdict, states in STEPS.items()
        if block.state in states and _other_person_needed(block, verdict, who) is None
    )


def refuse_same_person(block: Block, verdict: str, who: str) -> None:
    """Raise DecisionError where this step is another person's."""
    needed = _other_person_needed(block, verdict, who)
    if needed is not None:
        raise DecisionError(de=needed[0], en=needed[1])


def _other_person_needed(block: Block, verdict: str, who: str) -> tuple[str, str] | None:
    """Say why this person cannot take this step, in both languages; None where they can."""
    proposed_by_them = _same(block.proposal.who, who)
    if verdict == "block_confirm" and proposed_by_them:
        return (
            "Eine Sperre bestätigt eine zweite Person. Dieser Vorschlag ist von Ihnen selbst.",
            "A block is confirmed by a second person. This proposal is your own.",
        )
    if verdict == "block_reject" and proposed_by_them:
        return (
            "Einen eigenen Vorschlag zieht man zurück; ablehnen kann ihn jemand anderes.",
            "One's own proposal is withdrawn; somebody else can reject it.",
        )
    if verdict == "block_withdraw" and not proposed_by_them:
        return (
            f"Zurückziehen kann den Vorschlag nur, wer ihn gemacht hat: {block.proposal.who}. "
            "Andere lehnen ihn ab.",
            f"Only who made the proposal can withdraw it: {block.proposal.who}. Others reject it.",
        )
    confirmed = block.confirmation
    if (
        verdict in ("appeal_grant", "appeal_deny")
        and confirmed is not None
        and _same(confirmed.who, who)
    ):
        return (
            "Über einen Einspruch entscheidet jemand anderes als die Person, die die Sperre "
            "bestätigt hat. Aufheben können Sie die Sperre jederzeit.",
            "An appeal is decided by somebody else than the person who confirmed the block. You "
            "can lift the block at any time.",
        )
    return None


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)
