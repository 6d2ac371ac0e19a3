"""`column IN (many values)`, fast in both databases.

The values are one parameter that is unfolded in the query. As thousands of parameters they make
PostgreSQL compare each row with each value as soon as the driver prepares the statement
(65 seconds instead of 0.4 for 5,000 of 200,000 posts), and a new statement for each length.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, column, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY


def among(
    connection: Connection, named: ColumnElement[Any], values: Collection[str] | Collection[int]
) -> ColumnElement[bool]:
    """Make the condition that the column `named` has one of `values` (all text or all numbers)."""
    if connection.dialect.name == "sqlite":
        unfolded = func.json_each(json.dumps(list(values))).table_valued("value")
        return named.in_(select(column("value")).select_from(unfolded))
    kind = ARRAY(Text if isinstance(named.type, Text) else named.type)
    return named.in_(select(func.unnest(cast(literal(list(values), kind), kind))))
