"""Employers and their vacancies, as workers and agencies see them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Row,
    Select,
    Table,
    Text,
    distinct,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Base, Session
from app.storage.employer_bars import is_barred
from app.storage.quotas import quota_places
from permits.audit import AuditEvent
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit

employers = Table(
    "employers",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("tax_number", Text, unique=True),
    Column("size", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("phone", Text),
    Column("email", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

vacancies = Table(
    "vacancies",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    # None in the pool of a department, one row for each of a programme's seasons.
    Column("employer", PG_UUID, ForeignKey("employers.id")),
    Column("programme", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("hiring", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("occupation", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("places", Integer, nullable=False),
    Column("wage", Numeric(12, 2), nullable=False),
    Column("currency", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("unit_kg", Numeric(8, 2)),
    Column("hours_per_day", Numeric(4, 2), nullable=False),
    Column("days_per_week", Integer, nullable=False),
    Column("housing", Boolean, nullable=False),
    Column("transport", Boolean, nullable=False),
    Column("food", Boolean, nullable=False),
    Column("tops_up", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("status IN ('draft', 'open', 'closed')", name="status"),
    CheckConstraint("starts_on <= ends_on", name="days"),
    CheckConstraint("places > 0", name="places"),
    CheckConstraint("employer IS NOT NULL OR hiring = 'open'", name="pool_asks_nobody"),
    Index("ix_vacancies_programme_status", "programme", "status"),
    Index("ix_vacancies_department", "department", "municipality"),
    Index("ix_vacancies_municipality", "municipality"),
)


@dataclass(frozen=True)
class Employer:
    """Who hires; `phone` is E.164."""

    id: UUID
    name: str
    tax_number: str | None
    size: EmployerSize
    department: str
    municipality: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class ListedVacancy:
    """A vacancy together with its employer, and how many applications name it.

    `barred`: its employer may not hire.
    """

    id: UUID
    programme: str
    status: str
    places: int
    offer: Offer
    employer_phone: str | None
    employer_email: str | None
    applicants: int = 0
    barred: bool = False

    @property
    def hiring(self) -> Hiring:
        """How worker and employer come together."""
        return self.offer.hiring

    @property
    def title(self) -> str:
        """What the work is called."""
        return self.offer.title

    @property
    def employer_name(self) -> str:
        """Who hires."""
        return self.offer.employer_name


def is_open(vacancy: ListedVacancy, day: date) -> bool:
    """Whether applications may still name it: published by who may hire, its last day not over."""
    return vacancy.status == "open" and not vacancy.barred and day <= vacancy.offer.ends_on


def add_employer(session: Session, employer: Employer, now: datetime, *, event: AuditEvent) -> None:
    """Register an employer."""
    session.execute(
        insert(employers).values(
            id=employer.id,
            name=employer.name,
            tax_number=employer.tax_number,
            size=employer.size.value,
            department=employer.department,
            municipality=employer.municipality,
            phone=employer.phone,
            email=employer.email,
            created_at=now,
        )
    )
    audit.append(session, event)


def add_vacancy(
    session: Session, vacancy: ListedVacancy, now: datetime, *, event: AuditEvent
) -> None:
    """Add a vacancy of an employer that is registered."""
    session.execute(insert(vacancies).values(_values(vacancy, now)))
    audit.append(session, event)


def keep_pool(session: Session, pool: ListedVacancy, now: datetime, *, event: AuditEvent) -> None:
    """Have the row of a pool, for whoever names it first; a second writer finds it there."""
    adding = pg_insert(vacancies).values(_values(pool, now))
    adding = adding.on_conflict_do_nothing(index_elements=[vacancies.c.id])
    session.execute(audit.telling(adding.returning(vacancies.c.id), event))


def _values(vacancy: ListedVacancy, now: datetime) -> dict[str, Any]:
    offer = vacancy.offer
    return {
        "id": vacancy.id,
        "employer": None if offer.is_pool else UUID(offer.employer),
        "programme": vacancy.programme,
        "status": vacancy.status,
        "hiring": offer.hiring.value,
        "title": offer.title,
        "occupation": offer.occupation,
        "department": offer.department,
        "municipality": offer.municipality,
        "starts_on": offer.starts_on,
        "ends_on": offer.ends_on,
        "places": vacancy.places,
        "wage": offer.wage,
        "currency": offer.currency,
        "unit": offer.unit.value,
        "unit_kg": offer.unit_kg,
        "hours_per_day": offer.hours_per_day,
        "days_per_week": offer.days_per_week,
        "housing": offer.housing,
        "transport": offer.transport,
        "food": offer.food,
        "tops_up": offer.tops_up,
        "created_at": now,
    }


def find_vacancy(session: Session, vacancy: UUID) -> ListedVacancy | None:
    """A vacancy with its employer, if it has one, whatever its status."""
    row = session.execute(_listed().where(vacancies.c.id == vacancy)).one_or_none()
    return _vacancy(row) if row else None


def list_open(session: Session, programme: str | None, day: date) -> list[ListedVacancy]:
    """Employers' vacancies that may be named on a day, the first to begin on top; 200 at most."""
    query = _listed().where(vacancies.c.status == "open", vacancies.c.ends_on >= day)
    query = query.where(vacancies.c.employer.is_not(None))
    query = query.where(~is_barred(vacancies.c.employer))
    if programme is not None:
        query = query.where(vacancies.c.programme == programme)
    query = query.order_by(vacancies.c.starts_on, employers.c.name, vacancies.c.id).limit(200)
    return [_vacancy(row) for row in session.execute(query)]


def list_of_employer(session: Session, employer: UUID) -> list[ListedVacancy]:
    """An employer's vacancies whatever their status, those that end last on top; 200 at most."""
    query = _listed().where(vacancies.c.employer == employer)
    query = query.order_by(vacancies.c.ends_on.desc(), vacancies.c.id).limit(200)
    return [_vacancy(row) for row in session.execute(query)]


def count_holders(session: Session, vacancy: UUID) -> int:
    """How many applications that name it hold a place of a quota, each once."""
    holders = select(func.count(distinct(quota_places.c.application))).join(
        applications, applications.c.id == quota_places.c.application
    )
    return session.execute(holders.where(applications.c.vacancy == vacancy)).scalar_one()


def _listed() -> Select[Any]:
    applicants = (
        select(func.count())
        .select_from(applications)
        .where(applications.c.vacancy == vacancies.c.id, applications.c.round > 0)
        .scalar_subquery()
    )
    return select(
        vacancies,
        employers.c.name.label("employer_name"),
        employers.c.size.label("employer_size"),
        employers.c.phone.label("employer_phone"),
        employers.c.email.label("employer_email"),
        applicants.label("applicants"),
        is_barred(vacancies.c.employer).label("barred"),
    ).outerjoin(employers, employers.c.id == vacancies.c.employer)


def _vacancy(row: Row[Any]) -> ListedVacancy:
    offer = Offer(
        vacancy=str(row.id),
        employer=str(row.employer) if row.employer else "",
        employer_name=row.employer_name or "",
        employer_size=EmployerSize(row.employer_size or EmployerSize.TO_10),
        hiring=Hiring(row.hiring),
        department=row.department,
        municipality=row.municipality,
        title=row.title,
        occupation=row.occupation,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        wage=Decimal(row.wage),
        currency=row.currency,
        unit=WageUnit(row.unit),
        unit_kg=row.unit_kg,
        hours_per_day=Decimal(row.hours_per_day),
        days_per_week=row.days_per_week,
        housing=row.housing,
        transport=row.transport,
        food=row.food,
        tops_up=row.tops_up,
    )
    return ListedVacancy(
        row.id,
        row.programme,
        row.status,
        row.places,
        offer,
        row.employer_phone,
        row.employer_email,
        row.applicants,
        row.barred,
    )
