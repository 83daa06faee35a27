"""An employer registers by telephone, SETRASS decides, and registries' lists are brought."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from app.services import (
    employer_accounts,
    employer_checks,
    phone_codes,
    registrations,
    registries,
    registry_checks,
)
from app.services.phone_codes import holder_of
from app.services.ports import Ports
from app.services.sessions import SignIn
from app.services.work import Work
from app.storage.database import Session
from app.storage.registries import Import
from permits.people import NOBODY, SYSTEM, Actor, Role
from permits.phone_codes import LIFETIME, Purpose
from permits.wages import EmployerSize
from recruitment.registrations import (
    FOR_OTHERS,
    EmployerKind,
    Evidence,
    Farm,
    Judgement,
    Registration,
    RegistrationAction,
)
from recruitment.registries import Registry
from tests.builders import NOW, add_official, work_of

FARM_PHONE = "+50499887766"
RTN = "04041980000017"
NAME = "Finca La Peña de Prueba"
TOLD = {
    "kind": EmployerKind.SMALL_GROWER,
    "name": NAME,
    "tax_number": RTN,
    "size": EmployerSize.TO_10,
    "contact": "Ana Ficticia",
    "coffee_key": "",
}

HEADER = "number,name,state,starts_on,ends_on,phone\n"
AGENCIES = HEADER + (
    "HN-001,Agencia Buen Camino (demo),active,2026-01-01,2028-12-31,+50422220001\n"
    "HN-002,Agencia Dos Orillas (demo),suspended,2026-01-01,2028-12-31,+50422220002\n"
    "HN-003,Agencia Tres Pasos (demo),active,2026-01-01,2028-12-31,+50422220003\n"
    "HN-004,Agencia Cuatro Vientos (demo),active,2026-01-01,2026-06-30,+50422220004\n"
)
RECRUITERS = HEADER + ("GT-001,Ester Inventada Xol,active,2026-01-01,2028-12-31,+50222220001\n")
TAXES = HEADER + f"{RTN},{NAME},active,,,\n"


@dataclass(frozen=True)
class Registering:
    """An employer at their telephone; `token` is what their browser holds.

    `signed_in` is the account that the same code opened, None before the registration is verified.
    """

    session: Session
    ports: Ports
    token: str
    work: Work
    signed_in: SignIn | None = None

    @property
    def registration(self) -> Registration:
        """How it stands."""
        return registrations.read_mine(self.work, self.token).registration


def come_in(
    session: Session, ports: Ports, phone: str = FARM_PHONE, now: datetime = NOW
) -> Registering:
    """The phone is proved by its code."""
    work, asked = work_of(session, NOBODY, ports, now), uuid4().hex
    assert registrations.ask_for_code(work, phone, asked, "es", "203.0.113.7")
    code = _sent(work_of(session, SYSTEM, ports, now), asked)
    assert employer_accounts.come_in(work, asked, "000000", "203.0.113.7") is None
    came_in = employer_accounts.come_in(work, asked, code, "203.0.113.7")
    assert came_in is not None
    return Registering(session, ports, came_in.access, work, came_in.signed_in)


def _sent(work: Work, asked: str) -> str:
    """The digits of the SMS, as the worker process makes it."""
    holder = holder_of(asked)
    expires_at = work.now + LIFETIME
    payload = {
        "purpose": Purpose.REGISTRATION.value,
        "holder": holder.hex(),
        "language": "es",
        "expires_at": expires_at.isoformat(),
    }
    notice = phone_codes.write_code(work, payload)
    assert notice is not None
    return notice.facts["code"]


def tell_all(mine: Registering, **changed: object) -> Registering:
    """Every question is answered, and a farm is added."""
    registrations.save_told(mine.work, mine.token, TOLD | changed)
    grower = "Luis Inventado" if changed.get("kind") in FOR_OTHERS else ""
    farm = Farm(uuid4(), "La Peña", "0404", 6, grower, Decimal("14.84000"), Decimal("-89.15000"))
    registrations.save_farm(mine.work, mine.token, farm)
    return mine


def handed_in(
    session: Session, ports: Ports, phone: str = FARM_PHONE, now: datetime = NOW, **changed: object
) -> Registering:
    """It is with SETRASS, and the registries were asked."""
    mine = tell_all(come_in(session, ports, phone, now), **changed)
    found = registrations.hand_in_mine(mine.work, mine.token)
    registry_checks.ask_registries(work_of(session, SYSTEM, ports, now), {"id": str(found.id)})
    return mine


def verified(
    session: Session, ports: Ports, phone: str = FARM_PHONE, now: datetime = NOW, **changed: object
) -> tuple[Registering, UUID]:
    """SETRASS verified it; the employer that it became."""
    mine = handed_in(session, ports, phone, now, **changed)
    officer = add_official(session, ports, Role.SETRASS_OFFICER)
    judgement = Judgement(RegistrationAction.VERIFY, "", (Evidence.TAX_CERTIFICATE,))
    work = work_of(session, officer, ports, now)
    found = employer_checks.judge(work, mine.registration.id, judgement)
    assert found.employer is not None
    return mine, found.employer


def bring(
    session: Session,
    ports: Ports,
    chief: Actor,
    registry: Registry,
    text: str,
    as_of: date | None = None,
    now: datetime = NOW,
) -> Import:
    """A supervisor brings a list."""
    day = as_of or (now - timedelta(days=1)).date()
    brought = registries.Brought(text.encode(), day, "Dirección General de Empleo")
    return registries.import_list(work_of(session, chief, ports, now), registry, brought)


def bring_all(session: Session, ports: Ports, now: datetime = NOW) -> None:
    """Both lists of recruiters stand."""
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    bring(session, ports, chief, Registry.HN_RECRUITERS, AGENCIES, now=now)
    bring(session, ports, chief, Registry.GT_RECRUITERS, RECRUITERS, now=now)


def some_phone() -> str:
    """A mobile phone of Honduras that nobody used before."""
    return f"+5049{uuid4().int % 10**7:07d}"
