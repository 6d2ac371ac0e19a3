"""What people decide, and who may: nothing here is computed, nothing is ever changed back.

The caller owns the transaction: `with engine.begin() as connection`.
"""

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
    "CORRECT",
    "NAMING",
    "ROLES",
    "VERDICTS",
    "WISHES",
    "Correction",
    "Decision",
    "DecisionConflict",
    "DecisionError",
    "User",
    "UserError",
    "Wish",
    "add_user",
    "check_password",
    "correct",
    "corrections_of",
    "decide",
    "disable_user",
    "enable_user",
    "find_user",
    "found_by_tagger",
    "fulfil",
    "history",
    "latest",
    "list_users",
    "mark_of",
    "named_accounts",
    "open_wishes",
    "set_password",
    "set_role",
    "wish",
]
