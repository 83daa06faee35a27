"""The pool on the pages: chosen with its terms told, carried without an employer, then attached."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.services import complaint_shields, credentials
from app.services.ports import Ports
from permits.deadlines import legal_day
from permits.people import Role
from tests.builders import add_official, add_vacancy, work_of
from tests.databases import Database
from tests.pools import POOL, in_pool, with_pool
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import words


@pytest.fixture
def ports() -> Ports:
    return with_pool()


@pytest.mark.feature("W1", "W8", "W10")
def test_a_worker_without_a_farm_chooses_a_department(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start())
    worker, step = as_(story.worker), f"/solicitud/{story.id}/trabajo"
    said = words(worker.get(step))
    assert "Si todavía no tiene finca" in said
    assert "Copán Del 23 de noviembre de 2026 al 20 de febrero de 2027" in said
    terms = worker.get(f"{step}/{POOL}")
    for fact in (
        "Todavía sin empleador",
        "Al menos 301.77 lempiras",
        "Después usted elige la finca.",
    ):
        assert fact in words(terms), fact
    assert "Vivienda" not in words(terms)  # who gives what is told with the farm
    assert worker.post(f"{step}/{POOL}").status_code == 303
    assert "Elegido" in words(worker.get(step))
    assert "Todavía sin finca, en Copán" in words(worker.get(f"/solicitud/{story.id}/revisar"))
    assert f'href="/idioma/en?volver={step}"' in worker.get(step).text  # it has no form of its own
    assert worker.post(step, data={"idioma": "en"}).headers["location"] == step
    worker.cookies.set("idioma", "en")
    assert "If you have no farm yet" in words(worker.get(step))


@pytest.mark.feature("O1", "O5")
def test_officials_read_that_nobody_hires_yet(as_: As, lived: Lived) -> None:
    story = lived(in_pool)
    setrass = as_(story.setrass)
    said = words(setrass.get(f"/casos/{story.id}"))
    assert "Todavía sin empleador. Es para la bolsa del departamento." in said
    assert "Bolsa del departamento" in said
    assert "Todavía sin empleador" in words(setrass.get("/bandeja"))


@pytest.mark.feature("W8", "W21")
def test_the_permit_tells_that_no_employer_is_attached_and_leads_to_the_farms(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(lambda s: in_pool(s).approve().sign())
    with database.sessions.begin() as session:
        here = add_vacancy(session, story.ports)
        elsewhere = add_vacancy(session, story.ports, department="HN-OC")
        permit = credentials.find_permit_of(work_of(session, story.worker, story.ports), story.id)
    assert permit is not None
    worker, card = as_(story.worker), f"/mi-permiso/{permit.credential.id}"
    assert "Todavía no tiene empleador" in words(worker.get(card))
    page = worker.get(f"{card}/empleador")
    assert "Estas fincas son del departamento de su permiso." in words(page)
    offered = re.findall(r'name="vacancy" value="([0-9a-f-]+)"', page.text)
    assert str(here) in offered
    assert str(elsewhere) not in offered
    refused = worker.post(f"{card}/empleador", data={"vacancy": str(elsewhere)})
    assert refused.status_code == 422
    assert "Su permiso es para otro departamento." in words(refused)
    worker.post(f"{card}/empleador", data={"vacancy": str(here)})
    assert "Ya no quiero esta finca" in words(worker.get(f"{card}/empleador"))
    paper = worker.get(f"{card}/hoja.pdf")
    read = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "Todavía sin empleador" in " ".join(read.split())
    assert "SIN EMPLEADOR" not in read


@pytest.mark.feature("W22", "N12", "H6")
def test_who_is_shielded_goes_on_without_naming_an_employer_and_no_page_says_why(
    as_: As, lived: Lived, database: Database, clock: StandingClock
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    with database.sessions.begin() as session:
        permit = credentials.find_permit_of(
            work_of(session, story.worker, story.ports, story.now), story.id
        )
        assert permit is not None
        handler = add_official(session, story.ports, Role.COMPLAINT_HANDLER)
        office = work_of(session, handler, story.ports, story.now)
        complaint_shields.open_shield(office, permit.authorisation.worker)
    clock.now += permit.authorisation.valid_until - legal_day(clock.now) - timedelta(days=9)
    client = as_(story.worker)
    begun = client.post(f"/mi-permiso/{permit.credential.id}/renovar").headers["location"]
    step = begun.replace("/mi-solicitud/", "/solicitud/")
    assert client.post(f"{step}/permiso", data={"consent": "yes"}).status_code == 303
    assert "Todavía sin finca, en Copán" in words(client.get(f"{step}/revisar"))
    assert client.post(f"{step}/revisar").status_code == 303
    for official in (story.setrass, story.inm):
        told = words(as_(official).get(begun.replace("/mi-solicitud/", "/casos/")))
        assert "Es una renovación" in told
        assert not [one for one in ("queja", "protegid", "represalia") if one in told.lower()]
