"""The doors of wallets answer as their standards say, whatever is sent to them."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.services import wallets
from app.services.credentials import find_permit_of
from app.services.ports import Ports
from app.web.clock import utc_now
from app.web.wallet import CREDENTIAL, NONCE, TOKEN
from permits.wallets import CONFIGURATION, GRANT
from tests.builders import work_of
from tests.databases import Database
from tests.wallets import code_of, proof
from tests.web.conftest import Lived

pytestmark = pytest.mark.feature("W13")
JSON = "application/json"


@pytest.fixture
def code(lived: Lived, database: Database, ports: Ports) -> str:
    """The code of an offer."""
    story = lived(lambda s: s.start().submit().approve().sign())
    with database.sessions.begin() as session:
        work = work_of(session, story.worker, ports, utc_now())
        permit = find_permit_of(work, story.id)
        assert permit is not None
        return code_of(wallets.offer_permit(work, permit.credential.id).link)


def asked(visitor: TestClient, ports: Ports) -> dict[str, Any]:
    """A request for the permit as a wallet sends it."""
    nonce = visitor.post(NONCE).json()["c_nonce"]
    claims = {"aud": ports.public_url, "iat": int(utc_now().timestamp()), "nonce": nonce}
    return {"credential_configuration_id": CONFIGURATION, "proofs": {"jwt": [proof(claims)]}}


def test_the_metadata_names_every_door_and_everybody_may_read_it(
    visitor: TestClient, ports: Ports
) -> None:
    here = ports.public_url
    issuer = visitor.get("/.well-known/openid-credential-issuer")
    server = visitor.get("/.well-known/oauth-authorization-server")
    keys = visitor.get("/.well-known/jwt-vc-issuer")
    for reply in (issuer, server, keys):
        assert (reply.status_code, reply.headers["content-type"]) == (200, JSON)
        assert reply.headers["access-control-allow-origin"] == "*"
    told = issuer.json()
    assert (told["credential_issuer"], told["credential_endpoint"]) == (here, here + CREDENTIAL)
    assert told["nonce_endpoint"] == here + NONCE
    assert told["credential_configurations_supported"][CONFIGURATION]["format"] == "dc+sd-jwt"
    assert (server.json()["issuer"], server.json()["token_endpoint"]) == (here, here + TOKEN)
    assert keys.json()["issuer"] == ports.issuer


def test_a_code_becomes_a_token_and_the_token_a_permit(
    visitor: TestClient, ports: Ports, code: str
) -> None:
    token = visitor.post(TOKEN, data={"grant_type": GRANT, "pre-authorized_code": code})
    assert (token.status_code, token.headers["cache-control"]) == (200, "no-store")
    told = token.json()
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 600)
    bearer = {"Authorization": f"Bearer {told['access_token']}"}
    taken = visitor.post(CREDENTIAL, json=asked(visitor, ports), headers=bearer)
    assert (taken.status_code, taken.headers["cache-control"]) == (200, "no-store")
    (credential,) = taken.json()["credentials"]
    assert credential["credential"].endswith("~")
    again = visitor.post(TOKEN, data={"grant_type": GRANT, "pre-authorized_code": code})
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"grant_type": GRANT}, "invalid_request"),
        ({"grant_type": GRANT, "pre-authorized_code": ["x", "x"]}, "invalid_request"),
        ({"grant_type": [GRANT, GRANT], "pre-authorized_code": "x"}, "invalid_request"),
        ({"grant_type": GRANT, "pre-authorized_code": "x", "tx_code": "1"}, "invalid_request"),
        ({"grant_type": GRANT, "pre-authorized_code": "x\0"}, "invalid_grant"),
        ({"grant_type": GRANT, "pre-authorized_code": "x" * 5000}, "invalid_grant"),
        ({"grant_type": GRANT, "pre-authorized_code": "ñ\ud7ff"}, "invalid_grant"),
    ],
)
def test_what_is_no_request_for_a_token(
    visitor: TestClient, form: dict[str, str | list[str]], error: str
) -> None:
    reply = visitor.post(TOKEN, data=form)
    assert (reply.status_code, reply.json()) == (400, {"error": error})
    assert reply.headers["content-type"] == JSON


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"credential_configuration_id": "passport"}, "unknown_credential_configuration"),
        ({"credential_configuration_id": 7}, "invalid_credential_request"),
        ({"credential_identifier": "one"}, "unknown_credential_identifier"),
        ({"credential_response_encryption": {}}, "invalid_encryption_parameters"),
        ({"proofs": {}}, "invalid_proof"),
        ({"proofs": {"jwt": []}}, "invalid_proof"),
        ({"proofs": {"jwt": ["a.b.c", "a.b.c"]}}, "invalid_proof"),
        ({"proofs": {"jwt": [7]}}, "invalid_proof"),
        ({"proofs": {"jwt": ["a.b.c"], "di_vp": []}}, "invalid_proof"),
        ({"proofs": ["a.b.c"]}, "invalid_proof"),
        ({"proofs": {"jwt": ["a.b.c"]}}, "invalid_proof"),
    ],
)
def test_what_is_no_request_for_a_permit(
    visitor: TestClient, ports: Ports, code: str, change: dict[str, object], error: str
) -> None:
    token = visitor.post(TOKEN, data={"grant_type": GRANT, "pre-authorized_code": code}).json()
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    sent = {**asked(visitor, ports), **change}
    reply = visitor.post(CREDENTIAL, json=sent, headers=bearer)
    assert (reply.status_code, reply.json()) == (400, {"error": error})


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b"[" * 9000, b"null", b'"x"', b"{}" + b" " * 70_000]
)
def test_what_is_no_json_object(visitor: TestClient, code: str, body: bytes) -> None:
    token = visitor.post(TOKEN, data={"grant_type": GRANT, "pre-authorized_code": code}).json()
    headers = {"Authorization": f"Bearer {token['access_token']}", "Content-Type": JSON}
    reply = visitor.post(CREDENTIAL, content=body, headers=headers)
    assert (reply.status_code, reply.json()) == (400, {"error": "invalid_credential_request"})
    headers["Authorization"] = "Bearer nobody-knows-it"
    assert visitor.post(CREDENTIAL, content=body, headers=headers).status_code == 401


@pytest.mark.parametrize("header", ["Bearer nobody-knows-it", "bearer ñ", "Bearer a b"])
def test_a_token_that_does_not_hold_is_refused(
    visitor: TestClient, ports: Ports, header: str
) -> None:
    headers = {b"Authorization": header.encode()}
    reply = visitor.post(CREDENTIAL, json=asked(visitor, ports), headers=headers)
    assert (reply.status_code, reply.json()) == (401, {"error": "invalid_token"})
    assert reply.headers["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("header", ["", "Basic eDp4", "Bearer", "Bearer "])
def test_without_a_token_it_says_what_to_show_and_reads_nothing(
    visitor: TestClient, header: str
) -> None:
    """RFC 6750 section 3.1: no error where nothing was shown."""
    headers = {"Authorization": header}
    reply = visitor.post(CREDENTIAL, content=b"[" * 9000, headers=headers)
    assert (reply.status_code, reply.headers["www-authenticate"]) == (401, "Bearer")


def test_what_the_house_refuses_itself_is_no_page(visitor: TestClient) -> None:
    told = [
        visitor.get(TOKEN),
        visitor.post(TOKEN, data={}, headers={"Origin": "https://x.example"}),
    ]
    assert [reply.status_code for reply in told] == [405, 403]
    assert {reply.headers["content-type"] for reply in told} == {"application/problem+json"}


def test_they_stand_outside_the_document_of_the_api(visitor: TestClient) -> None:
    paths = visitor.app.openapi()["paths"]  # type: ignore[attr-defined]
    assert not [path for path in paths if "billetera" in path or "openid" in path]
