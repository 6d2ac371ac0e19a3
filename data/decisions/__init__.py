"""What people decide, and who may: nothing here is computed, nothing is ever changed back.

The caller owns the transaction: `with engine.begin() as connection`.
"""

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
    "NAMING",
    "ROLES",
    "VERDICTS",
    "WISHES",
    "Decision",
    "DecisionConflict",
    "DecisionError",
    "User",
    "UserError",
    "Wish",
    "add_user",
    "check_password",
    "decide",
    "disable_user",
    "enable_user",
    "find_user",
    "fulfil",
    "history",
    "latest",
    "list_users",
    "named_accounts",
    "open_wishes",
    "set_password",
    "set_role",
    "wish",
]
