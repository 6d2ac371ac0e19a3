"""What kinds of content and levels are called when a sentence names them."""

_KINDS = {
    "link": ("Links", "links"),
    "text": ("Texte", "texts"),
    "repost": ("weiterverbreitete Beiträge", "re-shared posts"),
    "reply": ("Antworten", "replies"),
    "image": ("Bilder", "pictures"),
    "hashtags": ("Hashtag-Folgen", "strings of hashtags"),
    "moment": ("gleichzeitige Beiträge", "posts at once"),
}
_LEVELS = {
    "alert": ("Warnung", "alert"),
    "watch": ("Beobachtung", "to watch"),
    "community": ("Gemeinschaft", "community"),
}


def kind_name(kind: str, lang: str) -> str:
    """Name a kind of shared content; an unknown one by itself."""
    return _KINDS.get(kind, (kind, kind))[lang != "de"]


def level_name(level: str, lang: str) -> str:
    """Name a level; an unknown one by itself."""
    return _LEVELS.get(level, (level, level))[lang != "de"]
