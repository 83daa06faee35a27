"""Payslips: every version stands as it was written, with the worker's answer beside it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, cast, exists, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB, distinct_on

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Session
from app.storage.payslip_tables import payslip_answers, payslip_findings, payslips
from app.storage.vacancies import employers
from permits.audit import AuditEvent
from permits.findings import Finding
from permits.people import PersonId
from recruitment.ethics.written import read_finding, write_finding
from recruitment.payslip_checks import UNPAID
from recruitment.payslips import (
    Answer,
    Contested,
    Line,
    Payslip,
    WorkersAnswer,
    content_of,
    read_slip,
)


@dataclass(frozen=True)
class FiledPayslip:
    """The newest version of a payslip with its findings, whose it is, and the employer's name.

    `found_at`: when it was written, or when something was found in it later.
    """

    payslip: Payslip
    findings: tuple[Finding, ...]
    worker_name: str
    employer_name: str
    programme: str
    found_at: datetime


def add_version(
    session: Session,
    payslip: Payslip,
    findings: Sequence[Finding],
    written_by: PersonId,
    *,
    event: AuditEvent,
) -> None:
    """Write a version; the application's row is held, so that numbers follow each other."""
    audit.add_row(
        session,
        payslips,
        {
            "application": payslip.application,
            "first_day": payslip.slip.first_day,
            "version": payslip.version,
            "worker": payslip.worker,
            "vacancy": payslip.vacancy,
            "employer": payslip.employer,
            "content": content_of(payslip.slip),
            "digest": payslip.digest,
            "findings": [write_finding(one) for one in findings],
            "written_by": written_by,
            "written_at": payslip.written_at,
        },
        event=event,
    )


def add_answer(
    session: Session, payslip: Payslip, answer: WorkersAnswer, *, event: AuditEvent
) -> bool:
    """Keep what a worker says of a version; False, and nothing logged, where they have said it."""
    return audit.add_once(
        session,
        payslip_answers,
        {
            "application": payslip.application,
            "first_day": payslip.slip.first_day,
            "version": payslip.version,
            "answer": answer.answer.value,
            "lines": [[one.line.value, one.own] for one in answer.lines],
            "words": answer.words,
            "answered_at": answer.answered_at,
        },
        event=event,
    )


def save_reply(
    session: Session, payslip: Payslip, reply: str, now: datetime, *, event: AuditEvent
) -> bool:
    """Write the employer's answer to what was contested, once; False where it stands already."""
    own = payslip_answers.c
    saving = (
        update(payslip_answers)
        .where(
            own.application == payslip.application,
            own.first_day == payslip.slip.first_day,
            own.version == payslip.version,
            own.answer == Answer.CONTESTED.value,
            own.replied_at.is_(None),
        )
        .values(reply=reply, replied_at=now)
        .returning(own.version)
    )
    return session.execute(audit.telling(saving, event)).first() is not None


def list_versions(session: Session, application: UUID, first_day: date) -> list[FiledPayslip]:
    """Every version of one payslip, the newest on top."""
    own = payslips.c
    query = find_every().where(own.application == application, own.first_day == first_day)
    return read_filed(session, query.order_by(own.version.desc()))


def list_newest(session: Session, application: UUID, limit: int = 200) -> list[FiledPayslip]:
    """The newest version of each payslip of an application, the last period on top."""
    found = _newest(session, payslips.c.application == application, limit)
    return sorted(found, key=lambda one: one.payslip.slip.first_day, reverse=True)


def list_of_employer(session: Session, employer: UUID, limit: int = 20_000) -> list[FiledPayslip]:
    """The newest version of each payslip that an employer wrote, by worker and period."""
    return _newest(session, payslips.c.employer == employer, limit)


def list_of_applications(
    session: Session, some: Collection[UUID], limit: int = 20_000
) -> dict[UUID, list[Payslip]]:
    """The newest versions of these applications, for counts."""
    found: dict[UUID, list[Payslip]] = {}
    for one in _newest(session, payslips.c.application.in_(some), limit):
        found.setdefault(one.payslip.application, []).append(one.payslip)
    return found


def list_unpaid(
    session: Session, since: date, limit: int, after: tuple[UUID, date] | None = None
) -> list[FiledPayslip]:
    """Newest payslips of periods that began since a day and are not paid, not found late later.

    In the order of their keys, from `after` on.
    """
    own = payslips.c
    newer = payslips.alias("newer")
    corrected = exists().where(
        newer.c.application == own.application,
        newer.c.first_day == own.first_day,
        newer.c.version > own.version,
    )
    query = find_every().where(
        own.first_day >= since,
        cast(own.content, JSONB)["paid_on"].astext.is_(None),
        ~corrected,
        or_(
            payslip_findings.c.application.is_(None),
            ~payslip_findings.c.findings.contains([{"code": UNPAID}]),
        ),
        applications.c.erased_at.is_(None),
    )
    if after is not None:
        query = query.where(tuple_(own.application, own.first_day) > tuple_(*after))
    return read_filed(session, query.order_by(own.application, own.first_day).limit(limit))


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that an official looked at payslips."""
    audit.append(session, event)


def _newest(session: Session, condition: Any, limit: int) -> list[FiledPayslip]:  # noqa: ANN401
    own = payslips.c
    query = (
        find_every()
        .where(condition, applications.c.erased_at.is_(None))
        .ext(distinct_on(own.application, own.first_day))
        .order_by(own.application, own.first_day.desc(), own.version.desc())
        .limit(limit)
    )
    return read_filed(session, query)


def _findings(row: Row[Any]) -> tuple[Finding, ...]:
    """What was found at the writing and later; of one kind the later counts."""
    later = [read_finding(one) for one in row.later or ()]
    codes = {one.code for one in later}
    at_first = (read_finding(one) for one in row.findings)
    return (*(one for one in at_first if one.code not in codes), *later)


def find_every() -> Select[Any]:
    """The query of every version of every payslip, with whose it is; for `read_filed`."""
    return (
        select(
            payslips,
            payslip_findings.c.findings.label("later"),
            payslip_findings.c.found_at,
            applications.c.worker_name,
            applications.c.programme,
            employers.c.name.label("employer_name"),
        )
        .outerjoin_from(payslips, payslip_findings)
        .join(applications, applications.c.id == payslips.c.application)
        .join(employers, employers.c.id == payslips.c.employer)
    )


def read_filed(session: Session, query: Select[Any]) -> list[FiledPayslip]:
    """What a query of `find_every` finds, with what workers said of it."""
    rows = session.execute(query).all()
    answers = _answers(session, {row.application for row in rows})
    return [
        FiledPayslip(
            _payslip(row, answers.get((row.application, row.first_day, row.version))),
            _findings(row),
            row.worker_name,
            row.employer_name,
            row.programme,
            row.found_at or row.written_at,
        )
        for row in rows
    ]


def _answers(
    session: Session, some: Collection[UUID]
) -> dict[tuple[UUID, date, int], WorkersAnswer]:
    """What was said last of each version: who acknowledged may have contested since."""
    own = payslip_answers.c
    query = select(payslip_answers).where(and_(own.application.in_(some)))
    rows = session.execute(query.order_by(own.answered_at, own.answer))
    return {(row.application, row.first_day, row.version): _answer(row) for row in rows}


def _answer(row: Row[Any]) -> WorkersAnswer:
    return WorkersAnswer(
        Answer(row.answer),
        row.answered_at,
        tuple(Contested(Line(line), own) for line, own in row.lines),
        row.words,
        row.reply,
        row.replied_at,
    )


def _payslip(row: Row[Any], answer: WorkersAnswer | None) -> Payslip:
    return Payslip(
        row.application,
        PersonId(row.worker),
        row.vacancy,
        row.employer,
        row.version,
        read_slip(json.loads(row.content)),
        row.digest,
        row.written_at,
        answer,
    )
