"""Crew lists: several workers registered together; each consents, and is decided on, alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import Application, ApplicationId, Status, canonical, digest
from permits.consents import ConsentWay
from permits.errors import Conflict, Forbidden
from permits.findings import Finding, Severity
from permits.people import Actor, Permission, PersonId
from permits.policies import check_permission

MOST_PEOPLE = 500
"""Of one list (issue 5, N14)."""


class MemberState(StrEnum):
    """All that whoever registered a list is told of one worker of it."""

    NOT_CONSENTED = "not-consented"
    """Not yet, or never: who said no is not named, so that nobody presses them."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    """It waits for the worker: something is asked, or the case came back."""
    OVER = "over"


STATE_OF = {
    Status.DRAFT: MemberState.NOT_CONSENTED,
    Status.UNDER_REVIEW: MemberState.SUBMITTED,
    Status.ASKED: MemberState.RETURNED,
    Status.RETURNED: MemberState.RETURNED,
}
"""Of what stands; a case that ended is over, whatever became of it."""


@dataclass(frozen=True)
class Crew:
    """A list that was registered for one vacancy."""

    id: UUID
    vacancy: UUID
    programme: str
    registered_by: PersonId
    registered_at: datetime


@dataclass(frozen=True)
class Member:
    """One worker of a list; `place` is the row of the spreadsheet.

    `way` and `consented_at` are None until the worker said yes; `witness` is who saw the mark made.
    """

    application: ApplicationId
    crew: UUID
    worker: PersonId
    place: int
    way: ConsentWay | None = None
    consented_at: datetime | None = None
    witness: PersonId | None = None


@dataclass(frozen=True)
class Confirmation:
    """An official has seen the findings of a case, and says so, before a batch takes it.

    `digest` is that of the content of the round, `findings` that of what the checks saw, `version`
    that of the application: where any of them is another now, nothing was confirmed.
    """

    application: ApplicationId
    round: int
    digest: str
    findings: str
    official: PersonId
    version: int
    confirmed_at: datetime


def state_of(status: Status, *, handed_in: bool) -> MemberState:
    """What whoever registered the list is told; who said no looks like who has said nothing."""
    if not handed_in:
        return MemberState.NOT_CONSENTED
    return STATE_OF.get(status, MemberState.OVER)


def check_consent(member: Member, application: Application) -> None:
    """A worker says yes once, while the draft stands; Conflict otherwise."""
    if member.way is not None:
        raise Conflict("already-consented")
    if application.status is not Status.DRAFT:
        raise Conflict("no-consent-wanted", status=application.status.value)


def check_witness(actor: Actor, crew: Crew, member: Member, application: Application) -> None:
    """Who registered the list has something to gain by it: another person sees the mark made."""
    check_permission(actor, Permission.CREW_WITNESS)
    if actor.person == crew.registered_by:
        raise Forbidden("own-crew")
    if actor.person == member.worker:
        raise Forbidden("own-case")
    check_consent(member, application)


def findings_digest(findings: Sequence[Finding]) -> str:
    """SHA-256 (hex) of what the checks saw, in one order; the same findings give the same."""
    seen = (
        {"code": one.code, "severity": one.severity.value, "facts": one.facts, "source": one.source}
        for one in findings
    )
    return digest({"findings": sorted(map(canonical, seen))})


def check_confirmed(
    confirmation: Confirmation | None, application: Application, findings: Sequence[Finding]
) -> None:
    """Whether a batch may take this case for who confirmed it; Conflict says what is missing.

    `findings-block`: the checks forbid an approval; `findings-not-seen`: nobody confirmed this
    round; `findings-changed`: the case or what the checks see is another since.
    """
    if any(finding.severity is Severity.BLOCK for finding in findings):
        raise Conflict("findings-block")
    if confirmation is None or confirmation.round != application.round:
        raise Conflict("findings-not-seen")
    seen = (confirmation.digest, confirmation.findings)
    if seen != (application.digest, findings_digest(findings)):
        raise Conflict("findings-changed")
