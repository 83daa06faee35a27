"""Employers that a name, a tax number, a telephone or a farm's name may mean."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select

from app.storage.database import Session
from app.storage.farms import farms
from app.storage.registrations import employer_registrations
from app.storage.vacancies import employers
from recruitment.registrations import RegistrationStatus


@dataclass(frozen=True)
class NamedFarm:
    """A farm that was named, and where it is."""

    name: str
    municipality: str


@dataclass(frozen=True)
class NamedEmployer:
    """Who may be meant: `farms` are those that were named; `phone` (E.164) is told to nobody."""

    id: UUID
    name: str
    department: str
    municipality: str
    phone: str | None
    verified: bool
    farms: tuple[NamedFarm, ...] = ()


def list_matching(
    session: Session,
    *,
    ids: Collection[UUID] = (),
    phones: Collection[str] = (),
    numbers: Collection[str] = (),
    names: Collection[str] = (),
    farm_names: Collection[str] = (),
    limit: int,
) -> list[NamedEmployer]:
    """Employers of these ids, phones (E.164), tax numbers or names (`name_key`), each once.

    And those with a standing farm of one of `farm_names` (`farm_key`). The verified come first.
    """
    named = _named_farms(session, farm_names, limit)
    table, own = employers.c, employer_registrations
    verified = own.c.status == RegistrationStatus.VERIFIED.value
    meant = or_(
        table.phone.in_(phones),
        table.tax_number.in_(numbers),
        table.name_key.in_(names),
        table.id.in_([*ids, *named]),
    )
    query = (
        select(employers, own.c.id.is_not(None).label("verified"))
        .outerjoin(own, (own.c.employer == table.id) & verified)
        .where(meant)
        .order_by(own.c.id.is_(None), table.name, table.id)
    )
    return [_named(row, named.get(row.id, ())) for row in session.execute(query.limit(limit))]


def _named(row: Row[Any], own: Sequence[NamedFarm]) -> NamedEmployer:
    return NamedEmployer(
        *(row.id, row.name, row.department, row.municipality, row.phone, row.verified), tuple(own)
    )


def _named_farms(
    session: Session, names: Collection[str], limit: int
) -> dict[UUID, Sequence[NamedFarm]]:
    """The farms of verified employers that these names mean, by their employer."""
    if not names:
        return {}
    table, own = farms.c, employer_registrations.c
    query = (
        select(table.name, table.municipality, own.employer)
        .join(employer_registrations, own.id == table.registration)
        .where(table.name_key.in_(names), table.closed_on.is_(None), own.employer.is_not(None))
        .order_by(own.employer, table.name, table.id)
    )
    found: dict[UUID, list[NamedFarm]] = {}
    for row in session.execute(query.limit(limit)):
        found.setdefault(row.employer, []).append(NamedFarm(row.name, row.municipality))
    return dict(found)
