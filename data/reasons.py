"""Reasons of a finding in words: code and numbers become one German or English sentence.

A reason is a mapping as the store keeps it: code, value, expected (the same figure of everybody
else, None where unknown), against (True: speaks against the finding), and the code's parameters.
Sentences name what accounts do. They never say what somebody is.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from data.formats import day, number, percent, span

Reason = Mapping[str, Any]
FEWEST_FOR_PERCENT = 20  # cases; below, they are counted


def sentence(reason: Reason, lang: str) -> str:
    """Word one reason. An unknown code (written by a newer version) is named, not hidden."""
    word = _WORDS.get(str(reason.get("code")))
    if word is None:
        unknown = "Nicht beschriebener Grund" if lang == "de" else "A reason without description"
        return f"{unknown}: {reason.get('code')}."
    return word(reason, lang)


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
}
_MANY = {
    "link": ("Links", "links"), "text": ("Texte", "texts"), "reply": ("Antworten", "replies"),
    "repost": ("weiterverbreitete Beiträge", "re-shared posts"), "image": ("Bilder", "pictures"),
    "hashtags": ("Hashtag-Folgen", "strings of hashtags"),
}  # fmt: skip
_PLURALS = {
    "Link": "Links", "Text": "Texte", "Beitrag": "Beiträge", "Bild": "Bilder",
    "Hashtag-Folge": "Hashtag-Folgen", "link": "links", "text": "texts", "post": "posts",
    "picture": "pictures", "string": "strings",
}  # fmt: skip


def _together(reason: Reason, lang: str) -> str:
    kinds = [str(kind) for kind in reason.get("kinds", ())]
    objects, de = int(reason["value"]), lang == "de"
    if len(kinds) == 1 and kinds[0] in _TOGETHER:
        what = _filled(_TOGETHER[kinds[0]][0 if de else 1], objects, lang)
    else:
        names = ", ".join(_MANY[kind][0 if de else 1] for kind in kinds if kind in _MANY)
        count = number(objects, lang)
        what = (
            f"handeln {count}-mal gleich ({names})" if de else f"act alike {count} times ({names})"
        )
    who = number(reason["members"], lang)
    since = day(datetime.fromisoformat(str(reason["first"])), lang)
    gap = span(reason["median_gap_seconds"], lang, dative=False)
    if de:
        return f"{who} Konten {what}, seit {since} und im Mittel {gap} nacheinander."
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


def _recycled(reason: Reason, lang: str) -> str:
    if lang == "de":
        return (
            f"{_accounts(reason, lang)} veröffentlichen mehrmals gemeinsam denselben Text "
            "und später einen anderen." + _usual(reason, lang)
        )
    return f"{_accounts(reason, lang)} publish one text together, and later another." + _usual(
        reason, lang
    )


def _close(reason: Reason, lang: str) -> str:
    part = _part(reason, lang, "gemeinsamen Handlungen", "gemeinsamen Handlungen", "like actions")
    if lang == "de":
        return f"{part} folgen einander in höchstens einer Minute." + _usual(reason, lang)
    return f"{part} follow each other within a minute." + _usual(reason, lang)


def _among_themselves(reason: Reason, lang: str) -> str:
    part, few = _accounts(reason, lang), reason["outsiders"] < 0.05
    outside = number(reason["outsiders"], lang, 1)
    if lang == "de":
        others = "kommt kaum ein anderes" if few else f"kommen {outside} andere"
        return (
            f"{part} handeln dreimal oder öfter gemeinsam und bleiben dabei fast unter sich: "
            f"Auf jedes Konto der Gruppe {others}; üblich ist mehr als eines."
        )
    others = "is hardly any other" if few else f"are {outside} others"
    return (
        f"{part} act together three times or more and stay almost among themselves: "
        f"for each account of the group there {others}; more than one is usual."
    )


def _everyone(reason: Reason, lang: str) -> str:
    part = _part(reason, lang, "Paare", "Paaren", "pairs")
    if lang == "de":
        return f"Fast jedes Konto handelt wie fast jedes andere: {_inside(part)}."
    return f"Almost every account acts like almost every other: {_inside(part)}."


def _strangers(reason: Reason, lang: str) -> str:
    part = _inside(_accounts(reason, lang))
    if lang == "de":
        return (
            "Die Konten antworten immer wieder auf dieselben Beiträge anderer, einander aber kaum: "
            f"{part}; üblich ist etwa jedes dritte."
        )
    return (
        "The accounts answer the same posts of others again and again, but hardly each other: "
        f"{part}; about every third is usual."
    )


def _born(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{_accounts(reason, lang)} mit bekanntem Alter entstanden binnen zwei Wochen."
    return f"{_accounts(reason, lang)} of known age were made within two weeks."


def _flood(reason: Reason, lang: str) -> str:
    who, since = number(reason["value"], lang), day(datetime.fromisoformat(reason["first"]), lang)
    tags = ", ".join(f"#{tag}" for tag in reason["tags"])
    if lang == "de":
        return (
            f"{who} Konten bringen binnen eines Tages ({since}) {tags} mit, "
            "sonst verwendet es hier kaum jemand."
        )
    return (
        f"{who} accounts bring {tags} along within one day ({since}); "
        "hardly anyone else here uses it."
    )


def _young(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{_accounts(reason, lang)} mit bekanntem Alter waren da keine zwei Monate alt."
    return f"{_accounts(reason, lang)} of known age were less than two months old then."


def _beyond_chance(reason: Reason, lang: str) -> str:
    value, expected = number(reason["value"], lang), number(reason["expected"], lang, 0)
    if lang == "de":
        return (
            f"{value}-mal ist ein Konto der Gruppe bei etwas Gemeinsamem dabei; "
            f"üblich wären bei so aktiven Konten und so beliebten Inhalten {expected}."
        )
    return (
        f"{value} times an account of the group takes part in something shared; "
        f"{expected} would be usual for accounts this active and content this popular."
    )


def _few_own(reason: Reason, lang: str) -> str:
    part = _part(reason, lang, "Beiträge", "Beiträgen", "posts")
    if lang == "de":
        return f"Die Konten schreiben wenig Eigenes: {_inside(part)} gehören zu etwas Gemeinsamem."
    return f"The accounts write little of their own: {_inside(part)} belong to something shared."


def _one_each(reason: Reason, lang: str) -> str:
    many = number(reason["of"], lang)
    if lang == "de":
        return (
            f"Jedes der {many} Konten ist in einem anderen Netzwerk: "
            "So veröffentlicht eine Person oder Stelle überall dasselbe."
        )
    return (
        f"Each of the {many} accounts is on another network: "
        "one person or office publishes the same everywhere like this."
    )


def _few_occasions(reason: Reason, lang: str) -> str:
    many = number(reason["of"], lang)
    if lang == "de":
        return f"Gemeinsam sind nur {many} Inhalte; das kann ein einziger Anlass sein."
    return f"Only {many} pieces of content are shared; that can be a single occasion."


def _hardly_beyond(reason: Reason, lang: str) -> str:  # noqa: ARG001
    if lang == "de":
        return "So aktive Konten treffen auch ohne Absprache fast so oft aufeinander."
    return "Accounts this active meet almost as often without any agreement."


def _scheduled(reason: Reason, lang: str) -> str:
    part = _part(reason, lang, "Beiträge", "Beiträgen", "posts")
    if lang == "de":
        return (
            "Sie veröffentlichen zur selben Sekunde, wie Pressestellen es planen, "
            f"und schreiben sonst Eigenes ({_inside(part)})."
        )
    return (
        "They publish at the same second, as press offices schedule it, "
        f"and otherwise write their own ({_inside(part)})."
    )


def _declared(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{_accounts(reason, lang)} sagen offen, dass sie automatisch veröffentlichen."
    return f"{_accounts(reason, lang)} say openly that they publish automatically."


def _institutions(reason: Reason, lang: str) -> str:
    if lang == "de":
        return (
            f"{_accounts(reason, lang)} sprechen nach ihrem Profil für eine Behörde, Redaktion "
            "oder Initiative; solche veröffentlichen oft dasselbe zur selben Zeit."
        )
    return (
        f"{_accounts(reason, lang)} speak, by their profile, for an office, a newsroom or an "
        "initiative; those often publish the same at the same time."
    )


def _known_institutions(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{_accounts(reason, lang)} haben Menschen hier als Einrichtung benannt."
    return f"{_accounts(reason, lang)} were named here by people as institutions."


def _known_automated(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{_accounts(reason, lang)} haben Menschen hier als angekündigtes Programm benannt."
    return f"{_accounts(reason, lang)} were named here by people as declared automation."


def _only_hashtags(reason: Reason, lang: str) -> str:  # noqa: ARG001
    if lang == "de":
        return "Gemeinsam ist nur eine Folge von Hashtags; Gruppen verabreden solche Folgen oft."
    return "All they share is a string of hashtags; groups often agree on one."


def _talk(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{_accounts(reason, lang)} sprechen miteinander, wie Bekannte es tun."
    return f"{_accounts(reason, lang)} talk with each other, as people who know each other do."


def _outsiders(reason: Reason, lang: str) -> str:
    outside = number(reason["value"], lang, 1)
    if lang == "de":
        return f"Viele andere tun dasselbe: {outside} Konten außerhalb auf jedes in der Gruppe."
    return f"Many others do the same: {outside} accounts outside for each one in the group."


def _own_posts(reason: Reason, lang: str) -> str:
    part = _part(reason, lang, "Beiträge", "Beiträgen", "posts")
    if lang == "de":
        return f"Die Konten schreiben meist Eigenes: {_inside(part)} gehören zu nichts Gemeinsamem."
    return f"The accounts mostly write their own: {_inside(part)} belong to nothing shared."


def _accounts(reason: Reason, lang: str) -> str:
    return _part(reason, lang, "Konten", "Konten", "accounts")


def _part(reason: Reason, lang: str, de: str, de_dative: str, en: str) -> str:
    """Write "13 von 14 Konten" or, from FEWEST_FOR_PERCENT cases on, "93 % der 151 Konten"."""
    cases = int(reason["of"])
    count, of = round(reason["value"] * cases), number(cases, lang)
    if count == cases:
        return f"Alle {of} {de}" if lang == "de" else f"All {of} {en}"
    if count == 0:
        return f"Keines der {of} {de}" if lang == "de" else f"None of the {of} {en}"
    if cases < FEWEST_FOR_PERCENT:
        some = number(count, lang)
        return f"{some} von {of} {de_dative}" if lang == "de" else f"{some} of {of} {en}"
    share = percent(reason["value"], lang)
    return f"{share} der {of} {de}" if lang == "de" else f"{share} of the {of} {en}"


def _inside(part: str) -> str:
    """Begin a part small, as inside a sentence."""
    return part[:1].lower() + part[1:]


def _usual(reason: Reason, lang: str) -> str:
    expected = reason.get("expected")
    if expected is None:
        return ""
    if lang == "de":
        return f" Sonst sind es hier {percent(expected, 'de')}."
    return f" Elsewhere here it is {percent(expected, 'en')}."


_WORDS: Mapping[str, Callable[[Reason, str], str]] = {
    "together": _together,
    "recycled_texts": _recycled,
    "close_gaps": _close,
    "among_themselves": _among_themselves,
    "everyone_with_everyone": _everyone,
    "answer_strangers_only": _strangers,
    "born_together": _born,
    "flood": _flood,
    "young_accounts": _young,
    "beyond_chance": _beyond_chance,
    "few_own_posts": _few_own,
    "one_each": _one_each,
    "few_occasions": _few_occasions,
    "hardly_beyond_chance": _hardly_beyond,
    "scheduled": _scheduled,
    "declared": _declared,
    "institutions": _institutions,
    "known_institutions": _known_institutions,
    "known_automated": _known_automated,
    "only_hashtags": _only_hashtags,
    "talk_to_each_other": _talk,
    "many_outsiders": _outsiders,
    "own_posts": _own_posts,
}
