"""People in the middle of signing in, and one whose proof is old, for the pages that they see."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import pyotp

from app.services import accounts, sign_in
from app.services.sessions import open_session
from app.services.work import Work
from app.storage.accounts import Account, Grant, find_account_of
from permits.people import SYSTEM, Actor, PersonId, Role, Scope
from tests.journeys.lives import Lives

PAGES = (
    ("second", "/entrar/segundo-paso", "send"),
    ("enrol", "/entrar/inscripcion", "send"),
    ("codes", "/entrar/codigos", ""),
    ("role", "/entrar/puesto", ""),
    ("setrass", "/mi-cuenta", "unfold"),
    ("setrass", "/mi-cuenta/llave", ""),
    ("setrass", "/mi-cuenta/codigo", "send"),
    ("setrass", "/mi-cuenta/contrasena", "send"),
    ("issued", "/mi-cuenta", "unfold"),
    ("issued", "/mi-cuenta/llave", ""),
)
"""Who sees which page of signing in and of one's own account, and what is pressed on it."""


def begun(lives: Lives) -> Mapping[str, str]:
    """The cookie of a sign-in that waits, by what it waits for."""
    work = Work(lives.session, SYSTEM, lives.site.now(), lives.site.house.ports, "test")
    enrolled = lives.official("segunda@example.org", Role.AUDITOR)
    return {
        "second": _step(work, enrolled.person),
        "enrol": _step(work, _person(work, "nueva@example.org", Role.EMPLOYER)),
        "codes": _with_codes(work, _person(work, "papel@example.org", Role.RECRUITER)),
        "role": _step(
            work, _person(work, "dos@example.org", Role.LABOUR_INSPECTOR, Role.FACILITATOR)
        ),
    }


def old_proof(lives: Lives, actor: Actor) -> str:
    """The cookie of a session that was proved twenty minutes ago and used since."""
    now, ports = lives.site.now(), lives.site.house.ports
    before = Work(lives.session, SYSTEM, now - timedelta(minutes=18), ports, "test")
    return open_session(before, actor, "test").token


def _person(work: Work, email: str, *roles: Role) -> PersonId:
    scopes = {Role.EMPLOYER: Scope(employer=uuid4())}
    grants = tuple(Grant(role, scopes.get(role, Scope())) for role in roles)
    person = PersonId(uuid4())
    accounts.add(work, Account(person, "Ana Ficticia", email, None, "", False, grants))
    return person


def _step(work: Work, person: PersonId) -> str:
    account = find_account_of(work.session, person)
    assert account is not None
    strong = len(account.actors) > 1
    return sign_in.admit(work, account, "test", strong=strong).step


def _with_codes(work: Work, person: PersonId) -> str:
    token = _step(work, person)
    held = sign_in.find_step(work, token, sign_in.Stage.ENROL)
    assert held is not None
    secret = sign_in.begin_enrolment(work, held).secret.replace(" ", "")
    assert sign_in.enrol_app(work, token, pyotp.TOTP(secret).at(work.now), "Aplicación")
    return token
