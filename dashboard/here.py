"""What a page knows about the request it answers: language, time, who asks; and how to say it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dash import html
from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy import Engine

from dashboard.words import words
from data import formats
from data.config import LANGS, Config
from data.plain import isolated

LANG_COOKIE = "lang"
THEME_COOKIE = "theme"
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Here:
    """One request's language, moment, settings and person."""

    lang: str
    now: datetime
    config: Config
    who: str = ""
    role: str = ""
    demo: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone of every time that is shown."""
        return ZoneInfo(self.config.watch.timezone)

    @property
    def today(self) -> date:
        """The local day."""
        return formats.local(self.now, self.zone).date()

    def say(self, key: str, **values: object) -> str:
        """Say a sentence of `dashboard/words` with its values; none turns the words around it."""
        said = {
            name: isolated(each) if isinstance(each, str) else each for name, each in values.items()
        }
        return words(self.lang)[key].format(**said)

    def count(self, key: str, number: int, **values: object) -> str:
        """Say `key.one` or `key.many`, with `n` written as people of that language do."""
        form = f"{key}.one" if number == 1 else f"{key}.many"
        return self.say(form, n=self.number(number), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number."""
        return formats.number(value, self.lang, digits)

    def day(self, value: date | datetime) -> str:
        """Write a day."""
        local = formats.local(value, self.zone).date() if isinstance(value, datetime) else value
        return formats.day(local, self.lang)

    def ago(self, at: datetime) -> html.Time:
        """Say how long ago, with the exact time on hover and for screen readers."""
        moment = self.moment(at)
        return html.Time(
            [
                formats.ago(at, self.now, self.lang),
                html.Span(f" ({moment})", className="heard"),
            ],
            dateTime=at.isoformat(),
            title=moment,
        )

    def moment(self, at: datetime) -> str:
        """Write day and time."""
        return formats.moment(at, self.lang, self.zone)

    def versus(self, now: int, before: int) -> str:
        """Compare with the week before, in words."""
        return formats.change(now, before, self.lang, "in der Vorwoche", "the week before")


def here() -> Here:
    """Describe the request that is being answered."""
    config: Config = current_app.config["HHHILFT"]
    return Here(
        lang=chosen_lang(config.watch.lang),
        now=current_app.config["CLOCK"](),
        config=config,
        who="" if _for_all() else getattr(current_user, "name", ""),
        role=getattr(current_user, "role", ""),
        demo=current_app.config["DEMO"],
    )


def _for_all() -> bool:
    """Say whether this answer is kept for all of a role (dashboard/built_once.py)."""
    return "builds" in g


def engine() -> Engine:
    """Give the store that this app shows."""
    found: Engine = current_app.config["ENGINE"]
    return found


def chosen_lang(default: str) -> str:
    """Give the language of the address, else of the cookie, else of the settings."""
    for value in (request.args.get("lang"), request.cookies.get(LANG_COOKIE)):
        if value in LANGS:
            return str(value)
    return default


def chosen_theme() -> str:
    """Give the theme that the person switched to; "" follows the device."""
    value = request.cookies.get(THEME_COOKIE, "")
    return value if value in THEMES else ""


def clock() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)
