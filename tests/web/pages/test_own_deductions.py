"""What a contract deducts is shown apart and answered apart: page, witness, API, paper and case."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI

from app.services import accounts
from app.services.ports import Ports
from app.storage.accounts import Account
from app.storage.contracts import list_newest_work
from permits.deadlines import legal_day
from permits.people import SYSTEM, Role
from tests.builders import Story, add_official, add_vacancy, work_of
from tests.databases import Database
from tests.farmed import owner_of
from tests.services.test_own_deductions import accept, deducted
from tests.web.api.world import World, keyed
from tests.web.conftest import As, Lived
from tests.web.pages.test_contracts import text_of
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("E7", "W9")

ASKED = "¿Acepta que le quiten esto del salario?"


def test_the_worker_answers_apart_and_everybody_reads_it(as_: As, lived: Lived) -> None:
    story = lived(deducted)
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/contrato"
    page = worker.get(path)
    assert ASKED in words(page)
    assert "por la vivienda: 300.00 lempiras hondureños (HNL)" in words(page)
    [digest] = re.findall(r'name="digest" value="([0-9a-f]{64})"', page.text)
    given = {"digest": digest, "heard": "yes"}
    silent = worker.post(path, data=given)
    assert silent.status_code == 422
    assert "Diga si acepta lo que le quitarían del salario." in words(silent)
    assert worker.post(path, data={**given, "deductions": "no"}).status_code == 303
    assert "No los aceptó: no se le quitan del salario" in words(worker.get(path))
    assert "No los aceptó: no se le quitan del salario" in words(
        as_(story.setrass).get(f"/casos/{story.id}")
    )
    assert "No los aceptó" in text_of(worker.get(f"{path}.pdf").content)
    assert "Did not agree to them" in text_of(worker.get(f"{path}.pdf?idioma=en").content)


def test_programs_and_witnesses_do_not_go_around_it(
    app: FastAPI, as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(deducted)
    api = World(app, database, ports)
    here = f"/api/v1/applications/{story.id}/contract"
    worker = api.caller(story.worker)
    digest = worker.get(here).json()["digest"]
    body = {"digest": digest, "heard": True}
    silent = worker.post(f"{here}/accept", json=body, headers=keyed())
    assert silent.status_code == 422
    assert silent.json()["errors"][0]["field"] == "deductions"
    with database.sessions.begin() as session:
        witness = as_(add_official(session, ports, Role.FACILITATOR))
    mark = {"receipt": receipt_of(story), "digest": digest, "heard_in": "spa"}
    read = witness.get(f"/marcas-de-contratos?recibo={mark['receipt']}")
    assert "¿La persona acepta que le quiten esto del salario?" in words(read)
    unsaid = witness.post("/marcas-de-contratos", data=mark)
    assert unsaid.status_code == 422
    assert "Diga si la persona acepta" in words(unsaid)
    done = worker.post(f"{here}/accept", json=body | {"deductions": True}, headers=keyed())
    agreements = {one["party"]: one["deductions"] for one in done.json()["agreements"]}
    assert agreements == {"employer": None, "worker": True}
    assert "Sí los aceptó" in words(as_(story.worker).get(f"/mi-solicitud/{story.id}/contrato"))


def receipt_of(story: Story) -> str:
    return story.application.receipt or ""


def refused_at_work(story: Story) -> Story:
    """Somebody at work since today, who did not agree to what their contract deducts."""
    today = legal_day(story.now)
    begun = add_vacancy(
        story.session, story.ports, starts_on=today, ends_on=today + timedelta(days=60)
    )
    accept(deducted(story, begun), answer=False)
    return story.approve().sign()


def test_their_employer_reads_it_where_contracts_and_wages_are_written(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(refused_at_work)
    with database.sessions.begin() as session:
        [contract] = list_newest_work(session, story.id)
        owner = owner_of(UUID(str(contract.told["employer"])))
        work = work_of(session, SYSTEM, ports)
        accounts.add(work, Account.of(owner, "duena@demo.example", None))
    farmer = as_(owner)
    listed = words(farmer.get(f"/mis-vacantes/{contract.vacancy}/contratos"))
    assert "Descuentos: No los aceptó: no se le quitan del salario" in listed
    wages = words(farmer.get(f"/mis-fincas/salarios/{story.id}"))
    assert "se le quite al mes: Vivienda: 0.00 lempiras hondureños (HNL)" in wages
