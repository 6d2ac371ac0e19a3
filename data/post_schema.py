"""The table of posts that detection reads: made from records or read from the store."""

import pyarrow as pa

_TIME = pa.timestamp("us", "UTC")
_TEXTS = pa.list_(pa.string())
POST_SCHEMA = pa.schema(
    [
        ("key", pa.string()),  # network:post id
        ("network", pa.string()),
        ("account", pa.string()),  # network:account id
        ("handle", pa.string()),
        ("name", pa.string()),
        ("bio", pa.string()),
        ("bot", pa.bool_()),  # says of itself that it is automated; null: unknown
        ("account_created", _TIME),
        ("followers", pa.int64()),
        ("following", pa.int64()),
        ("account_posts", pa.int64()),
        ("created_at", _TIME),
        ("time_known", pa.bool_()),  # False: created_at is when the post was first seen
        ("text", pa.string()),
        ("lang", pa.string()),
        ("reply_to", pa.string()),  # keys of posts, null where there is none
        ("repost_of", pa.string()),
        ("quote_of", pa.string()),
        ("links", _TEXTS),
        ("hashtags", _TEXTS),  # lower case, without #, in the order of the text
        ("mentions", _TEXTS),  # handles
        ("media", _TEXTS),  # addresses
        ("alts", _TEXTS),  # descriptions of the media that have one
    ]
)
