"""Every sentence of the pages, by language and key, from `de.toml` and `en.toml` beside it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def words(lang: str) -> Mapping[str, str]:
    """Give section.key -> sentence in `lang` ("de" or "en")."""
    sections = tomllib.loads((_FOLDER / f"{lang}.toml").read_text("utf-8"))
    return {
        f"{section}.{key}": sentence
        for section, sentences in sections.items()
        for key, sentence in sentences.items()
    }
