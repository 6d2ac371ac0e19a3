"""The import formats that are told by an object or by a table's header; the first that fits counts.

Parquet, CAR, the firehose and feeds are told by their first bytes (monitor.sources.files.reader).
"""

from collections.abc import Mapping

from monitor.sources.files import (
    bluesky_json,
    bluesky_stream,
    coortweet,
    fourcat,
    mastodon_outbox,
    minet,
    own,
    snscrape,
    toolkit,
    twarc,
    zeeschuimer,
)
from monitor.sources.files.formats import Csv, Json

OWN = "jsonl"

FORMATS: Mapping[str, Json | Csv] = {
    "snscrape": snscrape.FORMAT,
    "zeeschuimer": zeeschuimer.FORMAT,
    "4cat": fourcat.TABLE,
    "4cat_ndjson": fourcat.ITEMS,
    "twarc": twarc.FORMAT,
    "bluesky": bluesky_json.FORMAT,
    "bluesky_stream": bluesky_stream.FORMAT,
    "mastodon_outbox": mastodon_outbox.FORMAT,
    "toolkit": toolkit.FORMAT,
    "minet_bluesky": minet.BLUESKY,
    "minet_x": minet.X,
    "coortweet": coortweet.FORMAT,
    OWN: own.FORMAT,
}
