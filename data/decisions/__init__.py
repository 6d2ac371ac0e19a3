"""What people decide, and who may: nothing here is computed, nothing is ever changed back.

The caller owns the transaction: `with engine.begin() as connection`.
"""

from data.decisions.block_list import came_on, count_blocks, list_blocks, way_of
from data.decisions.block_persons import steps_for
from data.decisions.block_states import STATES, STEPS, Block, block_in, block_of
from data.decisions.blocks import WAYS, decide_block, enter_appeal, propose
from data.decisions.corrections import (
    Correction,
    correct,
    corrections_of,
    found_by_tagger,
    mark_of,
)
from data.decisions.users import (
    ROLES,
    User,
    UserError,
    add_user,
    check_password,
    disable_user,
    enable_user,
    find_user,
    list_users,
    set_password,
    set_role,
)
from data.decisions.verdicts import (
    BLOCKING,
    CORRECT,
    NAMING,
    VERDICTS,
    Decision,
    DecisionConflict,
    DecisionError,
    decide,
    history,
    latest,
    named_accounts,
)
from data.decisions.wishes import WISHES, Wish, fulfil, open_wishes, wish

__all__ = [
    "BLOCKING",
    "CORRECT",
    "NAMING",
    "ROLES",
    "STATES",
    "STEPS",
    "VERDICTS",
    "WAYS",
    "WISHES",
    "Block",
    "Correction",
    "Decision",
    "DecisionConflict",
    "DecisionError",
    "User",
    "UserError",
    "Wish",
    "add_user",
    "block_in",
    "block_of",
    "came_on",
    "check_password",
    "correct",
    "corrections_of",
    "count_blocks",
    "decide",
    "decide_block",
    "disable_user",
    "enable_user",
    "enter_appeal",
    "find_user",
    "found_by_tagger",
    "fulfil",
    "history",
    "latest",
    "list_blocks",
    "list_users",
    "mark_of",
    "named_accounts",
    "open_wishes",
    "propose",
    "set_password",
    "set_role",
    "steps_for",
    "way_of",
    "wish",
]
