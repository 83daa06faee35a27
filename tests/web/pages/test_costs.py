"""A worker's cost diary on one screen; nobody else reads it; what is asked back SETRASS follows."""

import re
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.services.accounts import add
from app.services.ports import Ports
from app.storage.accounts import Account
from app.storage.applications import applications
from app.storage.cost_entries import cost_entries
from app.storage.vacancies import find_vacancy
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.costs import Asker
from tests.builders import Story, work_of
from tests.costs import NAME, note_fee, part_form, sound
from tests.databases import Database
from tests.registered import bring_all
from tests.services.test_retention import picture
from tests.web.api.world import World
from tests.web.conftest import As, Lived
from tests.web.crawling import crawl
from tests.web.pages.walking import words

FIGURES = "/pagos-por-devolver?cifras=si"

FEE = {
    "code": "fee-placement",
    "amount": "1,234.50",
    "currency": "GTQ",
    "phase": "before",
    "payer": "family",
    "asker": "recruiter",
    "asker_name": NAME,
    "means": "loan",
    "lender": "recruiter",
    "repaid_by_wage": "yes",
    "words": "En la terminal.",
    **{"paid_on-day": "3", "paid_on-month": "11", "paid_on-year": "2026"},
}


def diary(story: Story) -> str:
    return f"/mi-solicitud/{story.id}/pagos"


def typed(page: str) -> dict[str, str]:
    """What the page's own form carries."""
    form = page[page.index('id="answers"') :]
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    return dict(found)


def version(page: str, cost: str) -> dict[str, str]:
    (found,) = set(
        re.findall(rf'{cost}/[a-z-]+"><input type="hidden" name="version" value="(\d+)"', page)
    )
    return {"version": found}


@pytest.mark.feature("W19")
@pytest.mark.feature("N9")
def test_a_worker_notes_changes_and_removes_a_payment(as_: As, lived: Lived) -> None:
    story = lived(lambda one: one.start())
    worker, path = as_(story.worker), diary(story)
    assert f'href="{path}"' in worker.get(f"/solicitud/{story.id}").text
    empty = worker.get(path)
    assert "Nadie puede cobrarle por conseguir trabajo." in words(empty)
    new = typed(empty.text)
    wrong = worker.post(path, data={**new, **FEE, "amount": "0", "lender": ""})
    assert wrong.status_code == 422
    assert "Escriba una cantidad mayor que cero." in words(wrong)
    assert NAME in wrong.text
    receipt = {
        "receipt": ("nota.jpg", picture(), "image/jpeg"),
        "voice": ("voz", sound(), "audio/wav"),
    }
    bad = worker.post(path, data={**new, **FEE}, files={"receipt": ("x.jpg", b"x", "image/jpeg")})
    assert (bad.status_code, NAME in bad.text) == (422, True)
    for _ in range(2):  # pressed twice, kept once
        kept = worker.post(path, data={**new, **FEE}, files=receipt)
        assert (kept.status_code, kept.headers["location"]) == (303, f"{path}?hecho=guardado")
    page = worker.get(path)
    assert page.text.count("Quitar este pago") == 1
    assert "El reclutador: Q 1,234.50" in words(page) or "1,234.50" in words(page)
    cost = new["entry"]
    assert worker.get(f"{path}/{cost}/comprobante").content[:2] == b"\xff\xd8"
    assert f'src="{path}/{cost}/voz"' in page.text
    heard = worker.get(f"{path}/{cost}/voz")
    assert (heard.headers["content-type"], heard.content) == ("audio/wav", sound(tag=b"JUNK"))
    changing = worker.get(f"{path}?cambiar={cost}").text
    assert NAME in changing
    data = {**FEE, **typed(changing), "amount": "900", "currency": "HNL"}
    assert worker.post(path, data=data).status_code == 303
    assert "900.00" in words(worker.get(path))
    stale = worker.post(path, data=data)
    assert (stale.status_code, NAME in stale.text) == (412, True)
    seen = version(worker.get(path).text, cost)
    for _ in range(2):  # pressed twice
        assert worker.post(f"{path}/{cost}/quitar", data=seen).status_code == 303
    assert "Quitar este pago" not in worker.get(path).text
    assert worker.get(f"{path}/{cost}/comprobante").status_code == 404


@pytest.mark.feature("N9")
def test_a_worker_asks_the_office_to_act(as_: As, lived: Lived) -> None:
    story = lived(lambda one: one.start())
    worker, path = as_(story.worker), diary(story)
    assert worker.post(f"{path}/caso").status_code == 409
    new = typed(worker.get(path).text)
    assert worker.post(path, data={**new, **FEE}).status_code == 303
    page = words(worker.get(path))
    assert "Hay un préstamo que ata al trabajo." in page
    assert "No se sabe cuánto es en salarios." in page
    changing = worker.get(f"{path}?cambiar={new['entry']}").text
    assert re.search(r'name="paid_on-day"[^>]*value="3"', changing)
    for _ in range(2):  # pressed twice
        asked = worker.post(f"{path}/caso")
        assert (asked.status_code, asked.headers["location"]) == (303, f"{path}?hecho=caso")
    assert "La oficina de quejas se ocupa de lo que usted pagó." in words(worker.get(path))


def live(story: Story) -> Story:
    """Two fees in the worker's diary, each with a receipt's photo."""
    for asker in (Asker.RECRUITER, Asker.EMPLOYER):
        note_fee(story, asker, picture())
    return story


def permit(story: Story) -> Story:
    return live(story.supervise().start().submit().approve().sign())


def entries(story: Story) -> list[UUID]:
    """The ids in the order in which they were noted."""
    here = cost_entries.c.application == story.id
    found = select(cost_entries.c.id).where(here)
    return list(story.session.scalars(found.order_by(cost_entries.c.noted_at, cost_entries.c.id)))


def farmer(story: Story) -> Actor:
    here = select(applications.c.vacancy).where(applications.c.id == story.id)
    found = find_vacancy(story.session, story.session.execute(here).scalar_one())
    assert found is not None
    employer = UUID(found.offer.employer)
    actor = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer)
    add(story.work(SYSTEM), Account.of(actor, f"{actor.person.hex}@demo.example", None))
    return actor


@pytest.mark.feature("N9")
def test_nobody_else_reads_a_diary(
    app: FastAPI, database: Database, ports: Ports, as_: As, lived: Lived
) -> None:
    found: list[Actor] = []

    def with_farmer(one: Story) -> Story:
        found.append(farmer(live(one.supervise().start().submit())))
        return one

    story = lived(with_farmer)
    path, api = diary(story), World(app, database, ports)
    assert "777.77" in as_(story.worker).get(path).text
    (employer,) = found
    for actor, first in (
        (employer, "/mis-vacantes"),
        (story.supervisor, "/bandeja?espera=todas"),
        (story.inm, "/bandeja?espera=todas"),
    ):
        client = as_(actor)
        pages = crawl(client, first)
        if actor is not employer:
            case = client.get(f"/casos/{story.id}")
            assert case.status_code == 200
            pages["case"] = case.text
        pages["csv"] = client.post("/bandeja/casos.csv?espera=todas").text
        caller = api.caller(actor)
        for address in (f"/api/v1/applications/{story.id}", "/api/v1/applications"):
            pages[address] = caller.get(address).text
        for address, page in pages.items():
            told = [one for one in (NAME, "777.77", "777,77") if one in page]
            assert told == [], (actor.role, address)
        assert client.get(path).status_code == 404
        assert client.get(f"{path}/{entries(story)[0]}/comprobante").status_code == 404


@pytest.mark.feature("N9")
def test_what_is_asked_back_is_followed_and_the_fee_freezes_who_took_it(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(permit)
    with database.sessions.begin() as session:
        bring_all(session, ports)
    worker, chief, path = as_(story.worker), as_(story.supervisor), diary(story)
    first, second = entries(story)
    desk = f"/pagos-por-devolver/{first}"
    assert chief.get(desk).status_code == 404
    asked = worker.post(f"{path}/{first}/pedir", data={"version": "1"})
    assert asked.status_code == 303
    assert worker.post(f"{path}/{first}/quitar", data={"version": "2"}).status_code == 409
    every = chief.get("/pagos-por-devolver")
    assert (str(first) in every.text, str(second) in every.text) == (True, False)
    assert NAME not in every.text
    assert "Corredor: Guatemala–Honduras" not in words(every)
    assert "Corredor: Guatemala–Honduras" in words(chief.get(FIGURES))
    assert f"/casos/{story.id}" not in every.text
    opened = words(chief.get(desk))
    assert NAME in opened
    assert "R30 Cobros prohibidos: 1." in opened
    assert chief.get(f"{desk}/comprobante").content[:2] == b"\xff\xd8"
    assert as_(story.setrass).get(desk).status_code == 403
    inspector = inspecting(as_, database, ports)
    assert desk in inspector.get("/pagos-por-devolver").text
    asked_why = inspector.get(desk)
    assert (asked_why.status_code, NAME in asked_why.text) == (200, False)
    assert inspector.post(f"{desk}/inspeccionar").status_code == 422
    seen = inspector.post(f"{desk}/inspeccionar", data={"reason": "ordered"})
    assert (NAME in seen.text, "Me mostraron" in seen.text) == (True, False)
    assert inspector.post(f"{desk}/partes", data=part_form(story, 2)).status_code == 403
    fee_is_confirmed(chief, desk, story)
    repaid(worker, chief, desk, f"{path}/{first}", story)
    assert "Devuelto y recibido" in words(worker.get(path))
    assert str(first) not in chief.get("/pagos-por-devolver").text
    looks = words(worker.get("/mis-datos"))
    assert "Se abrió un pago por devolver" in looks
    assert "Se inspeccionó un pago por devolver" in looks


def inspecting(as_: As, database: Database, ports: Ports) -> TestClient:
    """The browser of a labour inspector."""
    actor = Actor(PersonId(uuid4()), Role.LABOUR_INSPECTOR, "Ana")
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        add(work, Account.of(actor, "inspectora@demo.example", None))
    return as_(actor)


def fee_is_confirmed(chief: TestClient, desk: str, story: Story) -> None:
    """Who took it is suspended, once, and the worker's case stays as it was."""
    fee = {"version": "2", "licence": "HN-001", "reference": ""}
    wrong = chief.post(f"{desk}/cobro", data=fee)
    assert (wrong.status_code, 'value="HN-001"' in wrong.text) == (422, True)
    fee["reference"] = "ACTA-7"
    english = chief.post(f"{desk}/cobro", data={**fee, "idioma": "en"})
    assert (english.status_code, 'value="ACTA-7"' in english.text) == (200, True)
    assert english.headers["content-language"] == "en"
    chief.cookies.delete("idioma")
    before = story.application
    assert chief.post(f"{desk}/cobro", data=fee).status_code == 303
    assert chief.post(f"{desk}/cobro", data={**fee, "version": "3"}).status_code == 409  # once
    public = words(chief.get("/reclutadores/hn-recruiters/HN-001"))
    assert "Una autoridad le suspendió." in public
    story.session.expire_all()
    assert story.application == before


def repaid(worker: TestClient, chief: TestClient, desk: str, own: str, story: Story) -> None:
    """Said to be paid, disputed, shown again, and confirmed by the worker."""
    first = part_form(story, 3)
    own = f"{own}/partes/{first['part']}"
    assert chief.post(f"{desk}/partes", data=part_form(story, 2)).status_code == 412
    for _ in range(2):  # pressed twice
        assert chief.post(f"{desk}/partes", data=first).status_code == 303
    for _ in range(2):
        no = worker.post(f"{own}/no-recibida", data={"version": "4"})
        assert no.status_code == 303
    assert worker.post(f"{own}/recibida", data={"version": "4"}).status_code == 412
    assert f'value="{first["part"]}"' in chief.get(f"{desk}?otra={first['part']}").text
    again = chief.post(f"{desk}/partes", data={**first, "version": "5", "evidence": "Recibo 13"})
    assert again.status_code == 303
    yes = worker.post(f"{own}/recibida", data={"version": "6"})
    assert yes.status_code == 303


@pytest.mark.feature("A5")
def test_the_indicator_is_told_from_five_people_on(as_: As, lived: Lived) -> None:
    stories = [lived(lambda one: live(one.start())) for _ in range(4)]
    chief = as_(lived(lambda one: one.supervise()).supervisor)
    assert "del salario de un mes" not in words(chief.get(FIGURES)).partition("lista.")[2]
    stories.append(lived(lambda one: live(one.start())))
    told = words(chief.get(FIGURES))
    # Twice 777.77 of 350 a day on six days a week: 9,100 a month.
    assert told.count("Cerca del 15 % del salario de un mes · 5 personas") == 2
