"""What the world said, written down. The caller owns the transaction.

with engine.begin() as connection:
    upsert_posts(connection, posts, "mastodon", seen_at)
"""

from data.quarantine import Rejected
from data.writes.accounts import Written, upsert_accounts
from data.writes.bulk import open_for_many
from data.writes.clusters import ClusterRow, EpisodeRow, write_clusters
from data.writes.coverage import add_coverage, cut_coverage
from data.writes.deletions import (
    delete_posts,
    delete_posts_of,
    deleted_among,
    note_alive,
    note_asked,
    note_missing,
    restore_posts,
)
from data.writes.matches import MatchRow, write_matches
from data.writes.network import EdgeRow, NodeRow, write_network
from data.writes.posts import Stored, upsert_posts, write_posts
from data.writes.raw import (
    Cursor,
    RawItem,
    RawRow,
    mark_mapped,
    read_cursors,
    store_raw,
    unmapped,
)
from data.writes.rejected import let_out_of_quarantine, put_in_quarantine
from data.writes.runs import finish_run, start_run
from data.writes.spending import Spent, spend
from data.writes.tags import LabelRow, TagRow, write_tags
from data.writes.words import sweep_words

__all__ = [
    "ClusterRow",
    "Cursor",
    "EdgeRow",
    "EpisodeRow",
    "LabelRow",
    "MatchRow",
    "NodeRow",
    "RawItem",
    "RawRow",
    "Rejected",
    "Spent",
    "Stored",
    "TagRow",
    "Written",
    "add_coverage",
    "cut_coverage",
    "delete_posts",
    "delete_posts_of",
    "deleted_among",
    "finish_run",
    "let_out_of_quarantine",
    "mark_mapped",
    "note_alive",
    "note_asked",
    "note_missing",
    "open_for_many",
    "put_in_quarantine",
    "read_cursors",
    "restore_posts",
    "spend",
    "start_run",
    "store_raw",
    "sweep_words",
    "unmapped",
    "upsert_accounts",
    "upsert_posts",
    "write_clusters",
    "write_matches",
    "write_network",
    "write_posts",
    "write_tags",
]
