"""Invented people and offices: their names, ids in each network's own style, and profiles."""

# ruff: noqa: SIM905  lists of words read better as text

import random
import string
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FIRST = (
    "Wiebke Fiete Ole Maren Tjark Beate Holger Swantje Ayse Emre Zeynep Cem Leyla Navid Shirin "
    "Farid Olha Taras Iryna Bohdan Halyna Svitlana Marek Ewa Zofia Kwame Ama Selam Dawit "
    "Amira Rami Hala Yousef Lina Omar Grace Tom Ruth Ben Chloé Mathis Inés Luca Elif Jonas "
    "Greta Karl Uta Henning Сергій Оксана Леся Андрій Ганна محمد سارة ليلى أحمد نور"
).split()
LAST = (
    "Petersen Lührs Brandt Claußen Wulf Steffens Matthiesen Rohde Yıldız Demir Arslan Koç Rahimi "
    "Ahmadi Kovalenko Shevchuk Melnyk Bondar Nowak Wójcik Mensah Tesfaye Haddad Khoury Mansour "
    "Clarke Owusu Dubois Romero Weiß Vogt Tietjen Harms Jessen Коваль Ткачук حداد منصور"
).split()
THINGS = (
    "kutter deich flut ebbe brise kiesel reling muschel lotse anker kran speicher brücke ufer "
    "pappel laterne kessel radler teekanne wolke fuchs igel dachs reiher kompass segel"
).split()
TRAITS = (
    "Mutter von dreien;liest zu viel;Team Fischbrötchen;she/her;er/ihm;Lehrerin;Krankenpfleger;"
    "nur privat;opinions mine;läuft Marathon;backt Brot;Chor;Gewerkschaft;Studi;Rentner;Fahrrad;"
    "from Kharkiv, now Hamburg;من حلب إلى هامبورغ;Харків → Гамбург;Ehrenamt;Fotos;Schrebergarten"
).split(";")
OFFICE = (
    "Bezirksamt {};Pressestelle {};Stadtteilhaus {} e. V.;Kirchengemeinde {};Hilfswerk {};"
    "Volkshochschule {};Feuerwehr {};{}er Kurier"
).split(";")
PLAIN = "Nordlicht {};Kaffeehaus {};Tür {};Haus Nr. {};Projekt {};Die {}er;Studio {};{} 22"
PARTS = (
    "Altona Eimsbüttel Wandsbek Barmbek Harburg Lurup Billstedt Ottensen Horn Hamm Stellingen "
    "Langenhorn Rahlstedt Veddel Niendorf Bramfeld"
).split()
INSTANCES = ("elbe.example", "deich.social", "moin.example", "freifunk.example", "chaos.example")
LANGUAGES = ("de", "en", "uk", "ru", "ar", "fa", "tr", "fr")
REPOSTING = frozenset(("mastodon", "bluesky", "x", "telegram", "facebook"))


@dataclass(slots=True, eq=False)
class Person:
    """One account. `hour` is when it is mostly awake, `circle` whom it knows."""

    network: str
    id: str
    handle: str
    name: str
    bio: str | None = None
    created: datetime | None = None
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    bot: bool | None = False
    avatar: bool | None = True
    lang: str = "de"
    hour: float = 18.0
    activity: float = 1.0
    circle: int = 0
    tags: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        """`network:account id`."""
        return f"{self.network}:{self.id}"


def person(rng: random.Random, network: str, before: datetime) -> Person:
    """Make one ordinary account that existed before the time given."""
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}" if rng.random() < 0.6 else rng.choice(FIRST)
    handle = _handle(rng)
    native_id = account_id(rng, network, handle)
    age = timedelta(days=min(rng.lognormvariate(6.6, 0.9), 5000))
    return Person(
        network,
        native_id,
        full_handle(network, handle, native_id),
        name,
        bio=" · ".join(rng.sample(TRAITS, rng.randint(0, 3))) or None,
        created=before - age,
        followers=int(rng.lognormvariate(4.8, 1.3)),
        following=int(rng.lognormvariate(4.9, 0.9)),
        posts=int(rng.lognormvariate(5.5, 1.4)),
        avatar=rng.random() < 0.9,
        lang=rng.choices(LANGUAGES, (70, 9, 6, 4, 4, 3, 2, 2))[0],
        hour=rng.gauss(17, 3) % 24,
        activity=rng.paretovariate(1.2),
    )  # fmt: skip


def office(rng: random.Random, network: str, before: datetime, *, readable: bool) -> Person:
    """Make an institution's account; if not `readable`, name and profile do not tell it is one."""
    made = person(rng, network, before)
    shape, part = rng.choice(OFFICE if readable else PLAIN.split(";")), rng.choice(PARTS)
    made.name = shape.format(part)
    made.bio = f"Offizieller Kanal. Impressum: {part.lower()}.example" if readable else None
    made.handle = full_handle(network, f"{part.lower()}{rng.randint(1, 99)}", made.id)
    made.followers, made.lang, made.hour = int(rng.lognormvariate(7, 1)), "de", 11.0
    return made


def account_id(rng: random.Random, network: str, handle: str) -> str:
    """Make an id as the network would."""
    if network == "mastodon":
        return f"https://{rng.choice(INSTANCES)}/users/{handle}"
    if network == "bluesky":
        return "did:plc:" + letters(rng, 24, "abcdefghijklmnopqrstuvwxyz234567")
    if network == "telegram":
        return f"{handle}_kanal{rng.randint(1, 9999)}"
    if network == "instagram":
        return f"178414{rng.randrange(10**11):011d}"
    if network == "rss":
        return f"https://{handle}{rng.randint(1, 999)}.example/feed.xml"
    return str(rng.randrange(10**8, 10**18 if network == "x" else 10**15))


def post_id(rng: random.Random, who: Person, at: datetime, serial: int) -> str:
    """Make a post's id as the network would."""
    if who.network == "mastodon":
        return f"{who.id}/statuses/{int(at.timestamp() * 1000) << 16 | serial % 65536}"
    if who.network == "bluesky":
        return f"at://{who.id}/app.bsky.feed.post/{serial:05x}{letters(rng, 8)}"
    if who.network == "telegram":
        return f"{who.id}/{serial}"
    if who.network == "facebook":
        return f"pfbid0{serial:x}{letters(rng, 20)}"
    if who.network == "instagram":
        return f"C{serial:x}{letters(rng, 7)}"
    if who.network == "rss":
        return f"{who.id}#{serial}"
    return str((int(at.timestamp() * 1000) - 1288834974657 << 22) + serial)


def full_handle(network: str, handle: str, native_id: str) -> str:
    """Add what the network adds to a name."""
    if network == "mastodon":
        return f"{handle}@{native_id.split('/')[2]}"
    return f"{handle}.bsky.social" if network == "bluesky" else handle


def letters(rng: random.Random, count: int, of: str = string.ascii_letters) -> str:
    """Draw letters."""
    return "".join(rng.choices(of, k=count))


def _handle(rng: random.Random) -> str:
    style = rng.random()
    first, second = rng.sample(THINGS, 2)
    if style < 0.4:
        return f"{first}_{second}"
    if style < 0.7:
        return f"{letters(rng, 1).lower()}{second}{rng.randint(50, 2010)}"
    return f"{first}{letters(rng, 3).lower()}"
