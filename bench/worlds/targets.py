"""Campaigns that push something: a link, an account, a victim, a topic that is not theirs."""

# ruff: noqa: D401  a scene says what happens in it

from datetime import timedelta

from bench.worlds.copies import copypasta_waves, edited_copies
from bench.worlds.crew import cover, crew, pace, small_talk, waves
from bench.worlds.everyday import chatter
from bench.worlds.people import letters, person
from bench.worlds.world import TAG, Row, World


def co_link(world: World) -> None:
    """Pages of one site under own words, with tracking parameters, each to many."""
    rng = world.rng
    members = crew(world, world.number(7, 22), None)
    site = _site(world)
    rows: list[Row] = []
    for wave in waves(world, members, rng.randint(4, 9), pace(world), 0.75):
        page = f"{site}/{letters(rng, 6).lower()}"
        for who, at in wave:
            tail = f"?utm_source={rng.choice(('tw', 'fb', 'app'))}&fbclid={letters(rng, 9)}"
            link = page + tail if rng.random() < 0.7 else page.replace("https://", "https://www.")
            rows.append(world.post(who, at, world.words.sentence(), link=link, tags=(TAG,)))
    cover(world, members)
    world.plant("co_link", rows)


def mirror_links(world: World) -> None:
    """The same pages under mirror domains and shorteners, which differ between accounts."""
    rng = world.rng
    members = crew(world, world.number(8, 24), None)
    hosts = [_site(world) for _ in range(rng.randint(2, 4))]
    rows: list[Row] = []
    for wave in waves(world, members, rng.randint(4, 9), pace(world), 0.8):
        slug, short = f"{world.words.word().lower()}-{letters(rng, 5).lower()}", letters(rng, 6)
        headline = world.words.headline()
        for who, at in wave:
            link = f"{rng.choice(hosts)}/{slug}"
            link = f"https://is.example/{short}" if rng.random() < 0.3 else link
            said = headline if rng.random() < 0.4 else world.words.sentence()
            rows.append(world.post(who, at, said, link=link, tags=(TAG,)))
    cover(world, members)
    world.plant("mirror_links", rows)


def outsider_links(world: World) -> None:
    """Pages that other people find interesting as well and share in greater number."""
    rng = world.rng
    members = crew(world, world.number(7, 16), None)
    rows: list[Row] = []
    for wave in waves(world, members, rng.randint(5, 9), pace(world), 0.8):
        link, headline = f"{_site(world)}/{letters(rng, 6)}", world.words.headline()
        for who, at in wave:
            said = headline if rng.random() < 0.3 else world.words.sentence()
            rows.append(world.post(who, at, said, link=link, tags=(TAG,)))
        for other in world.pick(len(wave) * 2):
            late = world.soon(wave[0][1], 300, 1.3)
            world.post(other, late, world.words.sentence(other.lang), link=link, tags=(TAG,))
    cover(world, members)
    world.plant("outsider_links", rows)


def seed_reposts(world: World) -> None:
    """The crew reposts one account's posts, whatever it writes."""
    rng, network = world.rng, world.network(reposting=True)
    members = crew(world, world.number(7, 24), network)
    seed = person(rng, network, world.start)
    rows: list[Row] = []
    for wave in waves(world, members, rng.randint(5, 14), pace(world), 0.7):
        before = min(at for _, at in wave) - timedelta(minutes=1)
        post = world.post(seed, before, world.words.text(), tags=(TAG,))
        rows += [world.repost(who, at, post) for who, at in wave]
    cover(world, members)
    world.plant("seed_reposts", rows)


def repost_ring(world: World) -> None:
    """Each account posts a bought text, all others repost it by script."""
    rng, network = world.rng, world.network(reposting=True)
    members = crew(world, world.number(6, 18), network)
    rows: list[Row] = []
    for wave in waves(world, members, rng.randint(7, 16), rng.choice((0.3, 1.5, 6)), 0.7):
        author, at = wave[0]
        post = world.post(author, at, world.words.text(), tags=(TAG,))
        late = [(who, at + abs(then - at) + timedelta(seconds=2)) for who, then in wave[1:]]
        rows += [post, *(world.repost(who, then, post) for who, then in late)]
    cover(world, members)
    world.plant("repost_ring", rows)


def swarm_on_few(world: World) -> None:
    """Replies in a few phrases under all posts of two or three targets."""
    _swarm(world, "swarm_on_few", targets=world.rng.randint(2, 3), posts=6)


def swarm_on_many(world: World) -> None:
    """Replies under many people's posts, each once or twice."""
    _swarm(world, "swarm_on_many", targets=world.number(9, 20), posts=1)


def hijack(world: World) -> None:
    """The topic of the day's own words and tags, with a link of the crew's own."""
    rng = world.rng
    topic, crowd = world.words.word(), world.pick(world.number(20, 50))
    begin = world.moment(0.1, 0.7)
    for each in crowd:
        said = world.words.text(each.lang, 2)
        world.post(each, world.soon(begin, 240, 1.1), said, tags=(TAG, topic))
    world.group("topic_of_the_day", crowd)
    members = crew(world, world.number(8, 30), None)
    rows: list[Row] = []
    for _ in range(rng.randint(2, 5)):
        link, at = f"{_site(world)}/{letters(rng, 7)}", world.soon(begin, 200)
        lure = world.words.headline()
        for each in members:
            if rng.random() < 0.75:
                said = f"{lure} {world.words.emoji()}" if rng.random() < 0.7 else lure.upper()
                late = world.soon(at, 5)
                rows.append(world.post(each, late, said, link=link, tags=(TAG, topic)))
    cover(world, members)
    world.plant("hijack", rows)


def cross_network(world: World) -> None:
    """One crew, its accounts on three or four networks, one text everywhere."""
    rng = world.rng
    networks = rng.sample(("mastodon", "bluesky", "x", "telegram", "facebook"), rng.randint(3, 4))
    members = [each for name in networks for each in crew(world, world.number(2, 6), name)]
    rows: list[Row] = []
    for wave in waves(world, members, rng.randint(4, 8), pace(world), 0.75):
        text = world.words.long_sentence()
        rows += [world.post(who, at, text, tags=(TAG,)) for who, at in wave]
    cover(world, members)
    world.plant("cross_network", rows)


def two_campaigns(world: World) -> None:
    """Two crews who know nothing of each other, at once."""
    world.rng.choice((copypasta_waves, seed_reposts))(world)
    world.rng.choice((co_link, edited_copies, swarm_on_few))(world)


def _swarm(world: World, kind: str, targets: int, posts: int) -> None:
    rng = world.rng
    network = world.network()
    members = crew(world, world.number(8, 22), network)
    phrases = [world.words.long_sentence(least=7) for _ in range(rng.randint(5, 14))]
    copied = rng.choice((0.3, 0.8))
    minutes = pace(world)
    rows: list[Row] = []
    for target in world.pick(targets, network):
        chatter(world, target, 2)
        for _ in range(posts):
            at = world.moment(0.1, 0.8)
            post = world.post(target, at, world.words.text(), tags=(TAG,))
            for each in members:
                if rng.random() < 0.5:
                    text = rng.choice(phrases) if rng.random() < copied else world.words.sentence()
                    rows.append(world.reply(each, world.soon(at, minutes), post, text))
            for other in world.pick(rng.randint(1, 6), network):
                world.reply(other, world.soon(at, 90), post, world.words.sentence(other.lang))
    small_talk(world, members, rows, 0.03)
    cover(world, members)
    world.plant(kind, rows)


def _site(world: World) -> str:
    ends = ("info", "blog", "news", "report")
    return f"https://{world.words.word().lower()}-{world.rng.choice(ends)}.example"
