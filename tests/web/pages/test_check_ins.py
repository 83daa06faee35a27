"""Six questions on one page by the link of an SMS; danger reaches SETRASS, and no employer."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.services.ports import Ports
from app.storage.ratings import save_tally
from permits.audit import Act
from permits.people import SYSTEM, Actor
from recruitment.ratings import Tally
from tests.builders import ANSWERS, Story, work_of
from tests.databases import Database
from tests.web.api.operations import checked_in
from tests.web.api.world import World
from tests.web.conftest import As, Lived
from tests.web.crawling import crawl
from tests.web.pages.test_costs import farmer
from tests.web.pages.walking import words
from tests.working import answer, token_of

DESK, NAME = "/durante-el-trabajo", str(ANSWERS["surnames"])


def with_token(story: Story, found: list[str]) -> Story:
    checked_in(story.supervise())
    found.append(f"/como-esta/{token_of(story)}")
    return story


@pytest.mark.feature("N4")
def test_a_worker_answers_by_the_link_and_a_person_takes_the_alarm(
    as_: As, lived: Lived, visitor: TestClient
) -> None:
    found: list[str] = []
    story = lived(lambda one: with_token(one, found))
    (link,) = found
    page = visitor.get(link)
    names = re.findall(r'name="(\w+)" type="radio"|type="radio" name="(\w+)"', page.text)
    assert len({one or other for one, other in names}) == 6
    assert "Su empleador no ve lo que usted contesta." in words(page)
    assert NAME not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    empty = visitor.post(link, data={"act": "yes"})
    assert (empty.status_code, "Conteste al menos una pregunta." in empty.text) == (422, True)
    assert visitor.post(link, data={"paid": "maybe"}).status_code == 422
    for said in ({"safe": "threatened"}, {"safe": "no"}):  # whoever takes the phone unsays nothing
        assert visitor.post(link, data=said).status_code == 303
    thanks = visitor.get(link)
    assert "Aquí nadie puede ver lo que contestó." in words(thanks)
    assert "amenaza" not in thanks.text
    assert visitor.get("/como-esta/nadie").status_code == 404
    own = as_(story.worker).get(f"/mi-solicitud/{story.id}/como-esta")
    assert "Me amenazan" in words(own)
    chief = as_(story.supervisor)
    desk = chief.get(DESK)
    assert "Me amenazan" in words(desk)
    assert NAME not in desk.text.partition("A quién se puede llamar")[0]
    alarm = re.findall(rf'href="({DESK}/alarmas/[^"]+)"', desk.text)[0]
    opened = chief.get(alarm)
    assert "R36" in words(opened)
    assert "5551 2345" in words(opened)
    assert as_(story.setrass).get(alarm).status_code == 403
    assert chief.post(alarm).headers["location"] == f"{DESK}?hecho=1"
    assert chief.post(alarm).status_code == 409
    assert alarm not in chief.get(DESK).text


@pytest.mark.feature("N4")
def test_after_the_link_a_worker_tells_on_their_page_what_is_graver(
    as_: As, lived: Lived, visitor: TestClient
) -> None:
    found: list[str] = []
    story = lived(lambda one: with_token(one, found))
    assert visitor.post(found[0], data={"safe": "no"}).status_code == 303
    worker, page = as_(story.worker), f"/mi-solicitud/{story.id}/como-esta"
    own = worker.get(page)
    assert "Si falta algo grave, cuéntelo aquí." in words(own)
    (more,) = re.findall(r'action="(/mi-solicitud/[^"]+/como-esta/[^"]+)"', own.text)
    assert worker.post(more, data={"safe": "no"}).status_code == 409  # nothing milder
    assert worker.post(more, data={"document": "yes"}).status_code == 303
    assert "Contó después" in words(worker.get(page))


@pytest.mark.feature("N4")
def test_an_official_asks_by_telephone(as_: As, lived: Lived) -> None:
    story = lived(lambda one: checked_in(one.supervise()))
    chief = as_(story.supervisor)
    receipt = story.application.receipt or ""
    listed = chief.get(DESK).text
    (call,) = re.findall(rf'href="({DESK}/llamar/[^"]+)">{receipt}<', listed)
    assert "Lea cada pregunta." in words(chief.get(call))
    wrong = chief.post(call, data={"act": "yes"})
    assert (wrong.status_code, 'value="yes" checked' in wrong.text) == (422, True)
    assert chief.post(call, data={"paid": "late", "act": "yes"}).status_code == 303
    assert chief.post(call, data={"paid": "yes"}).status_code == 409
    looks = words(as_(story.worker).get("/mis-datos"))
    assert "Se abrió lo que contó del trabajo" in looks


def alarmed_with_farmer(story: Story, found: list[Actor]) -> Story:
    checked_in(story.supervise())
    answer(story, act=True, free="phone-taken", paid="less")
    found.append(farmer(story))
    return story


@pytest.mark.feature("N4", "N8")
def test_nothing_of_a_check_in_reaches_an_employer_inm_or_the_border(
    app: FastAPI, database: Database, ports: Ports, as_: As, lived: Lived
) -> None:
    found: list[Actor] = []
    story = lived(lambda one: alarmed_with_farmer(one, found))
    (employer,) = found
    leaks = ("phone-taken", "Me quitaron el tel", "me pagaron menos", "como-esta", DESK)
    api = World(app, database, ports)
    assert "Me quitaron el tel" in as_(story.supervisor).get(DESK).text
    for actor in (employer, story.inm):
        client = as_(actor)
        desk = ("/bandeja?espera=todas", f"/casos/{story.id}", "/puestos/pasos")
        told = {address: client.get(address).text for address in desk}
        pages = crawl(client, "/mis-vacantes") if actor is employer else told
        caller = api.caller(actor)
        one = f"/api/v1/applications/{story.id}"
        for address in (one, f"{one}/check-ins", "/api/v1/applications"):
            pages[address] = caller.get(address).text
        for address, page in pages.items():
            assert [leak for leak in leaks if leak in page] == [], (actor.role, address)
        assert client.get(DESK).status_code == 403
        assert client.get(f"/mi-solicitud/{story.id}/como-esta").status_code == 404


@pytest.mark.feature("N5")
def test_everybody_reads_what_is_told_and_the_owner_answers_once(
    as_: As, lived: Lived, visitor: TestClient, database: Database, ports: Ports
) -> None:
    found: list[Actor] = []
    story = lived(lambda one: alarmed_with_farmer(one, found))
    (employer,) = found
    assert employer.employer is not None
    profile, own = f"/empleador/{employer.employer}", "/mis-vacantes/lo-que-dicen"
    assert "Todavía no hay bastantes respuestas" in words(visitor.get(profile))
    owner = as_(employer)
    assert f'href="{own}"' in owner.get("/mis-vacantes").text
    assert "<textarea" not in owner.get(own).text
    assert owner.post(own, data={"words": "Gracias."}).status_code == 409
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        tally = Tally({"paid": {"good": 7, "bad": 5}}, {})
        event = work.event(Act.EMPLOYER_RATED, employer.employer, {"stays": 12})
        save_tally(session, ports.vault, employer.employer, tally, event=event)
    assert "Sí: 7 · No: 5" in words(visitor.get(profile))
    long = owner.post(own, data={"words": "a" * 501})
    assert (long.status_code, "a" * 501 in long.text) == (422, True)
    said = owner.post(own, data={"words": "Pagamos los sábados."})
    assert said.headers["location"] == f"{own}?hecho=1"
    assert "Pagamos los sábados." in words(visitor.get(profile))
    chief = as_(story.supervisor)
    assert "Quitar esta respuesta" in words(chief.get(f"/empleadores/{employer.employer}"))
    hide = f"{profile}/respuesta/quitar"
    assert owner.post(hide).status_code == 403
    assert [chief.post(hide).status_code, chief.post(hide).status_code] == [303, 404]
    assert "Pagamos" not in words(visitor.get(profile))
