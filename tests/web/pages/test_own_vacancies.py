"""An employer's pages: own vacancies, naming workers, and what those workers then see."""

from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from app.services import standings
from app.services.accounts import add
from app.services.employer_bars import BarReason, bar_employer
from app.services.ports import Ports
from app.services.standings import Against
from app.storage.accounts import Account
from app.storage.vacancies import find_vacancy
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from recruitment.standings import Measure, MeasureKind
from tests.builders import CUI, add_official, work_of
from tests.databases import Database
from tests.web.clients import Client
from tests.web.conftest import As
from tests.web.pages.walking import Walker, open_work, words

OTHER = "9000 01488 2004"


@pytest.fixture
def vacancy(database: Database, ports: Ports) -> UUID:
    return open_work(database, ports, Hiring.NAMED)


@pytest.fixture
def farmer(as_: As, database: Database, ports: Ports, vacancy: UUID) -> Walker:
    """The browser of somebody who acts for the vacancy's employer."""
    with database.sessions() as session:
        found = find_vacancy(session, vacancy)
    assert found is not None
    employer = UUID(found.offer.employer)
    actor = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer)
    with database.sessions.begin() as session:
        add(work_of(session, SYSTEM, ports), Account.of(actor, "duena@demo.example", None))
    return Walker(as_(actor))


@pytest.mark.feature("E6")
def test_an_employer_names_workers_and_is_told_how_many(farmer: Walker, vacancy: UUID) -> None:
    assert farmer.open("/entrar").url.path == "/mis-vacantes"
    assert f'href="/mis-vacantes/{vacancy}"' in farmer.page.text
    assert "/bandeja" not in farmer.page.text  # which would refuse
    assert 'href="/reglas-eticas"' in farmer.page.text
    here = f"/mis-vacantes/{vacancy}"
    farmer.open(here)
    # The tests' outside world knows no decree of wages, so that nobody can say that it is enough.
    assert "Detiene R06 Falta saber: el salario mínimo que corresponde. R06; Código del" in words(
        farmer.page
    )
    assert (
        "Reglas revisadas: R01, R02, R03, R06, R07, R08, R09, R10, R11, R12, R13, R14, R15, R19"
        in words(farmer.page)
    )
    assert "Hace falta el contrato firmado: R16" in words(farmer.page)
    said = words(farmer.send(here, numbers=f"{CUI}\n{OTHER}"))
    assert "Los nombres quedaron guardados." in said
    assert "Nombradas 2" in said
    assert CUI not in farmer.page.text  # nobody reads them back
    assert "Nombradas 2" in words(farmer.send(here, numbers=CUI))  # pressed twice
    gone = words(farmer.send(f"{here}/quitar", number=OTHER))
    assert "El nombre quedó quitado." in gone
    assert "Nombradas 1" in gone
    assert "Nadie con ese número estaba nombrado." in words(
        farmer.send(f"{here}/quitar", number=OTHER)
    )


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ("", "Escriba al menos un número de documento."),
        (f"{CUI}\n1234 56780 2004", "No son correctos los números de estos renglones: 2."),
        ("\n".join(f"A{n:07d}" for n in range(21)), "Hay 20 plazas."),
    ],
)
def test_a_wrong_list_is_told_and_nothing_typed_is_lost(
    farmer: Walker, vacancy: UUID, numbers: str, sentence: str
) -> None:
    here = f"/mis-vacantes/{vacancy}"
    farmer.open(here)
    said = words(farmer.send(numbers=numbers))
    assert (farmer.page.status_code, sentence in said) == (422, True)
    assert all(line in farmer.page.text for line in numbers.splitlines())
    assert "Nombradas 0" in said
    wrong = words(farmer.send(f"{here}/quitar", number="12"))
    assert "El número no es correcto. Compárelo con el documento." in wrong


@pytest.mark.feature("W7")
def test_the_named_worker_finds_that_work_first_and_waits_for_nobody(
    app: FastAPI, database: Database, ports: Ports, farmer: Walker, vacancy: UUID
) -> None:
    other = open_work(database, ports, Hiring.ON_ACCEPTANCE)
    farmer.open(f"/mis-vacantes/{vacancy}")
    farmer.send(numbers=OTHER)
    _complained_of(database, ports, vacancy)
    told = {}
    for number in (OTHER, CUI):
        worker = Walker(Client(app))
        worker.begin()
        worker.send(document_kind="gt-dpi", document_number=number)
        listed = worker.open(f"/solicitud/{worker.application}/trabajo").text
        first = min((vacancy, other), key=lambda one: listed.index(f'/trabajo/{one}"'))
        terms = words(worker.open(f"/solicitud/{worker.application}/trabajo/{vacancy}"))
        told[number] = (first == vacancy, "El empleador ya dio su nombre." in terms)
        assert "Nadie la ha inspeccionado. Es lo que dice el empleador." in terms
        assert "Bajo observación Se comprobó una queja grave." in terms
        assert ("El empleador debe aceptarle." in terms) is (number == CUI)
    assert told[OTHER] == (True, True)
    assert told[CUI][1] is False


def _complained_of(database: Database, ports: Ports, vacancy: UUID) -> None:
    with database.sessions.begin() as session:
        found = find_vacancy(session, vacancy)
        assert found is not None
        chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
        upheld = Measure(uuid4(), MeasureKind.SERIOUS_COMPLAINT, "EXP-1", legal_day(chief.now))
        standings.record_measure(chief, Against(UUID(found.offer.employer)), upheld)


@pytest.mark.feature("E4")
def test_a_barred_employer_reads_that_it_may_not_hire(
    farmer: Walker, vacancy: UUID, database: Database, ports: Ports
) -> None:
    here = f"/mis-vacantes/{vacancy}"
    assert "SETRASS no deja contratar" not in words(farmer.open(here))
    with database.sessions.begin() as session:
        found = find_vacancy(session, vacancy)
        assert found is not None
        supervisor = add_official(session, ports, Role.SETRASS_SUPERVISOR)
        bar_employer(
            work_of(session, supervisor, ports), UUID(found.offer.employer), next(iter(BarReason))
        )
    said = words(farmer.open(here))
    assert "Detiene SETRASS no deja contratar a este empleador." in said
    assert "Esta vacante ya no recibe solicitudes." in said
