"""Crowds that form by themselves: events, news, storms, chains, fans, memorial days."""

# ruff: noqa: D401  a scene says what happens in it

from datetime import timedelta

from bench.worlds.everyday import chatter, picture
from bench.worlds.people import letters, office, person
from bench.worlds.world import TAG, Row, World

MOST_IN_A_FLOOD = 6000  # posts
POSTS_EACH_IN_A_FLOOD = 6  # on average


def live_event(world: World) -> None:
    """Everybody at an event posts at once under its tag and reposts the organisers."""
    rng, network = world.rng, world.network(reposting=True)
    guests = world.pick(world.number(15, 45), network)
    host, tag = guests[0], world.words.word()
    at = world.moment(hour=18)
    said: list[Row] = []
    for _ in range(rng.randint(4, 9)):
        moment = at + timedelta(minutes=rng.uniform(0, 150))
        said.append(world.post(host, moment, world.words.text(), tags=(TAG, tag)))
    for each in guests[1:]:
        for _ in range(rng.randint(0, 4)):
            moment = at + timedelta(minutes=rng.uniform(0, 160))
            world.post(each, moment, world.words.sentence(each.lang), tags=(TAG, tag))
        for row in said:
            if rng.random() < 0.3:
                world.repost(each, world.soon(row["created_at"], 5), row)
    world.group("live_event", guests)


def chain_copy(world: World) -> None:
    """A text that asks to be copied goes from friend to friend over days."""
    rng = world.rng
    members = world.pick(world.number(8, 40))
    text = f"{world.words.long_sentence(least=20)} Bitte kopieren, nicht teilen!"
    at = world.moment(0.05, 0.6)
    for each in members:
        said = text if rng.random() < 0.7 else f"{text} {world.words.sentence()}"
        world.post(each, world.soon(at, 900, 1.2), said, tags=(TAG,) if rng.random() < 0.5 else ())
    world.group("chain_copy", members)


def share_button(world: World) -> None:
    """Readers press an article's share button, which writes the text; regulars do so often."""
    rng = world.rng
    members = world.pick(world.number(10, 35))
    paper = rng.choice(("@abendpost", "@deichwelle", "@hafenfunk"))
    for link, headline in rng.sample(world.articles, min(len(world.articles), rng.randint(2, 6))):
        at = world.moment(0.05, 0.85)
        for each in members:
            if rng.random() < 0.4:
                tail = f"?utm_source=share&id={letters(rng, 6)}" if rng.random() < 0.6 else ""
                world.post(
                    each, world.soon(at, 400, 1.4), f"{headline} via {paper}", link=link + tail
                )
    world.group("share_button", members)


def petition(world: World) -> None:
    """Signers let the petition's site post for them."""
    members = world.pick(world.number(10, 40))
    link = f"https://petition.example/{letters(world.rng, 7)}"
    text = f"Habe gerade unterschrieben: „{world.words.headline()}“. Unterschreibt auch!"
    at = world.moment(0.05, 0.5)
    for each in members:
        world.post(each, world.soon(at, 1500, 1.3), text, link=link, tags=(TAG,))
    world.group("petition", members)


def fan_circle(world: World) -> None:
    """Fans of a singer or club repost everything, with one set of tags and the star's own lines."""
    rng, network = world.rng, world.network(reposting=True)
    star, *fans = world.pick(world.number(7, 22), network)
    tags = (world.words.word(), world.words.word(), TAG)
    for _ in range(rng.randint(5, 16)):
        at = world.moment()
        row = world.post(star, at, world.words.text(), tags=tags)
        for each in fans:
            act = rng.random()
            if act < 0.6:
                world.repost(each, world.soon(at, 20, 1.3), row)
            elif act < 0.7:
                world.reply(each, world.soon(at, 20), row, world.words.emoji() * 3)
            elif act < 0.76:
                world.post(each, world.soon(at, 60), row["text"], hashtags=row["hashtags"])
    for each in fans:
        chatter(world, each, rng.randint(0, 5))
    world.group("fan_circle", fans)


def breaking_news(world: World) -> None:
    """Many share one piece of news within the hour, often under its headline."""
    rng = world.rng
    members = world.pick(world.number(20, 70))
    link, headline = f"https://hafenfunk.example/eil/{letters(rng, 5)}", world.words.headline()
    at = world.moment()
    for each in members:
        said = f"EIL: {headline}" if rng.random() < 0.5 else world.words.sentence(each.lang)
        late = world.soon(at, 35)
        world.post(each, late, said, link=link if rng.random() < 0.8 else None, tags=(TAG,))
    world.group("breaking_news", members)


def reply_storm(world: World) -> None:
    """A politician says something; a crowd answers, the angry ones more than once."""
    rng = world.rng
    network = world.network()
    members = world.pick(world.number(15, 70), network)
    politician = person(rng, network, world.start)
    for _ in range(rng.randint(1, 3)):
        at = world.moment(0.05, 0.9)
        row = world.post(politician, at, world.words.text(), tags=(TAG,))
        for each in members:
            for _ in range(rng.choice((0, 1, 1, 1, 3))):
                short = rng.random() < 0.15
                said = rng.choice(("Schämt euch!", "Rücktritt!", "Danke!", "So ist es."))
                text = said if short else world.words.text(each.lang, 2)
                world.reply(each, world.soon(at, 90, 1.2), row, text)
    world.group("reply_storm", members)


def newcomers(world: World) -> None:
    """After a report on television many sign up and say hello in their own words."""
    rng, network = world.rng, world.network()
    at = world.moment(0.1, 0.8, hour=20)
    members = [person(rng, network, at) for _ in range(world.number(8, 30))]
    for each in members:
        each.created = at + timedelta(minutes=rng.uniform(5, 2000))
        each.followers, each.posts = rng.randint(0, 9), rng.randint(1, 5)
        for _ in range(rng.randint(1, 3)):
            late = each.created + timedelta(minutes=rng.uniform(3, 900))
            said = f"{rng.choice(('Gestern im Fernsehen gesehen.', 'Hallo zusammen!', ''))} "
            world.post(each, late, said + world.words.text(each.lang, 2), tags=(TAG,))
    world.group("newcomers", members)


def school_class(world: World) -> None:
    """A class signs up in one lesson and posts what the task says, with small changes."""
    rng, network = world.rng, world.network()
    lesson = world.moment(0.1, 0.7, hour=9)
    members = [person(rng, network, lesson) for _ in range(rng.randint(12, 27))]
    for each in members:
        each.created = lesson + timedelta(minutes=rng.uniform(0, 20))
        each.followers, each.posts = rng.randint(0, 25), 1
    for week in range(rng.randint(1, 2)):
        task = f"Unsere Klasse sammelt {world.words.word()} für {world.words.headline()}"
        rows: list[Row] = []
        for each in members:
            at = lesson + timedelta(days=7 * week, minutes=rng.uniform(20, 80))
            own = world.words.sentence() if rng.random() < 0.6 else ""
            rows.append(world.post(each, at, f"{task}. {own}", tags=(TAG, "Projektwoche")))
        for row in rows:
            if rng.random() < 0.5:
                late = world.soon(row["created_at"], 6)
                world.reply(rng.choice(members), late, row, rng.choice(("haha", "😂", "gut!")))
    world.group("school_class", members)


def memorial_day(world: World) -> None:
    """On the day of remembrance all show the same picture and a candle."""
    rng = world.rng
    members = world.pick(world.number(15, 50))
    day, alt = rng.randrange(1, world.days), world.words.headline()
    shared = picture(world)
    for each in members:
        said = rng.choice(("Nie wieder ist jetzt. 🕯️", "Nie wieder. 🕯️", world.words.sentence()))
        url = shared if rng.random() < 0.4 else picture(world)
        world.post(
            each, world.at(day, rng.gauss(13, 4) % 24), said, tags=(TAG, "NieWieder"),
            media=[(url, alt)],
        )  # fmt: skip
    world.group("memorial_day", members)


def storm_flood(world: World) -> None:
    """A flood: a hundred times the usual volume in a day, warnings copied and reposted."""
    rng, network = world.rng, world.network(reposting=True)
    many = int(min(world.size / world.days * 100, MOST_IN_A_FLOOD))
    members = world.pick(max(30, many // POSTS_EACH_IN_A_FLOOD), network)
    services = [office(rng, network, world.start, readable=rng.random() < 0.5) for _ in range(3)]
    begin = world.moment(0.2, 0.85, hour=6)
    warnings: list[Row] = []
    for hour in range(16):
        text = world.words.long_sentence()
        for each in services:
            at = begin + timedelta(hours=hour, seconds=rng.randint(0, 40))
            warnings.append(world.post(each, at, f"Sturmflut: {text}", tags=(TAG, "Sturmflut")))
    for _ in range(many):
        each = rng.choice(members)
        at = begin + timedelta(hours=rng.gauss(7, 3) % 16)
        done = [row for row in warnings if row["created_at"] < at]
        act = rng.random()
        if act < 0.5 and done:
            world.repost(each, at, rng.choice(done[-9:]))
        elif act < 0.62 and done:
            row = rng.choice(done[-9:])
            world.post(each, at, row["text"], hashtags=row["hashtags"])
        elif act < 0.75 and done:
            world.reply(each, at, rng.choice(done[-9:]), world.words.sentence(each.lang))
        else:
            world.post(each, at, world.words.sentence(each.lang), tags=(TAG, "Sturmflut"))
    world.group("storm_flood", [*members, *services])
