"""A small OpenID Connect provider on loopback: it signs by keys made here, and lies if asked to."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from tests.monitor.instance import Answer, Instance, instance

CLIENT, SECRET = "hhhilft", "geheim & sicher"


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid})


@cache
def _first_key() -> RSAKey:
    return new_key("first")


@dataclass
class Provider:
    """Who logs in is `person`; `claims` go over those of an honest token."""

    now: int
    key: RSAKey | ECKey = field(default_factory=_first_key)
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "4711", "preferred_username": "Ina", "groups": ["presse"]}
    )
    claims: dict[str, Any] = field(default_factory=dict)
    alg: str = "RS256"
    checks_pkce: bool = True
    described: dict[str, Any] = field(default_factory=dict)  # goes over the discovery
    faults: dict[str, Answer] = field(default_factory=dict)  # by path
    server: Instance | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        assert self.server is not None
        return self.server.origin

    def log_in(self, address: str) -> str:
        """Log the person in who was led to `address`; give the address that they go back to."""
        asked = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        code = f"code {len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def decide(self, path: str, query: Mapping[str, str]) -> Answer:
        """Answer a request."""
        if path in self.faults:
            return self.faults[path]
        if path == "/.well-known/openid-configuration":
            return Answer(self._description())
        if path == "/keys":
            return Answer({"keys": [self.key.as_dict(private=False)]})
        if path == "/authorize":
            back = self.log_in(f"/authorize?{urlencode(query)}")
            return Answer(b"", 302, {"Location": back})
        return self._token()

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.described

    def _token(self) -> Answer:
        assert self.server is not None
        sent = self.server.sent[-1]
        asked = self.codes.pop(sent.get("code", ""), None)  # a code is good for once
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        fits = asked and asked["code_challenge"] == _base64(proof)
        if not asked or asked["code_challenge_method"] != "S256":
            return Answer({"error": "invalid_grant"}, 400)
        if self.checks_pkce and not fits:
            return Answer({"error": "invalid_grant", "error_description": "<b>PKCE</b>"}, 400)
        if "Authorization" not in self.server.headers[-1] and sent.get("client_secret") != SECRET:
            return Answer({"error": "invalid_client"}, 401)
        return Answer(
            {
                "access_token": "opaque",
                "token_type": "Bearer",
                "expires_in": 300,
                "id_token": self._id_token(asked["nonce"]),
            }
        )

    def _id_token(self, nonce: str) -> str:
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": nonce,
            **self.person,
            **self.claims,
        }
        said = {name: each for name, each in said.items() if each is not None}
        if self.alg == "none":
            return f"{_part({'alg': 'none'})}.{_part(said)}."
        if self.alg == "HS256":  # the public key, which everybody knows, as the secret
            head = f"{_part({'alg': 'HS256', 'kid': self.key.kid})}.{_part(said)}"
            public = self.key.as_pem(private=False)
            return f"{head}.{_base64(hmac.digest(public, head.encode(), 'sha256'))}"
        head_of = {"alg": self.alg, "kid": self.key.kid}
        return jwt.encode(head_of, said, self.key, algorithms=[self.alg])


@contextmanager
def provider(now: int) -> Iterator[Provider]:
    """Run a provider until the test is over."""
    made = Provider(now)
    with instance(made.decide) as server:
        made.server = server
        yield made


def _part(document: Mapping[str, Any]) -> str:
    return _base64(json.dumps(document).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
