"""Institutions and declared bots, some of which nobody would know by their name."""

# ruff: noqa: D401  a scene says what happens in it

from datetime import timedelta

from bench.worlds.everyday import chatter, picture
from bench.worlds.people import Person, letters, office
from bench.worlds.world import TAG, World


def press_second(world: World) -> None:
    """Press offices publish the same release at the same second."""
    rng = world.rng
    members = _offices(world, world.number(4, 10), readable=True)
    _releases(world, members, rng.randint(2, 6))
    world.group("press_second", members)


def plain_institutions(world: World) -> None:
    """The same, by institutions whose names and profiles do not tell what they are."""
    rng = world.rng
    members = _offices(world, world.number(4, 8), readable=False)
    _releases(world, members, rng.randint(2, 5))
    for each in members:
        chatter(world, each, rng.randint(3, 10))
    world.group("plain_institutions", members)


def news_bots(world: World) -> None:
    """Declared bots post each headline of a feed at once."""
    rng = world.rng
    members = _offices(world, rng.randint(3, 6), readable=False)
    for each in members:
        each.bot, each.bio = True, "Automatischer Feed-Bot, Meldungen per RSS"
    for _ in range(rng.randint(10, 40)):
        link, headline = rng.choice(world.articles)
        at = world.moment()
        for each in members:
            if rng.random() < 0.8:
                late = at + timedelta(seconds=rng.randint(0, 50))
                world.post(each, late, headline, link=link, tags=(TAG,))
    world.group("news_bots", members)


def feed_copies(world: World) -> None:
    """Real institutions copy their feeds to several networks, and share one joint release."""
    rng = world.rng
    joint, link = world.words.long_sentence(), f"https://stadt.example/{letters(rng, 6)}"
    day = rng.randrange(world.days)
    for _ in range(rng.randint(2, 5)):
        networks = rng.sample(("rss", "mastodon", "bluesky", "x", "facebook"), rng.randint(2, 4))
        selves = [office(rng, name, world.start, readable=rng.random() < 0.6) for name in networks]
        for each in selves:
            each.name, each.bio = selves[0].name, selves[0].bio
        for number in range(rng.randint(4, 15)):
            at = world.moment(hour=11)
            text, page = world.words.headline(), f"https://{selves[0].handle}.example/{number}"
            for each in selves:
                world.post(each, at + timedelta(seconds=rng.randint(0, 600)), text, link=page)
        for each in selves:
            world.post(each, world.at(day, 10 + rng.random() * 5), joint, link=link, tags=(TAG,))
        world.group("feed_copies", selves)


def _offices(world: World, count: int, *, readable: bool) -> list[Person]:
    return [
        office(world.rng, world.network(), world.start, readable=readable) for _ in range(count)
    ]


def _releases(world: World, members: list[Person], count: int) -> None:
    rng = world.rng
    for _ in range(count):
        at = world.at(rng.randrange(world.days), rng.choice((8, 9, 10, 12, 14, 16)))
        at = at.replace(second=0, minute=rng.choice((0, 30)))
        text, alt = world.words.long_sentence(least=16), world.words.headline()
        media = [(picture(world), alt)] if rng.random() < 0.4 else ()
        link = f"https://presse.example/{letters(rng, 7)}" if rng.random() < 0.6 else None
        for each in members:
            if rng.random() < 0.85:
                world.post(each, at, text, link=link, tags=(TAG,), media=media)
