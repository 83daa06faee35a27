"""Who may be the person that somebody wrote down: by document, or by a name with a slip a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, and_, false, or_, select

from app.storage.applications import applications
from app.storage.database import Session
from app.storage.past_permits import past_permits
from app.storage.reaching import within
from app.storage.sealed import DOCUMENT, Vault, index_of_number
from app.storage.search_keys import parts_of, slips_of
from permits.applications import ApplicationId, Status
from permits.duplicates import days_alike
from permits.folding import fold
from permits.past_permits import Standing
from permits.people import PersonId
from permits.reach import Reach
from permits.submissions import Answers, from_mapping


@dataclass(frozen=True)
class Namesake:
    """A worker with the answers of one of their applications that was handed in."""

    worker: PersonId
    application: ApplicationId
    receipt: str
    answers: Answers


def list_namesakes(
    session: Session, vault: Vault, said: Answers, *, reach: Reach, limit: int
) -> list[Namesake]:
    """Applications within reach that may be of this person, the newest first.

    The indexes gather who has the document, or a day of birth that is alike and a given name and a
    surname that differ by one slip at most; whether they may be one person is for the law to say
    (`permits.duplicates`).
    """
    query = (
        select(applications)
        .where(
            applications.c.status != Status.DRAFT.value,
            applications.c.round > 0,
            applications.c.erased_at.is_(None),
            within(reach, applications),
            or_(
                _same(applications.c, vault, said), and_(_named(applications.c, said), _born(said))
            ),
        )
        .order_by(applications.c.submitted_at.desc(), applications.c.id)
        .limit(limit)
    )
    return [
        Namesake(PersonId(row.worker), ApplicationId(row.id), row.receipt, _answers(vault, row))
        for row in session.execute(query)
    ]


def list_open_rows(session: Session, vault: Vault, said: Answers, limit: int) -> list[UUID]:
    """Permits of older registers that are nobody's yet and may be this person's."""
    # Their days of birth are sealed: the law looks at them afterwards.
    alike = or_(_same(past_permits.c, vault, said), _named(past_permits.c, said))
    open_ = [Standing.UNSURE.value, Standing.ALONE.value]
    query: Select[Any] = (
        select(past_permits.c.id)
        .where(past_permits.c.standing.in_(open_), alike)
        .order_by(past_permits.c.starts_on.desc(), past_permits.c.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def _same(columns: Any, vault: Vault, said: Answers) -> ColumnElement[bool]:  # noqa: ANN401
    index: Column[bytes] = columns.document_index
    number = said.document_number
    return index == index_of_number(vault, number) if number else false()


def _named(columns: Any, said: Answers) -> ColumnElement[bool]:  # noqa: ANN401
    names = [_keys(text) for text in (said.given_names, said.surnames)]
    keys = columns.search_keys
    return and_(*(keys.overlap(found) for found in names)) if all(names) else false()


def _born(said: Answers) -> ColumnElement[bool]:
    if said.date_of_birth is None:
        return false()
    days = sorted(day.isoformat() for day in days_alike(said.date_of_birth))
    return or_(false(), applications.c.answers["date_of_birth"].astext.in_(days))


def _keys(names: str | None) -> Sequence[str]:
    """The keys of which a row has one that has any of these names, but for a slip."""
    words = fold(names or "").split()
    return sorted({key for word in words for key in slips_of(word) or parts_of(word)})


def _answers(vault: Vault, row: Any) -> Answers:  # noqa: ANN401  (a row of the table)
    sealed = row.document_sealed
    number = vault.open(DOCUMENT, row.id, sealed) if sealed is not None else None
    return from_mapping({**row.answers, "document_number": number})
