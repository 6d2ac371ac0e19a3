"""The digest as files: each appears whole or not at all."""

import json
from pathlib import Path

from data.config import Config
from data.digest_files import digest_file
from data.errors import ConfigError
from data.records import clean
from data.system_words import why_de
from data.topics import read_topics
from monitor.digest.document import document
from monitor.digest.render import render
from monitor.digest.summary import Digest
from monitor.whole_file import whole_file


def write(digest: Digest, config: Config, folder: Path) -> list[Path]:
    """Write `hhhilft-2026-W47.html` and `.json` into `folder`; raises ConfigError if it cannot."""
    lang = config.watch.lang
    topics = topic_names(lang)
    texts = {
        "html": render(digest, config.watch.hashtags[0], topics, lang),
        "json": json.dumps(document(digest, topics, lang), ensure_ascii=False, indent=1) + "\n",
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [
            whole_file(digest_file(folder, digest.name, ending), clean(text))
            for ending, text in texts.items()
        ]
    except OSError as error:
        raise ConfigError(
            de=f"Der Wochenbericht lässt sich nicht nach {folder} schreiben: {why_de(error)}. "
            "Einen anderen Ordner nennen: --folder, oder [digest] folder in hhhilft.toml.",
            en=f"The digest cannot be written to {folder}: {error.strerror}. "
            "Name another folder: --folder, or [digest] folder in hhhilft.toml.",
        ) from error


def topic_names(lang: str) -> dict[str, str]:
    """Name the topics in `lang`."""
    return {topic.key: topic.name(lang) for topic in read_topics()}
