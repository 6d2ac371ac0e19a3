"""The story of a group in sentences, German and English: for command and page alike."""

from zoneinfo import ZoneInfo

from data.formats import day_span, local, moment, number, percent, span
from data.reasons import Reason
from data.reasons.counting import FEWEST_FOR_PERCENT
from data.reasons.names import kind_name, level_name
from data.reasons.weighing import score_words
from data.story import Act, Episode, Story

SHOWN = 12  # episodes told one by one; the rest is counted
MOST_ACTS = 20  # accounts of an episode named one by one
HIDDEN = ("ein Konto, das nicht genannt werden möchte", "an account that does not want to be named")


def found_words(story: Story, lang: str, zone: ZoneInfo) -> str:
    """Say what was found: level, score, accounts, kinds, days."""
    who = _accounts(len(story.accounts), lang)
    kinds = ", ".join(kind_name(each, lang) for each in story.kinds)
    first, last = local(story.first, zone).date(), local(story.last, zone).date()
    level, score = level_name(story.level, lang), score_words(story.score, lang)
    of = "von" if lang == "de" else "of"
    days = day_span(first, last, lang)
    return f"{level[0].upper()}{level[1:]}, {score} {of} 1: {who}, {kinds}, {days}."


def episode_words(episode: Episode, lang: str, zone: ZoneInfo) -> str:
    """Say what was shared, by how many, when, how long, and how many others did the same."""
    de, many = lang == "de", len(episode.acts)
    did = _DID.get(episode.kind, ("teilen dasselbe", "share the same"))[not de]
    quote = f"„{episode.shown}“" if de else f"“{episode.shown}”"
    what = quote if episode.kind in _QUOTED else episode.shown
    took = _took(episode, lang)
    head = f"{moment(episode.first, lang, zone)}: {_accounts(many, lang)} {did}: {what}."
    return " ".join(each for each in (head, took, _others(episode, lang)) if each)


def order_words(episode: Episode, lang: str) -> list[tuple[Act, str]]:
    """Give the first MOST_ACTS accounts in order, each with how long after the one before."""
    return [(each, _after(each, lang)) for each in episode.acts[:MOST_ACTS]]


def more_words(episode: Episode, lang: str) -> str:
    """Say how many accounts took part after those; nothing where none did."""
    left = len(episode.acts) - MOST_ACTS
    if left <= 0:
        return ""
    more = _accounts(left, lang)
    return f"danach noch {more}" if lang == "de" else f"then {more} more"


def act_name(act: Act, lang: str) -> str:
    """Name the account of an act as people do; who does not want to be named is not."""
    if act.hidden:
        return HIDDEN[lang != "de"]
    return act.name or act.account


def left_words(story: Story, lang: str) -> str:
    """Say how many episodes are not told one by one; nothing where all are."""
    left = len(story.episodes) - SHOWN
    if left <= 0:
        return ""
    if lang == "de":
        more = "weiteres Mal" if left == 1 else "weitere Male"
        return f"Dazu {number(left, lang)} {more}, hier nicht einzeln erzählt."
    return f"And {number(left, lang)} more {'time' if left == 1 else 'times'}, not told one by one."


def comparisons(story: Story, lang: str) -> list[tuple[str, str, str]]:
    """Compare with what would be expected: what is measured, here, and what is usual."""
    return [
        (_MEASURED.get(str(each["code"]), (str(each["code"]),) * 2)[lang != "de"],
         *_figures(each, lang))
        for each in story.expected
    ]  # fmt: skip


def adding_words(lang: str) -> str:
    """Say what the figures' table shows."""
    if lang == "de":
        return (
            "Was jede Zahl beiträgt; über 0 spricht dafür. Sehr kleine und sehr große Werte zählen "
            "wie ihre Grenze, unbekannte wie das Übliche."
        )
    return (
        "What each figure adds; above 0 speaks for it. Very small and very large values count as "
        "their limit, unknown ones as what is usual."
    )


def contribution(added: float, lang: str) -> str:
    """Write what a figure adds to the score, with its sign."""
    sign = "+" if added >= 0 else "−"
    return sign + number(abs(added), lang, 2)


def _figures(reason: Reason, lang: str) -> tuple[str, str]:
    expected = float(reason["expected"])
    if "of" in reason:
        return _share(float(reason["value"]), int(reason["of"]), lang), percent(expected, lang)
    return number(reason["value"], lang), number(expected, lang, 0)


def _share(value: float, of: int, lang: str) -> str:
    if of >= FEWEST_FOR_PERCENT:
        return percent(value, lang)
    word = "von" if lang == "de" else "of"
    return f"{number(round(value * of), lang)} {word} {number(of, lang)}"


def _took(episode: Episode, lang: str) -> str:
    if len(episode.acts) < 2:
        return ""
    seconds = (episode.acts[-1].at - episode.acts[0].at).total_seconds()
    if seconds < 1:
        return "Alle in derselben Sekunde." if lang == "de" else "All in the same second."
    if lang == "de":
        return f"Vom ersten bis zum letzten Konto: {span(seconds, lang)}."
    return f"From the first account to the last: {span(seconds, lang)}."


def _others(episode: Episode, lang: str) -> str:
    if episode.others is None:
        return ""
    if not episode.others:
        return _NOBODY.get(episode.kind, _NOBODY[""])[lang != "de"]
    many, one = number(episode.others, lang), episode.others == 1
    if lang == "de":
        return f"{many} {'anderes Konto tat' if one else 'andere Konten taten'} dasselbe."
    return f"{many} other {'account' if one else 'accounts'} did the same."


def _after(act: Act, lang: str) -> str:
    if act.gap_seconds is None:
        return "zuerst" if lang == "de" else "first"
    if act.gap_seconds < 1:
        return "in derselben Sekunde" if lang == "de" else "in the same second"
    gap = span(act.gap_seconds, lang, dative=True)
    return f"nach {gap}" if lang == "de" else f"after {gap}"


def _accounts(many: int, lang: str) -> str:
    one = many == 1
    if lang == "de":
        return f"{number(many, lang)} {'Konto' if one else 'Konten'}"
    return f"{number(many, lang)} {'account' if one else 'accounts'}"


_QUOTED = ("text", "repost", "reply", "moment")
_DID = {
    "text": ("veröffentlichen (fast) denselben Text", "publish (almost) the same text"),
    "link": ("teilen denselben Link", "share the same link"),
    "repost": ("verbreiten denselben Beitrag weiter", "re-share the same post"),
    "reply": ("antworten auf denselben Beitrag", "answer the same post"),
    "image": ("zeigen dasselbe Bild", "show the same picture"),
    "hashtags": ("verwenden dieselben Hashtags", "use the same hashtags"),
    "moment": (
        "posten fast gleichzeitig, jedes seinen Beitrag; der erste",
        "post almost at once, each a post of its own; the first",
    ),
}
_NOBODY = {
    "": ("Niemand sonst tat dasselbe.", "Nobody else did the same."),
    "moment": ("Niemand sonst tut das immer wieder.", "Nobody else keeps doing so."),
}
_MEASURED = {
    "recycled_texts": (
        "Konten, die mehrmals gemeinsam denselben Text veröffentlichen",
        "Accounts that publish the same texts together, more than once",
    ),
    "close_gaps": (
        "Handlungen höchstens eine Minute nach der vorigen",
        "Acts at most a minute after the one before",
    ),
    "answer_strangers_only": (
        "Konten, die einander antworten",
        "Accounts that answer each other",
    ),
    "beyond_chance": (
        "Wie oft ein Konto der Gruppe bei etwas Gemeinsamem dabei ist",
        "How often an account of the group takes part in something shared",
    ),
}
