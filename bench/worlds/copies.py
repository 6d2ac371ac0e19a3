"""Campaigns that spread a text, an image or a row of tags."""

# ruff: noqa: D401  a scene says what happens in it

from collections.abc import Callable

from bench.worlds.crew import cover, crew, pace, small_talk, waves
from bench.worlds.edits import EDITS, Paraphrase
from bench.worlds.everyday import picture
from bench.worlds.people import Person
from bench.worlds.world import TAG, Row, World


def copypasta_waves(world: World) -> None:
    """One text after another, each posted word for word by most of the crew."""
    members = crew(world, world.number(7, 24), None)
    rows = _spread(world, members, world.rng.randint(3, 8), pace(world), 0.75, lambda text: text)
    cover(world, members)
    world.plant("copypasta_waves", rows)


def edited_copies(world: World) -> None:
    """The same with edits: other words, emoji, look-alike or invisible letters, another order."""
    rng = world.rng
    used = rng.sample(EDITS, rng.randint(1, 3))
    members = crew(world, world.number(7, 24), None)

    def edited(text: str) -> str:
        for edit in used:
            text = edit(text, rng, world.words) if rng.random() < 0.8 else text
        return text

    rows = _spread(world, members, rng.randint(3, 8), pace(world), 0.75, edited)
    cover(world, members)
    world.plant("edited_copies", rows)


def paraphrases(world: World) -> None:
    """Messages that a machine words anew for every account."""
    members = crew(world, world.number(8, 22), None)
    rows: list[Row] = []
    for wave in waves(world, members, world.rng.randint(4, 8), pace(world), 0.8):
        message = Paraphrase(world.rng, world.words)
        rows += [world.post(who, at, message.say(), tags=_tags(world)) for who, at in wave]
    cover(world, members)
    world.plant("paraphrases", rows)


def slow_drip(world: World) -> None:
    """Few texts, one account a day or so, over all the weeks."""
    rng = world.rng
    members = crew(world, world.number(6, 16), None)
    texts = [world.words.long_sentence(least=14) for _ in range(rng.randint(3, 6))]
    rows = [
        world.post(each, world.moment(0.02, 0.98), text, tags=_tags(world))
        for text in texts
        for each in members
        if rng.random() < 0.7
    ]
    cover(world, members)
    world.plant("slow_drip", rows)


def four_members(world: World) -> None:
    """Four accounts and three or four waves."""
    members = crew(world, 4, None)
    rows = _spread(world, members, world.rng.randint(3, 4), pace(world), 1.0, lambda text: text)
    cover(world, members)
    world.plant("four_members", rows)


def big_ring(world: World) -> None:
    """Many accounts; each wave takes a third of them."""
    members = crew(world, world.number(50, 110), None)
    rows = _spread(world, members, world.rng.randint(6, 12), pace(world), 0.35, lambda text: text)
    cover(world, members, 3)
    world.plant("big_ring", rows)


def talking_members(world: World) -> None:
    """Copies by accounts that also answer one another like friends."""
    members = crew(world, world.number(6, 18), None)
    rows = _spread(world, members, world.rng.randint(4, 8), pace(world), 0.8, lambda text: text)
    small_talk(world, members, rows, 0.35)
    cover(world, members, 5)
    world.plant("talking_members", rows)


def aged_accounts(world: World) -> None:
    """Copies by bought accounts with years of history and many followers."""
    members = crew(world, world.number(7, 18), None, got="bought")
    for each in members:
        each.followers = world.rng.randint(300, 6000)
    rows = _spread(world, members, world.rng.randint(3, 7), pace(world), 0.8, lambda text: text)
    cover(world, members, 12)
    world.plant("aged_accounts", rows)


def mixed_human(world: World) -> None:
    """Copies hidden among many own texts, replies to members and to others."""
    rng = world.rng
    members = crew(world, world.number(7, 18), None, got="any")
    rows = _spread(
        world, members, rng.randint(4, 7), rng.choice((6, 25, 120)), 0.7, _own_start(world)
    )
    small_talk(world, members, rows, 0.2)
    cover(world, members, 20)
    world.plant("mixed_human", rows)


def paid_humans(world: World) -> None:
    """People who are paid word the given points themselves, at work; little is the same."""
    rng, words = world.rng, world.words
    members = crew(world, world.number(7, 16), None, got="any")
    points = [words.headline() for _ in range(rng.randint(4, 7))]
    link, name = f"https://{words.word().lower()}.example/wahrheit", words.word()
    rows: list[Row] = []
    for each in members:
        for _ in range(rng.randint(4, 9)):
            at = world.moment(0.1, 0.9, hour=rng.uniform(9, 17))
            said = f"{words.sentence()} {rng.choice(points)}. {words.text()}"
            tags = (TAG, name) if rng.random() < 0.6 else (TAG,)
            rows.append(
                world.post(each, at, said, tags=tags, link=link if rng.random() < 0.2 else None)
            )
    cover(world, members, 6)
    world.plant("paid_humans", rows)


def hashtag_sequence(world: World) -> None:
    """Own texts under one long row of tags in a fixed order, wave after wave."""
    rng = world.rng
    members = crew(world, world.number(8, 24), None)
    tags = [TAG, *(world.words.word() for _ in range(rng.randint(4, 7)))]
    rows: list[Row] = []
    for wave in waves(world, members, rng.randint(4, 9), pace(world), 0.7):
        more = [*tags, world.words.word()]
        rows += [world.post(who, at, world.words.sentence(), tags=more) for who, at in wave]
    cover(world, members)
    world.plant("hashtag_sequence", rows)


def lasting_tags(world: World) -> None:
    """Own texts under one row of tags in a fixed order, each at its own time, for days."""
    rng = world.rng
    members = crew(world, world.number(8, 24), None)
    drawn = [[TAG, *(world.words.word() for _ in range(rng.randint(3, 6)))]
             for _ in range(rng.choice((1, 1, 2)))]  # fmt: skip
    first = rng.uniform(0.05, 0.5)
    last, most, strays = min(first + rng.uniform(0.2, 0.7), 0.95), rng.randint(3, 9), rng.random()
    rows: list[Row] = []
    for each in members:
        for _ in range(rng.randint(2, most)):
            tags = list(rng.choice(drawn))
            if rng.random() < strays * 0.3:
                tags.insert(rng.randint(1, len(tags)), world.words.word())
            at = world.moment(first, last, hour=rng.uniform(7, 23))
            rows.append(world.post(each, at, world.words.sentence(), tags=tags))
    cover(world, members)
    world.plant("lasting_tags", rows)


def tag_flood(world: World) -> None:
    """Many new accounts fill the tag within hours with short scraps and a slogan's tag."""
    rng = world.rng
    members = crew(world, world.number(25, 70), None, got="fresh")
    begin, slogan = world.moment(0.3, 0.9), world.words.word() + world.words.word()
    rows = [
        world.post(each, world.soon(begin, 60, 0.8), _scrap(world), tags=(TAG, slogan))
        for each in members
        for _ in range(rng.randint(2, 8))
    ]
    world.plant("tag_flood", rows)


def picture_reuse(world: World) -> None:
    """One picture after another under different texts: the same address."""
    _pictures(world, "picture_reuse", anew=False)


def picture_anew(world: World) -> None:
    """The same, but each account uploads the picture itself; the description stays."""
    _pictures(world, "picture_anew", anew=True)


def _pictures(world: World, kind: str, *, anew: bool) -> None:
    members = crew(world, world.number(7, 20), None)
    rows: list[Row] = []
    for wave in waves(world, members, world.rng.randint(4, 8), pace(world), 0.75):
        shared, alt = picture(world), world.words.headline()
        for who, at in wave:
            media = [(picture(world) if anew else shared, alt)]
            rows.append(world.post(who, at, world.words.sentence(), tags=_tags(world), media=media))
    cover(world, members)
    world.plant(kind, rows)


def _spread(
    world: World,
    members: list[Person],
    count: int,
    minutes: float,
    part: float,
    edit: Callable[[str], str],
) -> list[Row]:
    rows: list[Row] = []
    for wave in waves(world, members, count, minutes, part):
        text, tags = world.words.long_sentence(least=world.rng.randint(9, 22)), _tags(world)
        rows += [world.post(who, at, edit(text), tags=tags) for who, at in wave]
    return rows


def _own_start(world: World) -> Callable[[str], str]:
    def edit(text: str) -> str:
        return f"{world.words.sentence()} {text}" if world.rng.random() < 0.3 else text

    return edit


def _tags(world: World) -> tuple[str, ...]:
    return (TAG, world.words.word()) if world.rng.random() < 0.5 else (TAG,)


def _scrap(world: World) -> str:
    return " ".join(world.words.sentence().split()[: world.rng.randint(2, 6)])
