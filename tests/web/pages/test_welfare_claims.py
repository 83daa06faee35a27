"""A worker claims what is due beside wages; SETRASS moves it, and the employer sees nothing."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from permits.deadlines import legal_day
from permits.people import Actor, Role
from tests.builders import Story
from tests.web.conftest import As, Lived
from tests.web.pages.test_costs import farmer, typed
from tests.web.pages.walking import words
from tests.welfare import insure

DESK = "/pagos-por-devolver/ademas-del-salario"
TOLD = "Me corté la mano en el corte."


def on(name: str, day: date) -> dict[str, str]:
    """A day as its three fields."""
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def told_by(worker: TestClient, path: str, today: date) -> str:
    """An accident, first with a day that has not come; the claim's id."""
    empty = worker.get(path)
    assert "Seguros Atlas, 77-A" in words(empty)  # of the travel papers
    fields = {
        **typed(empty.text),
        **on("happened_on", today),
        "kind": "accident",
        "words": TOLD,
        "insurance": "Seguros Atlas",
    }
    wrong = worker.post(path, data={**fields, **on("happened_on", today + timedelta(days=2))})
    assert (wrong.status_code, TOLD in wrong.text) == (422, True)
    assert "La fecha todavía no ha llegado." in words(wrong)
    for _ in range(2):  # pressed twice, kept once
        assert worker.post(path, data=fields).status_code == 303
    # Gone back to for the way home: it is told that it is not kept yet, under an id of its own.
    home = {**fields, "kind": "repatriation", "words": "El viaje de regreso"}
    used = worker.post(path, data=home)
    assert (used.status_code, "El viaje de regreso" in used.text) == (409, True)
    assert typed(used.text)["claim"] != fields["claim"]
    return fields["claim"]


def walk(chief: TestClient, one: str, today: date) -> None:
    """Sent, refused, sent on, accepted and paid, each once."""
    bad = chief.post(one, data={"version": "1", "action": "send", **on("on", today), "name": "Q"})
    assert (bad.status_code, "Elija quién debe." in words(bad)) == (422, True)
    steps = (
        {"action": "send", "ower": "insurer", "name": "Seguros Atlas"},
        {"action": "refuse", "words": "Sin parte médico", "next_words": "Traiga el parte"},
        {"action": "send", "ower": "insurer", "name": "Seguros Atlas"},
        {"action": "accept", "amount": "4,000", "currency": "HNL"},
        {"action": "pay"},
    )
    for seen, step in enumerate(steps, 1):
        data = {"version": str(seen), **on("on", today), **step}
        assert chief.post(one, data=data).status_code == 303, step
    assert chief.post(one, data={"version": "5", **on("on", today), **steps[4]}).status_code == 303
    assert chief.post(one, data={"version": "5", **on("on", today), **steps[1]}).status_code == 412


@pytest.mark.feature("W26")
def test_an_accident_is_claimed_followed_and_confirmed(as_: As, lived: Lived) -> None:
    found: list[Actor] = []

    def working(one: Story) -> Story:
        one.supervise().start().submit().approve().sign()
        insure(one)
        found.append(farmer(one))
        return one

    story = lived(working)
    today = legal_day(story.now)
    worker, chief = as_(story.worker), as_(story.supervisor)
    path = f"/mi-solicitud/{story.id}/ademas-del-salario"
    assert f'href="{path}"' in worker.get(f"/mi-solicitud/{story.id}").text
    claim = told_by(worker, path, today)
    assert worker.get(path).text.count(TOLD) == 1
    listed = chief.get(DESK)
    assert f"{DESK}/{claim}" in listed.text
    assert TOLD not in listed.text
    assert f'href="{DESK}"' in chief.get("/pagos-por-devolver").text
    one = f"{DESK}/{claim}"
    assert TOLD in chief.get(one).text
    (employer,) = found
    for other in (employer, story.setrass, story.inm):
        assert as_(other).get(one).status_code == 403
        assert as_(other).get(path).status_code == 404
    walk(chief, one, today)
    asked = worker.get(path)
    assert "Traiga el parte" in asked.text
    assert "¿Recibió este dinero?" in words(asked)
    button = rf'{claim}/recibido"><input type="hidden" name="version" value="(\d)"'
    seen_now = re.findall(button, asked.text)
    for _ in range(2):
        worker.post(f"{path}/{claim}/recibido", data={"version": seen_now[0]})
    assert "Pagado y recibido" in words(worker.get(path))
    assert claim not in chief.get(DESK).text
    assert "Se abrió un pedido además del salario" in words(worker.get("/mis-datos"))


@pytest.mark.feature("W26")
def test_what_a_family_tells_is_noted_at_the_office(as_: As, lived: Lived) -> None:
    story = lived(lambda one: one.supervise().start().submit().approve().sign())
    chief, today = as_(story.supervisor), legal_day(story.now)
    page = chief.get(f"{DESK}/anotar")
    told = {**typed(page.text), **on("happened_on", today), "kind": "death", "words": TOLD}
    wrong = chief.post(f"{DESK}/anotar", data={**told, "receipt": "NADIE"})
    assert (wrong.status_code, TOLD in wrong.text) == (422, True)
    named = {**told, "teller": "Rosa, hermana", "receipt": "NADIE"}
    assert "Nadie tiene ese número" in words(chief.post(f"{DESK}/anotar", data=named))
    receipt = story.application.receipt or ""
    done = chief.post(f"{DESK}/anotar", data={**named, "receipt": receipt})
    assert (done.status_code, done.headers["location"]) == (303, f"{DESK}?hecho=1")
    assert "Rosa, hermana" in words(chief.get(f"{DESK}/{UUID(told['claim'])}"))
    assert as_(Actor(story.worker.person, Role.WORKER)).get(f"{DESK}/{uuid4()}").status_code == 403
