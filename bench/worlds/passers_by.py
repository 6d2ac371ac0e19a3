"""Others answer what campaigns and communities post: neither is alone in its world."""

from collections.abc import Sequence

from bench.worlds.world import Row, World

SHARES = (0, 0.03, 0.1, 0.3)  # of the posts that get an answer; drawn for each side of the story
BACK = (0, 0.1, 0.4)  # of the answers that the author answers
MOST = 60  # posts answered


def answers(world: World) -> None:
    """Let ordinary people answer a part of each campaign's and each community's posts."""
    written: dict[str, list[Row]] = {}
    for row in world.rows:
        if not row["repost_of"] and not row["reply_to"]:
            written.setdefault(row["account"].key, []).append(row)
    for accounts in [each.accounts for each in world.campaigns] + [who for _, who in world.groups]:
        _answer(world, [row for who in accounts for row in written.get(who, ())])


def _answer(world: World, posts: Sequence[Row]) -> None:
    rng = world.rng
    share, back = rng.choice(SHARES), rng.choice(BACK)
    chosen = [row for row in posts if rng.random() < share]
    for row in rng.sample(chosen, min(len(chosen), MOST)):
        author = row["account"]
        (other,) = world.pick(1, author.network)
        if other is author:
            continue
        at = world.soon(row["created_at"], 45, 1.2)
        answer = world.reply(other, at, row, world.words.text(other.lang, 2))
        if rng.random() < back:
            world.reply(author, world.soon(at, 30), answer, world.words.sentence())
