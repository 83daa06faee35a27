"""An application as the API tells it, in full and in a line: only what the reader may see."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from app.services.approvals import waiting_for
from app.services.case import Case
from app.services.credentials import Permit
from app.web import wording
from app.web.i18n import Locale
from permits import offers, submissions
from permits.applications import Application, Status
from permits.approvals import Decision, Ground, Opinion
from permits.findings import Finding, Severity
from permits.next_actions import NextAction, next_actions
from permits.people import Actor, Agency
from permits.programmes import Hiring
from permits.submissions import DocumentKind, Sex
from permits.visibility import visible_decisions, visible_findings
from permits.wages import EmployerSize, WageUnit


class ApplicationState(BaseModel):
    """Where an application stands; `version` is also the ETag."""

    id: UUID
    programme: str
    status: Status
    round: int = Field(description="How often it was handed in; a decision counts in its round.")
    version: int = Field(description="Grows with every change; give it back in If-Match.")
    receipt: str | None = Field(description="The receipt number, from the first submission on.")
    submitted_at: datetime | None
    due_at: datetime | None = Field(description="When the agencies must have decided.")


class AnswersReply(BaseModel):
    """The worker's answers as they stand; in a submitted case, as they were handed in."""

    document_kind: str | None
    document_number: str | None
    given_names: str | None
    surnames: str | None
    date_of_birth: date | None
    sex: Sex | None
    nationality: str | None
    municipality: str | None
    phone: str | None
    languages_spoken: list[str]
    languages_read: list[str] | None
    vacancy: UUID | None
    brings_documents: bool
    brings_photo: bool
    consent: str | None


class OfferReply(BaseModel):
    """The terms of work that the application is decided on; amounts are decimal text."""

    vacancy: UUID
    employer: UUID
    employer_name: str
    employer_size: EmployerSize
    hiring: Hiring
    department: str
    municipality: str
    title: str
    occupation: str
    starts_on: date
    ends_on: date
    wage: str
    currency: str
    unit: WageUnit
    unit_kg: str | None
    hours_per_day: str
    days_per_week: int
    housing: bool
    transport: bool
    food: bool
    tops_up: bool
    contract_sha256: str | None


class DocumentReply(BaseModel):
    """A stored picture, re-encoded and without metadata."""

    id: UUID
    kind: DocumentKind
    media_type: str = Field(examples=["image/jpeg"])
    size_bytes: int
    sha256: str
    attached_at: datetime


class FindingReply(BaseModel):
    """What a check has seen, with the clause that it rests on."""

    code: str
    severity: Severity
    source: str
    confirmed: bool = Field(description="Whether counsel has confirmed the clause as law.")
    field: str
    facts: dict[str, str | int]
    detail: str = Field(description="In words.")


class DecisionReply(BaseModel):
    """What one agency decided in the present round; the official is never told to the worker."""

    agency: Agency
    round: int
    opinion: Opinion
    grounds: list[Ground]
    note: str
    decided_at: datetime
    by_me: bool


class Link(BaseModel):
    """An operation that would be accepted now."""

    href: str
    method: str


class ApplicationReply(ApplicationState):
    """A case in full, as the reader may see it."""

    digest: str | None = Field(description="SHA-256 of what was handed in; decisions name it.")
    waiting_for: list[Agency]
    held_by: str | None = Field(description="The official at work on it; told to officials only.")
    held_by_me: bool
    answers: AnswersReply
    offer: OfferReply | None
    documents: list[DocumentReply]
    findings: list[FindingReply]
    decisions: list[DecisionReply]
    next_actions: list[NextAction] = Field(description="What the reader may do now.")
    authorisation: UUID | None
    credential: UUID | None
    links: dict[str, Link]


class ApplicationLine(ApplicationState):
    """One line of a list."""

    worker_name: str | None = Field(description="Told to officials.")
    employer_name: str | None
    held_by: str | None = Field(description="The official at work on it; told to officials only.")
    held_by_me: bool


def state_of(application: Application) -> ApplicationState:
    """Where an application stands."""
    return ApplicationState(**_state(application))


def line_of(application: Application) -> ApplicationLine:
    """A line of the worker's own list."""
    return ApplicationLine(
        **_state(application), worker_name=None, employer_name=None, held_by=None, held_by_me=False
    )


def case_of(case: Case, actor: Actor, permit: Permit | None, locale: Locale) -> ApplicationReply:
    """A case as this actor may see it."""
    found = case.application
    acts = next_actions(
        actor,
        found,
        case.decisions,
        case.programme.agencies,
        sequential=case.programme.sequential,
    )
    official = actor.agency is not None
    return ApplicationReply(
        **_state(found),
        digest=found.digest,
        waiting_for=_waiting(case),
        held_by=found.held_by_name if official and found.held_by else None,
        held_by_me=found.held_by == actor.person,
        answers=AnswersReply.model_validate(submissions.to_mapping(case.answers)),
        offer=OfferReply.model_validate(offers.to_mapping(case.offer)) if case.offer else None,
        documents=[DocumentReply.model_validate(d, from_attributes=True) for d in case.documents],
        findings=[_finding(f, locale) for f in visible_findings(actor, case.findings)],
        decisions=[_decision(d, actor) for d in visible_decisions(actor, case.decisions)],
        next_actions=list(acts),
        authorisation=permit.authorisation.id if permit else None,
        credential=permit.credential.id if permit else None,
        links=_links(found, acts, permit),
    )


def _state(application: Application) -> dict[str, Any]:
    names = ApplicationState.model_fields
    return {name: getattr(application, name) for name in names}


def _waiting(case: Case) -> list[Agency]:
    if case.application.status is not Status.UNDER_REVIEW:
        return []
    return [Agency(code) for code in waiting_for(case)]


def _finding(finding: Finding, locale: Locale) -> FindingReply:
    return FindingReply(
        code=finding.code,
        severity=finding.severity,
        source=finding.source,
        confirmed=finding.confirmed,
        field=finding.field,
        facts=finding.facts,
        detail=wording.say(locale, "finding", finding.code, finding.facts),
    )


def _decision(decision: Decision, actor: Actor) -> DecisionReply:
    return DecisionReply(
        agency=decision.agency,
        round=decision.round,
        opinion=decision.opinion,
        grounds=list(decision.grounds),
        note=decision.note,
        decided_at=decision.decided_at,
        by_me=decision.official == actor.person,
    )


_WAYS = {
    NextAction.EDIT: ("PATCH", ""),
    NextAction.SUBMIT: ("POST", "/submit"),
    NextAction.APPROVE: ("POST", "/decisions"),
    NextAction.RETURN: ("POST", "/decisions"),
    NextAction.REFUSE: ("POST", "/decisions"),
    NextAction.HOLD: ("POST", "/hold"),
    NextAction.RELEASE: ("DELETE", "/hold"),
    NextAction.WITHDRAW: ("POST", "/withdraw"),
}


def _links(
    application: Application, acts: tuple[NextAction, ...], permit: Permit | None
) -> dict[str, Link]:
    here = f"/api/v1/applications/{application.id}"
    links = {"self": Link(href=here, method="GET")}
    for act in acts:
        method, below = _WAYS[act]
        links[act.value] = Link(href=f"{here}{below}", method=method)
    if permit is not None:
        for noun, identity in (
            ("authorisation", permit.authorisation.id),
            ("credential", permit.credential.id),
        ):
            links[noun] = Link(href=f"/api/v1/{noun}s/{identity}", method="GET")
    return links
