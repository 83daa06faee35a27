"""The contract on its pages: the worker's, the witness's, the employer's, and in the case."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from app.services import accounts
from app.services.ports import Ports
from app.storage.accounts import Account
from app.storage.applications import get_application
from app.storage.contracts import list_newest_work
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.reach import EVERYTHING
from tests.builders import Story, add_official, work_of
from tests.databases import Database
from tests.vacancies import tell_terms
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("W9")


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_it_is_read_heard_accepted_copied_by_both_and_reported(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().hand_in())
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/contrato"
    assert "SETRASS decide después de su sí." in words(worker.get(f"/mi-solicitud/{story.id}"))
    assert f'href="{path}"' in worker.get(f"/solicitud/{story.id}/recibo").text
    officer = as_(story.setrass)
    assert "SETRASS espera su sí." in words(officer.get(f"/casos/{story.id}"))
    page = worker.get(path)
    for term in ("Corte de café", "350.00", "Finca El Cedral", "al publicar la vacante"):
        assert term in words(page)
    [digest] = re.findall(r'name="digest" value="([0-9a-f]{64})"', page.text)
    unheard = worker.post(path, data={"digest": digest})
    assert unheard.status_code == 422
    assert "Escuche el contrato completo." in words(unheard)
    stale = worker.post(path, data={"digest": "0" * 64, "heard": "yes"})
    assert (stale.status_code, "cambió mientras usted lo leía" in words(stale)) == (409, True)
    accepted = worker.post(path, data={"digest": digest, "heard": "yes"})
    assert accepted.headers["location"] == f"{path}?hecho=aceptado"
    assert "Usted aceptó este contrato." in words(worker.get(path))
    copy = worker.get(f"{path}.pdf")
    assert "María Ángela Gutiérrez Ñamendí" in text_of(copy.content)
    assert "Employment contract" in text_of(worker.get(f"{path}.pdf?idioma=en").content)
    assert worker.post(f"{path}/otro", data={}).status_code == 422
    told = worker.post(f"{path}/otro", data={"fields": ["wage", "food"]})
    assert told.headers["location"] == f"{path}?hecho=contado"
    assert "SETRASS espera su sí." not in words(officer.get(f"/casos/{story.id}"))
    case = words(officer.get(f"/casos/{story.id}"))
    for shown in ("Escuchó el contrato antes de aceptarlo.", "R16", "La comida; El pago"):
        assert shown in case


def test_the_employer_sees_who_agreed_by_a_mark_and_keeps_a_copy(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().hand_in())
    with database.sessions.begin() as session:
        [contract] = list_newest_work(session, story.id)
        employer = UUID(str(contract.told["employer"]))
        farmer = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer)
        accounts.add(
            work_of(session, SYSTEM, ports), Account.of(farmer, "duena@demo.example", None)
        )
        witness = add_official(session, ports, Role.FACILITATOR)
        receipt = get_application(session, story.id, reach=EVERYTHING).receipt
    own, desk = as_(farmer), as_(witness)
    here, marks = f"/mis-vacantes/{contract.vacancy}/contratos", "/marcas-de-contratos"
    assert "Todavía nadie aceptó un contrato." in words(own.get(here))
    assert own.get(f"{here}/{story.id}.pdf").status_code == 409
    assert desk.get(f"{marks}?recibo=1").status_code == 404
    assert desk.post(marks, data={"receipt": receipt}).status_code == 422
    read = desk.get(f"{marks}?recibo={receipt}")
    assert "María Ángela Gutiérrez Ñamendí" in words(read)
    mark = {"receipt": str(receipt), "digest": contract.digest}
    the_language_is_one_that_they_understand(desk, mark)
    made = desk.post(marks, data=mark | {"heard_in": "caa"})
    assert "Idioma: Ch'orti'." in words(as_(story.setrass).get(f"/casos/{story.id}"))
    assert "ya aceptó este contrato" in words(desk.get(made.headers["location"]))
    assert "María Ángela Gutiérrez Ñamendí" in words(own.get(here))
    copy = text_of(own.get(f"{here}/{story.id}.pdf").content)
    assert "con su marca ante un testigo" in " ".join(copy.split())
    again = own.post(here)
    assert again.headers["location"] == f"{here}?nuevos=0"
    assert "ya dicen lo mismo" in words(own.get(again.headers["location"]))
    with database.sessions.begin() as session:
        binding = "Cortar café. Quien se va antes paga multa."
        tell_terms(work_of(session, SYSTEM, ports), contract.vacancy, tasks_es=binding)
    everybody_reads_that_it_is_blocked(as_, story, own, here)


def the_language_is_one_that_they_understand(desk: TestClient, mark: dict[str, str]) -> None:
    for told, fault in (("", "Elija en qué idioma lo leyó."), ("eng", "en uno que entienda.")):
        refused = desk.post("/marcas-de-contratos", data=mark | {"heard_in": told})
        assert (refused.status_code, fault in words(refused)) == (422, True)


def everybody_reads_that_it_is_blocked(as_: As, story: Story, own: TestClient, here: str) -> None:
    """The employer with what to change, the worker and SETRASS, once it was offered."""
    own.post(here)
    told = words(own.get(here))
    assert "1 contrato no se puede aceptar" in told
    assert "Quite estas palabras de las tareas: multa." in told
    assert "tiene algo que no se permite" in words(
        as_(story.worker).get(f"/mi-solicitud/{story.id}/contrato")
    )
    case = words(as_(story.setrass).get(f"/casos/{story.id}"))
    assert "Nadie puede aceptar esta versión." in case
