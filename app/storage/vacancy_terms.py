"""The terms that an employer tells of a vacancy beside its offer, and every change of a vacancy."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    Numeric,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PUBLIC
from app.storage.database import Base, Session
from app.storage.offer_columns import values_of_offer
from app.storage.searched import says
from app.storage.vacancies import ListedVacancy, employers, read_listed, read_query, vacancies
from permits.audit import AuditEvent
from permits.offers import Offer
from permits.people import PersonId
from recruitment.ethics.words import Contact, Requirement, ReturnTransport, Shift
from recruitment.terms import Grievance, Insurance, PayDay, RestDay, Terms

MONEY = Numeric(14, 2)

vacancy_terms = Table(
    "vacancy_terms",
    Base.metadata,
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), primary_key=True, info=PUBLIC),
    Column("tasks_es", Text, nullable=False, info=PUBLIC),
    Column("tasks_en", Text, nullable=False, info=PUBLIC),
    Column("pay_day", Text, info=PUBLIC),
    Column("rest_day", Text, info=PUBLIC),
    Column("shift", Text, info=PUBLIC),
    Column("arrival", Text, info=PUBLIC),
    Column("way_back", Text, info=PUBLIC),
    Column("insurance", Text, info=PUBLIC),
    Column("notice_days", Integer, info=PUBLIC),
    Column("grievance", Text, info=PUBLIC),
    Column("guaranteed_days", Integer, info=PUBLIC),
    Column("fees_charged", Boolean, info=PUBLIC),
    Column("worker_pays", MONEY, info=PUBLIC),
    Column("overtime_premium_percent", Integer, info=PUBLIC),
    Column("housing_deducted", MONEY, info=PUBLIC),
    Column("food_deducted", MONEY, info=PUBLIC),
    Column("deducted_in_writing", Boolean, info=PUBLIC),
    Column("requirements", ARRAY(Text), info=PUBLIC),
    Column("contacts", ARRAY(Text), info=PUBLIC),
    Column("special_stay", Boolean, info=PUBLIC),
    # What a firm declares of its staff is for the officials alone.
    Column("foreigners", Integer, info=OPERATIONAL),
    Column("headcount", Integer, info=OPERATIONAL),
    Column("foreign_payroll", MONEY, info=OPERATIONAL),
    Column("payroll", MONEY, info=OPERATIONAL),
    CheckConstraint("foreigners <= headcount", name="foreigners"),
    CheckConstraint("overtime_premium_percent BETWEEN 0 AND 500", name="overtime_premium"),
    CheckConstraint("housing_deducted >= 0 AND food_deducted >= 0", name="deducted"),
    CheckConstraint("notice_days BETWEEN 0 AND 60", name="notice_days"),
)

READERS = {
    "pay_day": PayDay,
    "rest_day": RestDay,
    "shift": Shift,
    "arrival": ReturnTransport,
    "way_back": ReturnTransport,
    "insurance": Insurance,
    "grievance": Grievance,
}
SETS = {"requirements": Requirement, "contacts": Contact}
NAMES = tuple(field.name for field in fields(Terms))


def list_terms(session: Session, some: Collection[UUID]) -> dict[UUID, Terms]:
    """The terms of these vacancies; one whose employer has told none is not among them."""
    rows = session.execute(_of_some(), {"some": list(some)})
    return {row.vacancy: _terms(row) for row in rows}


@cache
def _of_some() -> Select[Any]:
    these = vacancy_terms.c.vacancy.in_(bindparam("some", expanding=True))
    return select(vacancy_terms).where(these)


def save_terms(session: Session, vacancy: UUID, terms: Terms, *, event: AuditEvent) -> None:
    """Write the terms down; what was told before goes."""
    values = {name: _plain(getattr(terms, name)) for name in NAMES}
    adding = insert(vacancy_terms).values(vacancy=vacancy, **values)
    adding = adding.on_conflict_do_update(index_elements=["vacancy"], set_=values)
    session.execute(audit.telling(adding.returning(vacancy_terms.c.vacancy), event))


def lock_vacancy(session: Session, vacancy: UUID) -> ListedVacancy | None:
    """A vacancy with its row held, if it is there."""
    held = select(vacancies.c.id).where(vacancies.c.id == vacancy).with_for_update()
    if session.execute(held).first() is None:
        return None
    return read_listed(session.execute(read_query().where(vacancies.c.id == vacancy)).one())


def change_offer(
    session: Session, vacancy: UUID, offer: Offer, places: int, *, event: AuditEvent
) -> None:
    """Another offer of a vacancy whose row is held."""
    values = {**values_of_offer(offer, places), "version": vacancies.c.version + 1}
    _change(session, vacancy, values, event)


def touch(session: Session, vacancy: UUID, *, event: AuditEvent) -> None:
    """A new version of a vacancy whose terms beside the offer have changed."""
    _change(session, vacancy, {"version": vacancies.c.version + 1}, event)


def move_vacancy(session: Session, vacancy: UUID, status: str, *, event: AuditEvent) -> None:
    """Another status of a vacancy whose row is held; nothing holds it any more."""
    values = {"status": status, "version": vacancies.c.version + 1, "held_at": None}
    _change(session, vacancy, {**values, "asked_at": None, "asked_by": None}, event)


def ask_officials(
    session: Session, vacancy: UUID, person: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Remember who asked the officials to look at what was found."""
    _change(session, vacancy, {"asked_at": now, "asked_by": person}, event)


def list_asked(session: Session, limit: int = 200, *, text: str = "") -> list[ListedVacancy]:
    """Vacancies that wait for an official: asked about, or published and held; oldest first.

    `text`, folded, is searched in the title and the employer's name.
    """
    waiting = vacancies.c.asked_at.is_not(None) | vacancies.c.held_at.is_not(None)
    found = says(text, vacancies.c.title, employers.c.name)
    query = read_query().where(waiting, vacancies.c.status.in_(("draft", "open")), found)
    since = (vacancies.c.asked_at, vacancies.c.held_at, vacancies.c.id)
    return [read_listed(row) for row in session.execute(query.order_by(*since).limit(limit))]


def find_asker(session: Session, vacancy: UUID) -> PersonId | None:
    """Who asked the officials; None where nobody did."""
    query = select(vacancies.c.asked_by).where(vacancies.c.id == vacancy)
    found = session.execute(query).scalar_one_or_none()
    return PersonId(found) if found else None


def _change(session: Session, vacancy: UUID, values: dict[str, Any], event: AuditEvent) -> None:
    changing = update(vacancies).where(vacancies.c.id == vacancy).values(values)
    session.execute(audit.telling(changing.returning(vacancies.c.id), event))


def _plain(value: object) -> object:
    return sorted(str(one) for one in value) if isinstance(value, frozenset) else value


def _terms(row: Row[Any]) -> Terms:
    values = {name: getattr(row, name) for name in NAMES}
    for name, reader in READERS.items():
        values[name] = reader(values[name]) if values[name] is not None else None
    for name, kind in SETS.items():
        values[name] = frozenset(map(kind, values[name])) if values[name] is not None else None
    return Terms(**values)
