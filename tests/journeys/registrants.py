"""Employers who register, in each situation, and the pages around them and their recruiters."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from app.services import (
    assessments,
    farm_changes,
    offer_checks,
    recruiter_assessments,
    recruiters,
    registrations,
)
from app.services.accounts import add
from app.services.farm_changes import Wanted
from app.storage.accounts import Account
from permits.deadlines import legal_day
from permits.people import NOBODY, SYSTEM, Actor, PersonId, Role
from recruitment.assessments import Criterion
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry
from recruitment.scam_checks import Report, ReportKind
from tests.builders import add_vacancy, work_of
from tests.journeys.lives import Lives
from tests.registered import bring_all, come_in, handed_in, tell_all, verified

HERE, DESK = "/registro-empleador", "/registros-de-empleadores"


@dataclass(frozen=True)
class Registrants:
    """Cookies by situation, and ids: of one that waits, of one that is verified, of a farm.

    `changing` is a farm of the one that is verified, with a change that waits.

    `attesting` is the session of a mission, which reads the vacancy `abroad`.
    """

    cookies: dict[str, str]
    waiting: UUID
    verified: UUID
    employer: UUID
    farm: UUID
    changing: UUID
    attesting: str
    abroad: UUID


def register_all(lives: Lives) -> Registrants:
    """Somebody asked for a code, somebody tells, somebody waits, somebody is verified."""
    session, ports, now = lives.session, lives.site.house.ports, lives.site.now()
    bring_all(session, ports, now)
    anyone = work_of(session, NOBODY, ports, now)
    asked = "asked-for-a-code"
    registrations.ask_for_code(anyone, "+50499881100", asked, "es", "203.0.113.7")
    empty = come_in(session, ports, "+50499881101", now)
    telling = tell_all(come_in(session, ports, "+50499881102", now))
    waiting = handed_in(session, ports, "+50499881103", now)
    done, employer = verified(session, ports, "+50499881104", now)
    last = legal_day(now) + timedelta(days=60)
    recruiters.give_mandate(done.work, done.token, "HN-001", legal_day(now), last)
    assessments.declare_own(done.work, done.token, Criterion.FEES, "Recibos, en la oficina")
    report = Report(uuid4(), ReportKind.ASKED_MONEY, "Juan Inventado", "+50499001122")
    offer_checks.report_offer(anyone, report)
    (changing,) = registrations.read_mine(done.work, done.token).farms
    wider = replace(changing, housed=changing.housed + 4)
    farm_changes.ask_by_phone(done.work, done.token, Wanted(uuid4(), wider, 0))
    (farm,) = registrations.read_mine(telling.work, telling.token).farms
    licensed = come_in(session, ports, "+50422220001", now)
    key = LicenceKey(Registry.HN_RECRUITERS, "HN001")
    recruiter_assessments.declare_own(
        licensed.work, licensed.token, key, Criterion.FEES, "Recibos, en la oficina"
    )
    cookies = {
        "farm-licensed": licensed.token,
        "farm-code": asked,
        "farm-empty": empty.token,
        "farm-telling": telling.token,
        "farm-waiting": waiting.token,
        "farm-verified": done.token,
    }
    mission = Actor(PersonId(uuid4()), Role.PARTNER_AUTHORITY, "Cónsul", country="CAN")
    add(work_of(session, SYSTEM, ports, now), Account.of(mission, "consul@example.org", None))
    abroad = add_vacancy(session, ports, programme="twap-canada", now=now)
    return Registrants(
        cookies,
        waiting.registration.id,
        done.registration.id,
        employer,
        farm.id,
        changing.id,
        lives.token(mission),
        abroad,
    )


def registration_pages(known: Registrants) -> Iterator[tuple[str, str, bool]]:
    """Who looks at which address, and whether its form is sent with a fault."""
    yield "", HERE, True
    yield "farm-code", f"{HERE}/codigo", False  # the last form of it sends another code
    for slug in ("tipo", "rtn"):
        yield "farm-empty", f"{HERE}/paso/{slug}", True
    yield "farm-empty", f"{HERE}/mi-registro", False
    yield "farm-telling", f"{HERE}/mi-registro", False
    yield "farm-telling", f"{HERE}/fincas/nueva", True
    yield "farm-telling", f"{HERE}/fincas/{known.farm}", False
    yield "farm-waiting", f"{HERE}/mi-registro", False
    yield "farm-verified", f"{HERE}/mi-registro", False
    yield "farm-verified", f"{HERE}/cambios/nueva", True
    yield "farm-verified", f"{HERE}/cambios/{known.changing}/datos", False
    yield "farm-verified", f"{HERE}/cambios/{known.changing}/quitar", True
    yield "farm-verified", f"{HERE}/reclutadores", True
    yield "farm-verified", f"{HERE}/papeles", False
    yield "mission", "/atestaciones", False
    yield "mission", f"/atestaciones/{known.abroad}", True
    yield "mission", f"/atestaciones/{known.abroad}/clausulas", True
    yield "farm-verified", f"{HERE}/telefono", False  # its form sends two codes
    yield "farm-verified", f"{HERE}/iris", False
    yield "farm-verified", f"{HERE}/iris?criterio=1-fees", False
    yield "farm-licensed", f"{HERE}/mi-registro", False
    yield "farm-licensed", f"{HERE}/licencias/hn-recruiters/HN001", False
    yield "farm-licensed", f"{HERE}/licencias/hn-recruiters/HN001?criterio=1-fees", False
    yield "chief", "/reclutadores/hn-recruiters/HN001/iris", False
    yield "", "/consulta", True
    yield "", "/consulta/contar", True
    yield "", "/verificar-oferta", True
    yield "", "/verificar-oferta/avisar", True
    yield "", "/reclutadores?q=agencia", False
    yield "", "/reclutadores/hn-recruiters/HN-002", False
    yield "", f"/empleador/{known.employer}", False
    yield "setrass", DESK, False
    yield "setrass", f"{DESK}/{known.waiting}", True
    yield "setrass", f"{DESK}/{known.verified}", False
    yield "setrass", f"{DESK}/{known.verified}/papeles", False
    yield "setrass", f"{DESK}/{known.verified}/cambios/nueva", True
    yield "setrass", f"{DESK}/{known.verified}/cambios/{known.changing}/datos", False
    yield "setrass", f"{DESK}/{known.verified}/cambios/{known.changing}/quitar", True
    yield "chief", "/listas-de-registros", True
    yield "chief", "/avisos-de-ofertas", False
    yield "chief", f"/medidas?empleador={known.employer}", True
