"""What goes on in any world: people post, answer their friends, share articles, repost."""

# ruff: noqa: SIM905  lists of words read better as text

from bisect import bisect_left
from datetime import datetime, timedelta

from bench.worlds.people import Person
from bench.worlds.world import TAG, Row, World

OTHER_TAGS = "Ehrenamt Hamburg Spenden Geflüchtete Kleiderkammer Ukraine Wohnen Deutschkurs".split()
RECENT = timedelta(days=2)
PEOPLE_PER_POST = 0.17
MOST_SEEN = 120  # posts anybody looks at before acting


def everyday(world: World) -> None:
    """Fill the world with everyday posts by people who know each other in circles."""
    rng = world.rng
    while len(world.people) < max(25, world.size * PEOPLE_PER_POST):
        one = world.add_person()
        one.tags = tuple(rng.sample(OTHER_TAGS, rng.choice((0, 0, 1, 2))))
    circles = max(2, len(world.people) // 25)
    for each in world.people:
        each.circle = rng.randrange(circles)
    weights = [min(each.activity, 25) for each in world.people]
    moments = sorted(
        (_moment(world, who), number, who)
        for number, who in enumerate(rng.choices(world.people, weights, k=world.size))
    )
    originals: list[Row] = []
    for at, _, who in moments:
        first = bisect_left(originals, at - RECENT, key=lambda row: row["created_at"])
        said = _say(world, who, at, originals[first:])
        if said["text"] and not said["repost_of"]:
            originals.append(said)


def chatter(world: World, who: Person, count: int, first: float = 0.0, last: float = 1.0) -> None:
    """Let one account post ordinary things of its own: what everybody does beside a cause."""
    for _ in range(count):
        at = world.moment(first, last, who.hour)
        others = [row for row in world.rng.sample(world.rows, min(40, len(world.rows)))
                  if row["created_at"] < at and row["account"] is not who]  # fmt: skip
        _say(world, who, at, others)


def _moment(world: World, who: Person) -> datetime:
    hour = (who.hour + world.rng.gauss(0, 3.5)) % 24
    return world.at(world.rng.randrange(world.days), hour)


def _say(world: World, who: Person, at: datetime, recent: list[Row]) -> Row:
    rng, words = world.rng, world.words
    tags = ((TAG,) if rng.random() < 0.8 else ()) + who.tags
    act = rng.random()
    recent = recent if len(recent) <= MOST_SEEN else rng.sample(recent, MOST_SEEN)
    friends = [row for row in recent if row["account"].circle == who.circle
               and row["account"] is not who and row["network"] == who.network]  # fmt: skip
    if act < 0.2 and friends:
        return world.reply(who, at, rng.choice(friends), words.text(who.lang, 2))
    if act < 0.42 and recent:
        here = friends if friends and rng.random() < 0.6 else recent
        return world.repost(who, at, here[int(len(here) * rng.random() ** 1.5)])
    if act < 0.52:
        rank = min(int(rng.paretovariate(0.9)) - 1, len(world.articles) - 1)
        link, headline = world.articles[rank]
        said = headline if rng.random() < 0.4 else words.text(who.lang, 2)
        return world.post(who, at, said, link=link, tags=tags)
    media = [(picture(world), words.headline() if rng.random() < 0.4 else None)]
    return world.post(
        who, at, words.text(who.lang), tags=tags, media=media if rng.random() < 0.15 else ()
    )


def picture(world: World) -> str:
    """Give the address of a picture nobody else has."""
    return f"https://media.example/{world.rng.getrandbits(60):x}.jpg"
