"""Invents who posts in the sample: volunteers, initiatives, newcomers, institutions."""

# ruff: noqa: SIM905  names read better as a sentence

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from data.formats import BERLIN
from data.records import Account

INVENTED = "Erfundenes Beispielkonto."
HOSTS = {
    "mastodon": ("elbe.example", "norden.example", "hafen.example"),
    "bluesky": ("himmel.example",),
    "telegram": ("",),
    "x": ("",),
}
START = datetime(2025, 10, 27)  # noqa: DTZ001  local wall-clock time; a Monday

# Community -> its places, its initiatives, and how many volunteers keep it going.
COMMUNITIES: dict[str, tuple[str, str, int]] = {
    "Altona": (
        "Altona, Ottensen, Bahrenfeld, Lurup, Osdorf, Blankenese, Altona-Nord, "
        "Altona-Altstadt, Sternschanze, Othmarschen, Groß Flottbek, Rissen",
        "Sprachcafé Lütt Snack, Willkommensrunde Altona",
        26,
    ),
    "Elbinsel": (
        "Wilhelmsburg, Veddel, Hamburg-Mitte, St. Pauli, St. Georg, Hammerbrook, "
        "HafenCity, Rothenburgsort, Finkenwerder, Neustadt, Hamburg-Altstadt",
        "Kleiderkammer Hafenkante, Fahrradküche Elbinsel",
        24,
    ),
    "Billstedt": (
        "Billstedt, Horn, Hamm, Billbrook, Borgfelde",
        "Nachbarschaftsrunde Billstedt",
        12,
    ),
    "Wandsbek": (
        "Wandsbek, Rahlstedt, Jenfeld, Steilshoop, Bramfeld, Volksdorf, Farmsen-Berne, "
        "Tonndorf, Poppenbüttel, Eilbek, Sasel, Marienthal",
        "Elternrunde Rahlstedt, Teestube Jenfeld",
        20,
    ),
    "Harburg": (
        "Harburg, Heimfeld, Neugraben-Fischbek, Hausbruch, Eißendorf, Wilstorf, "
        "Marmstorf, Neuenfelde",
        "Lotsenpunkt Süderelbe",
        16,
    ),
    "Eimsbüttel": (
        "Eimsbüttel, Lokstedt, Niendorf, Stellingen, Eidelstedt, Schnelsen, Rotherbaum, "
        "Harvestehude",
        "Patenbörse Eimsbüttel",
        15,
    ),
    "Nord": (
        "Hamburg-Nord, Winterhude, Eppendorf, Barmbek-Nord, Barmbek-Süd, Dulsberg, "
        "Langenhorn, Fuhlsbüttel, Uhlenhorst, Ohlsdorf",
        "Dolmetschkreis Dulsberg",
        14,
    ),
    "Bergedorf": (
        "Bergedorf, Lohbrügge, Neuallermöhe, Allermöhe, Kirchwerder, Curslack",
        "Suppentopf Bergedorf",
        9,
    ),
}
FIRST = (
    "Anke Birte Carsten Dörte Elif Enno Fatma Frauke Gesa Hauke Heike Imke Ingo Jannis Jule Kaya "
    "Kerstin Lasse Leyla Malte Maren Merle Momme Nele Nuri Okka Ole Paula Rieke Samira Silke Sönke "
    "Svea Tarek Telse Thies Ulli Volker Wiebke Yasin Zeynep Bente Fenja Jorid Levke Mattis Piet "
    "Swantje Tjark Ylva"
).split()
LAST = (
    "Ahrens Behn Claasen Dierks Eggers Fock Gloy Harms Iwersen Jessen Kruse Lührs Meinert Nagel "
    "Ohlsen Petersen Quast Reimers Stoltenberg Timm Uhlig Voss Wulf Zander Aydın Demir Haddad Kaya "
    "Lindqvist Moradi Nowak Okafor Popescu Sahin Tesfay Weber"
).split()
SEEKERS = {  # language -> invented first names
    "ar": "Rima Khalil Nour Samer Hala Yousef Maha Bassam Dima Adnan".split(),
    "uk": "Oksana Taras Iryna Bohdan Halyna Ostap Lesia Marko Nadiia Stepan".split(),
    "ru": "Alina Timur Zarina Ruslan Vera Aslan Marina Denis".split(),
    "fa": "Parisa Navid Shirin Farhad Laleh Behzad Mina Kaveh".split(),
    "en": "Amina Joseph Blessing Daniel Ruth Emmanuel Hodan Samuel Priya".split(),
    "tr": "Defne Baran Selin Umut Derya".split(),
    "fr": "Aïcha Moussa Clarisse Ibrahima".split(),
    "es": "Yuleidy Andrés".split(),
    "de": "Rosa Milan Elena Karim Sofia Amir Lina Dawit Mariam Viktor Sara Hamid".split(),
}


@dataclass(frozen=True)
class Person:
    """An account with the place it has in the story."""

    account: Account
    role: str  # initiative, volunteer, seeker, voice, newcomer, busy, office, ticker, campaign
    homes: tuple[str, ...]  # communities
    lang: str = "de"
    verve: float = 1.0  # how much it posts beside others
    first_day: int = 0  # newcomers post from this day on

    @property
    def key(self) -> str:
        """The account's key."""
        return self.account.key


@dataclass
class Cast:
    """All who appear."""

    people: list[Person] = field(default_factory=list)

    def having(self, *roles: str, home: str | None = None) -> list[Person]:
        """Those of the given roles, of one community if asked for."""
        return [
            each
            for each in self.people
            if each.role in roles and (home is None or home in each.homes)
        ]


def make_cast(dice: random.Random) -> Cast:
    """Invent everybody; the same dice give the same people."""
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    dice.shuffle(names)
    cast = Cast()
    for home, (_, initiatives, volunteers) in COMMUNITIES.items():
        for title in initiatives.split(", "):
            bio = f"{INVENTED} Initiative, {home}. Ehrenamtlich."
            cast.people.append(
                _person(dice, "initiative", title, "mastodon", (home,), verve=6, bio=bio)
            )
        for _ in range(volunteers):
            network = dice.choices(("mastodon", "bluesky", "x"), (80, 14, 6))[0]
            homes: tuple[str, ...] = (home,)
            if dice.random() < 0.08:  # connectors are at home in several communities
                others = [other for other in COMMUNITIES if other != home]
                homes = (home, *dice.sample(others, 2))
            cast.people.append(
                _person(
                    dice, "volunteer", names.pop(), network, homes, verve=2 * dice.random() + 0.3
                )
            )
    homes_at_random = list(COMMUNITIES)
    for _ in range(14):
        cast.people.append(
            _person(
                dice,
                "newcomer",
                names.pop(),
                "mastodon",
                (dice.choice(homes_at_random),),
                first_day=dice.randint(15, 24),
                verve=1.2,
            )
        )
    for lang, firsts in SEEKERS.items():
        for first in firsts:
            network = dice.choices(("mastodon", "bluesky", "x"), (76, 12, 12))[0]
            name = f"{first} {dice.choice('ABDEFHKLMNRSTZ')}."
            cast.people.append(
                _person(dice, "seeker", name, network, (dice.choice(homes_at_random),), lang=lang)
            )
    for _ in range(16):  # people with opinions, at home nowhere
        network = dice.choices(("mastodon", "bluesky", "x"), (50, 20, 30))[0]
        cast.people.append(_person(dice, "voice", names.pop(), network, ()))
    cast.people.append(
        _person(dice, "busy", names.pop(), "mastodon", ("Altona", "Elbinsel", "Nord"), verve=5)
    )
    _add_institutions(dice, cast)
    _add_campaign(dice, cast)
    return cast


def _add_institutions(dice: random.Random, cast: Cast) -> None:
    for title in (
        "Amt für Ankommen (Beispiel)",
        "Pressestelle Beispielbezirk Nordufer",
        "Pressestelle Beispielbezirk Südufer",
        "Beispielwerk Unterkünfte Presse",
    ):
        bio = f"{INVENTED} Pressestelle einer erfundenen Einrichtung."
        cast.people.append(_person(dice, "office", title, "mastodon", (), bio=bio))
    for title in ("Elbticker Nachrichten", "Stadtnachrichten automatisch"):
        bio = f"{INVENTED} Nachrichten, automatisch verbreitet."
        cast.people.append(_person(dice, "ticker", title, "mastodon", (), bio=bio, bot=True))
    for home in ("Elbinsel", "Altona", "Wandsbek"):  # the same initiatives' channels on Telegram
        title = COMMUNITIES[home][1].split(", ")[0]
        bio = f"{INVENTED} Kanal der Initiative, {home}."
        cast.people.append(_person(dice, "channel", title, "telegram", (home,), bio=bio))


def _add_campaign(dice: random.Random, cast: Cast) -> None:
    for number in range(12):
        network = "bluesky" if number >= 10 else "mastodon"
        front = dice.choice("Hanse Elbe Nord Alster Kiez Hafen".split())
        name = front + dice.choice("blick stimme echo klar freund wind".split())
        name += str(dice.randint(11, 99))
        days = dice.choice((19, 24, 60, 400, 1100, 2300))  # varied ages: bought, dormant and fresh
        made = START - timedelta(days=days + dice.randint(0, 9), seconds=dice.randint(0, 86_399))
        cast.people.append(
            _person(dice, "campaign", name, network, (), made=made, bio=f"{INVENTED} Hamburg ♥")
        )


def _person(  # noqa: PLR0913
    dice: random.Random,
    role: str,
    name: str,
    network: str,
    homes: tuple[str, ...],
    *,
    lang: str = "de",
    verve: float = 1.0,
    first_day: int = 0,
    bio: str | None = None,
    bot: bool = False,
    made: datetime | None = None,
) -> Person:
    short = "".join(letter for letter in name.lower() if letter.isalnum() or letter == " ")
    short = short.translate(_PLAIN)
    short = short.strip().replace(" ", "_") + str(dice.randint(2, 99))
    host = dice.choice(HOSTS[network])
    native = {
        "mastodon": f"https://{host}/users/{short}",
        "bluesky": f"did:plc:beispiel{dice.randint(10**9, 10**10 - 1)}",
        "telegram": short,
        "x": str(dice.randint(10**17, 10**18 - 1)),
    }[network]
    if first_day:
        made = START + timedelta(days=first_day - dice.randint(1, 20), hours=dice.randint(0, 23))
    made = made or START - timedelta(days=dice.randint(200, 3000), seconds=dice.randint(0, 86_399))
    followers = int(dice.lognormvariate(5.0 if role in ("volunteer", "busy") else 4.0, 1.0))
    if role in ("initiative", "office", "ticker", "channel"):
        followers = dice.randint(400, 6000)
    return Person(
        Account(
            network=network,
            id=native,
            handle=f"{short}@{host}"
            if network == "mastodon"
            else short + (f".{host}" if host else ""),
            name=name,
            created_at=None
            if network == "telegram"
            else made.replace(tzinfo=BERLIN).astimezone(UTC),
            followers=followers,
            following=None if network == "telegram" else int(dice.lognormvariate(5, 0.8)),
            posts=dice.randint(30, 4000) if not first_day else dice.randint(1, 40),
            bio=bio or (INVENTED if dice.random() < 0.6 else f"{INVENTED} {dice.choice(HOBBIES)}"),
            bot=bot if network == "mastodon" else None,
            avatar=dice.random() < 0.9,
        ),
        role,
        homes,
        lang,
        verve,
        first_day,
    )


_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ï": "i", "é": "e"})
HOBBIES = (
    "Ehrenamt, Elbe, Franzbrötchen.",
    "Mag Schiffe und Sprachen.",
    "Patin, Lehrerin, Radfahrerin.",
    "Hier privat.",
    "Kocht für viele.",
    "Dolmetscht, wenn es brennt.",
    "Neu in Hamburg.",
    "Gärtnert auf dem Balkon.",
    "Vater von drei Kindern.",
    "Sammelt Kinderfahrräder.",
)
