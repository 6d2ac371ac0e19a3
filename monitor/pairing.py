"""Raw pairs from files, as `hhhilft detect --pairs` prints them.

A clean CSV of CooRTweet's goes straight into the engine; importing pyarrow or networkx would cost
more than the pairs of 100,000 shares.
"""

import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.config import Config
from data.quarantine import Rejected
from data.records import iso
from monitor.detect.engines.duckdb import Duck
from monitor.detect.exact import coortweet, toolkit
from monitor.detect.own import own
from monitor.detect.pair_lines import pair_lines

if TYPE_CHECKING:
    import pyarrow as pa

    from monitor.detecting import Refuse

MODES = ("own", "coortweet", "toolkit")
OBJECTS = ("link", "text", "repost", "reply", "image", "hashtags", "any")
_NETWORK = "unknown"  # of CooRTweet's shares: their CSV does not say
_LONGEST_HEADER = 65_536  # bytes
_SECOND = 1_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class Rule:
    """Which pairs count."""

    mode: str = "own"
    object: str = "any"
    window_seconds: int = 60
    min_shared: int = 2  # own: distinct objects
    min_participation: int = 2  # coortweet: shares of an account
    min_weight: int = 2  # toolkit: posts of a


def pairs(paths: Sequence[Path], rule: Rule, config: Config, refuse: "Refuse") -> Iterator[str]:
    """Yield blocks of JSON Lines, heaviest pair first; what is no post goes to `refuse`.

    Raises SourceError where a file cannot be read, TooManyPairsError where memory would not do for
    an exact mode; the mode own refuses no popularity.
    """
    with Duck() as duck, _files(paths) as files:
        if len(files) == 1 and duck.load_coortweet(files[0], _NETWORK, rule.mode != "own"):
            _run(duck, rule)
            yield from duck.lines(pair_lines())
            return
        shares, from_posts = _shares(files, rule, config, refuse)
        if from_posts and rule.mode == "own" and rule.object == "any":
            yield from _once_a_post(shares, rule)
            return
        duck.load(shares)
        _run(duck, rule)
        yield from duck.lines(pair_lines())


def _run(duck: Duck, rule: Rule) -> None:
    window_us = rule.window_seconds * _SECOND
    if rule.mode == "coortweet":
        coortweet(duck, window_us, rule.min_participation)
    elif rule.mode == "toolkit":
        toolkit(duck, window_us, rule.min_weight)
    else:
        own(duck, window_us, rule.min_shared)


@contextmanager
def _files(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Give files that can be read twice: standard input (-) is copied to a temporary one."""
    with tempfile.TemporaryDirectory(prefix="hhhilft-") as folder:
        files = list(paths)
        for place, path in enumerate(files):
            if str(path) == "-":
                files[place] = Path(folder) / "input"
                with files[place].open("wb") as copy:
                    shutil.copyfileobj(sys.stdin.buffer, copy)
        yield files


def _shares(
    paths: Sequence[Path], rule: Rule, config: Config, refuse: "Refuse"
) -> "tuple[pa.Table, bool]":
    """Read all files as one table of shares, and say whether posts are among them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from monitor.sources.files.coortweet import read_shares

    tables, others = [], []
    for path in paths:
        if not _is_coortweet(path):
            others.append(path)
            continue
        _tell_unreadable(path, refuse)
        shares = read_shares(path)
        accounts = pc.binary_join_element_wise(_NETWORK, shares["account"], ":")
        place = shares.schema.get_field_index("account")
        tables.append(shares.set_column(place, "account", accounts))
    if others:
        tables.append(_from_posts(others, rule, config, refuse))
    return pa.concat_tables(tables), bool(others)


def _tell_unreadable(path: Path, refuse: "Refuse") -> None:
    """Hand on the lines that `read_shares` leaves out, each with its reason."""
    from monitor.sources.files import read_posts

    for each in read_posts(path):
        if isinstance(each, Rejected):
            refuse(path, each)


def _is_coortweet(path: Path) -> bool:
    from monitor.sources.files.coortweet import looks_like
    from monitor.sources.files.unpacked import open_unpacked

    with open_unpacked(path) as stream, io.BufferedReader(stream) as buffered:
        return looks_like(buffered.readline(_LONGEST_HEADER).decode("utf-8", "replace"))


def _from_posts(paths: Sequence[Path], rule: Rule, config: Config, refuse: "Refuse") -> "pa.Table":
    from monitor.detect.actions import KINDS, actions
    from monitor.detecting import place_words, read_files

    kinds = KINDS if rule.object == "any" else (rule.object,)
    watched = {tag.lower() for tag in config.watch.hashtags}
    return actions(read_files(paths, refuse), watched, place_words(), kinds)


def _once_a_post(shares: "pa.Table", rule: Rule) -> Iterator[str]:
    """Count text, link, tags and picture of one post once: what two posts share is one meeting."""
    from monitor.detect.meetings import strong_pairs
    from monitor.detect.pairs import meetings

    window = timedelta(seconds=rule.window_seconds)
    found = strong_pairs(meetings(shares, window, rule.min_shared), rule.min_shared)
    ranked = sorted((-len(met), a, b) for (a, b), met in found.items())
    for weight, a, b in ranked:
        met = found[a, b]
        times = [at for each in met for at in (each.at_a, each.at_b)]
        pair = {"a": a, "b": b, "weight": -weight, "objects": len({each.name for each in met})}
        pair |= {"first": iso(min(times)), "last": iso(max(times))}
        yield json.dumps(pair, ensure_ascii=False) + "\n"
