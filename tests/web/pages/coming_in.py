"""Every way of coming in, right and wrong, as a test walks it; and what the log says of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Row, select

from app.services import devices, effects, invitations, second_factors
from app.services.ports import FederatedIdentity, Ports
from app.services.session_limits import PROOF
from app.storage.audit import audit_events
from permits.people import SYSTEM, Actor, Role
from tests.builders import NOW, PHONE, add_official, work_of
from tests.databases import Database
from tests.outside import Letterbox
from tests.web.api.world import AGENT, World
from tests.web.conftest import As
from tests.web.doors import SHARED, add_workers
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_devices import Tablet, enrolled, passkey_of, shown
from tests.web.pages.test_enrolling import CODES, ENROL, codes_of, secret_of
from tests.web.pages.test_passkeys import KEY, SECOND, add_passkey, options
from tests.web.signing import EMAIL, add_person, code_at, enter, typed
from tests.web.soft_passkey import SoftPasskey

ABOUT_COMING_IN = {
    "device:refuse",
    "person:begin-sign-in",
    "person:prove",
    "person:sign-in",
    "person:sign-in-refuse",
    "provider:refuse",
    "token:create",
}
OTHER = "otra@demo.example"
NOBODY, SOMEBODY = "nobody", "somebody"
Line = tuple[str, str, str]
"""Act, way or reason, and whether the event names anybody."""


@dataclass(frozen=True)
class Elsewhere:
    """An agency's provider that knows the officer of the tests, and a stranger."""

    def labels(self) -> Sequence[tuple[str, str]]:
        return [("setrass", "SETRASS")]

    def begin(self, key: str, state: str, nonce: str, verifier: str) -> str:
        return f"https://setrass.example/?state={state}"

    def finish(
        self, key: str, code: str, issuer: str | None, nonce: str, verifier: str, now: datetime
    ) -> FederatedIdentity:
        email = EMAIL if code == "known" else None
        return Identity("https://setrass.example", code, email)


@dataclass(frozen=True)
class Identity:
    issuer: str
    subject: str
    email: str | None
    strong: bool = True


@dataclass
class Gate:
    """The site, somebody at every door of it, and what its log says since `begin`."""

    app: FastAPI
    database: Database
    ports: Ports
    clock: StandingClock
    as_: As
    browser: TestClient
    officer: Actor
    last: int = 0

    def begin(self) -> None:
        """What happened until now is not looked at."""
        self.last = max((row.id for row in self._rows()), default=0)

    def lines(self) -> list[Line]:
        """What happened since, about coming in."""
        return [
            (
                row.act,
                str(row.facts.get("way") or row.facts.get("reason") or row.facts.get("client")),
                SOMEBODY if row.subject.int else NOBODY,
            )
            for row in self._rows()
            if row.act in ABOUT_COMING_IN and row.id > self.last
        ]

    def _rows(self) -> Sequence[Row[Any]]:
        with self.database.sessions.begin() as session:
            return session.execute(select(audit_events).order_by(audit_events.c.id)).all()

    def sms(self, phone: str = PHONE) -> str:
        """The code that the worker process sends now."""
        with self.database.sessions.begin() as session:
            while effects.run_next_effect(work_of(session, SYSTEM, self.ports, self.clock.now)):
                pass
        assert isinstance(self.ports.messenger, Letterbox)
        bodies = [o.body for o in self.ports.messenger.letters.values() if o.recipient == phone]
        found: list[str] = re.findall(r"'code': '(\d{6})'", "".join(bodies))
        return found[-1]


Act = Callable[[Gate], None]


def password(gate: Gate, word: str = "") -> None:
    gate.begin()
    gate.browser.post("/entrar", data=typed(*([word] if word else [])))


def app_code(gate: Gate, code: str = code_at()) -> None:
    gate.begin()
    enter(gate.browser, code=code)


def first_app(gate: Gate) -> None:
    add_person(gate.database, gate.ports, email=OTHER, enrolled=False)
    gate.begin()
    gate.browser.post("/entrar", data=typed(user=OTHER))
    secret = secret_of(gate.browser.get(ENROL).text)
    shown = gate.browser.post(ENROL, data={"code": pyotp.TOTP(secret).at(NOW)})
    kept = {"kept": "yes", "shown": " ".join(codes_of(shown.text))}
    gate.browser.post(CODES, data=kept)


def one_of_two(gate: Gate) -> None:
    two = (Role.SETRASS_OFFICER, Role.LABOUR_INSPECTOR)
    add_person(gate.database, gate.ports, *two, email=OTHER)
    gate.begin()
    enter(gate.browser, user=OTHER)
    gate.browser.post("/entrar/puesto", data={"role": two[1].value})


def paper_code(gate: Gate) -> None:
    with gate.database.sessions.begin() as session:
        work = work_of(session, gate.officer, gate.ports)
        codes = second_factors.make_paper_codes(work, gate.officer.person)
    app_code(gate, codes[0])


def passkey(gate: Gate, *, forged: bool = False, second: bool = False) -> None:
    enter(gate.browser)
    own = add_passkey(gate.browser)
    gate.browser.post("/salir")
    used = replace(SoftPasskey(), id=own.id, owner=own.owner) if forged else own
    gate.begin()
    if second:
        gate.browser.post("/entrar", data=typed())
    asked = options(gate.browser, "segundo-paso" if second else "entrar")
    answer = used.use(asked)
    gate.browser.post(SECOND if second else KEY, data={"credential": answer})


def worker_s_passkey(gate: Gate) -> None:
    (code,) = add_workers(gate.database, gate.ports, PHONE)
    gate.browser.post("/retomar/papel", data={"phone": PHONE, "code": code})
    own = add_passkey(gate.browser)
    gate.browser.post("/salir")
    gate.begin()
    gate.browser.post(KEY, data={"credential": own.use(options(gate.browser, "entrar"))})


def resume_code(gate: Gate, code: str = "") -> None:
    (right,) = add_workers(gate.database, gate.ports, PHONE)
    gate.begin()
    gate.browser.post("/retomar/papel", data={"phone": PHONE, "code": code or right})


def message(gate: Gate, code: str = "", people: int = 1, chosen: int = 0) -> None:
    add_workers(gate.database, gate.ports, PHONE, people)
    gate.begin()
    gate.browser.post("/retomar", data={"phone": PHONE})
    right = gate.sms()
    gate.browser.post("/retomar/mensaje", data={"code": code or right})
    page = gate.browser.get("/retomar/quien").text
    for person in re.findall(r'name="person"[^>]* value="([^"]+)"', page)[:chosen]:
        gate.browser.post("/retomar/quien", data={"person": person})


def pin(gate: Gate, typed_pin: str = "482915", *, stranger: bool = False) -> None:
    with gate.database.sessions.begin() as session:
        supervisor = add_official(session, gate.ports, Role.POST_SUPERVISOR)
        agent = add_official(session, gate.ports, Role.BORDER_AGENT)
        fresh = replace(agent, proven_until=NOW + PROOF)
        devices.choose_own_pin(work_of(session, fresh, gate.ports), "482915")
    tablet = enrolled(gate.as_(supervisor), gate.browser)
    if stranger:
        other = Tablet(gate.browser)
        other.device = tablet.device
        tablet = other
    gate.begin()
    tablet.enter(str(agent.person), typed_pin)


def passkey_at_a_device(gate: Gate, *, forged: bool = False) -> None:
    with gate.database.sessions.begin() as session:
        supervisor = add_official(session, gate.ports, Role.POST_SUPERVISOR)
        agent = add_official(session, gate.ports, Role.BORDER_AGENT)
    own = passkey_of(gate.as_(agent))
    used = replace(SoftPasskey(), id=own.id, owner=own.owner) if forged else own
    tablet = enrolled(gate.as_(supervisor), gate.browser)
    gate.begin()
    tablet.enter_by_passkey(shown(used, tablet))


def provider(gate: Gate, code: str = "known") -> None:
    gate.begin()
    begun = gate.browser.get("/entrar/con/setrass")
    (state,) = parse_qs(urlsplit(begun.headers["location"]).query)["state"]
    gate.browser.get("/entrar/retorno", params={"state": state, "code": code})


def token(gate: Gate, client: str = "aduana-1", secret: str = "s3cret", scope: str = "") -> None:
    World(gate.app, gate.database, gate.ports).add_client(AGENT, "aduana-1")
    gate.begin()
    form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
    gate.browser.post("/api/v1/token", data={**form, "scope": scope})


def invited(gate: Gate) -> None:
    with gate.database.sessions.begin() as session:
        work = work_of(session, SYSTEM, gate.ports)
        invitations.invite_again(work, gate.officer.person)
    gate.ports.messenger.letters.clear()  # type: ignore[attr-defined]
    with gate.database.sessions.begin() as session:
        while effects.run_next_effect(work_of(session, SYSTEM, gate.ports)):
            pass
    bodies = "".join(one.body for one in gate.ports.messenger.letters.values())  # type: ignore[attr-defined]
    (link,) = set(re.findall(r"/invitacion/[\w-]+", bodies))
    gate.begin()
    word = "una clave nueva y larga"
    gate.browser.post(link, data={"password": word})


def started(gate: Gate) -> None:
    gate.begin()
    gate.browser.post("/solicitud/nueva/coffee-hn-gt", data={"phone": SHARED})


def proof(gate: Gate, code: str = "") -> None:
    enter(gate.browser)
    gate.clock.now = NOW + PROOF
    gate.begin()
    kept = {"prueba-en": "/mi-cuenta/contrasena", "prueba-forma": "GET"}
    shown = code or code_at(gate.clock.now)
    gate.browser.post("/entrar/prueba", data={**kept, "prueba": shown})


def eleventh(act: Act) -> Act:
    """The same after ten wrong ones within a quarter of an hour."""

    def one_too_many(gate: Gate) -> None:
        for _ in range(11):
            act(gate)

    return one_too_many
