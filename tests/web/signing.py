"""Accounts that can sign in, and browsers that do: password, code, and what comes after."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pyotp
from fastapi.testclient import TestClient
from httpx2 import Response

from app.services import second_factors
from app.services.one_time_codes import STEP_SECONDS
from app.services.ports import Ports
from app.storage import accounts
from app.storage.accounts import Grant
from permits.audit import Act
from permits.duties import NEEDS, POST_ROLES
from permits.people import SYSTEM, Actor, PersonId, Role, Scope
from tests.builders import NOW, work_of
from tests.databases import Database

PASSWORD = "una clave larga y mía"
EMAIL = "lucia@demo.example"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(instant: datetime = NOW, ahead: int = 0) -> str:
    """The app's code at an instant, or so many steps of 30 s later; the clock stands at NOW."""
    return pyotp.HOTP(SECRET).at(int(instant.timestamp()) // STEP_SECONDS + ahead)


@dataclass
class Clock:
    """A clock that goes on only when it is told."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def add_person(
    database: Database,
    ports: Ports,
    role: Role = Role.SETRASS_OFFICER,
    *others: Role,
    email: str | None = EMAIL,
    phone: str | None = None,
    enrolled: bool = True,
    password: str | None = PASSWORD,
) -> Actor:
    """Somebody with these roles who signs in with `PASSWORD` and, where enrolled, `SECRET`."""
    person = PersonId(uuid4())
    grants = tuple(Grant(one, _scope(one)) for one in (role, *others))
    hashed = ports.passwords.hash(password) if password else None
    account = accounts.Account(
        person, "Lucía Mejía", email, phone, hashed, disabled=False, grants=grants
    )
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        event = work.event(Act.ACCOUNT_ADDED, person, {"role": role.value})
        accounts.add_account(session, account, SYSTEM.person, NOW, event=event)
        if enrolled:
            second_factors.add_totp(work, person, SECRET, "Aplicación")
    return account.actors[0]


def _scope(role: Role) -> Scope:
    if role in NEEDS["country"]:
        return Scope(country="GTM")
    return Scope(post="HN-GT-1") if role in POST_ROLES else Scope()


def typed(password: str = PASSWORD, user: str = EMAIL, after: str = "") -> dict[str, str]:
    """The fields of the first page."""
    return {"user": user, "password": password, "after": after}


def enter(
    browser: TestClient, after: str = "", user: str = EMAIL, code: str = code_at()
) -> Response:
    """Sign in with both steps; the reply to the second."""
    first = browser.post("/entrar", data=typed(user=user, after=after))
    assert first.status_code == 303, first.text
    assert first.headers["location"].startswith("/entrar/segundo-paso"), first.headers
    return browser.post("/entrar/segundo-paso", data={"code": code, "after": after})
