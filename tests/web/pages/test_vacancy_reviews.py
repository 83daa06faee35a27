"""Officials look at a vacancy: exceptions, steps with evidence, a waiver, and the wages."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.services import vacancy_writing
from app.services.ports import Ports
from permits.deadlines import legal_day
from permits.people import SYSTEM, Role
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.vacancies import FAIR, add_employer, read, wanted
from tests.web.conftest import As
from tests.web.pages.walking import Walker, now, words

DESK = "/revision-de-vacantes"
REASON = "La finca completa el mínimo cada sábado, visto en planilla."


@pytest.fixture
def vacancy(database: Database, ports: Ports) -> UUID:
    """A draft about which its employer has asked: its way back is not paid."""
    first = legal_day(now()) + timedelta(days=8)
    with database.sessions.begin() as session:
        owner = add_employer(work_of(session, SYSTEM, ports, now()))
        work = work_of(session, owner, ports, now())
        offer = wanted(starts_on=first, ends_on=first + timedelta(days=70), wage=Decimal(350))
        identity = vacancy_writing.start_draft(work, offer)
        terms = replace(FAIR, way_back=None, foreigners=8)
        vacancy_writing.change_terms(work, identity, 1, terms)
        vacancy_writing.ask_officials(work, identity)
    return identity


def official(as_: As, database: Database, ports: Ports, role: Role) -> Walker:
    with database.sessions.begin() as session:
        return Walker(as_(add_official(session, ports, role)))


def day(name: str, days: int) -> dict[str, str]:
    """A day from today in three fields."""
    told = legal_day(now()) + timedelta(days=days)
    return {f"{name}__{part}": str(getattr(told, part)) for part in ("day", "month", "year")}


@pytest.mark.feature("E4")
def test_an_official_sets_a_warning_aside(
    as_: As, database: Database, ports: Ports, vacancy: UUID
) -> None:
    officer = official(as_, database, ports, Role.SETRASS_OFFICER)
    assert f"{DESK}/{vacancy}" in officer.open(DESK).text
    said = words(officer.open(f"{DESK}/{vacancy}"))
    assert "Avisa R22 Falta saber: quién paga el viaje de regreso." in said
    # What blocks needs a supervisor: of the block (no decree is known) there is no form.
    assert 'value="R22"' in officer.page.text
    assert 'value="R06"' not in officer.page.text
    here = f"{DESK}/{vacancy}/excepcion"
    which = {"rule": "R22", "code": "unknown"}
    blind = officer.send(here, **which, reason=REASON, **day("ends_on", 20), told="other terms")
    assert blind.status_code == 412
    which["told"] = re.findall(r'name="told" value="([0-9a-f]{64})"', blind.text)[0]
    said = words(officer.send(here, **which, reason="No", **day("ends_on", 20)))
    assert officer.page.status_code == 422
    assert "Escriba al menos 20 letras o números." in said
    assert ">No</textarea>" in officer.page.text  # nothing typed is lost
    said = words(officer.send(here, **which, reason=REASON, **day("ends_on", 20)))
    assert "Quedó anotado. La vacante se revisó otra vez." in said
    assert "Tiene una excepción." in said
    assert f"R22: {REASON}" in said
    refused = words(officer.send(here, **which, reason=REASON, **day("ends_on", 20)))
    assert (officer.page.status_code, "Ya hay una excepción" in refused) == (409, True)
    forbidden = officer.send(
        here, rule="R01", code="fee-declared", reason=REASON, **day("ends_on", 20)
    )
    assert forbidden.status_code == 403
    assert "Anotar una dispensa" not in words(officer.page)


@pytest.mark.feature("E4")
def test_a_supervisor_records_a_waiver_once(
    as_: As, database: Database, ports: Ports, vacancy: UUID
) -> None:
    chief = official(as_, database, ports, Role.SETRASS_SUPERVISOR)
    said = words(chief.open(f"{DESK}/{vacancy}"))
    assert "Más de" in said or "R23" in said
    waiver = {"points": "6", **day("until", 90), "act": "Acuerdo STSS-120-2026"}
    said = words(chief.send(f"{DESK}/{vacancy}/dispensa", **waiver))
    assert "Dispensa de 6 puntos hasta el" in said
    again = words(chief.send(f"{DESK}/{vacancy}/dispensa", **waiver))  # pressed twice
    assert again.count("Dispensa de") == 1
    other = words(chief.send(f"{DESK}/{vacancy}/dispensa", **waiver | {"points": "5"}))
    assert (chief.page.status_code, "Ese acuerdo ya está anotado" in other) == (409, True)
    said = words(chief.open(f"{DESK}/{vacancy}"))
    assert "R23" not in said.split("Lo que se gana")[0]
    more = waiver | {"act": "Acuerdo STSS-121-2026"}
    said = words(chief.send(f"{DESK}/{vacancy}/dispensa", **more))
    assert (chief.page.status_code, "Quedan 4." in said) == (422, True)
    long = more | {"points": "4", **day("until", 5 * 366)}
    said = words(chief.send(f"{DESK}/{vacancy}/dispensa", **long))
    assert (chief.page.status_code, "Una dispensa dura 5 años" in said) == (422, True)


@pytest.mark.feature("O13")
def test_a_step_needs_its_evidence_and_is_shown_with_it(
    as_: As, database: Database, ports: Ports, vacancy: UUID
) -> None:
    officer = official(as_, database, ports, Role.SETRASS_OFFICER)
    missing = "Falta ofrecer el trabajo primero a personas del país, por 15 días."
    said = words(officer.open(f"{DESK}/{vacancy}"))
    assert (missing in said, "(Por confirmar)" in said.split("Pasos con su prueba")[1]) == (
        True,
        True,
    )
    here = f"{DESK}/{vacancy}/paso"
    step = {"kind": "nationals-first", **day("first_day", -30), **day("last_day", -10)}
    said = words(officer.send(here, **step, evidence="Aviso"))
    assert officer.page.status_code == 422
    assert "Escriba al menos 10 letras o números." in said
    proof = "Aviso 12 del servicio de empleo, expediente 2026-88"
    said = words(officer.send(here, **step, evidence=proof, came_forward="3"))
    assert "Se presentaron: 3." in said
    assert missing not in said
    twice = words(officer.send(here, **step, evidence=proof, came_forward="3"))
    assert (proof in said, twice.count("Se presentaron: 3.")) == (True, 1)
    with database.sessions() as session:
        assert read(session, vacancy).status == "draft"
    assert "Salarios mínimos" in words(officer.open("/salarios-minimos"))
