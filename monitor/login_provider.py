"""Whether the login by [oidc] can work: Authlib, the secret, what the provider says of itself."""

from data.config import Config
from data.errors import MonitorError
from data.oidc import DISCOVERY, read_provider, secret_of_client
from monitor.sources.http import Client, Patience


def login_provider(config: Config) -> tuple[bool, str, str]:
    """Say whether it is fine, in German and English, or else what to do."""
    here = config.oidc
    client = Client(here.issuer, here.timeout_seconds, Patience(attempts=1), "[oidc] issuer")
    try:
        secret_of_client()
        read_provider(here, client.get(DISCOVERY).document)
    except MonitorError as error:
        return False, error.de, error.en
    finally:
        client.close()
    return (
        True,
        f"Anmeldung über {here.name}: {here.issuer} ist eingerichtet",
        f"Login by {here.name}: {here.issuer} is set up",
    )
