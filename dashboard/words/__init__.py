"""Every sentence of the pages, by language and key, from the files in `de/` and `en/` beside it.

`{…}` is filled in; a key that ends in `.one` is for one, in `.many` for all else. Both languages
have the same keys; a test holds them so. A section stands in one file only.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def words(lang: str) -> Mapping[str, str]:
    """Give section.key -> sentence in `lang` ("de" or "en")."""
    return {
        f"{section}.{key}": sentence
        for file in sorted((_FOLDER / lang).glob("*.toml"))
        for section, sentences in tomllib.loads(file.read_text("utf-8")).items()
        for key, sentence in sentences.items()
    }
