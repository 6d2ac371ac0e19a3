"""What a login by OpenID Connect needs: Authlib, a secret, and what a provider says of itself."""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass

from data.config import OidcConfig, is_safe_address, secret
from data.errors import ConfigError

OIDC_SECRET = "HHHILFT_OIDC_SECRET"  # noqa: S105 - the name, not the secret
ALGORITHMS = ("RS256", "ES256")  # by which an ID token may be signed; no other is read
DISCOVERY = "/.well-known/openid-configuration"
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a provider is asked for what, and how it wants to be given the secret."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    secret_in_form: bool


def secret_of_client() -> str:
    """Give the secret; ConfigError where it or Authlib is missing, with what to do."""
    if importlib.util.find_spec("authlib") is None:
        raise ConfigError(
            de="[oidc] braucht Authlib, und das ist nicht installiert. Nachholen: "
            "pip install '.[oidc]'",
            en="[oidc] needs Authlib, which is not installed. Get it: pip install '.[oidc]'",
        )
    found = secret(OIDC_SECRET)
    if found is None:
        raise ConfigError(
            de="[oidc] braucht das Geheimnis, das der Anbieter zu client_id ausgibt: "
            f"{OIDC_SECRET} setzen, oder {OIDC_SECRET}_FILE mit einer Datei, die nur ihr Besitzer "
            "lesen darf.",
            en=f"[oidc] needs the secret that the provider gives out with client_id: set "
            f"{OIDC_SECRET}, or {OIDC_SECRET}_FILE to a file that only its owner can read.",
        )
    return found


def discovery_address(config: OidcConfig) -> str:
    """Say where a provider describes itself."""
    return config.issuer.rstrip("/") + DISCOVERY


def read_provider(config: OidcConfig, document: object) -> Provider:
    """Read what a provider says of itself; ConfigError where it is another or lacks something."""
    said = document if isinstance(document, Mapping) else {}
    issuer = said.get("issuer")
    if issuer != config.issuer:
        raise ConfigError(
            de=f"[oidc] issuer ist {config.issuer}, der Anbieter dort nennt sich aber {issuer!r}. "
            "Beides muss Zeichen für Zeichen gleich sein.",
            en=f"[oidc] issuer is {config.issuer}, but the provider there calls itself {issuer!r}. "
            "Both must be the same, letter by letter.",
        )
    found = {name: str(said.get(name, "")) for name in _ADDRESSES}
    wrong = [name for name, address in found.items() if not _may_be_asked(address)]
    if wrong:
        raise ConfigError(
            de=f"{config.issuer} nennt keine sichere Adresse (https) für: {', '.join(wrong)}. "
            "Das muss beim Anbieter berichtigt werden.",
            en=f"{config.issuer} names no safe address (https) for: {', '.join(wrong)}. "
            "That must be put right at the provider.",
        )
    signs = said.get("id_token_signing_alg_values_supported", ALGORITHMS)
    if not isinstance(signs, list | tuple) or not set(ALGORITHMS) & {str(each) for each in signs}:
        raise ConfigError(
            de=f"{config.issuer} unterschreibt weder mit {' noch mit '.join(ALGORITHMS)}. "
            "Eines davon beim Anbieter für client_id einstellen.",
            en=f"{config.issuer} signs neither by {' nor by '.join(ALGORITHMS)}. "
            "Choose one of them at the provider for client_id.",
        )
    takes = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    in_form = isinstance(takes, list) and "client_secret_basic" not in takes
    return Provider(**found, secret_in_form=in_form)


def _may_be_asked(address: str) -> bool:
    return is_safe_address(address.partition("?")[0]) and "#" not in address
