"""Vacancies of the API's employer: drafts that nobody has told the terms of."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.services import vacancy_writing
from app.storage import employers, vacancies
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM
from permits.wages import EmployerSize
from tests.builders import Story
from tests.hirers import know
from tests.vacancies import wanted
from tests.web.api.world import FARMER, World, keyed, now

STEP_INPUT: Mapping[str, Any] = {
    "kind": "nationals-first",
    "first_day": "2026-10-01",
    "last_day": "2026-10-30",
    "evidence": "Aviso 12 del servicio de empleo.",
    "came_forward": 3,
}

VACANCY_INPUT: Mapping[str, Any] = {
    "programme": "coffee-hn-gt",
    "title": "Corte de café",
    "occupation": "9211",
    "department": "HN-CP",
    "municipality": "0404",
    "starts_on": "2099-12-01",
    "ends_on": "2100-02-15",
    "places": 20,
    "wage": "60.00",
    "unit": "lata",
    "unit_kg": "15.9",
    "hours_per_day": "8",
    "days_per_week": 5,
    "hiring": "open",
    "housing": True,
    "terms": {
        "tasks_es": "Cortar café maduro.",
        "tasks_en": "Pick ripe coffee.",
        "pay_day": "weekly",
        "rest_day": "sunday",
        "shift": "day",
        "arrival": "to-border",
        "way_back": "to-border",
        "insurance": "private",
        "notice_days": 3,
        "grievance": "employer",
        "guaranteed_days": 60,
        "fees_charged": False,
        "worker_pays": "0.00",
        "overtime_premium_percent": 25,
        "requirements": [],
        "contacts": ["office"],
        "special_stay": False,
        "foreigners": 5,
        "headcount": 60,
        "foreign_payroll": "50000.00",
        "payroll": "600000.00",
    },
}


def own_vacancy(**body: Any) -> Callable[[World, Story], Mapping[str, Any]]:  # noqa: ANN401
    """A draft of the employer, as a request names it."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        return {"ids": {"vacancy": add_own(world)}, "headers": keyed(1), **body}

    return sent


def add_own(world: World) -> UUID:
    """A new draft of the API's employer."""
    first = legal_day(now()) + timedelta(days=8)
    with world.database.sessions.begin() as session:
        system, employer = world.work(session, SYSTEM), FARMER.employer
        assert employer is not None
        if employers.find_employer(session, employer) is None:
            farm = vacancies.Employer(
                employer,
                "Finca La Ceiba",
                None,
                EmployerSize.TO_10,
                "HN-CP",
                "0404",
                "+50499990000",
            )
            event = system.event(Act.EMPLOYER_ADDED, farm.id)
            vacancies.add_employer(session, farm, now(), event=event)
            know(system, farm.id)
        work = world.work(session, FARMER)
        offer = wanted(starts_on=first, ends_on=first + timedelta(days=70))
        return vacancy_writing.start_draft(work, offer)
