"""Brackets by the thousand: whoever reads what strangers wrote says no, and counts on rightly."""

import ast
import json

import pytest
from fastapi.testclient import TestClient

from app.adapters.tokens import TokenRefused, header_of
from app.foreign_json import read_json
from app.services.ports import Ports
from app.web.api.paging import read_cursor, read_number
from permits.base64url import encode
from permits.errors import Invalid
from permits.people import Role
from tests.builders import add_official
from tests.databases import Database
from tests.web.conftest import As

DEEP = b"[" * 6000
pytestmark = [pytest.mark.asvs("1.5.2"), pytest.mark.promise("P20")]


@pytest.mark.parametrize("text", [DEEP, DEEP + b"]" * 6000, b'{"a":' * 3000, b"NaN", b"\xff", b""])
def test_it_is_no_value(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  whatever it says
        read_json(text)
    assert ast.parse("x = 1")  # the interpreter's own count of depth is right still


def test_what_people_write_is_a_value() -> None:
    for value in ([[[1]]], {"ñ": "\u2028"}, "x", None, 1.5, 10**30):
        assert read_json(json.dumps(value)) == value


@pytest.mark.parametrize("header", [DEEP, b'{"alg":' + DEEP, b"[]", b"7"])
def test_no_token_begins_with_it(header: bytes) -> None:
    """The library's own reader raises a RecursionError here, which would be our fault (500)."""
    with pytest.raises(TokenRefused):
        header_of(f"{encode(header)}.{encode(b'{}')}.{encode(b's' * 64)}")


def test_no_page_begins_after_it(as_: As, database: Database, ports: Ports) -> None:
    for read in (read_cursor, read_number):
        with pytest.raises(Invalid):
            read(encode(DEEP))
    with database.sessions.begin() as session:
        client = as_(add_official(session, ports, Role.SETRASS_OFFICER))
    reply = client.get("/api/v1/applications", params={"cursor": encode(DEEP)})
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (422, "malformed")


def test_no_passkey_answers_with_it(visitor: TestClient) -> None:
    told = {"id": "x", "rawId": "x", "type": "public-key"}
    client_data = {"response": {"clientDataJSON": encode(DEEP)}}
    for answer in (DEEP.decode(), json.dumps({**told, **client_data})):
        reply = visitor.post("/entrar/llave", data={"credential": answer})
        assert reply.status_code in {401, 422}, reply.text
