"""Communities of helpers who act together: calls, shift plans, toolkits, newsletters."""

# ruff: noqa: D401  a scene says what happens in it

from datetime import timedelta

from bench.worlds.everyday import chatter, picture
from bench.worlds.people import Person, full_handle, person
from bench.worlds.world import TAG, Row, World


def urgent_reshare(world: World) -> None:
    """A pool of helpers reposts each urgent call within minutes; its members also talk."""
    rng, network = world.rng, world.network(reposting=True)
    pool = world.pick(world.number(10, 45), network)
    callers = pool[: rng.randint(1, 3)]
    for _ in range(rng.randint(3, 9)):
        caller, at = rng.choice(callers), world.moment()
        text = f"{rng.choice(('DRINGEND', 'Eilt!', 'Heute noch:', 'URGENT'))} {world.words.text()}"
        call = world.post(caller, at, text, tags=(TAG,))
        for each in pool:
            if each is not caller and rng.random() < 0.55:
                world.repost(each, world.soon(at, 6), call)
        for each in rng.sample(pool, min(3, len(pool))):
            world.reply(each, world.soon(at, 25), call, world.words.sentence())
    world.group("urgent_reshare", pool)


def same_announcement(world: World) -> None:
    """Initiatives post a shared announcement word for word, again and again over the weeks."""
    rng = world.rng
    members = world.pick(world.number(4, 11))
    for _ in range(rng.randint(2, 5)):
        text, link = world.words.long_sentence(), _page(world, "termine")
        day = rng.randrange(world.days)
        for each in members:
            if rng.random() < 0.85:
                at = world.at(day, rng.choice((9, 9, 12, rng.uniform(8, 20))))
                world.post(each, at, text, link=link, tags=(TAG,))
    for each in members:
        chatter(world, each, rng.randint(2, 8))
    world.group("same_announcement", members)


def newsletter(world: World) -> None:
    """Readers of an association's newsletter paste its first lines every week."""
    rng = world.rng
    members = world.pick(world.number(6, 20))
    for week in range(max(1, world.days // 7)):
        text, link = world.words.long_sentence(least=16), _page(world, f"newsletter/{week}")
        for each in members:
            if rng.random() < 0.6:
                at = world.at(week * 7 + rng.choice((3, 3, 4)), rng.uniform(7, 22))
                world.post(each, at, text, link=link if rng.random() < 0.7 else None, tags=(TAG,))
    for each in members:
        chatter(world, each, rng.randint(1, 6))
    world.group("newsletter", members)


def standing_appointment(world: World) -> None:
    """The volunteers of one café post the same weekly invitation; only the date changes."""
    rng = world.rng
    members = world.pick(world.number(4, 9))
    text, place = world.words.long_sentence(), world.words.headline()
    for week in range(max(1, world.days // 7)):
        for each in members:
            if rng.random() < 0.8:
                said = f"{text} Am {rng.randint(1, 28)}.{week % 12 + 1}. ab 16 Uhr, {place}"
                world.post(each, world.at(week * 7, rng.gauss(11, 1.5)), said, tags=(TAG, "Café"))
    for each in members:
        chatter(world, each, rng.randint(2, 6))
    world.group("standing_appointment", members)


def shift_plan(world: World) -> None:
    """Volunteers post the link of the shift plan every day, some in the same few words."""
    rng = world.rng
    members = world.pick(world.number(5, 14))
    link, phrase = _page(world, "schichtplan"), "Schichtplan für heute, tragt euch bitte ein:"
    first = None
    for day in range(world.days):
        for each in members:
            if rng.random() < 0.45:
                said = phrase if rng.random() < 0.5 else world.words.sentence()
                first = world.post(
                    each, world.at(day, rng.gauss(7.5, 0.7)), said, link=link, tags=(TAG,)
                )
                if rng.random() < 0.3:
                    other = rng.choice(members)
                    world.reply(
                        other, world.soon(first["created_at"], 40), first, world.words.sentence()
                    )
    world.group("shift_plan", members)


def toolkit(world: World) -> None:
    """Members of a party or association post its prepared texts and pictures over some days."""
    rng, words = world.rng, world.words
    members = world.pick(world.number(8, 26))
    kit = [
        (words.long_sentence(least=14), words.headline() if rng.random() < 0.6 else None)
        for _ in range(rng.randint(4, 7))
    ]
    tags = (TAG, words.word(), words.word())
    first = rng.randrange(max(1, world.days - 6))
    rows: list[Row] = []
    for each in members:
        for text, alt in rng.sample(kit, rng.randint(1, len(kit))):
            at = world.at(min(first + rng.randrange(7), world.days - 1), rng.gauss(17, 3) % 24)
            media = [(picture(world), alt)] if alt else ()
            own = f"{words.sentence()} {text}" if rng.random() < 0.2 else text
            rows.append(world.post(each, at, own, tags=tags, media=media))
        chatter(world, each, rng.randint(3, 12))
    for row in rng.sample(rows, min(len(rows), len(members))):
        late = world.soon(row["created_at"], 60)
        world.reply(rng.choice(members), late, row, words.sentence())
    world.group("toolkit", members)


def busy_volunteer(world: World) -> None:
    """One person posts all day long; a few friends repost a part of it."""
    rng, network = world.rng, world.network(reposting=True)
    one, *friends = world.pick(world.number(4, 9), network)
    for day in rng.sample(range(world.days), min(world.days, rng.randint(3, 10))):
        for _ in range(rng.randint(8, 30)):
            row = world.post(
                one, world.at(day, rng.uniform(7, 23)), world.words.text(), tags=(TAG,)
            )
            if rng.random() < 0.25:
                friend = rng.choice(friends)
                world.repost(friend, world.soon(row["created_at"], 30), row)
    world.group("busy_volunteer", [one, *friends])


def team_hashtags(world: World) -> None:
    """A team puts one fixed row of hashtags under everything it writes itself."""
    rng = world.rng
    members = world.pick(world.number(4, 14))
    tags = (TAG, *(world.words.word() for _ in range(rng.randint(2, 5))))
    talk, strays = rng.choice((0, 0, 0.05, 0.3)), rng.choice((0, 0, 0.2))
    for each in members:
        for _ in range(rng.randint(4, 18)):
            more = (world.words.word(),) if rng.random() < strays else ()
            row = world.post(each, world.moment(), world.words.text(), tags=(*tags, *more))
            if rng.random() < talk:
                other = rng.choice(members)
                world.reply(other, world.soon(row["created_at"], 90), row, world.words.sentence())
    world.group("team_hashtags", members)


def greeting(world: World) -> None:
    """Regulars wish one another a good morning in the same words each day."""
    rng = world.rng
    members = world.pick(world.number(5, 15), world.network(reposting=True))
    wish = rng.choice(("Guten Morgen in die Runde ☕", "Moin ihr Lieben, auf einen guten Tag 🌻"))
    for day in range(world.days):
        rows = [
            world.post(each, world.at(day, rng.gauss(7, 0.5)), wish, tags=(TAG,))
            for each in members
            if rng.random() < 0.5
        ]
        for row in rows:
            if rng.random() < 0.4:
                other = rng.choice(members)
                world.reply(other, world.soon(row["created_at"], 12), row, wish)
    world.group("greeting", members)


def mutual_support(world: World) -> None:
    """Friends repost nearly everything their friends post."""
    rng, network = world.rng, world.network(reposting=True)
    members = world.pick(world.number(4, 10), network)
    for each in members:
        for _ in range(rng.randint(3, 8)):
            row = world.post(each, world.moment(hour=each.hour), world.words.text(), tags=(TAG,))
            for other in members:
                if other is not each and rng.random() < 0.6:
                    world.repost(other, world.soon(row["created_at"], 70, 1.3), row)
                    if rng.random() < 0.15:
                        world.reply(
                            other, world.soon(row["created_at"], 90), row, world.words.sentence()
                        )
    world.group("mutual_support", members)


def one_person(world: World) -> None:
    """A few people post everything on two to four networks within seconds."""
    rng = world.rng
    for _ in range(rng.randint(2, 5)):
        networks = rng.sample(
            ("mastodon", "bluesky", "x", "facebook", "instagram"), rng.randint(2, 4)
        )
        selves = _selves(world, networks)
        for _ in range(rng.randint(5, 25)):
            at, text = world.moment(hour=selves[0].hour), world.words.text(selves[0].lang)
            for each in selves:
                world.post(each, at + timedelta(seconds=rng.randint(0, 40)), text, tags=(TAG,))
        world.group("one_person", selves)


def bridge_copies(world: World) -> None:
    """A bridge copies people's Mastodon posts to Bluesky under names of its own."""
    rng = world.rng
    for one in world.pick(world.number(2, 6), "mastodon"):
        copy = person(rng, "bluesky", world.start)
        copy.name = one.name
        copy.handle = one.handle.replace("@", ".").replace("_", "-") + ".ap.brid.gy"
        copy.bio = f"[bridged from {one.id}] {one.bio or ''}"
        for _ in range(rng.randint(4, 18)):
            at = world.moment(hour=one.hour)
            row = world.post(one, at, world.words.text(one.lang), tags=(TAG,))
            late = at + timedelta(seconds=rng.randint(2, 90))
            key = f"mastodon:{row['id']}"
            world.post(copy, late, row["text"], same_as=key, hashtags=row["hashtags"])
        world.group("bridge_copies", [one, copy])


def _selves(world: World, networks: list[str]) -> list[Person]:
    selves = [person(world.rng, network, world.start) for network in networks]
    for each in selves[1:]:
        if world.rng.random() < 0.8:
            each.name = selves[0].name
        else:
            each.name = selves[0].name.split()[0]
        plain = selves[0].handle.split("@")[0].split(".")[0]
        each.handle = full_handle(each.network, plain, each.id)
        each.lang, each.hour, each.bio = selves[0].lang, selves[0].hour, selves[0].bio
    return selves


def _page(world: World, path: str) -> str:
    return f"https://{world.words.word().lower()}.example/{path}"
