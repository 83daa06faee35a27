"""Signing in at an agency's provider, against a real provider run as a process."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.adapters.openid import MAX_AGE_SECONDS, OpenIdProviders, Provider, read_providers
from app.adapters.outbound import Outbound
from permits.errors import Conflict, DomainError, NotFound, Unauthenticated
from tests.openid import CLIENT, MAIL, REDIRECT, RunningProvider, running_provider

NONCE, STATE, VERIFIER = "a nonce", "a state", "v" * 64


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    with running_provider(tmp_path_factory.mktemp("openid")) as provider:
        yield provider


def providers(running: RunningProvider, **changes: object) -> OpenIdProviders:
    found = {"setrass": running.settings(**changes)}
    return OpenIdProviders(found, Outbound([running.issuer]), REDIRECT)


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the provider reads the machine's clock


def refused(error: DomainError) -> tuple[str, object]:
    return error.code, error.facts.get("reason")


@pytest.mark.asvs("10.2.1", "10.5.1", "6.8.1", "6.8.4")
def test_who_signs_in_there_is_known_by_issuer_and_subject(running: RunningProvider) -> None:
    running.says(amr=["pwd", "mfa"])
    at = providers(running)
    back = running.follow(at.begin("setrass", STATE, NONCE, VERIFIER))
    assert back["state"] == STATE
    found = at.finish("setrass", back["code"], back["iss"], NONCE, VERIFIER, now())
    assert (found.issuer, found.subject, found.email, found.strong) == (
        running.issuer,
        "u-1",
        MAIL,
        True,
    )


@pytest.mark.parametrize(
    ("rest", "settings", "strong"),
    [
        ({}, {}, False),
        ({"amr": ["pwd"]}, {}, False),
        ({"amr": ["hwk"]}, {"strong_amr": ("hwk",)}, True),
        ({"acr": "2"}, {"strong_acr": ("2",)}, True),
        ({"acr": "1"}, {"strong_acr": ("2",)}, False),
    ],
)
def test_a_second_factor_counts_only_where_the_provider_says_so(
    running: RunningProvider, rest: dict[str, object], settings: dict[str, object], strong: bool
) -> None:
    running.says(**rest)  # type: ignore[arg-type]
    at = providers(running, **settings)
    back = running.follow(at.begin("setrass", STATE, NONCE, VERIFIER))
    found = at.finish("setrass", back["code"], back["iss"], NONCE, VERIFIER, now())
    assert found.strong is strong


@pytest.mark.parametrize(
    "claims",
    [
        {"email": MAIL, "email_verified": False},
        {"email": MAIL},
        {"email": "lucia@elsewhere.example", "email_verified": True},
        {"email": "lucia@setrass.example.evil.example", "email_verified": True},
        {},
    ],
)
def test_an_address_that_the_provider_cannot_vouch_for_is_none(
    running: RunningProvider, claims: dict[str, object]
) -> None:
    running.says(claims=claims)
    at = providers(running)
    back = running.follow(at.begin("setrass", STATE, NONCE, VERIFIER))
    found = at.finish("setrass", back["code"], back["iss"], NONCE, VERIFIER, now())
    assert found.email is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"code": "another"}, "code"),
        ({"verifier": "w" * 64}, "code"),
        ({"nonce": "another"}, "token"),
        ({"issuer": "https://other.example"}, "issuer"),
        ({"issuer": None}, "issuer"),
        ({"later": timedelta(hours=2)}, "token"),
        ({"later": timedelta(hours=-1)}, "token"),
    ],
)
def test_what_does_not_fit_proves_nothing(
    running: RunningProvider, changed: dict[str, object], reason: str
) -> None:
    running.says()
    at = providers(running)
    back = running.follow(at.begin("setrass", STATE, NONCE, VERIFIER))
    given: dict[str, object] = {
        "code": back["code"],
        "issuer": back["iss"],
        "nonce": NONCE,
        "verifier": VERIFIER,
        **changed,
    }
    later = given.pop("later", timedelta())
    assert isinstance(later, timedelta)
    with pytest.raises(Unauthenticated) as error:
        at.finish("setrass", now=now() + later, **given)  # type: ignore[arg-type]
    assert refused(error.value) == ("provider-refused", reason)


def test_a_code_works_once(running: RunningProvider) -> None:
    running.says()
    at = providers(running)
    back = running.follow(at.begin("setrass", STATE, NONCE, VERIFIER))
    at.finish("setrass", back["code"], back["iss"], NONCE, VERIFIER, now())
    with pytest.raises(Unauthenticated):
        at.finish("setrass", back["code"], back["iss"], NONCE, VERIFIER, now())


def test_a_sign_in_of_yesterday_is_not_one_of_today(running: RunningProvider) -> None:
    running.says(ts=int(time.time()) - MAX_AGE_SECONDS - 120)
    at = providers(running)
    back = running.follow(at.begin("setrass", STATE, NONCE, VERIFIER))
    # The provider itself may ask anew first, and then there is no code at all.
    if "code" in back:
        with pytest.raises(Unauthenticated) as error:
            at.finish("setrass", back["code"], back["iss"], NONCE, VERIFIER, now())
        assert refused(error.value) == ("provider-refused", "auth-time")


def test_an_unknown_provider_and_one_that_is_away(running: RunningProvider) -> None:
    with pytest.raises(NotFound):
        providers(running).begin("inm", STATE, NONCE, VERIFIER)
    away = running.settings(issuer="http://127.0.0.1:9")
    at = OpenIdProviders({"setrass": away}, Outbound(["http://127.0.0.1:9"]), REDIRECT)
    with pytest.raises(Conflict) as error:
        at.begin("setrass", STATE, NONCE, VERIFIER)
    assert error.value.code == "provider-away"


@pytest.mark.asvs("1.3.6")
def test_a_provider_in_a_private_network_must_be_allowed(running: RunningProvider) -> None:
    at = OpenIdProviders({"setrass": running.settings()}, Outbound(), REDIRECT)
    with pytest.raises(Conflict):
        at.begin("setrass", STATE, NONCE, VERIFIER)


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
    "exp": int(time.time()) + 300,
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
        return refused(error)


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
