"""`hhhilft tag`: language, topics, intents, urgency and places, of the store or of a file."""

from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from data.config import Config
from data.errors import SourceError
from data.quarantine import Rejected, sentence
from monitor.options import json_option, note, print_json, say, with_config
from nlp.tagged import Tagged

if TYPE_CHECKING:
    from nlp.pipeline import Tagger


@click.command("tag")
@click.option(
    "--posts",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Tag this file instead of the store: any import format, plain or packed, - for input.",
)
@click.option("--fast", is_flag=True, help="Without the encoder; only with --posts.")
@click.option("--rules", is_flag=True, help="Without the trained model; only with --posts.")
@json_option
@with_config
def command(config: Config, posts: Path | None, fast: bool, rules: bool, as_json: bool) -> None:
    """Tag the stored posts, or those of a file (with --json: JSON Lines)."""
    if posts is not None:
        from nlp.pipeline import load, load_fast

        tagger = load(None) if rules else load_fast() if fast else load()
        _tag_file(config, posts, tagger, as_json=as_json)
        return
    if rules or fast:
        raise click.UsageError("--rules and --fast need --posts FILE.")
    from data.engine import open_store
    from monitor import steps

    tagged = steps.tag(open_store(config.store_url), config)
    if as_json:
        print_json({"tagged": tagged})
    else:
        say(config, f"{tagged} Beiträge eingeordnet.", f"{tagged} posts tagged.")


def as_document(post: str, tagged: Tagged) -> dict[str, Any]:
    """Give what was found as the contract's JSON object."""
    return {
        "id": post,
        "lang": tagged.lang,
        "topics": [
            {"topic": each.label, "score": each.score, "evidence": list(each.evidence)}
            for each in tagged.topics
        ],
        "intents": [
            {"intent": each.label, "score": each.score, "evidence": list(each.evidence)}
            for each in tagged.intents
        ],
        "urgent": {
            "value": tagged.urgent,
            "score": tagged.urgent_score,
            "evidence": list(tagged.urgent_evidence),
        },
        "places": [
            {"place": each.place, "bezirk": each.bezirk, "evidence": each.evidence}
            for each in tagged.places
        ],
    }


def _tag_file(config: Config, path: Path, tagger: "Tagger", *, as_json: bool) -> None:
    from monitor.sources.files.texts import read_texts

    refused = Counter[str]()
    ids = deque[str]()  # of the posts handed to the tagger and not yet answered

    def texts() -> Iterator[str]:
        for found in read_texts(path):
            if isinstance(found, Rejected):
                refused["lines"] += 1
                _tell(config, path, found)
            else:
                ids.append(found[0])
                yield found[1]

    topics, count = Counter[str](), 0
    for tagged in tagger.tag(texts()):
        post = ids.popleft()
        count += 1
        topics.update(each.label for each in tagged.topics)
        if as_json:
            print_json(as_document(post, tagged))
    if not count:
        raise SourceError(
            de=f"{path}: kein Beitrag war lesbar. Jede Zeile braucht mindestens id und text.",
            en=f"{path}: no post could be read. Each line needs at least id and text.",
        )
    tell = note if as_json else say
    lines = refused["lines"]
    tell(
        config,
        f"{count} Beiträge eingeordnet, {lines} Zeilen nicht lesbar.",
        f"{count} posts tagged, {lines} lines unreadable.",
    )
    if not as_json:
        for topic, posts in topics.most_common():
            say(config, f"{posts:>8}  {_name(topic, 'de')}", f"{posts:>8}  {_name(topic, 'en')}")


def _tell(config: Config, path: Path, found: Rejected) -> None:
    code, detail = found.error.code, found.error.detail
    more = f" ({detail})" if detail else ""
    where_de = f"Zeile {found.line}: " if found.line else ""
    where_en = f"line {found.line}: " if found.line else ""
    note(
        config,
        f"{path}: {where_de}{sentence(code, 'de')}{more}",
        f"{path}: {where_en}{sentence(code, 'en')}{more}",
    )


def _name(topic: str, lang: str) -> str:
    from data.topics import read_topics

    return next(each.name(lang) for each in read_topics() if each.key == topic)
