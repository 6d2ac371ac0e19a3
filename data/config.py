"""The settings: one `hhhilft.toml`, frozen, refused at the door with the line and the fix.

Secrets come from the environment and are never written to the file.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args, get_origin
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from data.account_names import is_account_name
from data.errors import ConfigError
from data.roles import ROLES

FILE_NAME = "hhhilft.toml"
LANGS = ("de", "en")
SECRET_KEY = "HHHILFT_SECRET_KEY"  # noqa: S105 - the name, not the key
X_LEAST = 300  # new posts a month; with fewer the first days could not pay for a page of X's
_TAG = re.compile(r"\w+")
_SCRAPER = re.compile(r"snscrape:[a-z]+(-[a-z]+)+:\S.*")
_ADDRESS = re.compile(r"@?[\w.-]+@[\w-]+(\.[\w-]+)+(:\d+)?")
_CHANNEL = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[\w-]+(\.[\w-]+)+")
LONGEST_LINE = 300  # characters of a line of [about]
LONGEST_BUTTON = 40  # characters of the name of who checks the logins
MOST_PROCESSES = 32  # that serve the pages
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NUMBER = re.compile(r"\d{1,32}", re.ASCII)
_GRAPH_VERSION = re.compile(r"v\d{1,3}\.\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class WatchConfig:
    """What is watched, and where its people live."""

    hashtags: tuple[str, ...] = ("HHhilft",)  # without #; one network call each
    lang: str = "de"  # of pages, digests and messages: de or en
    timezone: str = "Europe/Berlin"  # of every time that is shown

    def __post_init__(self) -> None:
        if not self.hashtags or not all(_TAG.fullmatch(tag) for tag in self.hashtags):
            _refuse("watch", "hashtags", list(self.hashtags), 'hashtags = ["HHhilft"]')
        if self.lang not in LANGS:
            _refuse("watch", "lang", self.lang, 'lang = "de"')
        try:
            ZoneInfo(self.timezone)
        except (ValueError, OSError, LookupError):
            _refuse("watch", "timezone", self.timezone, 'timezone = "Europe/Berlin"')


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """Where the posts are kept."""

    url: str = "sqlite:///var/hhhilft.db"  # or postgresql+psycopg://user@host/name

    def __post_init__(self) -> None:
        if not self.url.startswith(("sqlite:///", "postgresql+psycopg://")):
            _refuse("store", "url", self.url, 'url = "sqlite:///var/hhhilft.db"')


@dataclass(frozen=True, slots=True)
class MastodonConfig:
    """Which Mastodon instances are asked for the hashtags."""

    enabled: bool = True
    instances: tuple[str, ...] = ("https://norden.social", "https://mastodon.social")
    accounts: tuple[str, ...] = ()  # of these, every public post, with or without a hashtag
    interval_minutes: int = 10  # between two rounds
    reread_hours: int = 48  # posts that federate late get ids in the past
    first_days: int = 30  # how far back the first round reads
    boosters: bool = True  # ask who boosted a post, where its count of boosts has grown
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        for instance in self.instances:
            parts = urlsplit(instance)
            if parts.scheme not in ("https", "http") or not parts.hostname or parts.path.strip("/"):
                _refuse("mastodon", "instances", instance, 'instances = ["https://norden.social"]')
        for account in self.accounts:
            if not _ADDRESS.fullmatch(account):
                _refuse("mastodon", "accounts", account, 'accounts = ["@amt@norden.social"]')
        _at_least("mastodon", "interval_minutes", self.interval_minutes, 1, 10)
        _at_least("mastodon", "reread_hours", self.reread_hours, 0, 48)
        _at_least("mastodon", "first_days", self.first_days, 1, 30)
        _at_least("mastodon", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """What is asked, each once."""
        return tuple(dict.fromkeys(each.rstrip("/") for each in self.instances))

    @property
    def followed(self) -> tuple[str, ...]:
        """The accounts, each once, without the first @."""
        return tuple(dict.fromkeys(each.removeprefix("@") for each in self.accounts))


@dataclass(frozen=True, slots=True)
class BlueskyConfig:
    """Where Bluesky is read: its stream of everything public, its search, what it says of people.

    The password for the search is HHHILFT_BLUESKY_PASSWORD: an app password, never the account's.
    """

    enabled: bool = True
    stream: str = ""  # a Jetstream's address, as wss://jetstream.us-east.bsky.network
    server: str = ""  # the account's server, for the search, as https://bsky.social
    handle: str = ""  # whose account asks, as name.bsky.social
    appview: str = "https://public.api.bsky.app"  # tells of people and posts without a login
    interval_minutes: int = 10  # between two rounds
    reread_hours: int = 48  # what the search reads again: counters, what it indexed late
    first_days: int = 30  # how far back the search reads
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        for key, schemes, usual in (
            ("stream", ("wss", "ws"), "wss://jetstream.us-east.bsky.network"),
            ("server", ("https", "http"), "https://bsky.social"),
            ("appview", ("https", "http"), "https://public.api.bsky.app"),
        ):
            value = getattr(self, key)
            parts = urlsplit(value)
            if value and (
                parts.scheme not in schemes or not parts.hostname or parts.path.strip("/")
            ):
                _refuse("bluesky", key, value, f'{key} = "{usual}"')
        if not self.appview:
            _refuse("bluesky", "appview", "", 'appview = "https://public.api.bsky.app"')
        _at_least("bluesky", "interval_minutes", self.interval_minutes, 1, 10)
        _at_least("bluesky", "reread_hours", self.reread_hours, 0, 48)
        _at_least("bluesky", "first_days", self.first_days, 1, 30)
        _at_least("bluesky", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """What is asked: the stream first, so that the search can fill what it missed."""
        return tuple(each.rstrip("/") for each in (self.stream, self.server) if each)


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """Which public channels of Telegram are read."""

    enabled: bool = True
    channels: tuple[str, ...] = ()  # of these, only posts with one of the hashtags
    whole_channels: tuple[str, ...] = ()  # of these, every post
    server: str = "https://t.me"  # or a mirror that shows the same pages
    interval_minutes: int = 30  # between two rounds
    reread_hours: int = 48  # for edits and deletions
    first_days: int = 30  # how far back the first round reads
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        for key in ("channels", "whole_channels"):
            for name in getattr(self, key):
                if not _CHANNEL.fullmatch(name):
                    _refuse("telegram", key, name, f'{key} = ["hamburg_hilft"]')
        parts = urlsplit(self.server)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.path.strip("/"):
            _refuse("telegram", "server", self.server, 'server = "https://t.me"')
        _at_least("telegram", "interval_minutes", self.interval_minutes, 1, 30)
        _at_least("telegram", "reread_hours", self.reread_hours, 0, 48)
        _at_least("telegram", "first_days", self.first_days, 1, 30)
        _at_least("telegram", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """The channels' addresses, each once; Telegram does not tell large letters from small."""
        names = {name.lower(): name for name in (*self.whole_channels, *self.channels)}
        return tuple(f"{self.server.rstrip('/')}/{name}" for name in names.values())

    def is_whole(self, channel: str) -> bool:
        """Say whether every post of a channel is kept."""
        return channel.lower() in {name.lower() for name in self.whole_channels}


@dataclass(frozen=True, slots=True)
class RssConfig:
    """Which RSS and Atom feeds are read."""

    enabled: bool = True
    feeds: tuple[str, ...] = ()  # of these, only items with one of the hashtags
    whole_feeds: tuple[str, ...] = ()  # of these, every item
    interval_minutes: int = 30  # between two rounds
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        for key in ("feeds", "whole_feeds"):
            for feed in getattr(self, key):
                parts = urlsplit(feed)
                if parts.scheme not in ("https", "http") or not parts.hostname:
                    _refuse("rss", key, feed, f'{key} = ["https://norden.social/tags/hhhilft.rss"]')
        _at_least("rss", "interval_minutes", self.interval_minutes, 1, 30)
        _at_least("rss", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """The feeds, each once."""
        return tuple(dict.fromkeys((*self.whole_feeds, *self.feeds)))

    def is_whole(self, feed: str) -> bool:
        """Say whether every item of a feed is kept."""
        return feed in self.whole_feeds


@dataclass(frozen=True, slots=True)
class InstagramConfig:
    """By whose account Instagram is searched for the hashtags.

    The token is HHHILFT_INSTAGRAM_TOKEN.
    """

    enabled: bool = True
    user: str = ""  # number of the professional account that searches; "": none
    server: str = "https://graph.facebook.com"
    version: str = "v24.0"  # of the Graph API
    interval_minutes: int = 60  # between two rounds; each reaches back 24 hours, no more
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.user or "0"):
            _refuse("instagram", "user", self.user, 'user = "17841405309211844"')
        _graph("instagram", self.server, self.version)
        _at_least("instagram", "interval_minutes", self.interval_minutes, 1, 60)
        if self.interval_minutes > 720:  # then one round that fails is no gap yet
            _refuse("instagram", "interval_minutes", self.interval_minutes, "interval_minutes = 60")
        _at_least("instagram", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """The searching account's address."""
        return (f"{self.server.rstrip('/')}/{self.user}",) if self.user else ()


@dataclass(frozen=True, slots=True)
class FacebookConfig:
    """Which pages of one's own are read on Facebook.

    The token of page 123 is HHHILFT_FACEBOOK_TOKEN_123.
    """

    enabled: bool = True
    pages: tuple[str, ...] = ()  # numbers; of these, only posts with one of the hashtags
    whole_pages: tuple[str, ...] = ()  # of these, every post
    server: str = "https://graph.facebook.com"
    version: str = "v24.0"  # of the Graph API
    interval_minutes: int = 60  # between two rounds
    reread_days: int = 14  # for edits, deletions and late comments
    first_days: int = 30  # how far back the first round reads
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        for key in ("pages", "whole_pages"):
            for page in getattr(self, key):
                if not _NUMBER.fullmatch(page):
                    _refuse("facebook", key, page, f'{key} = ["102030405060708"]')
        _graph("facebook", self.server, self.version)
        _at_least("facebook", "interval_minutes", self.interval_minutes, 1, 60)
        _at_least("facebook", "reread_days", self.reread_days, 0, 14)
        _at_least("facebook", "first_days", self.first_days, 1, 30)
        _at_least("facebook", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """The pages' addresses, each once."""
        pages = dict.fromkeys((*self.whole_pages, *self.pages))
        return tuple(f"{self.server.rstrip('/')}/{page}" for page in pages)


@dataclass(frozen=True, slots=True)
class PinterestConfig:
    """Which boards of one's own are read on Pinterest.

    The token is HHHILFT_PINTEREST_TOKEN, or is renewed by HHHILFT_PINTEREST_REFRESH_TOKEN with
    HHHILFT_PINTEREST_APP_SECRET.
    """

    enabled: bool = True
    boards: tuple[str, ...] = ()  # numbers; of these, only pins with one of the hashtags
    whole_boards: tuple[str, ...] = ()  # of these, every pin
    app: str = ""  # number of the app whose secret renews the token; "": it is not renewed
    server: str = "https://api.pinterest.com"
    interval_minutes: int = 360  # between two rounds; each reads the whole board
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        for key in ("boards", "whole_boards"):
            for board in getattr(self, key):
                if not _NUMBER.fullmatch(board):
                    _refuse("pinterest", key, board, f'{key} = ["549755885175"]')
        if not _NUMBER.fullmatch(self.app or "0"):
            _refuse("pinterest", "app", self.app, 'app = "1480000"')
        parts = urlsplit(self.server)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.path.strip("/"):
            _refuse("pinterest", "server", self.server, 'server = "https://api.pinterest.com"')
        _at_least("pinterest", "interval_minutes", self.interval_minutes, 1, 360)
        _at_least("pinterest", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """The boards' addresses, each once."""
        boards = dict.fromkeys((*self.whole_boards, *self.boards))
        return tuple(f"{self.server.rstrip('/')}/{board}" for board in boards)


@dataclass(frozen=True, slots=True)
class XConfig:
    """How X is searched, by its paid API; not at all while no budget is named.

    The key is HHHILFT_X_TOKEN: the app's bearer token.
    """

    enabled: bool = True
    monthly_posts: int = 0  # most posts that X may hand out in a billing month
    check_percent: int = 50  # of these, for asking whether stored posts are still there
    billing_day: int = 1  # day of the month on which X's billing month begins
    server: str = "https://api.x.com"
    interval_minutes: int = 15  # between two rounds; one that finds nothing new costs nothing
    first_days: int = 7  # how far back the first round reads; X's search reaches no further
    timeout_seconds: int = 20  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        for key, least, most, usual in (
            ("check_percent", 10, 90, 50),
            ("billing_day", 1, 28, 1),
            ("first_days", 1, 7, 7),
        ):
            if not least <= getattr(self, key) <= most:
                _refuse("x", key, getattr(self, key), f"{key} = {usual}")
        if self.monthly_posts != 0:
            checks = self.monthly_posts * self.check_percent // 100
            if self.monthly_posts - checks < X_LEAST:
                _refuse("x", "monthly_posts", self.monthly_posts, "monthly_posts = 10000")
        parts = urlsplit(self.server)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.path.strip("/"):
            _refuse("x", "server", self.server, 'server = "https://api.x.com"')
        _at_least("x", "interval_minutes", self.interval_minutes, 1, 15)
        _at_least("x", "timeout_seconds", self.timeout_seconds, 1, 20)

    @property
    def origins(self) -> tuple[str, ...]:
        """What is asked: X, where there is a budget."""
        return (self.server.rstrip("/"),) if self.monthly_posts else ()


@dataclass(frozen=True, slots=True)
class SnscrapeConfig:
    """Which of snscrape's other scrapers are tried; none by default, for hardly one still works."""

    enabled: bool = True
    scrapers: tuple[str, ...] = ()  # as snscrape:<scraper>:<name>
    interval_minutes: int = 360  # between two rounds
    most_items: int = 200  # of one scraper a round

    def __post_init__(self) -> None:
        for each in self.scrapers:
            if not is_scraper(each):
                _refuse(
                    "snscrape", "scrapers", each, 'scrapers = ["snscrape:reddit-search:HHhilft"]'
                )
        _at_least("snscrape", "interval_minutes", self.interval_minutes, 1, 360)
        _at_least("snscrape", "most_items", self.most_items, 1, 200)

    @property
    def origins(self) -> tuple[str, ...]:
        """The scrapers, each once."""
        return tuple(dict.fromkeys(self.scrapers))


def is_scraper(name: str) -> bool:
    """Say whether this has the form snscrape:<scraper>:<name>."""
    return _SCRAPER.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class DetectConfig:
    """When accounts count as acting together."""

    look_back_days: int = 28  # how much of the store a scheduled run looks at
    min_shared: int = 2  # fewest distinct objects two accounts must share
    seed: int = 7  # makes the grouping repeatable
    interval_minutes: int = 15  # between two runs
    institutions: tuple[str, ...] = ()  # accounts of offices, papers, associations that are known

    def __post_init__(self) -> None:
        for name in self.institutions:
            if not is_account_name(name):
                _refuse("detect", "institutions", name, 'institutions = ["@amt@norden.social"]')
        _at_least("detect", "look_back_days", self.look_back_days, 1, 28)
        _at_least("detect", "min_shared", self.min_shared, 1, 2)
        _at_least("detect", "interval_minutes", self.interval_minutes, 1, 15)


@dataclass(frozen=True, slots=True)
class DigestConfig:
    """The weekly digest."""

    folder: str = "var/digest"
    weekday: str = "mon"  # mon, tue, … sun
    hour: int = 7  # in [watch] timezone; not 2 or 3, which the clock change repeats or drops

    def __post_init__(self) -> None:
        if self.weekday not in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
            _refuse("digest", "weekday", self.weekday, 'weekday = "mon"')
        if not 0 <= self.hour <= 23 or self.hour in (2, 3):
            _refuse("digest", "hour", self.hour, "hour = 7")


@dataclass(frozen=True, slots=True)
class DashboardConfig:
    """The pages."""

    host: str = "127.0.0.1"  # beyond loopback only with users and HHHILFT_SECRET_KEY
    port: int = 8050
    processes: int = 0  # that answer; 0: two, on a machine with one core one
    threads: int = (
        4  # of each process: so many answers are under way at once; pages are built in turn
    )

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:
            _refuse("dashboard", "port", self.port, "port = 8050")
        if not 0 <= self.processes <= MOST_PROCESSES:
            _refuse("dashboard", "processes", self.processes, "processes = 2")
        _at_least("dashboard", "threads", self.threads, 1, 4)

    @property
    def serving(self) -> int:
        """How many processes answer."""
        return self.processes or min(os.cpu_count() or 1, 2)


@dataclass(frozen=True, slots=True)
class OidcConfig:
    """Who checks logins beside the passwords, by OpenID Connect; nobody while no issuer is named.

    The client's secret is HHHILFT_OIDC_SECRET.
    """

    issuer: str = ""  # the provider's address, letter by letter as it names itself
    client_id: str = ""  # by which the provider knows this installation
    name: str = ""  # of the provider, as people call it; on the button
    groups_claim: str = "groups"  # of the ID token: the list of a person's groups
    roles: Mapping[str, str] = field(default_factory=dict)  # group -> role; of several the highest
    scopes: tuple[str, ...] = ("openid", "profile")
    timeout_seconds: int = 5  # for one reply, from the first byte to the last

    def __post_init__(self) -> None:
        if self.issuer and not is_safe_address(self.issuer):
            _refuse("oidc", "issuer", self.issuer, 'issuer = "https://login.amt.example"')
        if self.client_id and not self.issuer:
            _refuse("oidc", "issuer", self.issuer, 'issuer = "https://login.amt.example"')
        if self.issuer and not self.client_id:
            _refuse("oidc", "client_id", self.client_id, 'client_id = "hhhilft"')
        if len(self.name) > LONGEST_BUTTON or not self.name.isprintable():
            _refuse("oidc", "name", self.name, 'name = "Behördenkonto"')
        if self.issuer and not self.name.strip():
            _refuse("oidc", "name", self.name, 'name = "Behördenkonto"')
        if not self.groups_claim:
            _refuse("oidc", "groups_claim", self.groups_claim, 'groups_claim = "groups"')
        unknown = any(role not in ROLES for role in self.roles.values())
        if unknown or (self.issuer and not self.roles):
            _refuse(
                "oidc",
                "roles",
                dict(self.roles),
                f'roles = {{ "hhhilft-presse" = "press" }} ({", ".join(ROLES)})',
            )
        if "openid" not in self.scopes:
            _refuse("oidc", "scopes", list(self.scopes), 'scopes = ["openid", "profile"]')
        _at_least("oidc", "timeout_seconds", self.timeout_seconds, 1, 5)

    def role_of(self, groups: tuple[str, ...]) -> str | None:
        """Give the highest role of a person's groups, None where none of them has one."""
        roles = {self.roles[each] for each in groups if each in self.roles}
        return max(roles, key=ROLES.index, default=None)


def is_safe_address(address: str) -> bool:
    """Say whether secrets may be sent there: https, or this very machine; no query."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return (
        (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))
        and bool(host)
        and not (parts.query or parts.fragment or parts.username)
        and address.isprintable()
    )


@dataclass(frozen=True, slots=True)
class AboutConfig:
    """Who runs this installation and how to reach them; everybody can read it without a login."""

    operator: str = ""  # the office or association that is responsible
    address: tuple[str, ...] = ()  # lines of its postal address
    mail: str = ""
    phone: str = ""
    data_protection_officer: str = ""  # name, and how to write to them
    legal_basis: str = ""  # by which law or consent the posts are processed
    appeals: str = ""  # where somebody writes who is in a warning or on a block list by mistake
    enforcement: str = ""  # the body that people turn to about barriers, with its address

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            for line in value if isinstance(value, tuple) else (value,):
                if len(line) > LONGEST_LINE or not line.isprintable():
                    _refuse("about", each.name, line, f"{each.name}: one line of plain text each")
        if self.mail and not _MAIL.fullmatch(self.mail):
            _refuse("about", "mail", self.mail, 'mail = "team@amt.example"')

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not named yet, by key; a telephone number is not needed."""
        return tuple(
            each.name
            for each in fields(self)
            if each.name != "phone" and not getattr(self, each.name)
        )


@dataclass(frozen=True, slots=True)
class Config:
    """All settings.

    `folder` is where relative paths start: the settings file's folder. `path` is that file, None
    where there is none and the defaults hold.
    """

    folder: Path
    path: Path | None = None
    watch: WatchConfig = field(default_factory=WatchConfig)
    store: StoreConfig = field(default_factory=StoreConfig)
    mastodon: MastodonConfig = field(default_factory=MastodonConfig)
    bluesky: BlueskyConfig = field(default_factory=BlueskyConfig)
    telegram: TelegramConfig = field(default_factory=TelegramConfig)
    rss: RssConfig = field(default_factory=RssConfig)
    instagram: InstagramConfig = field(default_factory=InstagramConfig)
    facebook: FacebookConfig = field(default_factory=FacebookConfig)
    pinterest: PinterestConfig = field(default_factory=PinterestConfig)
    x: XConfig = field(default_factory=XConfig)
    snscrape: SnscrapeConfig = field(default_factory=SnscrapeConfig)
    detect: DetectConfig = field(default_factory=DetectConfig)
    digest: DigestConfig = field(default_factory=DigestConfig)
    dashboard: DashboardConfig = field(default_factory=DashboardConfig)
    oidc: OidcConfig = field(default_factory=OidcConfig)
    about: AboutConfig = field(default_factory=AboutConfig)

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """What is asked for posts, by network and address, without what is switched off."""
        return tuple(
            (network, origin)
            for network, settings in (
                ("mastodon", self.mastodon),
                ("bluesky", self.bluesky),
                ("telegram", self.telegram),
                ("rss", self.rss),
                ("instagram", self.instagram),
                ("facebook", self.facebook),
                ("pinterest", self.pinterest),
                ("x", self.x),
                ("snscrape", self.snscrape),
            )
            if settings.enabled
            for origin in settings.origins
        )

    @property
    def store_url(self) -> str:
        """The store's URL with a relative SQLite path made absolute."""
        prefix = "sqlite:///"
        if not self.store.url.startswith(prefix):
            return self.store.url
        return prefix + str(self.folder / self.store.url.removeprefix(prefix))

    @property
    def digest_folder(self) -> Path:
        """Where digests are written."""
        return self.folder / self.digest.folder


SECTIONS: Mapping[str, type] = {
    "watch": WatchConfig,
    "store": StoreConfig,
    "mastodon": MastodonConfig,
    "bluesky": BlueskyConfig,
    "telegram": TelegramConfig,
    "rss": RssConfig,
    "instagram": InstagramConfig,
    "facebook": FacebookConfig,
    "pinterest": PinterestConfig,
    "x": XConfig,
    "snscrape": SnscrapeConfig,
    "detect": DetectConfig,
    "digest": DigestConfig,
    "dashboard": DashboardConfig,
    "oidc": OidcConfig,
    "about": AboutConfig,
}


def read_config(path: Path | None = None) -> Config:
    """Read `path`, or `hhhilft.toml` of the working folder, or the defaults where there is none.

    The environment's HHHILFT_STORE_URL and HHHILFT_LANG go before the file.
    Raises ConfigError with the file, the line and the fix.
    """
    if path is not None and not path.exists():
        raise ConfigError(
            de=f"Die Einstellungen {path} gibt es nicht. Anlegen: hhhilft init --config {path}",
            en=f"There are no settings at {path}. Make them: hhhilft init --config {path}",
        )
    path = path or Path(FILE_NAME)
    source = _read(path) if path.exists() else ""
    try:
        given = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            de=f"{path} ist kein gültiges TOML: {error}. Die Zeile berichtigen, dann neu starten.",
            en=f"{path} is not valid TOML: {error}. Correct that line and start again.",
        ) from error
    given = _with_environment(given)
    try:
        built = _built(path, source, given)
    except ConfigError as error:
        error.lang = _lang(given)
        raise
    where = path.resolve()
    return Config(folder=where.parent, path=where if where.exists() else None, **built)


def secret(name: str) -> str | None:
    """Return a secret from the environment, e.g. HHHILFT_SECRET_KEY; None where it is not set.

    It may stand in a file instead, which HHHILFT_SECRET_KEY_FILE names and nobody else can read.
    Raises ConfigError where that file is missing, or others may read it.
    """
    path = os.environ.get(f"{name}_FILE")
    return os.environ.get(name) or (_secret_of(name, Path(path)) if path else None)


def _secret_of(name: str, path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
        said = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            de=f"{name}_FILE nennt {path}; diese Datei lässt sich nicht lesen.",
            en=f"{name}_FILE names {path}; that file cannot be read.",
        ) from error
    if mode & 0o077:
        raise ConfigError(
            de=f"{path} ({name}_FILE) können auch andere lesen. Abstellen: chmod 600 {path}",
            en=f"{path} ({name}_FILE) can be read by others. Mend it: chmod 600 {path}",
        )
    return said or None


def mastodon_token(instance: str) -> str | None:
    """Return the access token for `https://norden.social`: HHHILFT_MASTODON_TOKEN_NORDEN_SOCIAL."""
    return secret(mastodon_variable(instance))


def mastodon_variable(instance: str) -> str:
    """Name where the access token for an instance stands."""
    host = re.sub(r"\W", "_", urlsplit(instance).netloc).upper()
    return f"HHHILFT_MASTODON_TOKEN_{host}"


class _RefusedError(Exception):
    def __init__(self, section: str, key: str, value: object, fix: str) -> None:
        super().__init__(section, key)
        self.section, self.key, self.value, self.fix = section, key, value, fix


def _refuse(section: str, key: str, value: object, fix: str) -> None:
    raise _RefusedError(section, key, value, fix)


def _at_least(section: str, key: str, value: int, least: int, usual: int) -> None:
    if value < least:
        _refuse(section, key, value, f"{key} = {usual}")


def _graph(section: str, server: str, version: str) -> None:
    """Check where Meta's Graph API is asked, and which version."""
    parts = urlsplit(server)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.path.strip("/"):
        _refuse(section, "server", server, 'server = "https://graph.facebook.com"')
    if not _GRAPH_VERSION.fullmatch(version):
        _refuse(section, "version", version, 'version = "v24.0"')


def _built(path: Path, source: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Make each section, in SECTIONS' order; ConfigError for the first thing that is wrong."""
    _check_names(path, source, given)
    built: dict[str, Any] = {}
    for name, kind in SECTIONS.items():
        try:
            built[name] = kind(**_typed(path, source, name, kind, given.get(name, {})))
        except _RefusedError as refused:
            raise _located(path, source, refused) from refused
    return built


def _lang(given: Mapping[str, Any]) -> str | None:
    """Return the language of settings of which something else is wrong."""
    watch = given.get("watch")
    lang = watch.get("lang") if isinstance(watch, Mapping) else None
    return lang if lang in LANGS else None


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            de=f"{path} lässt sich nicht lesen: {error}. Die Datei muss lesbar und in UTF-8 sein.",
            en=f"{path} cannot be read: {error}. The file must be readable and in UTF-8.",
        ) from error


def _with_environment(given: dict[str, Any]) -> dict[str, Any]:
    for variable, section, key in (
        ("HHHILFT_STORE_URL", "store", "url"),
        ("HHHILFT_LANG", "watch", "lang"),
    ):
        value = os.environ.get(variable)
        if value:
            given = {**given, section: {**given.get(section, {}), key: value}}
    return given


def _check_names(path: Path, source: str, given: Mapping[str, Any]) -> None:
    for section, values in given.items():
        if section not in SECTIONS or not isinstance(values, Mapping):
            raise _unknown(path, _line(source, None, section), section, f"[{section}]", SECTIONS)
        known = [each.name for each in fields(SECTIONS[section])]
        for key in values:
            if key not in known:
                raise _unknown(path, _line(source, section, key), key, f"[{section}] {key}", known)


def _unknown(
    path: Path, line: int | None, name: str, shown: str, known: Mapping[str, Any] | list[str]
) -> ConfigError:
    near = difflib.get_close_matches(name, list(known), 1)
    de = f"Gemeint ist wohl {near[0]}." if near else f"Es gibt: {', '.join(known)}."
    en = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    return ConfigError(
        de=f"{_place_de(path, line)}: Die Einstellung {shown} gibt es nicht. {de}",
        en=f"{_place_en(path, line)}: there is no setting {shown}. {en}",
    )


def _typed(
    path: Path, source: str, section: str, kind: type, values: Mapping[str, Any]
) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for each in fields(kind):
        if each.name not in values:
            continue
        value = values[each.name]
        wanted = get_origin(each.type) or each.type
        if wanted is tuple:
            item = get_args(each.type)[0]
            good = isinstance(value, list) and all(type(part) is item for part in value)
            value = tuple(value) if good else value
        elif wanted is Mapping:
            good = isinstance(value, dict) and all(type(part) is str for part in value.values())
        else:
            good = type(value) is wanted
        if not good:
            raise _located(
                path,
                source,
                _RefusedError(section, each.name, value, f"{each.name} = {toml(usual(each))}"),
            )
        typed[each.name] = value
    return typed


def usual(setting: Field[Any]) -> Any:
    """Return a setting's default."""
    if setting.default_factory is not MISSING:
        return setting.default_factory()
    return setting.default


def toml(value: object) -> str:
    """Write a setting's value as TOML."""
    if isinstance(value, Mapping):
        pairs = ", ".join(f'"{key}" = {toml(each)}' for key, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return "[" + ", ".join(toml(each) for each in value) + "]"
    return str(value) if isinstance(value, int | float) else f'"{value}"'


def _located(path: Path, source: str, refused: _RefusedError) -> ConfigError:
    line = _line(source, refused.section, refused.key)
    shown = f"[{refused.section}] {refused.key}"
    return ConfigError(
        de=f"{_place_de(path, line)}: {shown} ist {refused.value!r}, das geht nicht. "
        f"Zum Beispiel so: {refused.fix}",
        en=f"{_place_en(path, line)}: {shown} is {refused.value!r}, which cannot work. "
        f"For example: {refused.fix}",
    )


def _line(source: str, section: str | None, key: str) -> int | None:
    here: str | None = None
    for number, line in enumerate(source.splitlines(), 1):
        head = re.match(r"\s*\[+\s*([\w-]+)(?:\.([\w-]+))?", line)
        if head:
            here = head[1]
            if (section is None and here == key) or (here == section and head[2] == key):
                return number
        elif here == section and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
            return number
    return None


def _place_de(path: Path, line: int | None) -> str:
    return f"{path}, Zeile {line}" if line else f"{path} oder Umgebung"


def _place_en(path: Path, line: int | None) -> str:
    return f"{path}, line {line}" if line else f"{path} or environment"
