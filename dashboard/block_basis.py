"""What a block rests on: who decided it and why, and in which warnings the account stood then."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.decision_history import entry
from dashboard.here import Here
from data.decisions import Block


def basis(at: Here, block: Block) -> html.Div:
    """Show both decisions with their reasons, and the warnings of then."""
    made = [block.proposal, *([block.confirmation] if block.confirmation else [])]
    warnings: list[Mapping[str, Any]] = list((block.proposal.basis or {}).get("warnings", ()))
    stood: Any = (
        [
            html.P(at.count("blocks.stood", len(warnings)), className="quiet"),
            html.Ul([_stood(at, each) for each in warnings], className="plain-list"),
        ]
        if warnings
        else [html.P(at.say("blocks.stood_nowhere"), className="quiet")]
    )
    return html.Div(
        [html.Ol([entry(at, each) for each in made], className="history"), *stood],
        className="case",
    )


def _stood(at: Here, warning: Mapping[str, Any]) -> html.Li:
    verdict = warning.get("verdict")
    said = (
        at.say(f"blocks.then_{verdict}")
        if verdict in ("confirm", "dismiss")
        else at.say("blocks.then_open")
    )
    shared = int((warning.get("marks") or {}).get("shared_objects") or 0)
    more = f", {at.count('mark.shared', shared)}" if shared else ""
    return html.Li(
        html.A(
            f"{at.say('review.level_' + warning['level'])}, {said}{more}",
            href=f"/warnungen/{warning['id']}",
        )
    )
