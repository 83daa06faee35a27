"""What hangs on a farm: who is inside, and what stands where its employer has no other one."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, select

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.farm_hands import EmployersFarm
from app.storage.farm_movements import list_inside
from app.storage.farms import farms
from app.storage.vacancies import vacancies
from app.storage.working_rights import find_changed_vacancy
from permits.applications import Status
from recruitment.farm_closings import Hanging

WAITING = [one.value for one in (Status.UNDER_REVIEW, Status.ASKED, Status.RETURNED)]
STANDING = ["granted", "suspended"]


def count_hanging(session: Session, farm: EmployersFarm, today: date, since: datetime) -> Hanging:
    """What must end before a farm is taken away; who works goes on where another one stands.

    Who came in before `since` and was never seen going out is not inside.
    """
    inside = len(list_inside(session, farm.id, since))
    if _has_another(session, farm):
        return Hanging(inside)
    here = and_(
        vacancies.c.employer == farm.employer,
        vacancies.c.municipality == farm.municipality,
        vacancies.c.ends_on >= today,
    )
    offered = select(func.count()).select_from(vacancies).where(here, vacancies.c.status == "open")
    return Hanging(
        inside,
        _count_workers(session, here, today),
        int(session.execute(offered).scalar_one()),
    )


def _has_another(session: Session, farm: EmployersFarm) -> bool:
    """Whether another farm of the same registration stands in its municipality."""
    own = farms.alias("own")
    other = exists().where(
        own.c.id == farm.id,
        farms.c.registration == own.c.registration,
        farms.c.id != farm.id,
        farms.c.municipality == farm.municipality,
        farms.c.closed_on.is_(None),
    )
    return bool(session.execute(select(other)).scalar_one())


def _count_workers(session: Session, here: ColumnElement[bool], today: date) -> int:
    """Permits for work there that stand today or later, and cases that wait for one."""
    today_for = func.coalesce(find_changed_vacancy(authorisations.c.id), applications.c.vacancy)
    permitted = (
        select(func.count())
        .select_from(authorisations)
        .join(applications, applications.c.id == authorisations.c.application)
        .join(vacancies, vacancies.c.id == today_for)
        .where(
            here,
            authorisations.c.status.in_(STANDING),
            authorisations.c.valid_until >= today,
            applications.c.erased_at.is_(None),
        )
    )
    waiting = (
        select(func.count())
        .select_from(applications)
        .join(vacancies, vacancies.c.id == applications.c.vacancy)
        .where(here, applications.c.status.in_(WAITING), applications.c.erased_at.is_(None))
    )
    return sum(int(session.execute(one).scalar_one()) for one in (permitted, waiting))
