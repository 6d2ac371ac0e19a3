"""One line on the overview where appeals or proposals for the block list wait for somebody."""

from dash import html
from sqlalchemy import Connection

from dashboard.access import DECIDES, may
from dashboard.account_standing import waited
from dashboard.here import Here
from data import decisions
from data.decisions import came_on

MOST = 1_000  # appeals among which the oldest is looked for


def blocks_waiting(at: Here, connection: Connection) -> html.P | None:
    """Say how many wait; nothing where none does, or for those who do not decide."""
    if not may(*DECIDES):
        return None
    counts = decisions.count_blocks(connection)
    said = []
    if counts.get("appealed"):
        found = decisions.list_blocks(connection, ["appealed"], MOST)
        oldest = min((each.entries[-1] for each in found), key=came_on)
        said.append(at.count("blocks.open_appeals", counts["appealed"], waits=waited(at, oldest)))
    if counts.get("proposed"):
        said.append(at.count("blocks.open_proposals", counts["proposed"]))
    if not said:
        return None
    link = html.A(at.say("blocks.link"), href="/sperrliste")
    return html.P(
        [at.say("blocks.waiting", what="; ".join(said)), " ", link], className="waiting-line"
    )
