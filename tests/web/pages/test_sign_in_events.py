"""Every way of coming in, right and wrong, stands in the log: by which way, and whose once shown.

A way that is added to the services and not to the table is found by the last test.
"""

import ast
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.services.ports import Ports
from tests import outside
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages import coming_in as by
from tests.web.pages.coming_in import NOBODY, SOMEBODY, Act, Elsewhere, Gate, Line, eleventh
from tests.web.pages.conftest import StandingClock
from tests.web.signing import add_person


@pytest.fixture
def ports() -> Ports:
    return replace(outside.ports(), openid=Elsewhere())


@pytest.fixture
def gate(
    app: FastAPI,
    database: Database,
    ports: Ports,
    clock: StandingClock,
    as_: As,
    visitor: TestClient,
) -> Gate:
    return Gate(app, database, ports, clock, as_, visitor, add_person(database, ports))


IN, REFUSED, BEGUN = "person:sign-in", "person:sign-in-refuse", "person:begin-sign-in"
FIRST: Line = (BEGUN, "password", SOMEBODY)

ROLE: Line = (BEGUN, "password+totp", SOMEBODY)

TABLE: dict[str, tuple[Act, list[Line]]] = {
    "password": (by.password, [FIRST]),
    "wrong password": (partial(by.password, word="wrong"), [(REFUSED, "password", NOBODY)]),
    "password, once too often": (
        eleventh(partial(by.password, word="wrong")),
        [(REFUSED, "password", NOBODY)],
    ),
    "first app": (by.first_app, [FIRST, (IN, "password+totp", SOMEBODY)]),
    "one role of two": (by.one_of_two, [FIRST, ROLE, (IN, "password+totp", SOMEBODY)]),
    "app": (by.app_code, [FIRST, (IN, "password+totp", SOMEBODY)]),
    "wrong app": (
        partial(by.app_code, code="000000"),
        [FIRST, (REFUSED, "second-factor", SOMEBODY)],
    ),
    "paper": (by.paper_code, [FIRST, (IN, "password+paper", SOMEBODY)]),
    "wrong paper": (
        partial(by.app_code, code="0AAAA-BBBBB-CCC"),
        [FIRST, (REFUSED, "second-factor", SOMEBODY)],
    ),
    "passkey": (by.passkey, [(IN, "passkey", SOMEBODY)]),
    "forged passkey": (partial(by.passkey, forged=True), [(REFUSED, "passkey", NOBODY)]),
    "passkey as second": (
        partial(by.passkey, second=True),
        [FIRST, (IN, "password+passkey", SOMEBODY)],
    ),
    "forged passkey as second": (
        partial(by.passkey, second=True, forged=True),
        [FIRST, (REFUSED, "second-factor", SOMEBODY)],
    ),
    "worker's passkey": (by.worker_s_passkey, [(IN, "passkey", SOMEBODY)]),
    "code on paper": (by.resume_code, [(IN, "resume-code", SOMEBODY)]),
    "wrong code on paper": (
        partial(by.resume_code, code="00000000"),
        [(REFUSED, "resume-code", NOBODY)],
    ),
    "code on paper, once too often": (
        eleventh(partial(by.resume_code, code="00000000")),
        [(REFUSED, "resume-code", NOBODY)],
    ),
    "SMS": (by.message, [(IN, "phone-code", SOMEBODY)]),
    "wrong SMS": (partial(by.message, code="000000"), [(REFUSED, "phone-code", NOBODY)]),
    "SMS of a household": (
        partial(by.message, people=2, chosen=1),
        [(IN, "phone-code", SOMEBODY)],
    ),
    "SMS of a household, chosen twice": (
        partial(by.message, people=2, chosen=2),
        [(IN, "phone-code", SOMEBODY), (REFUSED, "phone-code", NOBODY)],
    ),
    "PIN": (by.pin, [(IN, "pin", SOMEBODY)]),
    "wrong PIN": (partial(by.pin, typed_pin="482916"), [("device:refuse", "pin-wrong", SOMEBODY)]),
    "PIN elsewhere": (
        partial(by.pin, stranger=True),
        [("device:refuse", "signature-wrong", SOMEBODY)],
    ),
    "passkey at a device": (by.passkey_at_a_device, [(IN, "passkey", SOMEBODY)]),
    "forged passkey at a device": (
        partial(by.passkey_at_a_device, forged=True),
        [("device:refuse", "passkey-wrong", SOMEBODY)],
    ),
    "provider": (by.provider, [(IN, "openid", SOMEBODY)]),
    "provider's stranger": (
        partial(by.provider, code="stranger"),
        [("provider:refuse", "no-account", SOMEBODY)],
    ),
    "provider declined": (
        partial(by.provider, code=""),
        [("provider:refuse", "declined", SOMEBODY)],
    ),
    "token": (by.token, [("token:create", "aduana-1", SOMEBODY)]),
    "token, wrong secret": (
        partial(by.token, secret="wrong"),
        [(REFUSED, "client-secret", NOBODY)],
    ),
    "token, unknown program": (
        partial(by.token, client="nobody"),
        [(REFUSED, "client-secret", NOBODY)],
    ),
    "token, more than was given": (
        partial(by.token, scope="application:decide"),
        [(REFUSED, "client-secret", SOMEBODY)],
    ),
    "invitation": (by.invited, [(BEGUN, "invitation", SOMEBODY)]),
    "beginning": (by.started, [(IN, "started", SOMEBODY)]),
    "proof": (by.proof, [("person:prove", "totp", SOMEBODY)]),
    "wrong proof": (partial(by.proof, code="000000"), [(REFUSED, "proof", SOMEBODY)]),
}


@pytest.mark.asvs("16.3.1")
@pytest.mark.parametrize("name", TABLE)
def test_a_try_leaves_exactly_its_events(gate: Gate, name: str) -> None:
    act, lines = TABLE[name]
    act(gate)
    assert gate.lines() == lines


OPENING = {
    "device_entries._let_in": "PIN",
    "employer_accounts._admit": "SMS",
    "federation.finish": "provider",
    "invitations.accept_invitation": "invitation",
    "returning.choose_person": "SMS of a household",
    "returning.return_by_code": "SMS",
    "sign_in._advance": "app",
    "sign_in._open": "app",
    "sign_in.open_quietly": "SMS",
    "sign_in.keep_codes": "first app",
    "sign_in.resume": "code on paper",
    "sign_in.sign_in": "password",
    "sign_in.sign_in_with_passkey": "passkey",
    "starting._welcome": "beginning",
    "access_tokens.create_dev_token": "token",
    "access_tokens.create_token": "token",
    "own_account.change_role": "",
}
"""Each function that lets somebody in, and its row; another role goes on in a session."""

LETTING_IN = {"open_session", "open_for_worker", "admit", "_go_on", "sign_token"}


def test_every_function_that_lets_somebody_in_has_a_row() -> None:
    calling = set()
    for path in [*Path("app/services").glob("*.py"), *Path("app/web").rglob("*.py")]:
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name not in LETTING_IN:
                called = {
                    getattr(one.func, "attr", getattr(one.func, "id", ""))
                    for one in ast.walk(function)
                    if isinstance(one, ast.Call)
                }
                if called & LETTING_IN:
                    calling.add(f"{path.stem}.{function.name}")
    assert calling == set(OPENING)
    assert {row for row in OPENING.values() if row} <= set(TABLE)
