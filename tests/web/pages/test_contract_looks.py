"""SETRASS reads a changed contract side by side; its worker and the case show that it did."""

import re

import pytest
from fastapi.testclient import TestClient

from app.services import contracts
from permits.people import Role
from tests.agreed import agree
from tests.builders import Story, add_official
from tests.crew_lists import cui
from tests.databases import Database
from tests.offered import reword
from tests.services.test_contracts import offer_anew
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("W9", "E4")

OTHER_WORDS = "Corte de café y lo que diga el caporal"


def reworded(story: Story) -> Story:
    """The worker agreed, and the same work is offered in other words and for more."""
    offer_anew(agree(story.start().hand_in()), title=OTHER_WORDS)
    return story


def hidden(page: str) -> dict[str, str]:
    """What the form carries along."""
    return dict(re.findall(r'type="hidden" name="(base|digest)" value="([0-9a-f]{64})"', page))


def analyst(story: Story, database: Database, as_: As) -> TestClient:
    with database.sessions.begin() as session:
        return as_(add_official(session, story.ports, Role.SETRASS_ANALYST, "Ana Analista"))


def test_it_waits_in_a_list_is_read_word_by_word_and_told_to_everybody(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(reworded)
    worker, desk = as_(story.worker), analyst(story, database, as_)
    contract, case = f"/mi-solicitud/{story.id}/contrato", f"/casos/{story.id}"
    page = words(worker.get(contract))
    assert "SETRASS lee primero lo que cambió" in page
    assert "Hasta entonces vale el contrato anterior." in page
    assert "Acepto este contrato" not in words(worker.get(contract))
    accepted = worker.post(contract, data={"digest": "0" * 64, "heard": "yes"})
    assert accepted.status_code == 409
    assert "Nadie de SETRASS ha leído lo que cambió." in words(as_(story.setrass).get(case))

    assert 'href="/contratos-cambiados"' in desk.get("/bandeja").text
    here = f"/contratos-cambiados/{story.id}/2"
    assert f'href="{here}"' in desk.get("/contratos-cambiados").text
    assert f'href="{here}"' in desk.get(case).text
    shown = desk.get(here)
    assert "<mark>y lo que diga el caporal</mark>" in shown.text
    assert "La persona aceptó la de antes." in words(shown)
    said = hidden(shown.text) | {"weighed": "worse", "reason": "No es el mismo trabajo."}
    for lacking, fault in (
        ("weighed", "Elija qué es el cambio para quien trabaja."),
        ("reason", "Escriba por qué."),
    ):
        refused = desk.post(here, data=said | {lacking: ""})
        assert (refused.status_code, fault in words(refused)) == (422, True)
    stale = desk.post(here, data=said | {"digest": "0" * 64})
    assert (stale.status_code, "Léalo otra vez" in words(stale)) == (409, True)
    assert desk.post(here, data=said).headers["location"] == "/contratos-cambiados?hecho=1"
    everybody_reads_that_it_was_read(as_, story, desk, said)


def everybody_reads_that_it_was_read(
    as_: As, story: Story, desk: TestClient, said: dict[str, str]
) -> None:
    """Whoever looks again, the case with the name and the reason, the worker without them."""
    here = f"/contratos-cambiados/{story.id}/2"
    again = desk.post(here, data=said)
    assert (again.status_code, "Otra persona ya leyó" in words(again)) == (409, True)
    assert "Ningún contrato espera ahora." in words(desk.get("/contratos-cambiados?hecho=1"))

    read = words(desk.get(f"/casos/{story.id}"))
    for told in ("Ana Analista", "No es el mismo trabajo.", "Es peor para quien trabaja", "R16"):
        assert told in read
    page = words(as_(story.worker).get(f"/mi-solicitud/{story.id}/contrato"))
    assert "Este contrato es peor que el acordado" in page
    assert "Una persona de SETRASS comparó los dos contratos" in page
    assert "Ana Analista" not in page


def test_what_was_changed_alike_for_two_is_said_of_both(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(lambda s: agree(s.start().hand_in()))

    def beside(other: Story) -> Story:
        vacancy = contracts.read_own_contract(other.work(story.worker), story.id).offer.vacancy
        other.start(vacancy=vacancy, document_number=cui(1)).hand_in()
        return reword(agree(other))

    other = lived(beside)
    desk, here = analyst(story, database, as_), f"/contratos-cambiados/{story.id}/2"
    shown = desk.get(here)
    assert "Decir lo mismo de otro contrato que cambió igual" in words(shown)
    said = hidden(shown.text) | {"weighed": "worse", "reason": "Es otro trabajo."}
    desk.post(here, data=said | {"alike": "yes"})
    for one in (story, other):
        page = words(as_(one.worker).get(f"/mi-solicitud/{one.id}/contrato"))
        assert "Este contrato es peor que el acordado" in page


def test_what_is_the_same_work_can_be_accepted_and_another_s_room_is_closed(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(reworded)
    here, contract = f"/contratos-cambiados/{story.id}/2", f"/mi-solicitud/{story.id}/contrato"
    for other in (story.worker, story.inm):
        assert as_(other).get("/contratos-cambiados").status_code == 403
        assert as_(other).get(here).status_code == 403
        assert as_(other).post(here, data={}).status_code == 403
    desk = analyst(story, database, as_)
    assert desk.get(f"/contratos-cambiados/{story.id}/1").status_code == 404
    same = {"weighed": "same", "reason": "Sólo nombra quién dirige la cuadrilla."}
    desk.post(here, data=hidden(desk.get(here).text) | same)
    worker = as_(story.worker)
    page = worker.get(contract)
    assert "Es el mismo trabajo, dicho de otra manera" in words(page)
    [digest] = re.findall(r'name="digest" value="([0-9a-f]{64})"', page.text)
    worker.post(contract, data={"digest": digest, "heard": "yes"})
    assert "Usted aceptó este contrato." in words(worker.get(contract))
