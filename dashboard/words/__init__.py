"""Every sentence of the pages, by language and key. A test holds the keys of both equal."""

from collections.abc import Mapping

from dashboard.words.de import GERMAN
from dashboard.words.en import ENGLISH

WORDS: Mapping[str, Mapping[str, str]] = {"de": GERMAN, "en": ENGLISH}
