"""Employers and their vacancies, as workers and agencies see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
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
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Base, Session
from app.storage.employer_bars import is_barred
from app.storage.offer_columns import values_of_offer
from permits.audit import AuditEvent
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from recruitment.registries import name_key

employers = Table(
    "employers",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("name", Text, nullable=False),
    # As `name_key` writes it, for who looks up a name that was told.
    Column("name_key", Text, nullable=False, server_default=""),
    Column("tax_number", Text, unique=True),
    Column("size", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("phone", Text),
    Column("email", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("ix_employers_name_key", "name_key"),
    Index("ix_employers_phone", "phone"),
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
    Column("version", Integer, nullable=False, server_default="1"),
    # Since when something that was found keeps it from being offered; None while nothing does.
    Column("held_at", DateTime(timezone=True)),
    # Since when a rule that was found stands against it, set aside by nobody.
    Column("blocked_since", DateTime(timezone=True)),
    # Who asked the officials to look at what was found; the answer of each is an override.
    Column("asked_by", PG_UUID),
    Column("asked_at", DateTime(timezone=True)),
    CheckConstraint("status IN ('draft', 'open', 'filled', 'closed', 'withdrawn')", name="status"),
    CheckConstraint("(asked_at IS NULL) = (asked_by IS NULL)", name="asked_together"),
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

    `barred`: its employer may not hire. `held`: something that was found keeps it from being
    offered. `version` grows with each change; `asked`: officials were asked to look at it.
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
    held: bool = False
    version: int = 1
    asked: bool = False

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
    """Whether applications may still name it: published by who may hire, its last day not over.

    Nor may it be held by what was found since it was published.
    """
    stopped = vacancy.barred or vacancy.held
    return vacancy.status == "open" and not stopped and day <= vacancy.offer.ends_on


def add_employer(session: Session, employer: Employer, now: datetime, *, event: AuditEvent) -> bool:
    """Register an employer; False, and nothing logged, where somebody has its tax number."""
    row = {
        "id": employer.id,
        "name": employer.name,
        "name_key": name_key(employer.name),
        "tax_number": employer.tax_number,
        "size": employer.size.value,
        "department": employer.department,
        "municipality": employer.municipality,
        "phone": employer.phone,
        "email": employer.email,
        "created_at": now,
    }
    return audit.add_once(session, employers, row, "tax_number", event=event)


def add_vacancy(
    session: Session, vacancy: ListedVacancy, now: datetime, *, event: AuditEvent
) -> bool:
    """Add a vacancy of an employer that is registered; False, and nothing logged, of a known id."""
    return audit.add_once(session, vacancies, _values(vacancy, now), "id", event=event)


def keep_pool(session: Session, pool: ListedVacancy, now: datetime, *, event: AuditEvent) -> None:
    """Have the row of a pool, for whoever names it first; a second writer finds it there."""
    audit.add_once(session, vacancies, _values(pool, now), "id", event=event)


def _values(vacancy: ListedVacancy, now: datetime) -> dict[str, Any]:
    return {
        "id": vacancy.id,
        "employer": None if vacancy.offer.is_pool else UUID(vacancy.offer.employer),
        "programme": vacancy.programme,
        "status": vacancy.status,
        "created_at": now,
        **values_of_offer(vacancy.offer, vacancy.places),
    }


def find_vacancy(session: Session, vacancy: UUID) -> ListedVacancy | None:
    """A vacancy with its employer, if it has one, whatever its status."""
    row = session.execute(_finding(), {"wanted": vacancy}).one_or_none()
    return read_listed(row) if row else None


@cache
def _finding() -> Select[Any]:
    return read_query().where(vacancies.c.id == bindparam("wanted"))


def list_open(session: Session, programme: str | None, day: date) -> list[ListedVacancy]:
    """Employers' vacancies that may be named on a day, the first to begin on top; 200 at most."""
    query = read_query().where(vacancies.c.status == "open", vacancies.c.ends_on >= day)
    query = query.where(vacancies.c.employer.is_not(None))
    query = query.where(~is_barred(vacancies.c.employer), vacancies.c.held_at.is_(None))
    if programme is not None:
        query = query.where(vacancies.c.programme == programme)
    query = query.order_by(vacancies.c.starts_on, employers.c.name, vacancies.c.id).limit(200)
    return [read_listed(row) for row in session.execute(query)]


def list_of_employer(session: Session, employer: UUID) -> list[ListedVacancy]:
    """An employer's vacancies whatever their status, those that end last on top; 200 at most."""
    query = read_query().where(vacancies.c.employer == employer)
    query = query.order_by(vacancies.c.ends_on.desc(), vacancies.c.id).limit(200)
    return [read_listed(row) for row in session.execute(query)]


def list_some(session: Session, some: Sequence[UUID]) -> list[ListedVacancy]:
    """These vacancies by their employers' names."""
    query = read_query().where(vacancies.c.id.in_(some)).order_by(employers.c.name, vacancies.c.id)
    return [read_listed(row) for row in session.execute(query)]


@cache
def read_query() -> Select[Any]:
    """Vacancies with their employers, for `read_listed`."""
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


def read_listed(row: Row[Any]) -> ListedVacancy:
    """A row of `read_query` as a value."""
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
        row.held_at is not None,
        row.version,
        row.asked_at is not None,
    )
