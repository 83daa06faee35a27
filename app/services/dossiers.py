"""The whole file of a case, as the official reads it who is about to decide on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import approvals, credentials
from app.services.case import Case, load_case
from app.services.credentials import Permit
from app.services.deadlines import Term, term_of
from app.services.reaching import reading
from app.services.timeline import Entry, list_timeline
from app.services.work import Work
from app.storage import accounts, applications, people
from app.storage import approvals as decisions
from app.storage.documents import Document
from permits.applications import ApplicationId, Status
from permits.approvals import Decision
from permits.audit import Act
from permits.authorisations import AuthorisationStatus, status_on
from permits.deadlines import legal_day
from permits.errors import DomainError
from permits.issuing import STANDING
from permits.next_actions import NextAction, next_actions
from permits.people import Permission
from permits.policies import check_decide, check_read, check_review
from permits.submissions import DocumentKind
from permits.visibility import visible_decisions, visible_findings


@dataclass(frozen=True)
class Dossier:
    """`case` with what this official may see and do now.

    `earlier` are the decisions of rounds before; `names` the officials' names by person.
    `obstacle` tells why the official may not decide, None where they may. `may_revoke` is true
    while a carrier stands and the official may take it back.
    """

    case: Case
    actions: tuple[NextAction, ...]
    obstacle: DomainError | None
    waiting_for: tuple[str, ...]
    earlier: tuple[Decision, ...]
    names: Mapping[UUID, str]
    term: Term | None
    permit: Permit | None
    right: AuthorisationStatus | None
    may_revoke: bool
    timeline: tuple[Entry, ...]

    @property
    def files(self) -> tuple[Document, ...]:
        """The files in the order in which a document is looked at: front, back, photo."""
        order = list(DocumentKind)
        return tuple(sorted(self.case.documents, key=lambda file: order.index(file.kind)))


def read_dossier(work: Work, application: ApplicationId) -> Dossier:
    """Open a case for review; who opens it stands in the log (run it in a transaction).

    NotFound for who may not know of it, Forbidden for who is no official of an agency.
    """
    check_review(work.actor)
    found = applications.get_application(work.session, application, reach=reading(work))
    check_read(work.actor, found)
    event = work.event(Act.APPLICATION_READ, application, {"purpose": "review"})
    people.note_reading(work.session, event=event)
    case = load_case(work, application)
    permit = credentials.find_permit_of(work, application)
    every = visible_decisions(work.actor, decisions.list_decisions(work.session, application))
    found = case.application
    return Dossier(
        case=replace(case, findings=visible_findings(work.actor, case.findings)),
        actions=actions_on(work, case),
        obstacle=_obstacle(work, case),
        waiting_for=_waiting_for(case),
        earlier=tuple(decision for decision in every if decision.round < found.round),
        names=accounts.list_names(work.session, {decision.official for decision in every}),
        term=term_of(work, found.programme, found.status, found.submitted_at, found.due_at),
        permit=permit,
        right=status_on(permit.authorisation, legal_day(work.now)) if permit else None,
        may_revoke=_may_revoke(work, permit),
        timeline=tuple(list_timeline(work, _subjects(case, permit))),
    )


def actions_on(work: Work, case: Case) -> tuple[NextAction, ...]:
    """What the actor may do with the case now: for buttons and links; the acts check again."""
    programme = case.programme
    return next_actions(
        work.actor,
        case.application,
        case.decisions,
        programme.agencies,
        sequential=programme.sequential,
        ties=case.ties,
    )


def _obstacle(work: Work, case: Case) -> DomainError | None:
    programme = case.programme
    try:
        check_decide(
            work.actor,
            case.application,
            case.decisions,
            programme.agencies,
            sequential=programme.sequential,
            ties=case.ties,
        )
    except DomainError as refusal:
        return refusal
    return None


def _waiting_for(case: Case) -> tuple[str, ...]:
    if case.application.status is not Status.UNDER_REVIEW:
        return ()
    return approvals.waiting_for(case)


def _may_revoke(work: Work, permit: Permit | None) -> bool:
    standing = permit is not None and permit.credential.state in STANDING
    return standing and work.actor.can(Permission.CREDENTIAL_REVOKE)


def _subjects(case: Case, permit: Permit | None) -> list[UUID]:
    subjects = [case.application.id, *(document.id for document in case.documents)]
    if permit is not None:
        subjects += [permit.authorisation.id, permit.credential.id]
    return subjects
