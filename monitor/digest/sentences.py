"""The week in five sentences, written from the numbers, German and English."""

from collections.abc import Mapping

from data.formats import FEWEST_FOR_PERCENT, change, number
from data.page_reads.calls import Answered
from monitor.digest.summary import Digest

_THAN = ("in der Vorwoche", "the week before")


def sentences(digest: Digest, topics: Mapping[str, str], lang: str) -> list[str]:
    """Say the week in five sentences; one friendly one, where nothing was posted.

    `topics`: key -> name in `lang`.
    """
    if digest.empty:
        return [_empty(lang)]
    return [
        _volume(digest, lang),
        *(
            [_balance(digest, topics, lang), _open(digest, lang)]
            if digest.gathered.tagged
            else [_untagged(lang)]
        ),
        _network(digest, lang),
        _warnings(digest, lang) if digest.gathered.detected else _not_looked(lang),
    ]


def counted(count: int, words: str, lang: str) -> str:
    """Count things: `words` are "Beitrag|Beiträge"; one is written as a numeral, too."""
    one, many = words.split("|")
    return f"{number(count, lang)} {one if count == 1 else many}"


def _empty(lang: str) -> str:
    if lang == "de":
        return (
            "In dieser Woche ist kein Beitrag zum Hashtag eingegangen. Ob alle Quellen gelesen "
            "wurden, steht unten."
        )
    return (
        "No post with the hashtag arrived this week. Whether all sources were read is said below."
    )


def _untagged(lang: str) -> str:
    if lang == "de":
        return "Themen, Gesuche und Angebote sind noch nicht bestimmt: hhhilft tag"
    return "Topics, calls and offers are not known yet: hhhilft tag"


def _not_looked(lang: str) -> str:
    if lang == "de":
        return (
            "Nach Gruppen, die auffällig gleich handeln, wurde noch nicht gesucht: hhhilft detect"
        )
    return "Nobody has looked yet for groups that act strikingly alike: hhhilft detect"


def _volume(digest: Digest, lang: str) -> str:
    now, before = digest.gathered.talk, digest.gathered.talk_before
    if lang == "de":
        verb = "schrieb" if now.accounts == 1 else "schrieben"
        text = f"{counted(now.accounts, 'Konto|Konten', lang)} {verb} "
        text += counted(now.posts, "Beitrag|Beiträge", lang)
        if not before.posts:
            return text + "; aus der Vorwoche liegt nichts zum Vergleich vor."
    else:
        text = f"{counted(now.accounts, 'account|accounts', lang)} wrote "
        text += counted(now.posts, "post|posts", lang)
        if not before.posts:
            return text + "; there is nothing from the week before to compare with."
    return f"{text}, {change(now.posts, before.posts, lang, *_THAN)}."


def _balance(digest: Digest, topics: Mapping[str, str], lang: str) -> str:
    now, before = digest.gathered.intents, digest.gathered.intents_before
    needs, offers = now.get("gesuch", 0), now.get("angebot", 0)
    old = (before.get("gesuch", 0), before.get("angebot", 0))
    widest = next((each for each in digest.topics if each.now.gap > 0), None)
    if lang == "de":
        text = f"Auf {counted(needs, 'Gesuch|Gesuche', lang)} "
        text += "kam " if offers == 1 else "kamen "
        text += f"{counted(offers, 'Angebot|Angebote', lang)} "
        text += f"(Vorwoche: {number(old[0], lang)} und {number(old[1], lang)})"
        if widest is None:
            return text + "; zu keinem Thema wurde mehr gesucht als angeboten."
        name = topics.get(widest.key, widest.key)
        return text + (
            f"; am meisten fehlt beim Thema {name}: "
            f"{counted(widest.now.needs, 'Gesuch|Gesuche', lang)}, "
            f"{counted(widest.now.offers, 'Angebot|Angebote', lang)}."
        )
    text = f"{counted(needs, 'call|calls', lang)} for help met "
    text += f"{counted(offers, 'offer|offers', lang)} "
    text += f"(week before: {number(old[0], lang)} and {number(old[1], lang)})"
    if widest is None:
        return text + "; no topic had more calls than offers."
    name = topics.get(widest.key, widest.key)
    return text + (
        f"; most is missing under {name}: {counted(widest.now.needs, 'call|calls', lang)}, "
        f"{counted(widest.now.offers, 'offer|offers', lang)}."
    )


def _open(digest: Digest, lang: str) -> str:
    urgent, questions = digest.gathered.urgent, digest.gathered.questions
    old_urgent, old_questions = digest.gathered.urgent_before, digest.gathered.questions_before
    if lang == "de":
        return (
            "Ohne sichtbare Antwort blieben "
            f"{_of(urgent, 'dringenden Gesuch|dringenden Gesuchen', lang)} "
            f"(Vorwoche: {_of(old_urgent, '', lang)}) und "
            f"{_of(questions, 'Frage|Fragen', lang)} (Vorwoche: {_of(old_questions, '', lang)})."
        )
    return (
        f"{_of(urgent, 'urgent call|urgent calls', lang)} "
        f"(week before: {_of(old_urgent, '', lang)}) and "
        f"{_of(questions, 'question|questions', lang)} "
        f"(week before: {_of(old_questions, '', lang)}) have no visible answer."
    )


def _of(count: Answered, words: str, lang: str) -> str:
    of = "von" if lang == "de" else "of"
    text = f"{number(count.open, lang)} {of} "
    return text + (counted(count.all, words, lang) if words else number(count.all, lang))


def _network(digest: Digest, lang: str) -> str:
    talk, new = digest.gathered.talk, digest.gathered.newcomers
    de = lang == "de"
    parts = []
    if digest.places:
        first = digest.places[0]
        posts = counted(first.posts, "Beitrag|Beiträge" if de else "post|posts", lang)
        compared = change(first.posts, first.before, lang, *_THAN)
        parts.append(
            f"Am häufigsten ging es um {first.name} ({posts}, {compared})"
            if de
            else f"{first.name} was named most often ({posts}, {compared})"
        )
    answers = counted(talk.replies, "Beitrag|Beiträge" if de else "post|posts", lang)
    if talk.posts >= FEWEST_FOR_PERCENT:
        share = round(100 * talk.replies / talk.posts)
        answers += f" ({share}\u00a0%)" if de else f" ({share}%)"
    verb = "antwortete" if talk.replies == 1 else "antworteten"
    parts.append(f"{answers} {verb} auf andere" if de else f"{answers} answered somebody")
    if new is not None:
        who = counted(new, "Konto|Konten" if de else "account|accounts", lang)
        wrote = "schrieb" if new == 1 else "schrieben"
        parts.append(
            f"{who} {wrote} hier zum ersten Mal" if de else f"{who} wrote here for the first time"
        )
    text = ", ".join(parts[:-1]) + (" und " if de else " and ") + parts[-1] + "."
    return text[0].upper() + text[1:]


def _warnings(digest: Digest, lang: str) -> str:
    alerts = [each for each in digest.warnings if each.level == "alert"]
    watched = len(digest.warnings) - len(alerts)
    waiting = sum(1 for each in alerts if each.open)
    together = digest.gathered.communities
    if lang == "de":
        if alerts:
            accounts = sum(each.accounts for each in alerts)
            groups = "Eine Gruppe" if len(alerts) == 1 else f"{number(len(alerts), lang)} Gruppen"
            verb = "handelte" if len(alerts) == 1 else "handelten"
            text = (
                f"{groups} mit {counted(accounts, 'Konto|Konten', lang)} {verb} auffällig gleich; "
            )
            text += _waiting_de(waiting, len(alerts))
        else:
            text = "Keine Gruppe von Konten gab Anlass zu einer Warnung"
        if watched:
            text += (
                f", {counted(watched, 'weitere bleibt|weitere bleiben', lang)} unter Beobachtung"
            )
        if together:
            seen = counted(together, "Gruppe handelte|Gruppen handelten", lang)
            text += f"; {seen} gemeinsam, wie es Gemeinschaften tun"
        return text + "."
    if alerts:
        accounts = sum(each.accounts for each in alerts)
        groups = "One group" if len(alerts) == 1 else f"{number(len(alerts), lang)} groups"
        text = f"{groups} of {counted(accounts, 'account|accounts', lang)} acted strikingly alike; "
        text += _waiting_en(waiting, len(alerts))
    else:
        text = "No group of accounts gave reason for a warning"
    if watched:
        text += f", {counted(watched, 'more is|more are', lang)} being watched"
    if together:
        text += f"; {counted(together, 'group|groups', lang)} acted together as communities do"
    return text + "."


def _waiting_de(waiting: int, of: int) -> str:
    if not waiting:
        return "darüber ist entschieden"
    if waiting == of:
        return "entschieden ist noch nichts"
    return f"über {waiting} ist noch zu entscheiden"


def _waiting_en(waiting: int, of: int) -> str:
    if not waiting:
        return "people have decided about it"
    if waiting == of:
        return "nobody has decided yet"
    return f"{waiting} still need a decision"
