"""The keys of an account's posts, made when asked for: few accounts are ever looked at."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa


class PostsOf(Mapping[str, list[str]]):
    """Post keys by account, in the order of the posts (POST_SCHEMA)."""

    def __init__(self, posts: pa.Table) -> None:
        accounts = posts["account"].combine_chunks().dictionary_encode()
        codes = accounts.indices.to_numpy()
        self._keys = posts["key"].combine_chunks()
        self._numbers = {name: n for n, name in enumerate(accounts.dictionary.to_pylist())}
        self._order = np.argsort(codes, kind="stable")
        self._bounds = np.append(0, np.cumsum(np.bincount(codes, minlength=len(self._numbers))))

    def __getitem__(self, account: str) -> list[str]:
        first, end = self._bounds[self._numbers[account] :][:2].tolist()
        keys: list[str] = self._keys.take(pa.array(self._order[first:end])).to_pylist()
        return keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
