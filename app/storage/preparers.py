"""Who filled a case in, or listed or witnessed its worker: they decide nothing on it."""

from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.account_tables import accounts
from app.storage.applications import applications
from app.storage.consents import consents
from app.storage.crews import crew_members, crews
from app.storage.database import Session
from permits.applications import ApplicationId
from permits.people import PersonId


def is_prepared_by(person: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a person had a hand in the row of `applications` that a statement is at.

    As the facilitator who filled it in, who registered the crew list by which it came, or who saw
    the mark of its worker. Nobody's, where the person is told as NULL.
    """
    listed = (
        select(crews.c.id)
        .join(crew_members, crew_members.c.crew == crews.c.id)
        .where(
            crew_members.c.application == applications.c.id,
            or_(crews.c.registered_by == person, crew_members.c.witness == person),
        )
    )
    seen = (consents.c.application == applications.c.id, consents.c.witness == person)
    filled = func.coalesce(applications.c.assisted_by == person, False)
    return or_(filled, listed.exists(), exists().where(*seen))


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
