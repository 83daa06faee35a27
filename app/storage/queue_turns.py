"""What tells whose turn the cases of one page are: all of them by one statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.account_tables import accounts, grants
from app.storage.agency_sets import get_agencies, read_agencies
from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.approvals import decisions
from app.storage.database import Session
from app.storage.preparers import is_prepared_by
from app.storage.recommendations import recommendations
from app.storage.taken_back import is_taker
from app.storage.watch_checks import watch_checks
from permits.appeals import Ruling
from permits.applications import Status
from permits.approvals import Opinion
from permits.people import AGENCY_OF, Agency, PersonId
from permits.watch import CheckState


@dataclass(frozen=True)
class Said:
    """What one official said for an agency in the present round: decided, or advised it."""

    agency: Agency
    official: PersonId
    opinion: Opinion


@dataclass(frozen=True)
class RowTurn:
    """What a row of the queue leaves untold; `case_files.CaseFile` has it of one case.

    `holder` is the agency of who holds the case. `check` is how the watch list's check of the round
    stands, None where it was never asked, and `checked_by` who took second looks.
    `decided_before`: the reader decided on it, or took its right back, before a recourse.
    `number_sealed` is the number of its document (`sealed.DOCUMENT`), told to a reader whose own is
    known, and `identity_index` the keyed hash of that one; else None.
    `prepared`: the reader had a hand in making it.
    """

    worker: PersonId
    agencies: tuple[Agency, ...]
    decided: tuple[Said, ...]
    advised: tuple[Said, ...]
    holder: Agency | None
    check: CheckState | None
    checked_by: frozenset[PersonId]
    decided_before: bool
    prepared: bool
    number_sealed: bytes | None = None
    identity_index: bytes | None = None


def read_turns(
    session: Session, cases: Collection[UUID], reader: PersonId
) -> Mapping[UUID, RowTurn]:
    """Of these cases, which the reader was let see, those under review; others are left out."""
    if not cases:
        return {}
    asked = {"cases": list(cases), "reader": reader}
    return {row.id: _read(row) for row in session.execute(_asking(), asked)}


@cache
def _asking() -> Select[Any]:
    """Built once; each part is looked up by its key for the few rows of a page."""
    return (
        select(
            applications.c.id,
            applications.c.worker,
            get_agencies(applications.c.agency_set).label("agencies"),
            _said(decisions).label("decided"),
            _said(recommendations).label("advised"),
            _holds_for().label("holder"),
            watch_checks.c.state.label("check_state"),
            watch_checks.c.reviewed_by.label("checked_by"),
            watch_checks.c.cleared_by.label("cleared_by"),
            *_ties_of_reader(),
            applications.c.document_sealed,
            _identity().label("identity_index"),
        )
        .outerjoin(watch_checks, _of_round(watch_checks))
        .where(
            applications.c.id.in_(bindparam("cases", expanding=True)),
            applications.c.status == Status.UNDER_REVIEW.value,
        )
    )


def _ties_of_reader() -> tuple[ColumnElement[Any], ...]:
    """What ties the reader to the row: decided before a recourse, and a hand in making it."""
    reader = bindparam("reader", type_=PG_UUID())
    return _decided_before().label("decided_before"), is_prepared_by(reader).label("prepared")


def _of_round(table: Any) -> ColumnElement[bool]:  # noqa: ANN401  (a table of rounds)
    return and_(table.c.application == applications.c.id, table.c.round == applications.c.round)


def _said(table: Any) -> Any:  # noqa: ANN401  (a table of rounds, and a subquery)
    each = array([table.c.agency, table.c.official.cast(Text), table.c.opinion])
    return (
        select(func.array_agg(each, type_=ARRAY(Text, dimensions=2)))
        .where(_of_round(table))
        .scalar_subquery()
    )


def _holds_for() -> Any:  # noqa: ANN401  (a subquery)
    """The role in which the holder speaks for an agency now; a person has one such at a time."""
    of_agencies = sorted(role.value for role in AGENCY_OF)
    held = (
        grants.c.person == applications.c.held_by,
        grants.c.ended_at.is_(None),
        grants.c.role.in_(of_agencies),
    )
    return select(grants.c.role).where(*held).limit(1).scalar_subquery()


def _identity() -> Any:  # noqa: ANN401  (a subquery)
    """Of the reader, looked up once for all rows."""
    own = accounts.c.person == bindparam("reader", type_=PG_UUID())
    return select(accounts.c.identity_index).where(own).scalar_subquery()


def _decided_before() -> ColumnElement[bool]:
    """Whether the reader decided up to a round whose refusal a recourse overturned, or took the
    right back that the case brings back."""
    reader = bindparam("reader", type_=PG_UUID())
    judged = exists().where(
        decisions.c.application == applications.c.id,
        decisions.c.official == reader,
        appeals.c.application == applications.c.id,
        appeals.c.ruling == Ruling.OVERTURNED.value,
        appeals.c.round >= decisions.c.round,
        appeals.c.round < applications.c.round,
    )
    return or_(judged, is_taker(applications.c.restores, reader))


def _read(row: Any) -> RowTurn:  # noqa: ANN401  (a row of the statement)
    looked = (row.checked_by, *(row.cleared_by or ()))
    return RowTurn(
        PersonId(row.worker),
        read_agencies(row.agencies),
        _read_said(row.decided),
        _read_said(row.advised),
        AGENCY_OF[row.holder] if row.holder else None,
        CheckState(row.check_state) if row.check_state else None,
        frozenset(PersonId(one) for one in looked if one),
        row.decided_before,
        bool(row.prepared),
        row.document_sealed if row.identity_index is not None else None,
        row.identity_index,
    )


def _read_said(values: Any) -> tuple[Said, ...]:  # noqa: ANN401  (an array of arrays, or NULL)
    return tuple(
        Said(Agency(agency), PersonId(UUID(official)), Opinion(opinion))
        for agency, official, opinion in values or ()
    )
