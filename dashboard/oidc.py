"""Asks an OpenID Connect provider who somebody is: authorization code flow with PKCE.

What it answers is believed only as far as its signature and every claim are right.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from data.config import OidcConfig
from data.deadline import WholeReplyAdapter
from data.errors import ConfigError
from data.oidc import ALGORITHMS, Provider, discovery_address, read_provider

LARGEST_REPLY = 1_000_000  # bytes
KEPT_SECONDS = 3600.0  # for what the provider says of itself, and its keys
LEEWAY_SECONDS = 60  # that its clock may differ from ours
_LONGEST = 255  # characters of a person's number there, as OpenID Connect says

Kept = TypeVar("Kept")


class ProviderError(Exception):
    """The provider, or what came from it, is of no use; `key` names the sentence for people."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at the provider."""

    subject: str
    name: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one login is known by: all random, so that no other login can be put in its place."""

    state: str
    nonce: str
    verifier: str
    redirect: str  # where the provider sends people back to


class Oidc:
    """The provider of the settings, with what it last said of itself."""

    def __init__(self, config: OidcConfig, secret: str) -> None:
        self._config, self._secret = config, secret
        self._provider = _Hourly(self._ask_for_provider)
        self._keys = _Hourly(self._ask_for_keys)

    def address(self, attempt: Attempt) -> str:
        """Give the address at the provider where a person logs in."""
        provider = self._provider.value()
        with self._session(provider, attempt) as session:
            address, _state = session.create_authorization_url(
                provider.authorization_endpoint,
                state=attempt.state,
                code_verifier=attempt.verifier,
                nonce=attempt.nonce,
            )
        return str(address)

    def identify(self, code: str, attempt: Attempt, now: datetime) -> Identity:
        """Say who came back with `code`; ProviderError where that is not certain."""
        given = self._exchange(code, attempt)
        token = given.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("oidc_untrusted", "no ID token")
        try:
            claims = self._claims(token, given.get("access_token"), attempt.nonce, now)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderError("oidc_untrusted", f"ID token: {error!r}") from error
        return self._identity(claims)

    def _exchange(self, code: str, attempt: Attempt) -> Mapping[str, Any]:
        provider = self._provider.value()
        try:
            with self._session(provider, attempt) as session:
                given: Mapping[str, Any] = session.fetch_token(
                    provider.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            raise ProviderError("oidc_down", repr(error)) from error
        except (AuthlibBaseError, ValueError, TypeError, KeyError) as error:
            raise ProviderError("oidc_untrusted", f"token endpoint: {error!r}") from error
        return given

    def _claims(self, token: str, access_token: object, nonce: str, now: datetime) -> CodeIDToken:
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        try:
            read = jwt.decode(token, self._keys.value(), registry=registry)
        except (InvalidKeyIdError, BadSignatureError):  # it may have changed its keys
            read = jwt.decode(token, self._keys.anew(), registry=registry)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": self._config.issuer},
                "aud": {"essential": True, "value": self._config.client_id},
            },
            {"nonce": nonce, "client_id": self._config.client_id, "access_token": access_token},
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        return claims

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST:
            raise ProviderError("oidc_untrusted", "ID token: sub is no text of 1 to 255 characters")
        named = (claims.get(claim) for claim in ("preferred_username", "email"))
        groups = claims.get(self._config.groups_claim)
        if not isinstance(groups, list):
            groups = [groups]
        return Identity(
            subject,
            next((each for each in named if isinstance(each, str) and each.strip()), subject),
            tuple(each for each in groups if isinstance(each, str)),
        )

    def _session(self, provider: Provider, attempt: Attempt) -> OAuth2Session:
        session = OAuth2Session(
            self._config.client_id,
            self._secret,
            token_endpoint_auth_method="client_secret_post"
            if provider.secret_in_form
            else "client_secret_basic",
            scope=" ".join(self._config.scopes),
            redirect_uri=attempt.redirect,
            code_challenge_method="S256",
            default_timeout=self._config.timeout_seconds,
        )
        _watch(session)
        return session

    def _ask_for_provider(self) -> Provider:
        try:
            return read_provider(self._config, self._document(discovery_address(self._config)))
        except ConfigError as error:
            raise ProviderError("oidc_untrusted", error.en) from error

    def _ask_for_keys(self) -> KeySet:
        document = self._document(self._provider.value().jwks_uri)
        listed = document.get("keys") if isinstance(document, dict) else None
        keys = [each for each in listed if _signs(each)] if isinstance(listed, list) else []
        return KeySet.import_key_set({"keys": keys})

    def _document(self, address: str) -> Any:
        try:
            with requests.Session() as session:
                _watch(session)
                reply = session.get(
                    address, timeout=self._config.timeout_seconds, allow_redirects=False
                )
                reply.raise_for_status()
                return reply.json()
        except (requests.RequestException, RecursionError) as error:
            raise ProviderError("oidc_down", repr(error)) from error


class _Hourly(Generic[Kept]):
    """A value that is asked for when it is needed, and kept for an hour."""

    def __init__(self, ask: Callable[[], Kept]) -> None:
        self._ask = ask
        self._kept: tuple[float, Kept] | None = None

    def value(self) -> Kept:
        """Give the value, asked for at most an hour ago."""
        kept = self._kept
        if kept is None or time.monotonic() - kept[0] > KEPT_SECONDS:
            return self.anew()
        return kept[1]

    def anew(self) -> Kept:
        """Ask now."""
        found = self._ask()
        self._kept = time.monotonic(), found
        return found


def _watch(session: requests.Session) -> None:
    for scheme in ("http://", "https://"):
        session.mount(scheme, WholeReplyAdapter(LARGEST_REPLY))


def _signs(key: object) -> bool:
    """Say whether a key can be one of those that sign ID tokens."""
    return (
        isinstance(key, dict) and key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"
    )
