"""Whether the employer of a vacancy is stopped on a day, as one condition beside a case.

The same law as `recruitment.standings`: from `suspended` on nobody new is hired. A bar of SETRASS
has a room of its own (`employer_bars`).
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, literal, or_

from app.storage.complaints import complaints
from app.storage.measures import measures
from app.storage.registrations import employer_registrations
from app.storage.registry_answers import registry_answers
from app.storage.vacancies import vacancies
from app.storage.vacancy_judgements import vacancy_overrides
from recruitment.complaints.words import Flag
from recruitment.hirers import ORDERS
from recruitment.registries import Registry, Verdict
from recruitment.standings import MeasureKind

EXCEPTED = {MeasureKind.FINE: "fine-unpaid", MeasureKind.GRAVE_COMPLAINT: "grave-complaint"}
"""What else stops, with the code by which R24 finds it in a vacancy; no order has an exception."""

TAX = "tax-inactive"


def is_stopped(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Whether the employer of the vacancy in the query around is stopped on a day.

    By a measure that counts, or by the tax office, which says "not active". What was set aside for
    the vacancy since does not stop its workers either. A complaint that is marked so that its
    employer is told nothing of it is left out, as in the judgements of vacancies: by the worker
    who waits for this work they would hear of it.
    """
    kinds = [measures.c.kind == kind.value for kind in sorted(ORDERS)]
    kinds += [
        and_(measures.c.kind == kind.value, ~_is_set_aside(code, day, measures.c.recorded_at))
        for kind, code in EXCEPTED.items()
    ]
    measured = exists().where(
        measures.c.employer == vacancies.c.employer,
        measures.c.starts_on <= day,
        or_(measures.c.ends_on.is_(None), measures.c.ends_on >= day),
        or_(measures.c.settled_on.is_(None), measures.c.settled_on > day),
        or_(*kinds),
        ~_is_hidden(),
    )
    return or_(measured, _is_inactive(day))


def _is_set_aside(
    code: str, day: ColumnElement[date], since: ColumnElement[Any]
) -> ColumnElement[bool]:
    given = vacancy_overrides.c
    return exists().where(
        given.vacancy == vacancies.c.id,
        given.code == code,
        given.given_on <= day,
        given.ends_on >= day,
        given.granted_at >= since,
    )


def _is_hidden() -> ColumnElement[bool]:
    """Whether a measure comes of a case that is marked (`handling.reference_of`)."""
    name = func.upper(cast(complaints.c.id, Text))
    called = literal("Q-") + func.substr(name, 1, 4) + literal("-") + func.substr(name, 5, 4)
    return and_(
        measures.c.kind == MeasureKind.GRAVE_COMPLAINT.value,
        exists().where(
            complaints.c.employer == measures.c.employer,
            complaints.c.flags.contains([Flag.EMPLOYER_SENSITIVE.value]),
            measures.c.reference == called,
        ),
    )


def _is_inactive(day: ColumnElement[date]) -> ColumnElement[bool]:
    answer = registry_answers.c
    return exists().where(
        employer_registrations.c.employer == vacancies.c.employer,
        answer.registration == employer_registrations.c.id,
        answer.registry == Registry.RTN.value,
        answer.verdict == Verdict.NOT_ACTIVE.value,
        ~_is_set_aside(TAX, day, answer.asked_at),
    )
