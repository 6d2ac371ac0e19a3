"""Texts compared all at once must get the names that comparing one by one gives."""

import hashlib
import random
import zlib

import numpy as np
import pytest

from monitor.detect import leaders
from monitor.detect.duplicates import FEWEST_FOR_NEAR, text_objects
from monitor.detect.leaders import LIKENESS
from monitor.detect.signatures import BANDS, ROWS

WORDS = [f"wort{number}" for number in range(60)] + ["0", "_"]
PRIME = 4_294_967_311


def one_by_one(texts: list[list[str]]) -> list[str | None]:
    """Name texts as the rule says it: the first leader in a common band that is like enough."""
    dice = np.random.default_rng(7)
    factors = [int(each) for each in dice.integers(1, 2**31, BANDS * ROWS, np.uint64)]
    shifts = [int(each) for each in dice.integers(0, 2**32, BANDS * ROWS, np.uint64)]
    known: list[tuple[str, set[str], list[tuple[int, ...]]]] = []
    names: list[str | None] = []
    for text in texts:
        own = set(text)
        name = hashlib.sha256(" ".join(text).encode()).hexdigest()[:16]
        if len(own - {"0", "_"}) < 5:
            names.append(None)
            continue
        if len(own) < FEWEST_FOR_NEAR:
            names.append(name)
            continue
        hashes = [zlib.crc32(word.encode()) for word in own]
        least = [
            min((each * a + b) % PRIME for each in hashes)
            for a, b in zip(factors, shifts, strict=True)
        ]
        bands = [tuple(least[at : at + ROWS]) for at in range(0, BANDS * ROWS, ROWS)]
        for leader, its, their in known:
            shared = any(x == y for x, y in zip(bands, their, strict=True))
            if shared and len(own & its) >= LIKENESS * len(own | its):
                names.append(leader)
                break
        else:
            known.append((name, own, bands))
            names.append(name)
    return names


def made(count: int, seed: int) -> list[list[str]]:
    """Write texts of which most are others with some words changed, added or left out."""
    dice = random.Random(seed)
    texts: list[list[str]] = []
    for _ in range(count):
        text = dice.choices(WORDS, k=dice.randint(3, 18))
        if texts and dice.random() < 0.7:
            text = [
                dice.choice(WORDS) if dice.random() < 0.15 else word for word in dice.choice(texts)
            ]
            text = text[dice.randint(0, 2) :]
        texts.append(text)
    return texts


@pytest.mark.parametrize("block", [1, 7, 1024])
def test_blocks_of_any_size_name_texts_as_one_by_one(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaders, "BLOCK", block)
    monkeypatch.setattr(leaders, "AT_ONCE", 50)
    texts = made(400, block)
    names = text_objects(texts)
    assert names == one_by_one(texts)
    assert 20 < len(set(names)) < 380


def test_a_text_like_a_follower_only_leads_its_own() -> None:
    first = [f"a{number}" for number in range(20)]
    second = [*first[3:], "b0", "b1", "b2"]  # like the first
    third = [*second[5:], "c0", "c1", "c2", "c3"]  # like the second, not like the first
    names = text_objects([first, second, third])
    assert names[0] == names[1] != names[2]
    assert names == one_by_one([first, second, third])


def test_no_texts_have_no_names() -> None:
    assert text_objects([]) == []
