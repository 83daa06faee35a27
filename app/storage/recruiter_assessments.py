"""The IRIS self-assessments of recruiters, by licence: a row for each criterion touched."""

from collections.abc import Mapping

from sqlalchemy import Column, Table, Text

from app.storage.assessments import get_columns, list_rows, save_row
from app.storage.columns import PERSONAL, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.assessments import Assessment
from recruitment.recruiters import LicenceKey

recruiter_assessments = Table(
    "recruiter_assessments",
    Base.metadata,
    # By the licence and not by a line of the registry: its list is replaced as a whole.
    Column("registry", Text, primary_key=True, info=PUBLIC),
    Column("licence", Text, primary_key=True, info=PERSONAL),
    *get_columns(),
)


def list_assessments(session: Session, key: LicenceKey) -> list[Assessment]:
    """The criteria that somebody touched."""
    return list_rows(session, recruiter_assessments, _of(key))


def save_assessment(
    session: Session, key: LicenceKey, after: Assessment, set_by: PersonId, *, event: AuditEvent
) -> None:
    """Write a criterion as it stands now; Stale where somebody else was faster."""
    save_row(session, recruiter_assessments, _of(key), after, set_by, event=event)


def _of(key: LicenceKey) -> Mapping[str, object]:
    return {"registry": key.registry.value, "licence": key.number}
