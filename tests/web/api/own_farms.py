"""Farms of the API's employer, as requests name them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from app.services import housing, payslips
from app.services.housing import Seen
from app.storage.employers import find_employer
from app.storage.vacancies import Employer, add_employer, find_vacancy
from app.storage.vacancies import add_vacancy as add_listed
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.wages import EmployerSize
from recruitment.ethics.words import HousingItem
from tests.builders import Story, add_vacancy
from tests.farmed import add_farm
from tests.payslips import week
from tests.web.api.own_vacancies import add_own
from tests.web.api.world import FARMER, World, keyed, now


def own_farm(**body: Any) -> Callable[[World, Story], Mapping[str, Any]]:  # noqa: ANN401
    """A farm of the employer, with a gate."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        return {"ids": {"farm": add_own_farm(world)}, "headers": keyed(), **body}

    return sent


def inspected_farm() -> Callable[[World, Story], Mapping[str, Any]]:
    """A farm of the employer, and what an inspector saw there."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        look = {
            "id": str(uuid4()),
            "inspected_on": legal_day(now()).isoformat(),
            "capacity": 24,
            "toilets": 3,
            "showers": 2,
            "items": {item.value: item is not HousingItem.COOKING for item in HousingItem},
            "mend_by": legal_day(now()).isoformat(),
        }
        return {"ids": {"farm": add_own_farm(world)}, "headers": keyed(), "json": look}

    return sent


def failing_farm() -> Callable[[World, Story], Mapping[str, Any]]:
    """A farm without a place to cook, and that one was made."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        ids, today = add_failing_farm(world), legal_day(now()).isoformat()
        mended = {"item": "cooking", "mended_on": today, "evidence": "Acta 2026-88"}
        return {"ids": ids, "headers": keyed(), "json": mended}

    return sent


def add_failing_farm(world: World) -> dict[str, Any]:
    """A farm of the API's employer, and an inspection that found no place to cook."""
    farm, inspection, today = add_own_farm(world), uuid4(), legal_day(now())
    inspector = Actor(PersonId(uuid4()), Role.LABOUR_INSPECTOR, "Inspectora")
    with world.database.sessions.begin() as session:
        seen = Seen(inspection, today, 24, 3, 2, frozenset({HousingItem.COOKING}), today)
        housing.record_inspection(world.work(session, inspector), farm, seen)
    return {"farm": farm, "inspection": inspection, "today": today}


def add_own_farm(world: World) -> UUID:
    """A new farm of the API's employer."""
    add_own(world)
    employer = FARMER.employer
    assert employer is not None
    with world.database.sessions.begin() as session:
        return add_farm(world.work(session, SYSTEM), employer)


def movement() -> dict[str, object]:
    """An entry of somebody whom nobody knows: refused, and stops no other."""
    return {
        "id": str(uuid4()),
        "direction": "entry",
        "number": "T-482-139-0759",
        "happened_at": now().isoformat().replace("+00:00", "Z"),
        "offline": True,
    }


def hired(story: Story) -> Story:
    """Somebody who works for the API's employer since today, with a payslip of the day."""
    today, session = legal_day(story.now), story.session
    found = find_vacancy(session, add_vacancy(session, story.ports, starts_on=today))
    assert found is not None
    assert FARMER.employer is not None
    system, employer = story.work(SYSTEM), FARMER.employer
    if find_employer(session, employer) is None:
        farm = Employer(employer, "Finca La Ceiba", None, EmployerSize.TO_10, "HN-CP", "0404")
        event = system.event(Act.EMPLOYER_ADDED, employer)
        add_employer(session, farm, story.now, event=event)
    own = uuid4()
    offer = replace(found.offer, vacancy=str(own), employer=str(employer))
    event = system.event(Act.VACANCY_ADDED, own, {"programme": found.programme})
    add_listed(session, replace(found, id=own, offer=offer), story.now, event=event)
    story.start(vacancy=str(own)).submit().approve().sign()
    payslips.write_payslip(story.work(FARMER), story.id, week(today, first_day=today, days=1))
    return story


SLIP_INPUT: Mapping[str, Any] = {
    "version": 1,
    "days": 1,
    "units": "1.00",
    "rate": "350.00",
    "taken": [{"kind": "advance", "amount": "50.00", "consent": True}],
}


def on_payslip(**body: Any) -> Callable[[World, Story], Mapping[str, Any]]:  # noqa: ANN401
    """The payslip of the day of somebody who works for the API's employer."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        day = legal_day(now()).isoformat()
        ids = {"application": story.id, "first_day": day}
        told = dict(body)
        if "units" in told.get("json", {}):
            told["json"] = {**told["json"], "first_day": day, "last_day": day}
        return {"ids": ids, "headers": keyed(), **told}

    return sent
