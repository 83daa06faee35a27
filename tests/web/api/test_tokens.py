"""Client credentials as RFC 6749 tells them, and bearer tokens as RFC 6750 does."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta

import pytest
from httpx2 import Response

from permits.people import ROLE_PERMISSIONS, Actor, Role
from tests.web.api.world import ADMINISTRATOR, AGENT, World, now

URL = "/api/v1/token"
FORM = {"grant_type": "client_credentials", "client_id": "puesto", "client_secret": "s3cret"}


@pytest.fixture(scope="module", autouse=True)
def client_of_a_post(shared: World) -> None:
    shared.add_client(AGENT, "puesto")
    shared.add_client(AGENT, "a client", "p%ss:w&rd")


def basic(client: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{client}:{secret}".encode()).decode()}


@pytest.mark.feature("D10")
def test_a_client_gets_a_token_that_opens_what_its_role_permits(shared: World) -> None:
    client = shared.caller(None)
    reply = client.post(URL, data=FORM)
    told = reply.json()
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    assert {**told, "access_token": ""} == {
        "access_token": "",
        "token_type": "Bearer",
        "expires_in": 1800,
        "scope": " ".join(sorted(p.value for p in ROLE_PERMISSIONS[Role.BORDER_AGENT])),
    }
    bearer = {"Authorization": f"Bearer {told['access_token']}"}
    assert client.get("/api/v1/crossings", headers=bearer).status_code == 200
    assert client.get("/api/v1/applications", headers=bearer).status_code == 403


def test_a_client_may_be_named_by_http_basic(shared: World) -> None:
    grant = {"grant_type": "client_credentials"}
    client = shared.caller(None)
    assert client.post(URL, data=grant, headers=basic("puesto", "s3cret")).status_code == 200
    encoded = basic("a+client", "p%25ss%3Aw%26rd")
    assert client.post(URL, data=grant, headers=encoded).status_code == 200


@pytest.mark.parametrize(
    ("form", "headers", "status", "error"),
    [
        ({**FORM, "client_secret": "x"}, {}, 401, "invalid_client"),
        ({**FORM, "client_id": "nobody"}, {}, 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, {}, 401, "invalid_client"),
        ({**FORM, "grant_type": "password"}, {}, 400, "unsupported_grant_type"),
        ({}, {}, 400, "invalid_request"),
        (FORM, basic("puesto", "s3cret"), 400, "invalid_request"),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic ñ"}, 400, None),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic e30="}, 400, None),
        ({"grant_type": "client_credentials"}, {"Authorization": "Bearer x"}, 400, None),
        ({**FORM, "client_id": "\x00"}, {}, 400, "invalid_request"),
    ],
)
def test_refusals_are_those_of_rfc_6749(
    shared: World, form: dict[str, str], headers: dict[str, str], status: int, error: str | None
) -> None:
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    reply = shared.caller(None).post(URL, data=form, headers=sent)
    assert (reply.status_code, reply.json()["error"]) == (status, error or "invalid_request")
    assert set(reply.json()) == {"error", "error_description"}
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    assert ("www-authenticate" in reply.headers) is (status == 401)


def test_json_is_no_form(shared: World) -> None:
    reply = shared.caller(None).post(URL, json=FORM)
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_request")


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_guessing_is_slowed_down(world: World) -> None:
    client = world.caller(None)
    wrong = {**FORM, "client_secret": "guess"}
    statuses = [client.post(URL, data=wrong).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    assert client.post(URL, data=FORM).json()["error"] == "slow_down"


@pytest.mark.asvs("9.1.1")
@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        ("Bearer nothing", 'Bearer error="invalid_token"'),
        ("Basic cHVlc3RvOnMzY3JldA==", "Bearer"),
        ("", "Bearer"),
    ],
)
def test_a_bearer_token_that_does_not_hold_is_refused(
    shared: World, header: str, challenge: str
) -> None:
    headers = {"Authorization": header} if header else {}
    reply = shared.caller(None).get("/api/v1/crossings", headers=headers)
    assert (reply.status_code, reply.headers["www-authenticate"]) == (401, challenge)
    assert reply.headers["content-type"] == "application/problem+json"


def claims_of(actor: Actor, **others: object) -> dict[str, object]:
    """What a token of the post's client says."""
    scope = " ".join(permission.value for permission in actor.allowed)
    told = {"sub": str(actor.person), "role": actor.role.value, "scope": scope}
    return {"client_id": "puesto", **told, **others}


def asked(world: World, claims: Mapping[str, object], age: timedelta = timedelta()) -> Response:
    token = world.ports.tokens.create_access_token(claims, now() - age)
    headers = {"Authorization": f"Bearer {token}"}
    return world.caller(None).get("/api/v1/crossings", headers=headers)


@pytest.mark.asvs("9.2.1")
def test_a_token_ends(shared: World) -> None:
    for age, status in ((timedelta(minutes=29), 200), (timedelta(minutes=31), 401)):
        assert asked(shared, claims_of(AGENT), age).status_code == status


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "x"},
        {"sub": str(ADMINISTRATOR.person)},
        {"role": "king"},
        {"role": "administrator"},
        {"client_id": "nobody"},
        {"client_id": None},
    ],
)
def test_a_token_that_names_nobody_is_refused(shared: World, claims: dict[str, str]) -> None:
    reply = asked(shared, claims_of(AGENT, **claims))
    assert (reply.status_code, reply.json()["code"]) == (401, "token-refused")
