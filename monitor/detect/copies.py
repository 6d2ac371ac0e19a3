"""Bridged copies among posts: a person and the bridge that repeats them are no pair. Pure."""

from array import array

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.addresses import addresses
from data.records import Post


class Copies:
    """Notes posts one by one; of addresses only their hashes are kept, 16 bytes a post."""

    def __init__(self) -> None:
        self._originals = array("q")
        self._copies: dict[str, str] = {}  # key -> what it is a copy of

    def note(self, post: Post) -> Post:
        """Remember a post and return it."""
        if post.same_as:
            self._copies[post.key] = post.same_as
        else:
            who = post.account
            names = addresses(post.network, post.id, post.url, who.id, who.handle)
            self._originals.extend(map(hash, names))
        return post

    def left_out(self, posts: pa.Table) -> pa.Table:
        """Return the posts (POST_SCHEMA) without copies of posts that were noted too."""
        if not self._copies:
            return posts
        known = np.isin(
            [hash(each) for each in self._copies.values()], np.frombuffer(self._originals, np.int64)
        )
        dropped = [key for key, there in zip(self._copies, known, strict=True) if there]
        return posts.filter(pc.invert(pc.is_in(posts["key"], pa.array(dropped, pa.string()))))
