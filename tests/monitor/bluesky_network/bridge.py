"""From an account server's own stream (`com.atproto.sync.subscribeRepos`) to Jetstream's events."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import libipld
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from data.formats import this_moment
from tests.monitor.jetstream import Jetstream


@contextmanager
def bridged(pds: str, stream: Jetstream) -> Iterator[None]:
    """Tell `stream` what happens at an account server, from the first moment to the last."""
    address = pds.replace("http", "ws", 1) + "/xrpc/com.atproto.sync.subscribeRepos?cursor=0"
    with connect(address, max_size=None, close_timeout=1) as connection:

        def pump() -> None:
            with contextlib.suppress(ConnectionClosed):
                for frame in connection:
                    assert isinstance(frame, bytes)
                    _tell(stream, frame)

        thread = threading.Thread(target=pump, daemon=True)
        thread.start()
        try:
            yield
        finally:
            connection.close()
            thread.join(10)


def _tell(stream: Jetstream, frame: bytes) -> None:
    header, body = libipld.decode_dag_cbor_multi(frame)
    kind = header.get("t", "").removeprefix("#")
    now = this_moment()
    if kind == "commit":
        _, blocks = libipld.decode_car(body["blocks"])
        for change in body["ops"]:
            collection, rkey = change["path"].split("/", 1)
            told = {"rev": body["rev"], "operation": change["action"]}
            told |= {"collection": collection, "rkey": rkey}
            if change["action"] != "delete":
                told |= {"record": _as_json(blocks[change["cid"]])}
                told |= {"cid": libipld.encode_cid(change["cid"])}
            stream.tell("commit", body["repo"], now, **told)
    elif kind in ("account", "identity"):
        stream.tell(kind, body["did"], now, **{kind: _as_json(body)})


def _as_json(value: Any) -> Any:
    """Write links to blocks as JSON does, {"$link": text}."""
    if isinstance(value, bytes):
        return {"$link": libipld.encode_cid(value)}
    if isinstance(value, dict):
        return {key: _as_json(each) for key, each in value.items()}
    return [_as_json(each) for each in value] if isinstance(value, list) else value
