"""Employers who may not hire, with what they told when they registered."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from app.storage.database import Session
from app.storage.employer_bars import is_barred
from app.storage.farm_columns import read_farm
from app.storage.farms import farms
from app.storage.measures import measures
from app.storage.registrations import list_by_employers
from app.storage.vacancies import employers
from recruitment.likenesses import Stopped
from recruitment.registrations import Farm, Told
from recruitment.standings import WEIGHS, may_recruit

STOPS = [kind.value for kind, standing in WEIGHS.items() if not may_recruit(standing)]


def list_stopped(session: Session, on: date, limit: int = 2000) -> list[Stopped]:
    """Who is barred, or stopped by a measure that counts on a day, by name; closed farms too."""
    own = measures.c
    counting = select(own.employer).where(
        own.kind.in_(STOPS),
        own.starts_on <= on,
        or_(own.ends_on.is_(None), own.ends_on >= on),
        or_(own.settled_on.is_(None), own.settled_on > on),
        own.employer.is_not(None),
    )
    stopped = is_barred(employers.c.id) | employers.c.id.in_(counting)
    query = select(employers.c.id, employers.c.name).where(stopped)
    rows = session.execute(query.order_by(employers.c.name, employers.c.id).limit(limit)).all()
    known = list_by_employers(session, [row.id for row in rows])
    places: dict[UUID, list[Farm]] = {}
    here = farms.c.registration.in_([one.id for one in known.values()])
    for row in session.execute(select(farms).where(here)):
        places.setdefault(row.registration, []).append(read_farm(row, row.id))
    found = []
    for row in rows:
        told = known.get(row.id)
        where = places.get(told.id, []) if told else []
        found.append(Stopped(row.id, row.name, told.told if told else Told(), where))
    return found
