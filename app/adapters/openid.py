"""The agencies' own sign-in: OpenID Connect by code and PKCE, checked by authlib and joserfc.

What a provider is asked and answers goes through the guarded way out; tokens are never kept.
"""

import threading
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from app.foreign_json import read_json
from permits.errors import Conflict, NotFound, Unauthenticated

ALGORITHMS = ("ES256", "ES384", "Ed25519", "EdDSA", "PS256", "PS384", "RS256", "RS384")
"""Public-key signatures only; neither `none` nor a shared secret signs for anybody (RFC 8725)."""

CACHED_SECONDS = 3600.0
REFETCH_SECONDS = 60.0
"""An unknown key id fetches the keys anew, but not more often than this."""

LEEWAY_SECONDS = 60
MAX_AGE_SECONDS = 12 * 3600
"""A sign-in at the provider that is older than a working day is asked for again."""


class Reply(Protocol):
    """What a server answered."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def body(self) -> bytes:
        """All of it."""


class WayOut(Protocol):
    """The guarded way to other servers."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Fetch; OSError where there is no reply."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Send; OSError where there is no reply."""


class Provider(BaseModel):
    """One table of the file of providers, `[setrass]` and the like."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = Field(min_length=1)
    issuer: HttpUrl
    client_id: str = Field(min_length=1)
    client_secret_file: Path
    email_domains: tuple[str, ...] = Field(min_length=1)
    strong_acr: tuple[str, ...] = ()
    strong_amr: tuple[str, ...] = ("mfa",)

    @property
    def issuer_url(self) -> str:
        """The issuer without the slash that the parser adds; compared letter by letter."""
        return str(self.issuer).rstrip("/")


def read_providers(path: Path | None) -> Mapping[str, Provider]:
    """The providers of a TOML file; none without one. ValueError names what is wrong with it."""
    if path is None:
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: Provider.model_validate(table) for key, table in tables.items()}


@dataclass(frozen=True)
class FederatedIdentity:
    """Who signed in at a provider: `issuer` and `subject` together are the identity.

    `email` is None unless the provider verified it and speaks for its domain; `strong` tells
    whether a second factor was shown there.
    """

    issuer: str
    subject: str
    email: str | None
    strong: bool


@dataclass(frozen=True)
class _Discovered:
    """What the provider says of itself (OpenID Connect Discovery 1.0)."""

    metadata: Mapping[str, Any]
    keys: KeySet
    fetched_at: float


class OpenIdProviders:
    """Begins and ends a sign-in at one of the agencies' providers."""

    def __init__(
        self,
        providers: Mapping[str, Provider],
        way_out: WayOut,
        redirect_uri: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._providers = providers
        self._way_out = way_out
        self._redirect_uri = redirect_uri
        self._clock = clock
        self._known: dict[str, _Discovered] = {}
        self._lock = threading.Lock()

    def labels(self) -> Sequence[tuple[str, str]]:
        """Key and name of each provider, in the order of the file."""
        return [(key, provider.label) for key, provider in self._providers.items()]

    def begin(self, key: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes; NotFound for an unknown one, Conflict("provider-away")."""
        client = self._client(key)
        endpoint = self._discovered(key).metadata["authorization_endpoint"]
        url, _ = client.create_authorization_url(
            endpoint,
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            max_age=str(MAX_AGE_SECONDS),
        )
        return str(url)

    def finish(
        self, key: str, code: str, issuer: str | None, nonce: str, verifier: str, now: datetime
    ) -> FederatedIdentity:
        """Who signed in there.

        Unauthenticated("provider-refused") where anything does not fit; Conflict("provider-away")
        where the provider does not answer. `issuer` is the `iss` of the answer (RFC 9207): where
        the provider sends it, it must fit.
        """
        provider = self._provider(key)
        metadata = self._discovered(key).metadata
        sends_issuer = metadata.get("authorization_response_iss_parameter_supported") is True
        if (issuer is None and sends_issuer) or (issuer not in {None, metadata["issuer"]}):
            raise Unauthenticated("provider-refused", reason="issuer")
        try:
            tokens = self._client(key).fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                redirect_uri=self._redirect_uri,
            )
        except OAuth2Error as error:
            raise Unauthenticated("provider-refused", reason="code") from error
        except (OSError, ValueError) as error:
            raise Conflict("provider-away") from error
        claims = self._claims(key, tokens, nonce, now)
        return _identity(provider, claims)

    def _claims(
        self, key: str, tokens: Mapping[str, Any], nonce: str, now: datetime
    ) -> Mapping[str, Any]:
        """The claims of the ID token (OpenID Connect Core 1.0 section 3.1.3.7), all checked."""
        provider, metadata = self._provider(key), self._discovered(key).metadata
        try:
            decoded = self._decode(key, str(tokens.get("id_token", "")))
            options = {
                "iss": {"essential": True, "value": metadata["issuer"]},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
                "nonce": {"essential": True, "value": nonce},
            }
            params = {
                "nonce": nonce,
                "client_id": provider.client_id,
                "access_token": tokens.get("access_token"),
                "max_age": MAX_AGE_SECONDS,
            }
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Unauthenticated("provider-refused", reason="token") from error
        if now.timestamp() - float(claims["auth_time"]) > MAX_AGE_SECONDS + LEEWAY_SECONDS:
            raise Unauthenticated("provider-refused", reason="auth-time")
        return dict(claims)

    def _decode(self, key: str, token: str) -> jwt.Token:
        registry = JWSRegistry(algorithms=ALGORITHMS)
        decode = partial(jwt.decode, token, algorithms=ALGORITHMS, registry=registry)
        try:
            return decode(key=self._discovered(key).keys)
        except InvalidKeyIdError:
            return decode(key=self._discovered(key, after_unknown_key=True).keys)

    def _provider(self, key: str) -> Provider:
        try:
            return self._providers[key]
        except KeyError:
            raise NotFound("no-such-provider") from None

    def _client(self, key: str) -> OAuth2Client:
        provider = self._provider(key)
        return OAuth2Client(
            _Session(self._way_out),
            client_id=provider.client_id,
            client_secret=provider.client_secret_file.read_text(encoding="utf-8").strip(),
            scope="openid email",
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
        )

    def _discovered(self, key: str, *, after_unknown_key: bool = False) -> _Discovered:
        """What is known of a provider, asked anew each hour, or sooner for a key that is new."""
        limit = REFETCH_SECONDS if after_unknown_key else CACHED_SECONDS
        with self._lock:
            known = self._known.get(key)
            if known is None or self._clock() - known.fetched_at > limit:
                known = self._known[key] = self._discover(self._provider(key))
            return known

    def _discover(self, provider: Provider) -> _Discovered:
        address = f"{provider.issuer_url}/.well-known/openid-configuration"
        try:
            metadata = self._fetch(address)
            if str(metadata["issuer"]).rstrip("/") != provider.issuer_url:
                raise Unauthenticated("provider-refused", reason="issuer")
            keys = KeySet.import_key_set({"keys": self._fetch(metadata["jwks_uri"])["keys"]})
        except (OSError, ValueError, KeyError, TypeError, JoseError) as error:
            raise Conflict("provider-away") from error
        return _Discovered(metadata, keys, self._clock())

    def _fetch(self, url: str) -> dict[str, Any]:
        reply = self._way_out.get(url, {"Accept": "application/json"})
        found = read_json(reply.body) if reply.status == 200 else None
        if not isinstance(found, dict):
            raise OSError("no fit reply")
        return found


def _identity(provider: Provider, claims: Mapping[str, Any]) -> FederatedIdentity:
    """Who it is; the e-mail only where verified and of a domain that the provider speaks for."""
    email = str(claims.get("email", "")).lower()
    domain = email.rpartition("@")[2]
    known = claims.get("email_verified") is True and domain in provider.email_domains
    methods = {str(method) for method in claims.get("amr") or ()}
    strong = claims.get("acr") in provider.strong_acr or bool(methods & {*provider.strong_amr})
    subject = str(claims["sub"])
    return FederatedIdentity(provider.issuer_url, subject, email if known else None, strong)


@dataclass(frozen=True)
class _Answer:
    """A reply in the shape that authlib reads."""

    status_code: int
    text: bytes

    def json(self) -> Any:  # noqa: ANN401  authlib checks the shape
        return read_json(self.text)

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise OSError("the token endpoint refused")


class _Session:
    """The part of a Requests session that authlib uses, on the guarded way out."""

    def __init__(self, way_out: WayOut) -> None:
        self._way_out = way_out

    def post(
        self,
        url: str,
        data: Mapping[str, str],
        headers: Mapping[str, str],
        auth: Any,  # noqa: ANN401  authlib's own
    ) -> _Answer:
        address, told, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        reply = self._way_out.post(address, body.encode(), told)
        return _Answer(reply.status, reply.body)
