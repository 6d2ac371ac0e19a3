"""What speaks for coordination, in sentences about what accounts do."""

from collections.abc import Callable, Mapping
from datetime import datetime

from data.formats import day, number
from data.plain import isolated, plain
from data.reasons.counting import Reason, accounts_of, inside, part_of, usual
from data.reasons.together import together

LONGEST_TAG = 60  # characters; longer ones are cut


def _recycled(reason: Reason, lang: str) -> str:
    if lang == "de":
        return (
            f"{accounts_of(reason, lang)} veröffentlichen mehrmals gemeinsam denselben Text "
            "und später einen anderen." + usual(reason, lang)
        )
    return f"{accounts_of(reason, lang)} publish one text together, and later another." + usual(
        reason, lang
    )


def _recycled_tags(reason: Reason, lang: str) -> str:
    who = accounts_of(reason, lang)
    if lang == "de":
        return f"{who} verwenden gemeinsam eine Folge von Hashtags und später eine andere."
    return f"{who} use one string of hashtags together, and later another."


def _recycled_pictures(reason: Reason, lang: str) -> str:
    who = accounts_of(reason, lang)
    if lang == "de":
        return f"{who} zeigen gemeinsam ein Bild und später ein anderes."
    return f"{who} show one picture together, and later another."


def _close(reason: Reason, lang: str) -> str:
    part = part_of(reason, lang, "gemeinsamen Handlungen", "gemeinsamen Handlungen", "like actions")
    if lang == "de":
        return f"{part} folgen einander in höchstens einer Minute." + usual(reason, lang)
    return f"{part} follow each other within a minute." + usual(reason, lang)


def _among_themselves(reason: Reason, lang: str) -> str:
    part, few = accounts_of(reason, lang), reason["outsiders"] < 0.05
    outside = number(reason["outsiders"], lang, 1)
    if lang == "de":
        others = "Kaum ein anderes macht mit" if few else f"Auf jedes kommen {outside} andere"
        return (
            f"{part} handeln dreimal oder öfter gemeinsam und bleiben dabei fast unter sich: "
            f"{others}; üblich ist mehr als ein anderes Konto auf jedes der Gruppe."
        )
    others = "hardly any other joins in" if few else f"for each there are {outside} others"
    return (
        f"{part} act together three times or more and stay almost among themselves: "
        f"{others}; more than one other account for each of the group is usual."
    )


def _everyone(reason: Reason, lang: str) -> str:
    part = part_of(reason, lang, "möglichen Paare", "möglichen Paaren", "possible pairs")
    if lang == "de":
        return f"Fast jedes Konto tut mit fast jedem anderen etwas gemeinsam: {inside(part)}."
    return f"Almost every account acts together with almost every other: {inside(part)}."


def _strangers(reason: Reason, lang: str) -> str:
    part = inside(accounts_of(reason, lang))
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
        return f"{accounts_of(reason, lang)} mit bekanntem Alter entstanden binnen zwei Wochen."
    return f"{accounts_of(reason, lang)} of known age were made within two weeks."


def _flood(reason: Reason, lang: str) -> str:
    who, since = number(reason["value"], lang), day(datetime.fromisoformat(reason["first"]), lang)
    tags = ", ".join(_hashtag(each) for each in reason["tags"])
    if lang == "de":
        return (
            f"{who} Konten bringen binnen eines Tages ({since}) {tags} mit, "
            "sonst verwendet es hier kaum jemand."
        )
    return (
        f"{who} accounts bring {tags} along within one day ({since}); "
        "hardly anyone else here uses it."
    )


def _hashtag(tag: str) -> str:
    """Name a hashtag, whoever made it up: none turns or fills the sentence."""
    said = plain(tag)
    return isolated(f"#{said if len(said) <= LONGEST_TAG else said[:LONGEST_TAG] + '…'}")


def _young(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{accounts_of(reason, lang)} mit bekanntem Alter waren da keine zwei Monate alt."
    return f"{accounts_of(reason, lang)} of known age were less than two months old then."


def _beyond_chance(reason: Reason, lang: str) -> str:
    value, often = number(reason["value"], lang), _often(round(reason["expected"]), lang)
    if lang == "de":
        return (
            f"{value}-mal macht ein Konto der Gruppe bei etwas Gemeinsamem mit; "
            f"üblich wäre das bei so aktiven Konten und so beliebten Inhalten {often}."
        )
    return (
        f"{value} times an account of the group takes part in something shared; "
        f"from accounts this active and content this popular one would {often}."
    )


def _often(times: int, lang: str) -> str:
    if lang == "de":
        return f"{number(times, lang)}-mal" if times else "fast nie"
    if times == 0:
        return "hardly ever expect that"
    return "expect it once" if times == 1 else f"expect it {number(times, lang)} times"


def _few_own(reason: Reason, lang: str) -> str:
    part = part_of(reason, lang, "Beiträge", "Beiträgen", "posts")
    if lang == "de":
        return f"Die Konten schreiben wenig Eigenes: {inside(part)} gehören zu etwas Gemeinsamem."
    return f"The accounts write little of their own: {inside(part)} belong to something shared."


FOR: Mapping[str, Callable[[Reason, str], str]] = {
    "together": together,
    "recycled_texts": _recycled,
    "recycled_tags": _recycled_tags,
    "recycled_pictures": _recycled_pictures,
    "close_gaps": _close,
    "among_themselves": _among_themselves,
    "everyone_with_everyone": _everyone,
    "answer_strangers_only": _strangers,
    "born_together": _born,
    "flood": _flood,
    "young_accounts": _young,
    "beyond_chance": _beyond_chance,
    "few_own_posts": _few_own,
}
