"""A repayment in parts, at SETRASS's desk and in the worker's diary."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.services import costs, repayments
from app.services.ports import Ports
from app.web.i18n import locale_for
from app.web.pages.cost_forms import tell_payments
from permits.deadlines import legal_day
from tests.builders import Story, work_of
from tests.costs import ask_back, part_form, shown
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words


def claimed(story: Story) -> Story:
    """A fee of 777.77 that a worker asked back."""
    ask_back(story.supervise().start())
    return story


@pytest.mark.feature("W19", "N9")
def test_days_are_proposed_agreed_and_each_part_answered(as_: As, lived: Lived) -> None:
    story = lived(claimed)
    worker, chief = as_(story.worker), as_(story.supervisor)
    diary = f"/mi-solicitud/{story.id}/pagos"
    found = re.search(r"/pagos-por-devolver/([0-9a-f-]{36})", chief.get("/pagos-por-devolver").text)
    assert found is not None
    desk, own = found[0], f"{diary}/{found[1]}"
    day = legal_day(story.now) + timedelta(days=7)
    plan = {"version": "2", "parts": "2", "every": "week"}
    plan |= {"first_day-day": str(day.day), "first_day-month": str(day.month)}
    empty = chief.post(f"{desk}/plan", data={"version": "2"})
    assert (empty.status_code, "Elija cada cuánto." in words(empty)) == (422, True)
    plan["first_day-year"] = str(day.year)
    many = chief.post(f"{desk}/plan", data={**plan, "parts": "99"})
    assert (many.status_code, "Elija entre 1 y 24 partes." in words(many)) == (422, True)
    assert 'value="99"' in many.text
    assert chief.post(f"{desk}/plan", data=plan).status_code == 303
    assert "falta que la persona diga sí" in words(chief.get(desk))
    asked = words(worker.get(diary))
    assert "¿Está de acuerdo con estos días?" in asked
    assert "388.88 lempiras hondureños (HNL)" in asked
    assert worker.post(f"{own}/plan/quizas", data={"version": "3"}).status_code == 404
    assert worker.post(f"{own}/plan/de-acuerdo", data={"version": "2"}).status_code == 412
    assert worker.post(f"{own}/plan/de-acuerdo", data={"version": "3"}).status_code == 303
    assert "Días acordados" in words(worker.get(diary))
    assert worker.post(f"{own}/no-pedir", data={"version": "4"}).status_code == 409
    answers_a_part(worker, chief, (diary, desk, own), part_form(story, 4))


def answers_a_part(
    worker: TestClient, chief: TestClient, paths: tuple[str, str, str], form: dict[str, str]
) -> None:
    """300 of it are shown and came; the page and the list tell what is left."""
    diary, desk, own = paths
    told = {**form, "amount": "300.00"}
    odd = chief.post(f"{desk}/partes", data={**told, "currency": "GTQ", "evidence": ""})
    assert odd.status_code == 422
    assert "Escriba qué le mostraron." in words(odd)
    rate = chief.post(f"{desk}/partes", data={**told, "currency": "GTQ"})
    assert "Falta el tipo de cambio de ese día." in words(rate)
    assert chief.post(f"{desk}/partes", data=told).status_code == 303
    other = chief.post(f"{desk}/partes", data={**told, "amount": "301.00"})  # gone back to
    assert (other.status_code, told["part"] in other.text) == (409, False)
    assert 'value="301.00"' in other.text
    shown = words(worker.get(diary))
    assert "Junto con el salario" not in shown
    assert "Lo que mostraron: Recibo 12" in shown
    part = f"{own}/partes/{told['part']}"
    assert worker.post(f"{part}/quizas", data={"version": "5"}).status_code == 404
    assert worker.post(f"{part}/recibida", data={"version": "5"}).status_code == 303
    assert "Falta recibir 477.77 lempiras hondureños (HNL)" in words(worker.get(diary))
    assert "Falta recibir: 477.77 lempiras hondureños (HNL)" in words(
        chief.get("/pagos-por-devolver")
    )


def partly(story: Story) -> Story:
    """Of 777.77 five hundred came."""
    cost, part = UUID(ask_back(story.supervise().start())), shown(story, "500.00")
    repayments.note_part(story.work(story.supervisor), cost, part, 2)
    repayments.answer_part(story.work(story.worker), story.id, cost, part.id, 3, came=True)
    return story


@pytest.mark.feature("N9")
def test_the_office_that_is_asked_to_act_reads_what_is_left(
    lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(partly)
    with database.sessions() as session:
        work = work_of(session, story.worker, ports, story.now)
        told = tell_payments(locale_for("es"), costs.read_own_diary(work, story.id))
    assert told.count("Falta recibir: 277.77 lempiras hondureños (HNL).") == 1
    assert told.count("Por conseguir el trabajo: 777.77") == 2
