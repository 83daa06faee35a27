"""Crew lists, and how each worker of one consented."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.applications import applications, list_reached, read_row
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.sealed import Vault, index_of_number
from permits.applications import Application, ApplicationId
from permits.audit import AuditEvent
from permits.consents import ConsentWay
from permits.crews import Crew, Member
from permits.errors import NotFound
from permits.people import PersonId
from permits.reach import Reach

crews = Table(
    "crews",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column(
        "vacancy",
        PG_UUID,
        ForeignKey("vacancies.id"),
        nullable=False,
        info=OPERATIONAL,
    ),
    Column("programme", Text, nullable=False, info=OPERATIONAL),
    Column("registered_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("registered_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Index("ix_crews_vacancy", "vacancy"),
    Index("ix_crews_registered_by", "registered_by"),
)

crew_members = Table(
    "crew_members",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("crew", PG_UUID, ForeignKey("crews.id"), nullable=False, info=OPERATIONAL),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("place", Integer, nullable=False, info=OPERATIONAL),
    Column("way", Text, info=PERSONAL),
    Column("consented_at", DateTime(timezone=True), info=PERSONAL),
    Column("witness", PG_UUID, info=PSEUDONYMOUS),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("way IN ('code', 'witnessed')", name="way"),
    CheckConstraint("(way IS NULL) = (consented_at IS NULL)", name="consented_together"),
    CheckConstraint(
        "(witness IS NOT NULL) = (way IS NOT DISTINCT FROM 'witnessed')", name="witness"
    ),
    CheckConstraint("witness <> worker", name="witness_is_another"),
    Index("ix_crew_members_crew", "crew", "place"),
)


@dataclass(frozen=True)
class ListedMember:
    """A worker of a list with the application as it stands."""

    member: Member
    application: Application
    worker_name: str


def add_crew(session: Session, crew: Crew, *, event: AuditEvent) -> bool:
    """Register a list; False, and nothing logged, where it was registered before."""
    adding = pg_insert(crews).values(
        id=crew.id,
        vacancy=crew.vacancy,
        programme=crew.programme,
        registered_by=crew.registered_by,
        registered_at=crew.registered_at,
    )
    added = session.execute(adding.on_conflict_do_nothing().returning(crews.c.id)).first()
    if added is not None:
        audit.append(session, event)
    return added is not None


def add_members(session: Session, members: Sequence[Member], *, event: AuditEvent) -> None:
    """Put workers on their list."""
    rows = [
        {
            "application": one.application,
            "crew": one.crew,
            "worker": one.worker,
            "place": one.place,
        }
        for one in members
    ]
    session.execute(insert(crew_members), rows)
    audit.append(session, event)


def set_consent(session: Session, member: Member, *, event: AuditEvent) -> None:
    """A worker of a list said yes, once and for all."""
    session.execute(
        update(crew_members)
        .where(crew_members.c.application == member.application, crew_members.c.way.is_(None))
        .values(
            way=member.way.value if member.way else None,
            consented_at=member.consented_at,
            witness=member.witness,
        )
    )
    audit.append(session, event)


def note_batch(session: Session, *, event: AuditEvent) -> None:
    """Remember that a list was approved, and how many of it were refused."""
    audit.append(session, event)


def get_crew(session: Session, crew: UUID) -> Crew:
    """One list; NotFound where there is none."""
    row = session.execute(select(crews).where(crews.c.id == crew)).one_or_none()
    if row is None:
        raise NotFound("no-such-crew")
    return read_crew(row)


def list_crews(session: Session, condition: Mapping[str, object], limit: int = 200) -> list[Crew]:
    """Lists whose columns have these values, the newest first."""
    query = select(crews).where(*(crews.c[name] == value for name, value in condition.items()))
    query = query.order_by(crews.c.registered_at.desc(), crews.c.id).limit(limit)
    return [read_crew(row) for row in session.execute(query)]


def list_unanswered(session: Session, limit: int = 200) -> list[Crew]:
    """Lists on which a draft still waits for its worker's answer, the newest first."""
    waiting = (
        select(crew_members.c.crew)
        .join(applications, applications.c.id == crew_members.c.application)
        .where(applications.c.status == "draft", crew_members.c.way.is_(None))
    )
    query = select(crews).where(crews.c.id.in_(waiting))
    query = query.order_by(crews.c.registered_at.desc(), crews.c.id).limit(limit)
    return [read_crew(row) for row in session.execute(query)]


def list_members(session: Session, crew: UUID, reach: Reach | None = None) -> list[ListedMember]:
    """The workers of a list in its order; those within reach alone where it is bounded."""
    query = _members().where(crew_members.c.crew == crew)
    if reach is not None:
        query = query.where(crew_members.c.application.in_(list_reached(reach)))
    return [_listed(row) for row in session.execute(query.order_by(crew_members.c.place))]


def list_of_worker(session: Session, worker: PersonId) -> list[ListedMember]:
    """The lists on which a worker stands, the newest first."""
    query = _members().where(crew_members.c.worker == worker)
    rows = session.execute(query.order_by(applications.c.created_at.desc()))
    return [_listed(row) for row in rows]


def lock_member(session: Session, application: ApplicationId) -> Member:
    """The worker of an application that came by a list, held; NotFound where it came by none."""
    row = session.execute(
        select(crew_members).where(crew_members.c.application == application).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-member")
    return _member(row)


def is_registered_by(session: Session, application: ApplicationId, person: PersonId) -> bool:
    """Whether this person registered the list by which an application came."""
    listed = (
        select(crews.c.id)
        .join(crew_members, crew_members.c.crew == crews.c.id)
        .where(crew_members.c.application == application, crews.c.registered_by == person)
    )
    return session.execute(listed).first() is not None


def list_registered(
    session: Session, vault: Vault, vacancy: UUID, numbers: Collection[str]
) -> set[str]:
    """Of these document numbers, those whose holders stand on a list of this vacancy."""
    by_hash = {index_of_number(vault, number): number for number in numbers}
    rows = session.execute(
        select(applications.c.document_index)
        .join(crew_members, crew_members.c.application == applications.c.id)
        .join(crews, crews.c.id == crew_members.c.crew)
        .where(
            crews.c.vacancy == vacancy,
            applications.c.status.not_in(["refused", "lapsed", "withdrawn"]),
            applications.c.document_index.in_(by_hash),
        )
    )
    return {by_hash[row.document_index] for row in rows}


def _members() -> Select[Any]:
    return select(
        applications,
        *(
            crew_members.c[name].label(f"m_{name}")
            for name in ("crew", "place", "way", "consented_at", "witness")
        ),
    ).join(crew_members, crew_members.c.application == applications.c.id)


def _listed(row: Row[Any]) -> ListedMember:
    member = Member(
        ApplicationId(row.id),
        row.m_crew,
        PersonId(row.worker),
        row.m_place,
        ConsentWay(row.m_way) if row.m_way else None,
        row.m_consented_at,
        PersonId(row.m_witness) if row.m_witness else None,
    )
    return ListedMember(member, read_row(row), row.worker_name)


def _member(row: Row[Any]) -> Member:
    return Member(
        ApplicationId(row.application),
        row.crew,
        PersonId(row.worker),
        row.place,
        ConsentWay(row.way) if row.way else None,
        row.consented_at,
        PersonId(row.witness) if row.witness else None,
    )


def read_crew(row: Row[Any]) -> Crew:
    """A list from its row."""
    return Crew(
        row.id,
        row.vacancy,
        row.programme,
        PersonId(row.registered_by),
        row.registered_at,
    )
