"""Writing an item as the JSON text of a raw item."""

import json


def raw_json(item: object) -> str:
    """Write it short and readable; half a character, which no database can hold, as its number."""
    text = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(item, separators=(",", ":"))
    return text
