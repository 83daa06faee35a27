"""The pages of the roster: joined by the worker, chosen by SETRASS, met and offered, accepted."""

import re
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.services import roster
from permits.deadlines import legal_day
from permits.people import Actor, Role
from tests.abroad import owner_of, work_abroad
from tests.builders import ABROAD, Story, add_official
from tests.web.conftest import As, Lived
from tests.web.pages.walking import now, words

SAID = {
    "occupation": "9211",
    "years": "3",
    "proof": "paper",
    "work_languages": ["spa"],
    "free_from-day": "1",
    "free_from-month": "diciembre",
    "free_from-year": "2026",
    "destinations": ["twap-canada"],
}


def parts(name: str, days: int) -> dict[str, str]:
    """A day of the real clock in its three boxes."""
    day = legal_day(now()) + timedelta(days=days)
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def moved(owner: TestClient, path: str, act: str, **typed: str) -> int:
    version = re.search(r'name="version" value="(\d+)"', owner.get(path).text)
    given = {"version": version[1] if version else "1", **typed}
    return owner.post(f"{path}/{act}", data=given).status_code


@pytest.mark.feature("W7", "E6")
def test_from_the_list_to_an_offer(as_: As, lived: Lived) -> None:
    people: dict[str, Actor] = {}
    vacancies: list[str] = []

    def told(story: Story) -> Story:
        story.now = now()
        answers: dict[str, Any] = {**ABROAD}
        story.start(programme="twap-canada", **answers)
        vacancy = work_abroad(story)
        vacancies.append(str(vacancy))
        people["owner"] = owner_of(story, vacancy)
        people["officer"] = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
        return story

    story = lived(told)
    worker, owner, officer = (
        as_(one) for one in (story.worker, people["owner"], people["officer"])
    )
    mine = f"/mi-solicitud/{story.id}/lista"
    assert mine in worker.get(f"/solicitud/{story.id}").text
    empty = worker.post(mine, data={"years": "3"})
    assert (empty.status_code, "Elija el trabajo que mejor conoce." in empty.text) == (422, True)
    assert 'value="3"' in empty.text  # what was typed is kept
    strange = worker.post(mine, data={**SAID, "destinations": ["coffee-hn-gt"]})
    assert strange.status_code == 422
    joined = worker.post(mine, data={**SAID, **parts("free_until", 500)})
    assert "Usted está en la lista" in words(worker.get(joined.headers["location"]))
    assert officer.get(mine).status_code == 404

    [vacancy] = vacancies
    here = f"/mis-vacantes/{vacancy}/candidatos"
    assert here in owner.get(f"/mis-vacantes/{vacancy}").text
    wrong = owner.post(f"{here}/requisitos", data={"years": "0", "proven": "yes"})
    assert (wrong.status_code, "no hay nada que probar" in wrong.text) == (422, True)
    assert owner.post(f"{here}/requisitos", data={"years": "2"}).status_code == 303

    assert vacancy in officer.get("/seleccion").text
    page = officer.get(f"/seleccion/{vacancy}")
    assert "Gutiérrez" not in page.text
    assert officer.post(f"/seleccion/{vacancy}", data={}).status_code == 422
    others = re.findall(r'name="why-([0-9a-f-]+)"', page.text)
    why = {f"why-{one}": "asked-to-wait" for one in others if one != str(story.id)}
    chosen = officer.post(f"/seleccion/{vacancy}", data={"chosen": str(story.id), **why})
    assert "La preselección quedó guardada." in words(officer.get(chosen.headers["location"]))

    listed = owner.get(here)
    assert "M. Á. G. Ñ." in listed.text
    assert "Gutiérrez" not in listed.text
    found = re.search(rf"{here}/([0-9a-f-]{{36}})", listed.text)
    assert found is not None
    path = f"{here}/{found[1]}"
    assert moved(owner, path, "invitar") == 422
    day = parts("interview_day", 1)
    at = {"interview_hour": "09:30", "interview_place": "https://video.example/sala"}
    assert moved(owner, path, "invitar", **day, **at) == 303
    assert "Gutiérrez" in owner.get(path).text
    assert moved(owner, path, "resultado", outcome="suitable") == 409  # not before the hour
    assert "https://video.example/sala" in worker.get(mine).text
    assert worker.post(f"{mine}/{found[1]}/aceptar").status_code == 409
    assert worker.post(f"{mine}/{found[1]}/retirar").status_code == 303
    assert "La persona se retiró" in words(worker.get(mine))
    assert worker.post(f"{mine}/salir").status_code == 303
    assert worker.post(f"{mine}/salir").status_code == 409
    lived(lambda other: _is_off(other, story))


def _is_off(other: Story, story: Story) -> Story:
    work = other.work(story.worker)
    assert not roster.read_own(work, story.id).stands
    return other
