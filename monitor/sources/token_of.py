"""The token by which a network lets us read an origin; without it the origin is a state."""

from data.config import secret
from data.errors import ConfigError
from monitor.sources.refused import Refused


def token_of(variable: str) -> str:
    """Return the token that stands in `variable`; Refused, in words, where none does."""
    try:
        token = secret(variable)
    except ConfigError as error:
        raise Refused("no_token", error.de, error.en) from error
    if token is None:
        raise Refused("no_token", *no_token(variable))
    return token


def no_token(variable: str) -> tuple[str, str]:
    """Say in German and English that a token is missing."""
    return (
        f"Es fehlt der Zugang: {variable} in der Umgebung setzen. Was er können muss, steht in der "
        "README unter „What needs an account“.",
        f"There is no token: set {variable} in the environment. What it must be good for is in the "
        "README under “What needs an account”.",
    )
