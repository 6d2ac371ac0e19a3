"""Pairs as the contract's JSON Lines, written by the engine itself."""


def pair_lines() -> str:
    """Query the table `pairs` as the contract's JSON Lines, most first, then by name."""
    return (
        "SELECT '{\"a\": ' || to_json(a) || ', \"b\": ' || to_json(b) || ', \"weight\": ' || weight"
        ' || \', "objects": \' || objects || \', "first": "\' || '
        f'{_iso("first_us")} || \'", "last": "\' || {_iso("last_us")} || \'"}}\' '
        "FROM pairs ORDER BY weight DESC, a, b"
    )


def _iso(column: str) -> str:
    whole = f"strftime(make_timestamp({column}), '%Y-%m-%dT%H:%M:%SZ')"
    exactly = f"strftime(make_timestamp({column}), '%Y-%m-%dT%H:%M:%S.%fZ')"
    return f"CASE WHEN {column} % 1000000 = 0 THEN {whole} ELSE {exactly} END"
