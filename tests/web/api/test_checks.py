"""Anybody checks a permit: no statement, no account, no names, and a receipt that others verify."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from pydantic import SecretStr
from sqlalchemy import event

from app.adapters.access_tokens import AccessTokens
from app.adapters.keyring import KeyRing
from app.main import build_app
from app.settings import Settings
from app.storage.grants import APP
from app.wiring import House
from permits.issuing import RevocationReason
from permits.signing import KeyUse
from tests import key_acts, outside
from tests.databases import Database
from tests.web.api.operations import signed
from tests.web.api.world import World, keyed, now
from tests.web.clients import Client, opened

pytestmark = [pytest.mark.feature("B10")]


def check(world: World, text: str, **more: str) -> httpx2.Response:
    return world.caller(None).post("/api/v1/verify", json={"text": text, **more})


def text_of_one(world: World) -> str:
    return world.permit_of(world.live(signed)).credential.text or ""


@contextmanager
def no_statement(world: World) -> Iterator[list[str]]:
    """What the site asks its database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engine = world.database.of(APP).engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_a_check_tells_validity_programme_dates_and_initials_only(shared: World) -> None:
    text = text_of_one(shared)
    shared.publish()
    reply = check(shared, text)
    told = reply.json()
    assert reply.status_code == 200
    assert (told["verdict"], told["reason"]) == ("green", "ok")
    assert set(told["permit"]) == {"issuer", "programme", "initials", "first_day", "last_day"}
    assert told["permit"]["initials"] == "M. Á. G. Ñ."
    assert told["permit"]["issuer"] == {
        "uri": shared.ports.issuer,
        "name": "Gobierno de Honduras: SETRASS e INM",
        "countries": ["HND"],
    }
    for name in ("María", "Gutiérrez", "1234567892004", "1994", "El Cedral"):
        assert name not in reply.text


def test_what_is_no_permit_of_ours_shows_nothing(shared: World) -> None:
    for text in ("7K3M-9XQ2-HB4T", "anything", ""):
        told = check(shared, text).json()
        assert (told["permit"], told["verdict"] in {"amber", "red"}) == (None, True)


@pytest.mark.promise("P8")
@pytest.mark.parametrize("before", [0, 1])
def test_checking_asks_the_database_nothing(world: World, before: int) -> None:
    """The first time too, once the worker has put the lists out; the limit counts in memory."""
    text = text_of_one(world)
    world.publish()
    for _ in range(before):
        check(world, text)
    with no_statement(world) as sent:
        assert check(world, text).json()["verdict"] == "green"
    assert sent == []


@pytest.mark.promise("P8")
def test_the_public_page_and_all_that_it_fetches_ask_the_database_nothing(world: World) -> None:
    text_of_one(world)
    world.publish()
    client = world.caller(None)
    with no_statement(world) as sent:
        assert client.get("/v").status_code == 200
        assert client.get("/api/v1/trust-list").status_code == 200
        for one in client.get("/api/v1/status-lists").json()["items"]:
            assert client.get(one["path"]).status_code == 200
    assert sent == []


@pytest.mark.promise("P8")
def test_a_revocation_is_seen_by_the_next_check_after_it_was_put_out(world: World) -> None:
    """Nothing is kept by time, so the bound is the worker's (tests/services/test_published.py)."""
    story = world.live(signed)
    card = world.permit_of(story).credential
    world.publish()
    assert check(world, card.text or "").json()["verdict"] == "green"
    world.caller(story.inm).post(
        f"/api/v1/credentials/{card.id}/revoke",
        json={"reason": RevocationReason.LOST.value},
        headers=keyed(card.version),
    )
    assert check(world, card.text or "").json()["verdict"] == "green"
    world.publish()
    told = check(world, card.text or "").json()
    assert (told["verdict"], told["reason"]) == ("red", "revoked")


def test_one_address_is_slowed_down_and_nobody_else(world: World) -> None:
    world.publish()
    codes = [check(world, "x").status_code for _ in range(2 * 300 + 1)]
    assert {200, 429} == set(codes)  # whatever second the minute begins at
    elsewhere = Client(world.app, client=("192.0.2.7", 1))
    assert elsewhere.post("/api/v1/verify", json={"text": "x"}).status_code == 200


@pytest.fixture
def real(database: Database, tmp_path: Path) -> Iterator[World]:
    """A site whose keys and tokens are those of a deployment."""
    ring = KeyRing(tmp_path, "correct horse", outside.ISSUER)
    ring.prepare(now(), now() - timedelta(days=400))
    tokens = AccessTokens(ring, outside.ISSUER, timedelta(minutes=30))
    ports = replace(outside.ports(), keys=ring, tokens=tokens)
    own = database.of(APP)
    settings = Settings(database_url=SecretStr(own.url))
    app = build_app(House(settings, own.engine, own.sessions, own.read_sessions, ports))
    with opened(app):
        yield World(app, database, ports)


def decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def read_receipt(world: World, receipt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, by nothing but the published keys and the bare primitive."""
    head, body, signature = receipt.split(".")
    header = json.loads(decoded(head))
    keys = world.caller(None).get("/.well-known/jwks.json").json()["keys"]
    (key,) = (one for one in keys if one["kid"] == header["kid"])
    x, y = (int.from_bytes(decoded(key[name])) for name in "xy")
    raw = decoded(signature)
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    public.verify(encode_dss_signature(r, s), f"{head}.{body}".encode(), ec.ECDSA(SHA256()))
    return header, json.loads(decoded(body))


@pytest.mark.feature("D7")
def test_a_receipt_is_verified_with_the_published_keys_after_a_rotation_too(real: World) -> None:
    text = text_of_one(real)
    real.publish()
    receipt = check(real, text, reference="Banco 7, agencia Copán").json()["receipt"]
    ring = real.ports.keys
    waiting = ring.create(KeyUse.TOKEN, now() - timedelta(days=8), lambda _: None)
    key_acts.activate(ring, waiting.kid, now())
    header, claims = read_receipt(real, receipt)
    assert (header["typ"], header["alg"]) == ("permit-check+jwt", "ES256")
    digest = sha256(text.encode()).digest()
    assert decoded(claims["permit"]["sha256"]) == digest
    assert (claims["iss"], claims["aud"]) == (outside.ISSUER, "Banco 7, agencia Copán")
    assert (claims["verdict"], claims["reason"]) == ("green", "ok")
    assert claims["status_list"]["uri"] == f"{outside.ISSUER}/st/1"
    assert abs(claims["iat"] - now().timestamp()) < 60
    assert read_receipt(real, check(real, text).json()["receipt"])[0]["kid"] != header["kid"]


def test_a_changed_receipt_does_not_hold_and_none_opens_a_door(real: World) -> None:
    text = text_of_one(real)
    real.publish()
    receipt = check(real, text).json()["receipt"]
    head, _, signature = receipt.split(".")
    other = check(real, "x").json()["receipt"].split(".")[1]
    with pytest.raises(InvalidSignature):
        read_receipt(real, f"{head}.{other}.{signature}")
    client = real.caller(None)
    reply = client.get("/api/v1/crossings", headers={"Authorization": f"Bearer {receipt}"})
    assert reply.status_code == 401
