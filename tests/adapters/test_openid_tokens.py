"""ID tokens that a forger makes: whatever does not fit lets nobody in."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.adapters.openid import OpenIdProviders, Provider, read_providers
from permits.errors import DomainError, Unauthenticated
from tests.openid import CLIENT, REDIRECT

NONCE, STATE, VERIFIER = "a nonce", "a state", "v" * 64


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  tokens tell the machine's clock


@dataclass
class Told:
    """A reply."""

    body: bytes
    status: int = 200


@dataclass
class Forger:
    """A provider that answers with whatever ID token it is given."""

    keys: list[dict[str, object]]
    token: str = ""
    issuer: str = "https://idp.example"
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, headers: object = None) -> Told:
        self.asked.append(url)
        if url.endswith("jwks"):
            return Told(_json({"keys": self.keys}))
        places = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        known = {place: f"{self.issuer}/{place.partition('_')[0]}" for place in places}
        return Told(_json({"issuer": self.issuer, **known}))

    def post(self, url: str, body: bytes, headers: object = None) -> Told:
        return Told(_json({"access_token": "a", "token_type": "Bearer", "id_token": self.token}))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


FAR = 4_000_000_000
KEY = RSAKey.generate_key(2048, {"kid": "k1"})
CLAIMS: dict[str, object] = {
    "iss": "https://idp.example",
    "sub": "u-1",
    "aud": CLIENT,
    "nonce": NONCE,
    "iat": int(time.time()),
    "auth_time": int(time.time()),
    "exp": int(time.time()) + 7_200,
}


def judged(
    tmp_path: Path, token: str, keys: list[dict[str, object]] | None = None
) -> tuple[str, object]:
    """What becomes of an ID token: its subject, or the refusal."""
    secret = tmp_path / "secret"
    secret.write_text("s", encoding="utf-8")
    file = tmp_path / "providers.toml"
    file.write_text(
        f'[setrass]\nlabel = "S"\nissuer = "https://idp.example"\nclient_id = "{CLIENT}"\n'
        f'client_secret_file = "{secret}"\nemail_domains = ["setrass.example"]\n',
        encoding="utf-8",
    )
    forger = Forger([dict(KEY.as_dict(private=False))] if keys is None else keys, token)
    at = OpenIdProviders(read_providers(file), forger, REDIRECT)
    try:
        return "ok", at.finish("setrass", "c", None, NONCE, VERIFIER, now()).subject
    except DomainError as error:
        return error.code, error.facts.get("reason")


def with_secret(secret: bytes) -> str:
    """A token signed by a secret that everybody knows, as the algorithm confusion does."""
    head = {"alg": "HS256", "kid": "k1"}
    text = f"{packed(json.dumps(head).encode())}.{packed(json.dumps(CLAIMS).encode())}"
    return f"{text}.{packed(hmac.digest(secret, text.encode(), 'sha256'))}"


def packed(data: bytes) -> str:
    """Base64 as tokens have it."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def signed(key: object = KEY, alg: str = "RS256", kid: str = "k1", **changes: object) -> str:
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": kid}, claims, key, algorithms=[alg])  # type: ignore[arg-type]


def test_a_token_that_fits_is_taken(tmp_path: Path) -> None:
    assert judged(tmp_path, signed()) == ("ok", "u-1")


@pytest.mark.asvs("9.1.1", "9.1.2", "9.2.1", "9.2.3")
@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.example"},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"aud": None},
        {"azp": "somebody-else"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"auth_time": None},
        {"auth_time": "yesterday"},
        {"at_hash": "AAAA"},
        {"nbf": FAR},
    ],
    ids=str,
)
def test_a_token_with_one_wrong_claim_is_refused(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    token = signed(**changes)  # type: ignore[arg-type]
    assert judged(tmp_path, token) == ("provider-refused", "token")


@pytest.mark.asvs("9.1.1", "9.1.2", "9.1.3")
def test_a_token_signed_by_anybody_else_is_refused(tmp_path: Path) -> None:
    other = RSAKey.generate_key(2048, {"kid": "k1"})
    foreign = ECKey.generate_key("P-256", {"kid": "k2"})
    head, body, _ = signed().split(".")
    unsigned = packed(json.dumps({"alg": "none", "kid": "k1"}).encode())
    for token in (
        signed(other),
        signed(foreign, "ES256", "k2"),
        with_secret(KEY.as_pem(private=False)),
        with_secret(KEY.as_der(private=False)),
        f"{unsigned}.{body}.",
        f"{head}.{body}.",
        f"{head}.{body}.AAAA",
        "",
        "not a token",
    ):
        assert judged(tmp_path, token) == ("provider-refused", "token"), token[:40]


def test_keys_that_turn_over_are_fetched_anew_but_not_for_every_forger(tmp_path: Path) -> None:
    fresh = RSAKey.generate_key(2048, {"kid": "k2"})
    forger = Forger([dict(KEY.as_dict(private=False))])
    secret = tmp_path / "secret"
    secret.write_text("s", encoding="utf-8")
    clock = [0.0]
    table = {
        "label": "S",
        "issuer": forger.issuer,
        "client_id": CLIENT,
        "client_secret_file": secret,
        "email_domains": ("setrass.example",),
    }

    at = OpenIdProviders(
        {"setrass": Provider.model_validate(table)}, forger, REDIRECT, lambda: clock[0]
    )
    at.begin("setrass", STATE, NONCE, VERIFIER)
    forger.keys = [dict(fresh.as_dict(private=False))]
    forger.token = signed(fresh, kid="k2")
    with pytest.raises(Unauthenticated):
        at.finish("setrass", "c", None, NONCE, VERIFIER, now())
    assert len(forger.asked) == 2  # within a minute of the last look nobody makes us look again
    clock[0] = 61.0
    assert at.finish("setrass", "c", None, NONCE, VERIFIER, now()).subject == "u-1"
    assert len(forger.asked) == 4
