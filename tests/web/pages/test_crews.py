"""The pages of a crew list: the spreadsheet, each worker's answer, the witness and the officers."""

import html
import re
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from app.services import effects
from app.services.accounts import add
from app.services.ports import Ports
from app.storage.accounts import Account
from app.storage.crews import ListedMember, list_members
from app.storage.vacancies import find_vacancy
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from tests.builders import add_official, work_of
from tests.crew_lists import HEAD, as_csv, as_xlsx, people
from tests.databases import Database
from tests.web.clients import Client
from tests.web.conftest import As
from tests.web.pages.walking import Walker, open_work, words

XLSX = "application/octet-stream"


@dataclass
class Farm:
    """A vacancy and the browser of whoever hires."""

    walker: Walker
    vacancy: UUID
    database: Database

    @property
    def here(self) -> str:
        return f"/listas/vacante/{self.vacancy}"

    def try_list(self, data: bytes, name: str = "lista.xlsx") -> str:
        self.walker.open(self.here)
        self.walker.upload({"list": (name, data, XLSX)})
        return words(self.walker.page)

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.walker.page.text)
        assert found is not None
        return html.unescape(found[1])

    def register(self, count: int) -> UUID:
        self.try_list(as_csv(people(count)), "lista.csv")
        sent = {name: self.field(name) for name in ("rows", "crew")}
        self.walker.send(f"{self.here}/confirmar", **sent)
        assert self.walker.path == f"/listas/{sent['crew']}"
        return UUID(sent["crew"])

    def members(self, crew: UUID) -> list[ListedMember]:
        with self.database.sessions() as session:
            return list_members(session, crew)


@pytest.fixture
def farm(as_: As, database: Database, ports: Ports) -> Farm:
    vacancy = open_work(database, ports, Hiring.NAMED)
    with database.sessions() as session:
        found = find_vacancy(session, vacancy)
    assert found is not None
    employer = UUID(found.offer.employer)
    actor = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer)
    with database.sessions.begin() as session:
        add(work_of(session, SYSTEM, ports), Account.of(actor, "duena@demo.example", None))
    return Farm(Walker(as_(actor)), vacancy, database)


@pytest.mark.feature("N14")
def test_every_fault_of_a_sheet_is_told_by_row_and_column(farm: Farm) -> None:
    rows = people(3)
    rows[0][0], rows[2][3] = "1234567802004", "27/03/2015"
    said = farm.try_list(as_xlsx(rows))
    assert farm.walker.page.status_code == 422
    assert "Nada se guardó." in said
    assert "2 Número de documento El número de DPI no es correcto." in said
    assert "4 Fecha de nacimiento" in said
    farm.walker.client.cookies.set("idioma", "en")
    assert "4 Date of birth" in farm.try_list(as_xlsx(rows))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "El archivo está vacío."),
        (b"PK\x03\x04", "No pudimos leer el archivo."),
        (as_csv([]), "La lista está vacía."),
        (as_csv(people(501)), "La lista tiene más de 500 personas."),
        (b"x,y\n1,2\n", "Falta esta columna."),
    ],
)
def test_a_sheet_that_cannot_be_used_is_told(farm: Farm, data: bytes, sentence: str) -> None:
    said = farm.try_list(data)
    assert (farm.walker.page.status_code, sentence in said) == (422, True)


@pytest.mark.feature("N14")
def test_a_confirmed_list_is_registered_once_and_shows_no_findings(farm: Farm) -> None:
    said = farm.try_list(as_csv(people(3)), "lista.csv")
    assert "Las 3 filas están bien" in said
    sent = {name: farm.field(name) for name in ("rows", "crew")}
    english = farm.walker.send(f"{farm.here}/confirmar", **sent, idioma="en")
    assert "All 3 rows are right" in words(english)
    assert farm.members(UUID(sent["crew"])) == []
    farm.walker.open("/idioma/es?volver=/listas")
    for _ in range(2):  # pressed twice
        said = words(farm.walker.send(f"{farm.here}/confirmar", **sent))
    assert "0 de 3 personas dijeron que sí" in said
    assert said.count("Sin consentimiento") == 3
    assert len(farm.members(UUID(sent["crew"]))) == 3
    listed = farm.walker.open("/listas")
    assert f"/listas/{sent['crew']}" in listed.text


def test_the_templates_can_be_filled_in(farm: Farm, ports: Ports) -> None:
    for name in ("plantilla.xlsx", "plantilla.csv"):
        data = farm.walker.open(f"/listas/{name}").content
        (head,) = ports.sheets.read(data)
        assert len(head.cells) == len(HEAD)
        filled = as_csv(people(2)).partition(b"\r\n")[2]
        header = ",".join(str(cell) for cell in head.cells).encode()
        assert "Las 2 filas están bien" in farm.try_list(header + b"\r\n" + filled)


@pytest.mark.feature("N14")
def test_a_worker_says_yes_by_a_code_on_the_phone_and_needs_no_account(
    farm: Farm, app: FastAPI, database: Database, ports: Ports
) -> None:
    crew = farm.register(2)
    worker = Walker(Client(app))
    worker.open("/consentir")
    assert worker.path == "/retomar"
    worker.send(phone=people(1)[0][6], after="/consentir")
    with database.sessions.begin() as session:
        while effects.run_next_effect(work_of(session, SYSTEM, ports)):
            pass
        sent = session.connection().exec_driver_sql(
            "SELECT body FROM messages WHERE kind = 'phone-code'"
        )
        (body,) = sent.scalars().all()
    code = re.search(r"\d{6}", body)
    assert code is not None
    worker.send(code=code[0], after="/consentir")
    assert worker.path.startswith("/consentir/")
    said = words(worker.page)
    assert "¿Quiere este trabajo?" in said
    assert "Ana Ana" in said
    english = words(worker.send(idioma="en"))
    assert "Do you want this work?" in english
    worker.open(f"/idioma/es?volver={worker.path}")
    assert "Elija sí o no." in words(worker.send())
    worker.send(answer="yes")
    assert worker.path.startswith("/mi-solicitud/")
    assert "En revisión" in words(worker.page)
    assert [one.application.round for one in farm.members(crew)] == [1, 0]
    assert "1 de 2 personas dijeron que sí" in words(farm.walker.open(f"/listas/{crew}"))


@pytest.mark.feature("N14")
def test_a_witness_reads_it_out_and_records_the_mark(
    farm: Farm, as_: As, database: Database, ports: Ports
) -> None:
    crew = farm.register(1)
    with database.sessions.begin() as session:
        actor = add_official(session, ports, Role.FACILITATOR, "Elvia Testigo")
    witness = Walker(as_(actor))
    assert f"/marcas/{crew}" in witness.open("/marcas").text
    witness.open(f"/marcas/{crew}")
    elsewhere = f"/marcas/{uuid4()}/{farm.members(crew)[0].application.id}"
    assert witness.open(elsewhere).status_code == 404
    application = farm.members(crew)[0].application.id
    said = words(witness.open(f"/marcas/{crew}/{application}"))
    assert "puso su marca ante mí, Elvia Testigo" in said
    assert "Diga que la persona puso su marca ante usted." in words(witness.send())
    witness.send(mark="yes")
    assert witness.path == "/marcas-de-contratos"  # the person is still here
    assert "Todas las personas respondieron." in words(witness.open(f"/marcas/{crew}"))
    member = farm.members(crew)[0]
    assert (member.member.witness, member.application.round) == (actor.person, 1)


@pytest.mark.feature("O11")
def test_an_officer_confirms_case_by_case_and_approves_the_list(
    farm: Farm, as_: As, database: Database, ports: Ports
) -> None:
    crew = farm.register(2)
    with database.sessions.begin() as session:
        facilitator = add_official(session, ports, Role.FACILITATOR)
        actor = add_official(session, ports, Role.SETRASS_OFFICER)
    witness, officer = Walker(as_(facilitator)), Walker(as_(actor))
    for one in farm.members(crew):
        witness.open(f"/marcas/{crew}/{one.application.id}")
        witness.send(mark="yes")
        assert witness.path == "/marcas-de-contratos"  # the person is still here
        [said] = re.findall(r'name="digest" value="([0-9a-f]{64})"', witness.page.text)
        [receipt] = re.findall(r'name="receipt" value="([^"]+)"', witness.page.text)
        made = {"digest": said, "receipt": receipt, "crew": str(crew), "heard_in": "spa"}
        witness.send("/marcas-de-contratos", **made)
        assert f'href="/marcas/{crew}"' in witness.page.text
    first = farm.members(crew)[0].application.id
    assert f"/cuadrillas/{crew}" in officer.open("/cuadrillas").text
    assert "Aprobar" not in words(officer.open(f"/cuadrillas/{crew}"))
    officer.open(f"/cuadrillas/{crew}/{first}")
    stale = words(officer.send(version="1", findings="x"))
    assert "Alguien cambió este caso." in stale
    for _ in range(2):
        found = dict(re.findall(r'name="(version|findings)" value="([^"]*)"', officer.page.text))
        officer.send(**found)
    assert officer.path == f"/cuadrillas/{crew}"
    assert "Aprobar los 2 casos confirmados" in words(officer.page)
    wrong = officer.send(f"/cuadrillas/{crew}/aprobar", expected="1")
    assert wrong.status_code == 412
    done = words(officer.send(f"/cuadrillas/{crew}/aprobar", expected="2"))
    assert "2 casos quedaron aprobados" in done
    again = officer.send(f"/cuadrillas/{crew}/aprobar", expected="2")
    assert again.status_code == 412  # pressed twice, nothing is decided twice
