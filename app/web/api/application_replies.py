"""An application as the API tells it in full: only what the reader may see."""

from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from app.services.case import Case
from app.services.credentials import Permit
from app.services.seen_cases import case_as_seen, waiting_as_seen
from app.web import wording
from app.web.api.application_lines import (
    DEEMED_GRANTED_RISK,
    ApplicationState,
    seen_by,
    state_fields,
)
from app.web.api.contracts import ContractState, standing_of
from app.web.api.recommendation_replies import RecommendationReply, recommendations_of
from app.web.i18n import Locale
from permits import offers, permit_numbers, submissions, worker_numbers
from permits.applications import risks_deemed_grant
from permits.approvals import Decision, Ground, Opinion
from permits.findings import Finding, Severity
from permits.next_actions import NextAction, next_actions
from permits.offers import Offer
from permits.people import Actor, Agency, Permission, Role
from permits.programmes import Hiring
from permits.submissions import DocumentKind, Sex
from permits.visibility import ANSWERS, Group, sees, sees_question, visible_answers
from permits.wages import EmployerSize, WageUnit


class AnswersReply(BaseModel):
    """The worker's answers as they stand; in a submitted case, as they were handed in.

    Null is what was not answered, and what the reader may not see.
    """

    document_kind: str | None
    document_number: str | None
    given_names: str | None
    surnames: str | None
    date_of_birth: date | None
    sex: Sex | None
    nationality: str | None
    municipality: str | None
    phone: str | None
    languages_spoken: list[str] | None
    languages_read: list[str] | None
    vacancy: UUID | None
    brings_documents: bool | None
    brings_photo: bool | None
    consent: str | None
    extra: dict[str, bool | int | str | None] | None = Field(
        description="To the programme's own questions (`listProgrammes`), by id: those that the"
        " reader may see, null where there are none. Null at one: asked and left open."
    )


class OfferReply(BaseModel):
    """The terms of work that the application is decided on; amounts are decimal text."""

    vacancy: UUID
    employer: UUID | None = Field(description="Null in the pool of a department.")
    employer_name: str | None
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


WORKER_NUMBER = "The person's number for life, the same in every case; null before the first."


class Link(BaseModel):
    """An operation that would be accepted now."""

    href: str
    method: str


class ApplicationReply(ApplicationState):
    """A case in full, as the reader may see it; what they may not see is null."""

    digest: str | None = Field(description="SHA-256 of what was handed in; decisions name it.")
    agencies: list[Agency] | None = Field(description="Who decides on what was handed in.")
    waiting_for: list[Agency] | None
    held_by: str | None = Field(description="The official at work on it; told to officials only.")
    held_by_me: bool
    deemed_granted_risk: bool | None = DEEMED_GRANTED_RISK
    answers: AnswersReply
    offer: OfferReply | None
    contract: ContractState | None
    documents: list[DocumentReply] | None
    findings: list[FindingReply] | None
    recommendations: list[RecommendationReply] | None
    decisions: list[DecisionReply] | None
    next_actions: list[NextAction] = Field(description="What the reader may do now.")
    authorisation: UUID | None
    credential: UUID | None
    permit_number: str | None = Field(examples=["7K3M-9XQ2-HB4T"])
    worker_number: str | None = Field(description=WORKER_NUMBER, examples=["T-482-139-0759"])
    links: dict[str, Link]


def case_of(
    case: Case,
    actor: Actor,
    permit: Permit | None,
    locale: Locale,
    now: datetime,
    number: str | None,
    *,
    may_reinstate: bool = False,
    paused_at: datetime | None = None,
) -> ApplicationReply:
    """A case as this actor may see it; `number` is its person's for life, if they have one.

    `paused_at` is since when the case waits for its worker.
    """
    found, told = case.application, case_as_seen(actor, case)
    acts = _acts(case, actor, may_reinstate=may_reinstate)
    pauses = bool(case.programme.clocks.question_pauses.value)
    seen = partial(seen_by, actor)
    risks = partial(risks_deemed_grant, pauses=pauses, paused_at=paused_at)
    return ApplicationReply(
        **state_fields(found),
        digest=seen(Group.DECISIONS, found.digest),
        agencies=seen(Group.DECISIONS, list(case.agencies)),
        waiting_for=seen(Group.DECISIONS, list(waiting_as_seen(actor, case))),
        held_by=seen(Group.OFFICIALS, found.held_by_name or None),
        held_by_me=found.held_by == actor.person,
        deemed_granted_risk=seen(Group.OFFICIALS, risks(found.status, found.due_at, now)),
        answers=_answers(actor, case),
        offer=seen(Group.OFFER, _offer(case.offer)),
        contract=seen(Group.OFFER, standing_of(case.contract)),
        documents=seen(Group.DOCUMENTS, _documents(case)),
        findings=seen(Group.FINDINGS, [_finding(f, locale) for f in told.findings]),
        recommendations=seen(Group.OFFICIALS, recommendations_of(told.advice.given, actor)),
        decisions=seen(Group.DECISIONS, [_decision(d, actor) for d in told.decisions]),
        next_actions=list(acts),
        **_permit(actor, permit),
        worker_number=seen(Group.IDENTITY, number and worker_numbers.show(number)),
        links=_links(actor, case, acts, permit),
    )


def _acts(case: Case, actor: Actor, *, may_reinstate: bool) -> tuple[NextAction, ...]:
    return next_actions(actor, case.turn, may_reinstate=may_reinstate)


def _answers(actor: Actor, case: Case) -> AnswersReply:
    questions = case.programme.questions
    told = submissions.to_mapping(visible_answers(actor, case.answers, questions))
    if not any(sees_question(actor, one) for one in questions):
        told["extra"] = None
    hidden = {name: None for name, group in ANSWERS.items() if not sees(actor, group)}
    return AnswersReply.model_validate({**told, **hidden})


def _offer(offer: Offer | None) -> OfferReply | None:
    if offer is None:
        return None
    nobody = {"employer": None, "employer_name": None} if offer.is_pool else {}
    return OfferReply.model_validate({**offers.to_mapping(offer), **nobody})


def _documents(case: Case) -> list[DocumentReply]:
    return [DocumentReply.model_validate(d, from_attributes=True) for d in case.documents]


def _permit(actor: Actor, permit: Permit | None) -> dict[str, Any]:
    """The number for who may know it; the ids for who may open what they name."""
    if permit is None or not sees(actor, Group.NUMBER):
        return {"authorisation": None, "credential": None, "permit_number": None}
    opens = _opens_permits(actor)
    return {
        "authorisation": permit.authorisation.id if opens else None,
        "credential": permit.credential.id if opens else None,
        "permit_number": permit_numbers.show(permit.credential.number),
    }


def _opens_permits(actor: Actor) -> bool:
    return actor.role is Role.WORKER or actor.can(Permission.CREDENTIAL_READ)


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
    NextAction.ANSWER: ("GET", "/questions"),
    NextAction.ASK: ("POST", "/questions"),
    NextAction.RECOMMEND: ("POST", "/recommendations"),
    NextAction.APPROVE: ("POST", "/decisions"),
    NextAction.RETURN: ("POST", "/decisions"),
    NextAction.REFUSE: ("POST", "/decisions"),
    NextAction.HOLD: ("POST", "/hold"),
    NextAction.RELEASE: ("DELETE", "/hold"),
    NextAction.WITHDRAW: ("POST", "/withdraw"),
    NextAction.REINSTATE: ("POST", "/reinstate"),
}


def _links(
    actor: Actor, case: Case, acts: tuple[NextAction, ...], permit: Permit | None
) -> dict[str, Link]:
    here = f"/api/v1/applications/{case.application.id}"
    links = {"self": Link(href=here, method="GET")}
    for act in acts:
        method, below = _WAYS[act]
        links[act.value] = Link(href=f"{here}{below}", method=method)
    own, drawn = actor.person == case.application.worker, case.contract
    if own and drawn.digest and drawn.agreed is None:
        links["accept-contract"] = Link(href=f"{here}/contract/accept", method="POST")
    if permit is not None and _opens_permits(actor):
        for noun, identity in (
            ("authorisation", permit.authorisation.id),
            ("credential", permit.credential.id),
        ):
            links[noun] = Link(href=f"/api/v1/{noun}s/{identity}", method="GET")
    return links
