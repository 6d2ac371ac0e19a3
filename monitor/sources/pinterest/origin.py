"""Whether a pin is still there."""

from collections.abc import Iterator, Sequence

from monitor.sources.pinterest.asking import connect
from monitor.sources.pinterest.tokens import tokens_to_try
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking


def look_after(asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    """Ask for them one by one; what a refusal leaves open comes first next time."""
    if not ids:
        return
    try:
        token = next(tokens_to_try(asking))
    except Refused:
        return
    client = connect(asking, token)
    try:
        for native_id in ids:
            if not native_id.isdecimal():  # it goes into an address
                yield Asked(native_id, None)
                continue
            try:
                client.get(f"/v5/pins/{native_id}")
            except Refused as refused:
                if refused.state != "not_found":
                    return
                yield Asked(native_id, False)
            else:
                yield Asked(native_id, True)
    finally:
        client.close()
