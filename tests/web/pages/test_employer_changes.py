"""From the permit to another employer: asked by the worker, decided by SETRASS, listed for both."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.services import credentials
from app.services.ports import Ports
from permits.people import Role
from tests.builders import Story, add_vacancy, work_of
from tests.databases import Database
from tests.farmed import add_farm
from tests.rights import RightStory
from tests.services.test_employer_changes import another_farm
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.officers import Desk
from tests.web.pages.walking import words


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def signed(story: Story) -> Story:
    return story.start().submit().approve().sign()


def card_of(database: Database, story: Story) -> credentials.Permit:
    with database.sessions.begin() as session:
        work = work_of(session, story.worker, story.ports, story.now)
        found = credentials.find_permit_of(work, story.id)
    assert found is not None
    return found


def asked(as_: As, database: Database, story: Story) -> tuple[str, str]:
    """The worker has asked for another farm's work; the page of the permit's employer, the job."""
    with database.sessions.begin() as session:
        vacancy = str(add_vacancy(session, story.ports))
    path = f"/mi-permiso/{card_of(database, story).credential.id}/empleador"
    done = as_(story.worker).post(path, data={"vacancy": vacancy})
    assert done.headers["location"] == path
    return path, vacancy


@pytest.mark.feature("W21", "W8")
def test_every_term_is_told_before_asking_and_one_wish_waits(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(signed)
    with database.sessions.begin() as session:
        vacancy = str(add_vacancy(session, story.ports))
    card = f"/mi-permiso/{card_of(database, story).credential.id}"
    worker, path = as_(story.worker), f"{card}/empleador"
    assert f'href="{path}"' in worker.get(card).text
    page = worker.get(path)
    assert re.findall(r'name="vacancy" value="([0-9a-f-]+)"', page.text) == [vacancy]
    for fact in ("Su permiso es suyo, no de la finca.", "350.00", "Sí, sin costo"):
        assert fact in words(page)
    assert worker.post(path, data={"vacancy": "x"}).status_code == 422
    assert worker.post(path, data={"vacancy": vacancy}).headers["location"] == path
    assert "Su pedido espera a SETRASS" in words(worker.get(path))
    assert worker.post(path, data={"vacancy": vacancy}).status_code == 409
    the_contract_of_the_work_asked_for_is_read_first(worker, path, story)


def says_yes(worker: TestClient, story: Story) -> None:
    """To the contract that waits."""
    contract = f"/mi-solicitud/{story.id}/contrato"
    [digest] = re.findall(r'name="digest" value="([0-9a-f]{64})"', worker.get(contract).text)
    worker.post(contract, data={"digest": digest, "heard": "yes"})


def the_contract_of_the_work_asked_for_is_read_first(
    worker: TestClient, path: str, story: Story
) -> None:
    """From every page that tells of the wish, and the contract of now stays within reach."""
    contract = f"/mi-solicitud/{story.id}/contrato"
    for page in (path, f"/mi-solicitud/{story.id}"):
        assert "Falta su sí al contrato" in words(worker.get(page))
    assert "Es del trabajo que usted pide" in words(worker.get(contract))
    assert "Es de su trabajo de ahora" in words(worker.get(f"{contract}?ahora=si"))
    says_yes(worker, story)
    assert "Falta su sí al contrato" not in words(worker.get(path))


@pytest.mark.feature("W21", "O15")
def test_setrass_decides_alone_and_inm_sees_it(as_: As, lived: Lived, database: Database) -> None:
    story = lived(signed)
    before = card_of(database, story).credential
    asked(as_, database, story)
    setrass, inm = as_(story.setrass), as_(story.inm)
    case = f"/casos/{story.id}"
    for official in (setrass, inm):
        assert f'href="{case}"' in official.get("/cambios-de-empleador").text
    assert "empleador/decidir" not in inm.get(case).text
    assert "Lo decide SETRASS." in words(inm.get(case))
    verdict = {"change_verdict": "grant"}
    assert inm.post(f"{case}/empleador/decidir", data=verdict).status_code == 403
    none = setrass.post(f"{case}/empleador/decidir", data={})
    assert (none.status_code, "Elija qué decide SETRASS." in none.text) == (422, True)
    other = setrass.post(f"{case}/empleador/decidir", data=verdict | {"digest": "0"})
    assert other.status_code == 412  # the wish that was shown is not the one that waits
    verdict["digest"] = re.findall(r'name="digest" value="([0-9a-f]{64})"', other.text)[0]
    early = setrass.post(f"{case}/empleador/decidir", data=verdict)
    assert early.status_code == 422
    assert "La persona todavía no aceptó su contrato." in words(early)
    says_yes(as_(story.worker), story)
    done = setrass.post(f"{case}/empleador/decidir", data=verdict)
    assert done.headers["location"] == f"{case}?hecho=change-granted"
    told = words(setrass.get(done.headers["location"]))
    assert "El cambio de empleador quedó aceptado." in told
    assert "Aceptado por SETRASS" in told
    assert setrass.post(f"{case}/empleador/decidir", data=verdict).status_code == 409
    assert card_of(database, story).credential.id != before.id
    old = as_(story.worker).get(f"/mi-permiso/{before.id}")
    assert "Este permiso fue reemplazado" in words(old)
    assert "Aceptados en el último año" in words(inm.get("/cambios-de-empleador"))


@pytest.mark.feature("W21")
def test_a_wish_is_taken_back_and_a_refusal_says_why(
    as_: As, lived: Lived, database: Database, clock: StandingClock
) -> None:
    story = lived(signed)
    path, vacancy = asked(as_, database, story)
    worker = as_(story.worker)
    assert worker.post(f"{path}/retirar").headers["location"] == path
    assert worker.post(f"{path}/retirar").status_code == 409
    clock.now += timedelta(minutes=1)
    worker.post(path, data={"vacancy": vacancy})
    case, note = f"/casos/{story.id}", "La finca ya no recibe."
    said = {"change_verdict": "refuse", "change_note": note}
    silent = as_(story.setrass).post(f"{case}/empleador/decidir", data=said | {"change_note": " "})
    assert (silent.status_code, "La persona lo leerá." in silent.text) == (422, True)
    shown = as_(story.setrass).get(case).text
    said["digest"] = re.findall(r'name="digest" value="([0-9a-f]{64})"', shown)[0]
    done = as_(story.setrass).post(f"{case}/empleador/decidir", data=said)
    assert done.headers["location"] == f"{case}?hecho=change-refused"
    told = words(as_(story.setrass).get(done.headers["location"]))
    assert "El permiso sigue igual." in told
    assert note in told


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_anothers_permit_and_the_list_are_not_there_for_others(
    as_: As, lived: Lived, database: Database, desk: Desk
) -> None:
    story, stranger = lived(signed), lived(lambda s: s.start())
    path = f"/mi-permiso/{card_of(database, story).credential.id}/empleador"
    for actor in (stranger.worker, story.setrass):
        assert as_(actor).get(path).status_code == 404
        assert as_(actor).post(path, data={"vacancy": str(story.id)}).status_code == 404
        assert as_(actor).post(f"{path}/retirar").status_code == 404
    agent = desk.official(Role.BORDER_AGENT)
    assert as_(agent).get("/cambios-de-empleador").status_code == 403
    assert as_(story.worker).get("/cambios-de-empleador").status_code == 403


def test_a_suspended_permit_asks_nothing(as_: As, lived: Lived, database: Database) -> None:
    story = lived(lambda s: RightStory(signed(s)).suspend().story)
    with database.sessions.begin() as session:
        vacancy = add_vacancy(session, story.ports)
    path = f"/mi-permiso/{card_of(database, story).credential.id}"
    worker = as_(story.worker)
    assert f'href="{path}/empleador"' not in worker.get(path).text
    reply = worker.post(f"{path}/empleador", data={"vacancy": str(vacancy)})
    assert (reply.status_code, "no está vigente" in reply.text) == (409, True)


@pytest.mark.feature("W21", "O15")
def test_a_change_within_one_employer_names_its_farms(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(signed)
    with database.sessions.begin() as session:
        work = work_of(session, story.setrass, story.ports, story.now)
        now, vacancy = another_farm(work, story.id)
        add_farm(work, UUID(now.employer), "Finca La Vega")
    path = f"/mi-permiso/{card_of(database, story).credential.id}/empleador"
    as_(story.worker).post(path, data={"vacancy": str(vacancy)})
    change = "De Finca La Vega a Copán"  # there no farm is registered
    assert f"{change}, del mismo empleador." in words(as_(story.worker).get(path))
    case = words(as_(story.setrass).get(f"/casos/{story.id}"))
    assert f"Otra finca del mismo empleador {change}." in case
