"""A refusal is reviewed: the worker asks on the status page, a supervisor answers at the desk."""

import re

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from permits.approvals import Opinion
from permits.people import Role
from tests.builders import Story
from tests.databases import Database
from tests.rights import PROPOSAL, signed
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk
from tests.web.pages.walking import words

WORDS = "La foto sí se lee. El documento es mío."
ANSWER = "Se revisó la foto otra vez y se lee bien."


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def refused(story: Story) -> Story:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    return story.decide(story.inm, Opinion.REFUSE, "La foto del documento no se lee.")


def ask(client: TestClient, story: Story) -> str:
    """Ask on the page that the status page leads to, and read what it says then."""
    path = f"/mi-solicitud/{story.id}"
    assert f'href="{path}/reclamar"' in client.get(path).text
    form = words(client.get(f"{path}/reclamar"))
    assert "Es gratis y no necesita abogado." in form
    empty = client.post(f"{path}/reclamar", data={"words": " "})
    assert (empty.status_code, "Diga por qué no está de acuerdo." in words(empty)) == (422, True)
    reply = client.post(f"{path}/reclamar", data={"words": WORDS})
    assert reply.status_code == 303
    return words(client.get(reply.headers["location"]))


def waiting(client: TestClient) -> list[str]:
    return re.findall(r'href="(/recursos/[0-9a-f-]{36})"', client.get("/recursos").text)


@pytest.mark.feature("O10")
def test_a_worker_is_given_right_and_the_case_is_looked_at_again(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(refused)
    worker = as_(story.worker)
    told = ask(worker, story)
    assert "Esperando respuesta" in told
    assert "/reclamar" not in worker.get(f"/mi-solicitud/{story.id}").text
    chief = as_(desk.official(Role.INM_SUPERVISOR, "Jefa del INM"))
    (path,) = waiting(chief)
    page = words(chief.get(path))
    assert WORDS in page
    assert "La foto del documento no se lee." in page
    empty = chief.post(path, data={"answer": "", "ruling": "overturned"})
    assert (empty.status_code, "Escriba la respuesta." in words(empty)) == (422, True)
    assert chief.post(path, data={"answer": ANSWER, "ruling": "overturned"}).status_code == 303
    assert waiting(chief) == []
    told = words(worker.get(f"/mi-solicitud/{story.id}"))
    assert ["Le dieron la razón" in told, ANSWER in told, "En revisión" in told] == [True] * 3
    again = chief.post(path, data={"answer": ANSWER, "ruling": "overturned"})
    assert (again.status_code, "Este recurso ya tiene respuesta." in words(again)) == (409, True)


@pytest.mark.feature("O10", "O16")
def test_a_revocation_is_contested_and_a_new_case_opens(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(lambda s: signed(s).propose().confirm().story)
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}"
    assert "Esperando respuesta" in ask(worker, story)
    chief = as_(desk.official(Role.INM_SUPERVISOR, "Jefa del INM"))
    assert "Contra una revocación" in words(chief.get("/recursos"))
    (asked,) = waiting(chief)
    page = words(chief.get(asked))
    for told in (PROPOSAL.note, PROPOSAL.hearing, WORDS, "Lo revocado no vuelve."):
        assert told in page
    assert chief.post(asked, data={"answer": ANSWER, "ruling": "overturned"}).status_code == 303
    status = worker.get(path)
    assert "Le dieron la razón" in words(status)
    assert "fue revocado" in words(status)
    (anew,) = set(re.findall(r'href="(/mi-solicitud/[0-9a-f-]{36})"', status.text)) - {path}
    assert "En revisión" in words(worker.get(anew))
    official = words(as_(story.setrass).get(anew.replace("/mi-solicitud/", "/casos/")))
    assert "Se dio la razón a la persona" in official
    assert "Contra una revocación" in official


@pytest.mark.feature("O10")
def test_who_is_not_given_right_is_told_that_there_is_another_step(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(refused)
    worker = as_(story.worker)
    ask(worker, story)
    chief = as_(desk.official(Role.INM_SUPERVISOR, "Jefa del INM"))
    (path,) = waiting(chief)
    chief.post(path, data={"answer": "No se lee.", "ruling": "upheld"})
    told = ask(worker, story)
    assert ["Se mantiene la decisión" in told, "Segunda revisión (apelación)" in told] == [
        True,
        True,
    ]
    (second,) = waiting(chief)
    page = words(chief.get(second))
    assert "Usted ya participó en este caso." in page
    assert "Dar la razón" not in page
    refusal = chief.post(second, data={"answer": ANSWER, "ruling": "overturned"})
    assert (refusal.status_code, "Usted ya participó en este caso." in words(refusal)) == (
        403,
        True,
    )


def test_the_desk_is_for_supervisors_of_the_agency_that_refused(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(refused)
    ask(as_(story.worker), story)
    assert waiting(as_(desk.official(Role.SETRASS_SUPERVISOR, "Jefa de SETRASS"))) == []
    assert as_(story.inm).get("/recursos").status_code == 403
    assert as_(story.worker).get("/recursos").status_code == 403


@pytest.mark.feature("O10")
def test_the_case_says_that_a_recourse_waits_and_leads_who_may_judge_there(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(refused)
    case = f"/casos/{story.id}"
    assert "Un recurso espera respuesta" not in as_(story.inm).get(case).text
    ask(as_(story.worker), story)
    chief = as_(desk.official(Role.INM_SUPERVISOR, "Jefa del INM"))
    (path,) = waiting(chief)
    others = [story.inm, story.setrass, desk.official(Role.SETRASS_SUPERVISOR)]
    for page in (as_(one).get(case) for one in others):
        told = words(page)
        assert "Un recurso espera respuesta" in told
        assert "Responde una supervisión que no participó antes." in told
        assert path not in page.text
        assert WORDS not in told
    assert f'href="{path}">Responder el recurso</a>' in chief.get(case).text
    listed = words(chief.get("/recursos"))
    receipt = desk.application(story).receipt
    assert receipt
    assert [one for one in (receipt, "Reposición") if one not in listed] == []
    done = chief.post(path, data={"answer": ANSWER, "ruling": "overturned"})
    assert "El caso se revisa otra vez." in words(chief.get(done.headers["location"]))
    told = words(as_(story.setrass).get(case))
    assert [one in told for one in ("Se dio la razón a la persona", ANSWER)] == [True, True]


def test_another_language_sends_nothing_and_keeps_what_was_typed(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(refused)
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/reclamar"
    page = worker.post(path, data={"words": WORDS, "idioma": "en"})
    assert (page.status_code, "Why do you not agree?" in words(page)) == (200, True)
    assert WORDS in words(page)
    ask(as_(story.worker), story)  # it may be asked still
    chief = as_(desk.official(Role.INM_SUPERVISOR, "Jefa del INM"))
    (asked,) = waiting(chief)
    page = chief.post(asked, data={"answer": ANSWER, "idioma": "en"})
    assert (page.status_code, "Uphold the decision" in words(page)) == (200, True)
    assert ANSWER in words(page)
    assert waiting(chief) == [asked]
