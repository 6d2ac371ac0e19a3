"""The settings in force, as a person may see them: of secrets only whether they are set."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import make_url

from data.config import SECRET_KEY, SECTIONS, Config, mastodon_variable, secret, toml, usual
from data.errors import ConfigError
from data.oidc import OIDC_SECRET
from data.tokens import token_variable


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting's value as the file would say it, and whether that is the default."""

    key: str
    value: str
    usual: bool


@dataclass(frozen=True, slots=True)
class Secret:
    """Whether a secret is set. `trouble`: why it cannot be read, where that is so."""

    name: str
    is_set: bool
    trouble: ConfigError | None = None


def settings_in_force(config: Config) -> dict[str, list[Setting]]:
    """Give section -> its settings, in their order; a password in an address is not among them."""
    return {name: [*_settings(getattr(config, name))] for name in SECTIONS}


def secrets_in_force(config: Config) -> list[Secret]:
    """Say of each secret that these settings can use whether this process has it."""
    names = [SECRET_KEY]
    if config.oidc.issuer:
        names.append(OIDC_SECRET)
    if config.mastodon.enabled:
        names += [mastodon_variable(each) for each in config.mastodon.origins]
    names += [
        variable
        for network, origin in config.asked
        if (variable := token_variable(config, network, origin)) is not None
    ]
    return [_secret(name) for name in dict.fromkeys(names)]


def _settings(section: Any) -> Iterator[Setting]:
    for each in fields(section):
        value = getattr(section, each.name)
        is_usual = value == usual(each)
        yield Setting(each.name, toml(_without_password(each.name, value)), is_usual)


def _without_password(key: str, value: Any) -> Any:
    return make_url(value).render_as_string(hide_password=True) if key == "url" else value


def _secret(name: str) -> Secret:
    try:
        return Secret(name, secret(name) is not None)
    except ConfigError as error:
        return Secret(name, False, error)
