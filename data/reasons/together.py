"""What the accounts of a group did together."""

from datetime import datetime

from data.formats import day, number, span
from data.reasons.counting import Reason
from data.reasons.names import kind_name

_TOGETHER = {
    "link": ("teilen {den} {n} {Link}", "share the same {n} {link}"),
    "text": (
        "veröffentlichen {n} {Text} (fast) wortgleich",
        "publish {n} {text} (almost) word for word",
    ),
    "repost": ("verbreiten {den} {n} {Beitrag} weiter", "re-share the same {n} {post}"),
    "reply": ("antworten auf {den} {n} {Beitrag}", "answer the same {n} {post}"),
    "image": ("zeigen {das} {n} {Bild}", "show the same {n} {picture}"),
    "hashtags": ("verwenden {die} {n} {Hashtag-Folge}", "use the same {n} {string} of hashtags"),
    "moment": ("posten {n}-mal fast gleichzeitig", "post almost at once {n} {time}"),
}


_PLURALS = {
    "Link": "Links", "Text": "Texte", "Beitrag": "Beiträge", "Bild": "Bilder",
    "Hashtag-Folge": "Hashtag-Folgen", "link": "links", "text": "texts", "post": "posts",
    "picture": "pictures", "string": "strings", "time": "times",
}  # fmt: skip


def together(reason: Reason, lang: str) -> str:
    """Say who does what together, since when and how far apart."""
    kinds = [str(kind) for kind in reason.get("kinds", ())]
    objects, de = int(reason["value"]), lang == "de"
    if len(kinds) == 1 and kinds[0] in _TOGETHER:
        what = _filled(_TOGETHER[kinds[0]][0 if de else 1], objects, lang)
    else:
        names = ", ".join(kind_name(kind, lang) for kind in kinds)
        count = number(objects, lang)
        what = f"tun {count}-mal dasselbe ({names})" if de else f"act alike {count} times ({names})"
    who = number(reason["members"], lang)
    since = day(datetime.fromisoformat(str(reason["first"])), lang)
    gap = span(reason["median_gap_seconds"], lang, dative=False)
    if de:
        return f"{who} Konten {what}: seit dem {since}, im Mittel {gap} nacheinander."
    return f"{who} accounts {what}, since {since} and typically {gap} apart."


def _filled(pattern: str, objects: int, lang: str) -> str:
    one = objects == 1
    named = {word: word if one else many for word, many in _PLURALS.items()}
    said = pattern.format_map(
        {
            **named,
            "n": "" if one and ("same" in pattern or "{d" in pattern) else number(objects, lang),
            "den": "denselben" if one else "dieselben",
            "das": "dasselbe" if one else "dieselben",
            "die": "dieselbe" if one else "dieselben",
        }
    )
    return " ".join(said.split())
