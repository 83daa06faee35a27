"""Employers to choose from, for who gives the right to act for one or bars one."""

from uuid import UUID

from sqlalchemy import select

from app.storage.database import Session
from app.storage.employer_bars import is_barred
from app.storage.vacancies import Employer, employers
from permits.wages import EmployerSize


def list_names(session: Session, limit: int = 500) -> list[tuple[UUID, str]]:
    """Employers by name, `limit` at most."""
    query = select(employers.c.id, employers.c.name).order_by(employers.c.name, employers.c.id)
    return [(row.id, row.name) for row in session.execute(query.limit(limit))]


def find_name(session: Session, employer: UUID) -> str | None:
    """The name of an employer; None for an unknown id."""
    query = select(employers.c.name).where(employers.c.id == employer)
    return session.execute(query).scalar_one_or_none()


def find_employer(session: Session, employer: UUID | None) -> Employer | None:
    """An employer as registered; None for an unknown id."""
    row = session.execute(select(employers).where(employers.c.id == employer)).one_or_none()
    if row is None:
        return None
    return Employer(
        row.id,
        row.name,
        row.tax_number,
        EmployerSize(row.size),
        row.department,
        row.municipality,
        row.phone,
        row.email,
    )


def is_barred_now(session: Session, employer: UUID) -> bool:
    """Whether an employer may not hire."""
    query = select(is_barred(employers.c.id)).where(employers.c.id == employer)
    return bool(session.execute(query).scalar())


def find_by_tax_number(
    session: Session, number: str, *, hold: bool = False
) -> tuple[UUID, str] | None:
    """The employer of a tax number, by id and name; None where nobody has it. `hold`: its row."""
    query = select(employers.c.id, employers.c.name).where(employers.c.tax_number == number)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return (row.id, row.name) if row else None


def find_place(session: Session, employer: UUID) -> tuple[str, str, str] | None:
    """Name, department and municipality of an employer; None for an unknown id."""
    table = employers.c
    query = select(table.name, table.department, table.municipality)
    row = session.execute(query.where(table.id == employer)).one_or_none()
    return (row.name, row.department, row.municipality) if row else None
