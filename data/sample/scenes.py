"""What happens in the sample: a community that acts together, and one planted campaign."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from data.sample import frames
from data.sample.people import COMMUNITIES, START, Person
from data.sample.story import DAYS, Draft, Story

END = START + timedelta(days=DAYS)
HOME = {place: home for home, (places, _, _) in COMMUNITIES.items() for place in places.split(", ")}
NOW = "now"  # the unit whose times count back from the moment of loading


def everyday(story: Story, texts: Iterable[dict[str, Any]]) -> None:
    """Needs, offers, questions, thanks: one unit a call, with its answers and shares."""
    for text in texts:
        person = _speaker(story, text)
        cold = text["urgent"] or "unterkunft" in text["topics"]
        first, last = (14, 20) if cold and story.dice.random() < 0.15 else (0, DAYS - 1)
        day = max(story.day(first, last), person.first_day)  # the third week is cold
        call = story.say(person, story.moment(day), text["text"], story.unit(), lang=text["lang"])
        converse(story, call, text)
        for channel in story.cast.having("channel"):  # initiatives post to their channel, too
            if channel.account.name == person.account.name and channel is not person:
                at = call.at + timedelta(seconds=story.dice.randint(20, 400))
                story.say(channel, at, text["text"], call.unit, lang=text["lang"])


def converse(story: Story, call: Draft, text: dict[str, Any]) -> None:
    """Let others answer and share a call; four calls for help in ten stay without an answer."""
    dice = story.dice
    kind = next(
        (each for each in ("gesuch", "angebot", "frage") if each in text["intents"]), "sonst"
    )
    hostile = "anfeindung" in text["topics"]
    chance = {"gesuch": 0.6, "angebot": 0.45, "frage": 0.5, "sonst": 0.2}[kind]
    if not hostile and dice.random() < chance:
        for _ in range(dice.choices((1, 2, 3), (60, 30, 10))[0]):
            neighbour = _neighbour(story, call.person)
            if neighbour is None:
                break
            answer = _answer(story, call, neighbour, kind, text["lang"])
            if dice.random() < 0.45:
                at = story.later(answer.at, 30)
                frame = _dressed(story, dice.choice(frames.THANKS))
                thanks = _fill(story, frame, neighbour, call.person)
                story.say(call.person, at, thanks, call.unit, reply_to=answer, lang="de")
    loud = 0.15 if hostile else 0.75 if text["urgent"] else 0.28
    if dice.random() < loud:
        for person in _circle(story, call.person, dice.choices((1, 2, 3, 5), (50, 28, 15, 7))[0]):
            story.share(person, story.later(call.at, 50), call)


def questions(story: Story) -> None:
    """Questions to the authority; it answers half of them, some late."""
    office = story.cast.having("office")[0]
    askers = [
        each
        for each in story.cast.having("volunteer", "seeker", "initiative", "newcomer")
        if each.account.network == "mastodon"
    ]
    for number in range(24):
        asker = story.dice.choice(askers)
        text = frames.QUESTIONS[number % len(frames.QUESTIONS)]
        if number >= len(frames.QUESTIONS):
            text = story.dice.choice(("Noch einmal gefragt: ", "Hallo ", "Guten Morgen ")) + text
        text = _fill(story, text, office, asker)
        at = story.moment(max(story.day(), asker.first_day))
        asked = story.say(asker, at, text, story.unit(), to=office)
        if story.dice.random() < 0.5:
            reply = _fill(story, story.dice.choice(frames.OFFICE_ANSWERS), asker, asker)
            at = story.later(asked.at, story.dice.choice((60, 240, 1500)))
            story.say(office, at, reply, asked.unit, reply_to=asked)


def appeals(story: Story) -> list[list[Person]]:
    """Urgent calls that dozens share within a quarter of an hour. Returns the sharers of each."""
    groups = []
    hosts = story.cast.having("initiative")
    for number, (day, hour) in enumerate(((2, 19), (8, 18), (15, 16), (17, 19), (25, 15))):
        host = hosts[number * 2 % len(hosts)]
        at = START + timedelta(days=day, hours=hour, minutes=7 * number, seconds=13)
        call = story.say(host, at, _fill(story, frames.APPEALS[number], host, host), story.unit())
        sharers = _circle(story, host, story.dice.randint(20, 38), wide=True)
        for person in sharers:
            gap = story.dice.expovariate(1 / 240)
            story.share(person, at + timedelta(seconds=25 + int(gap)), call)
        for person in sharers[:4]:
            _answer(story, call, person, "gesuch", "de")
        groups.append(sharers)
    return groups


def announcements(story: Story) -> list[Person]:
    """One text, word for word, from many initiatives and their channels, over two days."""
    hosts = story.cast.having("initiative", "channel")
    for number, day in enumerate((9, 22)):
        unit, at = story.unit(), START + timedelta(days=day, hours=9, minutes=30)
        for host in story.dice.sample(hosts, len(hosts) - 3):
            later = timedelta(hours=story.dice.randint(0, 30), seconds=story.dice.randint(0, 3599))
            moment = at + later + timedelta(hours=8 if (at + later).hour < 7 else 0)
            story.say(host, moment, frames.ANNOUNCEMENTS[number], unit)
    return hosts


def releases(story: Story) -> list[Person]:
    """Press offices publish the same release at the same second."""
    offices = story.cast.having("office")
    for text, day in zip(frames.RELEASES, (4, 15, 23), strict=True):
        unit = story.unit()
        for office in offices:
            story.say(office, START + timedelta(days=day, hours=11), text, unit)
    return offices


def news(story: Story) -> list[Person]:
    """Two declared automatic accounts spread the same headlines, seconds apart."""
    tickers = story.cast.having("ticker")
    for day in range(DAYS):
        for turn in range(2):
            head = frames.NEWS[(day * 2 + turn) % len(frames.NEWS)]
            link = f"https://nachrichten.example/{day + 1}-{turn + 1}"
            unit, at = story.unit(), story.moment(day).replace(second=0)
            for ticker in tickers:
                gap = timedelta(seconds=story.dice.randint(1, 25))
                story.say(ticker, at + gap, f"{head} {link}", unit)
    return tickers


def chain(story: Story) -> list[Person]:
    """Let volunteers copy a text by hand over a day and a half, each with a word of their own."""
    people = story.dice.sample(story.cast.having("volunteer"), 15)
    unit, at = story.unit(), START + timedelta(days=10, hours=8, minutes=20)
    for person in people:
        own = _fill(story, story.dice.choice(frames.CHAIN_OWN), person, person)
        story.say(person, at, f"{frames.CHAIN} {own}".strip(), unit)
        at = story.later(at, 60)
    return people


def feasts(story: Story) -> None:
    """Two Saturdays on which many write from the same hall."""
    for day, home in ((12, "Altona"), (19, "Wandsbek")):
        guests = story.cast.having("volunteer", "initiative", "seeker", home=home)
        unit = story.unit()
        for number in range(len(frames.FEAST)):
            at = START + timedelta(
                days=day, hours=14, minutes=number * 26 + story.dice.randint(0, 9)
            )
            guest = story.dice.choice(guests)
            text = _fill(story, frames.FEAST[number], guest, guest)
            picture = story.say(guest, at, f"{text} #{home}feiert", unit)
            for fan in _circle(story, guest, story.dice.randint(0, 2)):
                story.share(fan, story.later(at, 12), picture)


def arrivals(story: Story) -> list[Person]:
    """Newcomers present themselves and are welcomed."""
    people = story.cast.having("newcomer")
    for number, person in enumerate(people):
        text = _fill(story, frames.FIRST_POSTS[number % len(frames.FIRST_POSTS)], person, person)
        hello = story.say(person, story.moment(person.first_day), text, story.unit())
        converse(story, hello, {"intents": ["angebot"], "topics": [], "urgent": True, "lang": "de"})
    return people


def busy(story: Story) -> Person:
    """One volunteer who shares calls and points to help all day long."""
    person = story.cast.having("busy")[0]
    calls = [
        each
        for each in story.drafts
        if each.person.account.network == "mastodon"
        and each.unit != NOW
        and each.reply_to is None
        and each.repost_of is None
        and each.person.role in ("volunteer", "seeker", "initiative", "newcomer")
    ]
    for call in story.dice.sample(calls, 64):
        story.share(person, story.later(call.at, 35), call)
        if story.dice.random() < 0.3:
            _answer(story, call, person, "gesuch", "de")
    return person


def campaign(story: Story) -> list[Person]:
    """Twelve accounts, seven waves in five days: nearly one text, one link, seconds apart."""
    people = story.cast.having("campaign")
    for wave, (frame, day) in enumerate(frames.CAMPAIGN):
        unit = story.unit()
        at = START + timedelta(days=day, hours=(7, 20, 12, 21, 6, 9, 22)[wave], minutes=11 + wave)
        for person in story.dice.sample(people, len(people) - story.dice.choice((0, 1, 2))):
            at += timedelta(seconds=story.dice.randint(4, 75))
            text = frame.format(
                a=story.dice.choice(frames.CAMPAIGN_A),
                b=story.dice.choice(frames.CAMPAIGN_B),
                c=story.dice.choice(frames.CAMPAIGN_C),
            )
            story.say(person, at, text, unit)
    return people


def fresh(story: Story, texts: Iterable[dict[str, Any]]) -> None:
    """Fill the last hours, whatever the hour of loading."""
    minutes = (4, 13, 27, 46, 71, 108, 150, 200, 262, 330)
    for before, text in zip(minutes, texts, strict=False):
        person = _speaker(story, text)
        at = END - timedelta(minutes=before, seconds=story.dice.randint(0, 50))
        call = story.say(person, at, text["text"], NOW, lang=text["lang"])
        if before > 100:
            neighbour = _neighbour(story, person)
            if neighbour is not None and not text["urgent"]:
                answer = _dressed(story, story.dice.choice(frames.ANSWERS["sonst"]))
                answer = _fill(story, answer, person, neighbour)
                story.say(neighbour, at + timedelta(minutes=31), answer, NOW, reply_to=call)


def _speaker(story: Story, text: dict[str, Any]) -> Person:
    dice = story.dice
    lang, intents = text["lang"], text["intents"]
    home = next((HOME[place] for place in text["places"] if place in HOME), None)
    if "anfeindung" in text["topics"] or ("politik" in text["topics"] and dice.random() < 0.4):
        return dice.choice(story.cast.having("voice"))
    roles: tuple[str, ...] = ("volunteer", "newcomer")
    if "gesuch" in intents or "frage" in intents:
        roles = ("seeker", "volunteer", "initiative")
    elif "angebot" in intents or "hinweis" in intents:
        roles = ("volunteer", "initiative", "busy", "channel")
    able = [each for each in story.cast.having(*roles) if each.lang == lang]
    if not able:
        able = [each for each in story.cast.having("seeker") if each.lang == lang]
    able = able or story.cast.having("volunteer")
    near = [each for each in able if home in each.homes] or able
    return dice.choices(near, [each.verve for each in near])[0]


def _circle(story: Story, person: Person, size: int, wide: bool = False) -> list[Person]:
    """Those who share a person's posts: mostly the same few of the same community and network."""
    same = [
        each
        for each in story.cast.having("volunteer", "initiative", "busy", "newcomer")
        if each.account.network == person.account.network
        and each is not person
        and each.first_day == 0
    ]
    near = [each for each in same if set(each.homes) & set(person.homes)] or same
    pool = same if wide else near
    if not wide and len(pool) > 6:  # a fixed handful of friends, by the person's place in the cast
        start = story.cast.people.index(person) * 3 % len(pool)
        friends = (pool * 2)[start : start + 6]
        pool = friends if story.dice.random() < 0.7 else pool
    return story.dice.sample(pool, min(size, len(pool)))


def _neighbour(story: Story, person: Person) -> Person | None:
    circle = _circle(story, person, 1)
    return circle[0] if circle else None


def _answer(story: Story, call: Draft, person: Person, kind: str, lang: str) -> Draft:
    pool = frames.ANSWERS[kind] if lang == "de" else frames.OTHER_ANSWERS.get(lang)
    for _ in range(9):  # people rarely say the very same twice
        frame = story.dice.choice(pool or frames.OTHER_ANSWERS["en"])
        text = _fill(story, _dressed(story, frame) if lang == "de" else frame, call.person, person)
        if text not in story.said:
            break
    lang = lang if pool else "en"
    return story.say(person, story.later(call.at, 45), text, call.unit, reply_to=call, lang=lang)


def _dressed(story: Story, frame: str) -> str:
    """Put a sentence of small talk before an answer, behind it, or both."""
    way = story.dice.random()
    before = f"{story.dice.choice(frames.OPENERS)} " if way < 0.65 else ""
    behind = f" {story.dice.choice(frames.CLOSERS)}" if way > 0.35 else ""
    return f"{before}{frame}{behind}"


def _fill(story: Story, frame: str, spoken_to: Person, speaker: Person) -> str:
    """Put names and places in; the place is one of the speaker's community."""
    homes = speaker.homes or spoken_to.homes or tuple(COMMUNITIES)
    places, houses, _ = COMMUNITIES[story.dice.choice(homes)]
    whole = spoken_to.role in ("initiative", "office", "channel")
    name = spoken_to.account.name or ""
    filled = frame.format(
        who=name if whole else name.split(" ")[0],
        handle=spoken_to.account.handle,
        when=story.dice.choice(frames.WHEN),
        place=story.dice.choice(places.split(", ")[:8]),
        house=story.dice.choice(houses.split(", ")),
    )
    return re.sub(r"(?:^|[.!?] )[a-zäöü]", lambda found: found[0].upper(), filled)
