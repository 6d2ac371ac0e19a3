"""What speaks against it: explanations, and marks of a community."""

from collections.abc import Callable, Mapping

from data.formats import number, percent
from data.reasons.counting import Reason, accounts_of, inside, part_of


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
        return "So aktive Konten können auch ohne Absprache so oft aufeinandertreffen."
    return "Accounts this active can meet that often without any agreement."


def _scheduled(reason: Reason, lang: str) -> str:
    part = part_of(reason, lang, "Beiträge", "Beiträgen", "posts")
    if lang == "de":
        return (
            "Sie veröffentlichen zur selben Sekunde, wie Pressestellen es planen, "
            f"und schreiben sonst Eigenes ({inside(part)})."
        )
    return (
        "They publish at the same second, as press offices schedule it, "
        f"and otherwise write their own ({inside(part)})."
    )


def _declared(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{accounts_of(reason, lang)} sagen offen, dass sie automatisch veröffentlichen."
    return f"{accounts_of(reason, lang)} say openly that they publish automatically."


def _institutions(reason: Reason, lang: str) -> str:
    if lang == "de":
        return (
            f"{accounts_of(reason, lang)} sprechen nach ihrem Profil für eine Behörde, Redaktion "
            "oder Initiative; solche veröffentlichen oft dasselbe zur selben Zeit."
        )
    return (
        f"{accounts_of(reason, lang)} speak, by their profile, for an office, a newsroom or an "
        "initiative; those often publish the same at the same time."
    )


def _known_institutions(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{accounts_of(reason, lang)} haben Menschen hier als Einrichtung benannt."
    return f"{accounts_of(reason, lang)} were named here by people as institutions."


def _known_automated(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{accounts_of(reason, lang)} haben Menschen hier als offene Automatik benannt."
    return f"{accounts_of(reason, lang)} were named here by people as declared automation."


def _only_hashtags(reason: Reason, lang: str) -> str:  # noqa: ARG001
    if lang == "de":
        return "Gemeinsam ist nur eine Folge von Hashtags; Gruppen verabreden solche Folgen oft."
    return "All they share is a string of hashtags; groups often agree on one."


def _taken_up(reason: Reason, lang: str) -> str:
    others = percent(reason["value"], lang)
    if lang == "de":
        return (
            "Viele andere veröffentlichen dieselben Texte, wie bei Warnungen und Kettenbriefen: "
            f"Im Mittel sind {others} der Konten eines Textes nicht aus der Gruppe."
        )
    return (
        "Many others publish the same texts, as happens with warnings and chain letters: "
        f"on average {others} of a text's accounts are not of the group."
    )


def _talk(reason: Reason, lang: str) -> str:
    if lang == "de":
        return f"{accounts_of(reason, lang)} sprechen miteinander, wie Bekannte es tun."
    return f"{accounts_of(reason, lang)} talk with each other, as people who know each other do."


def _outsiders(reason: Reason, lang: str) -> str:
    outside = number(reason["value"], lang, 1)
    if lang == "de":
        return f"Viele andere tun dasselbe: {outside} Konten außerhalb auf jedes in der Gruppe."
    return f"Many others do the same: {outside} accounts outside for each one in the group."


def _own_posts(reason: Reason, lang: str) -> str:
    part = part_of(reason, lang, "Beiträge", "Beiträgen", "posts")
    if lang == "de":
        return f"Die Konten schreiben meist Eigenes: {inside(part)} gehören zu nichts Gemeinsamem."
    return f"The accounts mostly write their own: {inside(part)} belong to nothing shared."


AGAINST: Mapping[str, Callable[[Reason, str], str]] = {
    "one_each": _one_each,
    "few_occasions": _few_occasions,
    "hardly_beyond_chance": _hardly_beyond,
    "scheduled": _scheduled,
    "declared": _declared,
    "institutions": _institutions,
    "known_institutions": _known_institutions,
    "known_automated": _known_automated,
    "only_hashtags": _only_hashtags,
    "taken_up": _taken_up,
    "talk_to_each_other": _talk,
    "many_outsiders": _outsiders,
    "own_posts": _own_posts,
}
