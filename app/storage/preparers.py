"""Who filled a case in, or listed or witnessed its worker: they decide nothing on it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, bindparam, case, exists, func, or_, select, union
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.account_tables import accounts
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.consents import consents
from app.storage.contracts import contract_agreements
from app.storage.crews import crew_members, crews
from app.storage.database import Session
from permits.applications import ApplicationId
from permits.people import PersonId


@dataclass(frozen=True)
class Reader:
    """Who reads, and the keyed hash of the case's document among those of accounts, if any."""

    person: PersonId
    identity_index: bytes | None


def is_prepared_by(person: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a person had a hand in the row of `applications` that a statement is at.

    As the facilitator who filled it in, who registered the crew list by which it came, or who saw
    the mark of its worker. So in the case whose lost right this one gives anew, with its answers.
    Nobody's, where the person is told as NULL.
    """
    here = applications.c
    of_lost = authorisations.c.id == here.restores
    found = select(authorisations.c.application).where(of_lost)
    lost = found.correlate(applications).scalar_subquery()
    before = applications.alias("before")
    filled = exists().where(before.c.id == lost, before.c.assisted_by == person)
    anew = or_(filled, _is_seen_by(person, lost))
    return or_(
        func.coalesce(here.assisted_by == person, False),
        _is_seen_by(person, here.id),
        case((here.restores.is_not(None), anew), else_=False),
    )


def _is_seen_by(person: ColumnElement[Any], of: ColumnElement[Any]) -> ColumnElement[bool]:
    listed = (
        select(crews.c.id)
        .join(crew_members, crew_members.c.crew == crews.c.id)
        .where(
            crew_members.c.application == of,
            or_(crews.c.registered_by == person, crew_members.c.witness == person),
        )
    )
    return or_(
        listed.exists(),
        exists().where(consents.c.application == of, consents.c.witness == person),
    )


def list_preparers(session: Session, cases: Collection[ApplicationId]) -> frozenset[PersonId]:
    """Everybody who had such a hand in one of these cases, or saw the mark under its contract."""
    inside = crews.join(crew_members, crew_members.c.crew == crews.c.id)
    listed = crew_members.c.application.in_(cases)
    people = union(
        select(applications.c.assisted_by).where(applications.c.id.in_(cases)),
        select(crews.c.registered_by).select_from(inside).where(listed),
        select(crew_members.c.witness).where(listed),
        select(consents.c.witness).where(consents.c.application.in_(cases)),
        select(contract_agreements.c.witness).where(contract_agreements.c.application.in_(cases)),
    )
    return frozenset(PersonId(one) for one in session.scalars(people) if one is not None)


def read_ties(
    session: Session, application: ApplicationId, person: PersonId, identity_index: bytes | None
) -> tuple[bool, bool]:
    """Whether the account of the document's holder is this person's; whether they prepared it.

    `identity_index` is the keyed hash of the document in the case, None where it names none.
    """
    reader = bindparam("reader", person, type_=PG_UUID())
    index = bindparam("identity", identity_index, type_=LargeBinary)
    own = exists().where(accounts.c.person == reader, accounts.c.identity_index == index)
    here = select(own, is_prepared_by(reader)).where(applications.c.id == application)
    row = session.execute(here).one()
    return bool(row[0]), bool(row[1])
