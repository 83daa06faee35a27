"""The farm register on its pages: the employer's, a foreman's, the worker's, the inspection's."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from app.services import accounts
from app.services.ports import Ports
from app.storage.accounts import Account
from app.storage.farm_hands import list_hands
from app.web.pages.farm_gates import status_of
from permits.errors import Fault
from permits.people import SYSTEM, Actor, Role
from tests.builders import Story, add_official, work_of
from tests.databases import Database
from tests.farmed import add_farm, owner_of, working
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("E7")


def identity(page: str) -> str:
    [found] = re.findall(r'name="id" value="([0-9a-f-]{36})"', page)
    return str(found)


@dataclass(frozen=True)
class Farmed:
    """A farm with its owner, a worker of it, and an inspector."""

    story: Story
    farm: UUID
    owner: Actor
    inspector: Actor
    vacancy: UUID
    number: str

    @property
    def here(self) -> str:
        """The employer's page."""
        return f"/mis-fincas/{self.farm}"


@pytest.fixture
def farmed(lived: Lived, database: Database, ports: Ports) -> Farmed:
    made: list[UUID] = []

    def live(story: Story) -> Story:
        employer = working(story)
        made.extend((employer, add_farm(story.work(SYSTEM), employer)))
        return story

    story = lived(live)
    owner = owner_of(made[0])
    with database.sessions.begin() as session:
        account = Account.of(owner, f"{uuid4().hex}@demo.example", None)
        accounts.add(work_of(session, SYSTEM, ports), account)
        inspector = add_official(session, ports, Role.LABOUR_INSPECTOR)
        [hand] = list_hands(session, application=story.id)
    return Farmed(story, made[1], owner, inspector, hand.vacancy, hand.worker_number)


def typed(farmed: Farmed, **changes: object) -> dict[str, object]:
    """An entry by the worker's number."""
    return {"id": str(uuid4()), "direction": "entry", "text": farmed.number, **changes}


def test_a_farm_records_by_number_and_by_list_and_keeps_what_was_typed(
    as_: As, farmed: Farmed, clock: StandingClock
) -> None:
    farmer, here = as_(farmed.owner), farmed.here
    assert "Finca El Cedral Alto" in words(farmer.get("/mis-fincas"))
    form = typed(farmed, id=identity(farmer.get(here).text))
    wrong = farmer.post(here, data={**form, "text": "T-111-111-1111"})
    assert (wrong.status_code, 'value="T-111-111-1111"' in wrong.text) == (422, True)
    for _ in range(2):  # pressed twice, kept once
        kept = farmer.post(here, data=form)
        assert kept.headers["location"] == f"{here}?hecho=authorised&sentido=entry"
        clock.now += timedelta(seconds=1)
    assert "Adentro ahora: 1" in words(farmer.get(kept.headers["location"]))
    clock.now += timedelta(minutes=5)
    out = {"id": str(uuid4()), "direction": "exit", "hands": [str(farmed.story.id)]}
    assert farmer.post(here, data=out).status_code == 303
    assert "Adentro ahora: 0" in words(farmer.get(here))
    inspected = words(as_(farmed.inspector).get(f"/inspecciones/{farmed.farm}"))
    assert "María Ángela Gutiérrez Ñamendí" in inspected


def test_a_phone_waits_at_a_busy_gate_and_drops_only_what_is_wrong() -> None:
    assert status_of((Fault("number-not-found", "text"), Fault("numbers-too-many", "text"))) == 429
    assert status_of((Fault("number-not-found", "text"),)) == 422


def test_what_stood_on_paper_is_recorded_for_its_hour_and_a_wrong_hour_is_told(
    as_: As, farmed: Farmed
) -> None:
    farmer, here = as_(farmed.owner), farmed.here
    assert "Lo apunté en papel" in words(farmer.get(here))
    paper = typed(farmed, happened_at="2026-11-23T05:30")  # by the clock of Honduras
    assert farmer.post(here, data=paper).status_code == 303
    shown = words(farmer.get(here))
    assert "5:30" in shown
    assert "anotado sin red" in shown
    # A phone whose clock is a day behind sends an hour of paper as it stood there.
    told = {"id": str(uuid4()), "direction": "exit", "text": farmed.number, "paper": True}
    note = {**told, "happened_at": "2026-11-23T12:10:00.000Z"}
    sent = {"sent_at": "2026-11-22T15:00:00.000Z", "notes": [note]}
    [answer] = farmer.post(f"{here}/notas.json", json=sent).json()["items"]
    assert answer["belonging"] == "authorised"
    shown = words(farmer.get(here))
    assert ("6:10" in shown, "el reloj del teléfono" in shown) == (True, False)
    hours = ("mañana", "2026-11-23T25:00", "0001-01-01T00:00:00+14:00", "2026-12-23T05:30")
    for hour in hours:
        wrong = farmer.post(here, data=typed(farmed, happened_at=hour))
        assert (wrong.status_code, f'value="{hour}"' in wrong.text) == (422, True)
        assert 'href="#happened_at"' in wrong.text


def test_a_foremans_gate_takes_what_a_phone_kept_and_the_worker_sees_it(
    as_: As, farmed: Farmed, visitor: TestClient, clock: StandingClock
) -> None:
    day = {"ends_on-day": "1", "ends_on-month": "12", "ends_on-year": "2026"}
    linked = as_(farmed.owner).post(f"{farmed.here}/enlaces", data=day)
    [gate] = set(re.findall(r"/porton/[\w-]+", linked.text))
    clock.now += timedelta(hours=2)
    kept = typed(farmed, offline="yes", happened_at="2026-11-23T16:00:00.000Z")
    for _ in range(2):  # the reply was lost
        assert visitor.post(gate, data=kept).status_code == 303
    told = {"id": str(uuid4()), "direction": "exit", "happened_at": "2026-11-23T16:30:00.000Z"}
    wrong = {**told, "id": str(uuid4()), "text": "T-111-111-1111"}
    body = {
        "sent_at": "2026-11-23T17:00:00.000Z",
        "notes": [{**told, "text": farmed.number}, wrong],
    }
    for _ in range(2):  # and again
        right, refused = visitor.post(f"{gate}/notas.json", json=body).json()["items"]
        assert (right["belonging"], right["wait"]) == ("authorised", False)
        assert (refused["belonging"], "Revise el número" in refused["words"]) == (None, True)
    assert words(visitor.get(gate)).count("anotado sin red") == 2
    here = f"{farmed.here}/notas.json"
    assert as_(farmed.owner).post(here, json=body).json()["items"][0]["belonging"] == "authorised"
    assert visitor.post(here, json=body).status_code == 401
    assert visitor.post("/porton/nobody-knows-it/notas.json", json=body).status_code == 404
    [link] = re.findall(rf"{farmed.here}/enlaces/[0-9a-f-]+/terminar", linked.text)
    assert as_(farmed.owner).post(link, data={"lost": "yes"}).status_code == 303
    assert visitor.post(f"{gate}/notas.json", json=body).status_code == 404
    assert visitor.get(gate).status_code == 404
    shell = visitor.get("/porton/sin-red?idioma=en")
    assert "Gate without a network" in shell.text
    assert "Cedral" not in shell.text
    own = words(as_(farmed.story.worker).get(f"/mi-solicitud/{farmed.story.id}/finca"))
    assert own.count("Finca El Cedral Alto") == 2
