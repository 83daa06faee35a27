"""Signing in at an agency's provider, against a real provider run as a process."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.adapters.openid import MAX_AGE_SECONDS, OpenIdProviders
from app.adapters.outbound import Outbound
from permits.errors import Conflict, DomainError, NotFound, Unauthenticated
from tests.openid import MAIL, REDIRECT, RunningProvider, running_provider

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
