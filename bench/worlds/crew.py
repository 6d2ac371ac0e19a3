"""The accounts behind a campaign: how they were got, when they post, what else they do."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bench.worlds.everyday import chatter
from bench.worlds.people import Person, person
from bench.worlds.world import Row, World

Wave = list[tuple[Person, datetime]]


def crew(world: World, count: int, network: str | None, *, got: str = "") -> list[Person]:
    """Make accounts: `fresh` ones, `bought` old ones, or of `any` age; by default drawn."""
    rng = world.rng
    got = got or rng.choice(("fresh", "bought", "any"))
    home = network or world.network()
    birthday = world.start - timedelta(days=rng.uniform(1, 60))
    made = []
    for _ in range(count):
        each = person(rng, home, world.start)
        each.lang = "de"
        if got == "fresh":
            each.created = birthday + timedelta(days=rng.uniform(0, rng.choice((3, 40))))
            each.followers, each.posts = int(rng.paretovariate(0.8)), rng.randint(0, 60)
        elif got == "bought":
            each.created = world.start - timedelta(days=rng.uniform(900, 4000))
            each.posts = rng.randint(300, 20_000)
        each.circle = rng.randrange(max(2, len(world.people) // 25))
        made.append(each)
    return made


def waves(
    world: World, members: Sequence[Person], count: int, pace: float, part: float
) -> Iterator[Wave]:
    """Yield who acts when: `pace` is the median minutes after a wave's begin, `part` who joins."""
    rng = world.rng
    first = rng.uniform(0.05, 0.3)
    last = min(first + rng.uniform(0.25, 0.7), 0.95)
    for _ in range(count):
        at = world.moment(first, last, hour=rng.uniform(7, 23))
        joining = [each for each in members if rng.random() < part]
        if len(joining) < min(3, len(members)):
            joining = rng.sample(list(members), min(3, len(members)))
        yield [(each, world.soon(at, pace, rng.choice((0.4, 0.9)))) for each in joining]


def pace(world: World) -> float:
    """Draw how quick a campaign is: scripts in seconds, people with a list in minutes or hours."""
    return world.rng.choice((0.3, 1.5, 6, 25, 120))


def cover(world: World, members: Sequence[Person], most: int | None = None) -> None:
    """Let the accounts post ordinary things too; how much is drawn for the whole crew."""
    often = world.rng.choice((0, 1, 4, 10)) if most is None else most
    for each in members:
        chatter(world, each, world.rng.randint(0, often))


def small_talk(world: World, members: Sequence[Person], rows: Sequence[Row], share: float) -> None:
    """Let members answer one another under a share of the posts."""
    for row in rows:
        if world.rng.random() < share:
            other = world.rng.choice(members)
            if other is not row["account"]:
                at = world.soon(row["created_at"], 15)
                world.reply(other, at, row, world.words.sentence())
