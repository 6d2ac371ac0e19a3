"""What the topics are called, in the language of the page."""

from functools import cache

from data.topics import read_topics


@cache
def topic_names(lang: str) -> dict[str, str]:
    """Give key -> name of every topic."""
    return {each.key: each.en if lang == "en" else each.de for each in read_topics()}
