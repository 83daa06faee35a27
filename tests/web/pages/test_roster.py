"""The pages of the roster: joined by the worker, chosen by SETRASS, met and offered, accepted."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from permits.deadlines import legal_day
from permits.people import Actor, Role
from tests.abroad import owner_of, work_abroad
from tests.builders import ABROAD, NOW, Story, add_official
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

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
    """A day in its three boxes."""
    day = legal_day(NOW) + timedelta(days=days)
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def moved(owner: TestClient, path: str, act: str, **typed: str) -> int:
    version = re.search(r'name="version" value="(\d+)"', owner.get(path).text)
    given = {"version": version[1] if version else "1", **typed}
    return owner.post(f"{path}/{act}", data=given).status_code


@dataclass(frozen=True)
class People:
    """Somebody with a draft, an employer abroad with a vacancy, and an official."""

    worker: Actor
    owner: Actor
    officer: Actor
    application: str
    vacancy: str


def people(lived: Lived) -> People:
    """They all have what signs them in."""
    found = []

    def told(story: Story) -> Story:
        answers: dict[str, Any] = {**ABROAD}
        story.start(programme="twap-canada", **answers)
        vacancy = work_abroad(story)
        officer = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
        owner = owner_of(story, vacancy)
        found.append(People(story.worker, owner, officer, str(story.id), str(vacancy)))
        return story

    lived(told)
    return found[0]


def choose(officer: TestClient, who: People) -> None:
    """SETRASS pre-selects the worker; no name is on the page."""
    page = f"/seleccion/{who.vacancy}"
    assert page in officer.get("/seleccion").text
    shown = officer.get(page)
    assert "Gutiérrez" not in shown.text
    assert officer.post(page, data={}).status_code == 422
    others = re.findall(r'name="why-([0-9a-f-]+)"', shown.text)
    why = {f"why-{one}": "asked-to-wait" for one in others if one != who.application}
    chosen = officer.post(page, data={"chosen": who.application, **why})
    assert "La preselección quedó guardada." in words(officer.get(chosen.headers["location"]))


@pytest.mark.feature("W7", "E6")
def test_a_worker_joins_and_leaves(as_: As, lived: Lived) -> None:
    who = people(lived)
    worker, officer = as_(who.worker), as_(who.officer)
    mine = f"/mi-solicitud/{who.application}/lista"
    assert mine in worker.get(f"/solicitud/{who.application}").text
    empty = worker.post(mine, data={"years": "3"})
    assert (empty.status_code, "Elija el trabajo que mejor conoce." in empty.text) == (422, True)
    assert 'value="3"' in empty.text  # what was typed is kept
    strange = worker.post(mine, data={**SAID, "destinations": ["coffee-hn-gt"]})
    assert strange.status_code == 422
    joined = worker.post(mine, data={**SAID, **parts("free_until", 500)})
    assert "Usted está en la lista" in words(worker.get(joined.headers["location"]))
    assert officer.get(mine).status_code == 404
    assert worker.post(f"{mine}/salir").status_code == 303
    assert worker.post(f"{mine}/salir").status_code == 409


@pytest.mark.feature("E6")
def test_from_the_list_to_an_interview(as_: As, lived: Lived) -> None:
    who = people(lived)
    worker, owner, officer = as_(who.worker), as_(who.owner), as_(who.officer)
    mine, here = f"/mi-solicitud/{who.application}/lista", f"/mis-vacantes/{who.vacancy}/candidatos"
    worker.post(mine, data=SAID)
    assert here in owner.get(f"/mis-vacantes/{who.vacancy}").text
    wrong = owner.post(f"{here}/requisitos", data={"years": "0", "proven": "yes"})
    assert (wrong.status_code, "no hay nada que probar" in wrong.text) == (422, True)
    assert owner.post(f"{here}/requisitos", data={"years": "2"}).status_code == 303

    choose(officer, who)
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
    assert "09:30 · Hora de Honduras" in words(owner.get(here))  # read in another zone
    assert moved(owner, path, "resultado", outcome="suitable") == 409  # not before the hour
    assert "https://video.example/sala" in worker.get(mine).text
    assert worker.post(f"{mine}/{found[1]}/aceptar").status_code == 409
    assert worker.post(f"{mine}/{found[1]}/retirar").status_code == 303
    assert "La persona se retiró" in words(worker.get(mine))
