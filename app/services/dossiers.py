"""The whole file of a case, as the official reads it who is about to decide on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.services import (
    appeals,
    appointments,
    case_messages,
    case_notes,
    codecisions,
    companions,
    credentials,
    employer_changes,
    identity_changes,
    info_requests,
    past_permits,
    quotas,
    worker_numbers,
)
from app.services.appeals import SeenAppeal
from app.services.appointments import ShownAppointment
from app.services.authorisations import Right, right_of
from app.services.case import Case, load_case
from app.services.case_messages import SeenMessage
from app.services.credentials import Permit
from app.services.deadlines import Term, paused_since, term_of
from app.services.decision_signatures import judge_signature
from app.services.employer_changes import SeenChange
from app.services.identity_changes import SeenIdentityChange
from app.services.later_papers import NOTHING, Noting, noting_of
from app.services.past_permits import KeptPermit
from app.services.quotas import Shown
from app.services.reaching import reading
from app.services.rights_before import list_going_on
from app.services.seen_cases import case_as_seen, seal_of, waiting_as_seen
from app.services.seen_contracts import SeenContract, lookers_of, see_contract
from app.services.timeline import Entry, list_timeline
from app.services.work import Work
from app.services.worker_numbers import SeenNumber
from app.storage import accounts, applications, looks, recommendations
from app.storage import approvals as decisions
from app.storage.documents import Document
from permits.applications import OPEN, ApplicationId
from permits.approvals import Decision
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.case_notes import CaseNote
from permits.companions import Companion
from permits.decision_signatures import Standing
from permits.errors import DomainError
from permits.info_requests import InfoRequest
from permits.next_actions import NextAction, next_actions
from permits.people import OF_HONDURAS, Agency
from permits.policies import check_decide, check_read, check_review
from permits.recommendations import Recommendation, digest_findings
from permits.retaliation import Codecision
from permits.revocations import Revocation
from permits.right_acts import RightAct, right_acts
from permits.submissions import DocumentKind
from permits.suspensions import Suspension
from permits.visibility import opens_to, unsealed, visible_decisions


@dataclass(frozen=True)
class Advised:
    """A recommendation; `outdated`: the checks find something else now than they did then.

    None of rounds before: what they would find of those nobody asks.
    """

    given: Recommendation
    outdated: bool | None


@dataclass(frozen=True)
class Dossier:
    """`case` with what this official may see and do now.

    `earlier` are the decisions of rounds before; `names` officials by person. `quotas` are those
    that a case under way falls under, `companions` who travels along, `employer_change` the newest
    wish for another employer, `identity_change` that for other data, `appeals` the recourse that
    was asked, `notes` what officials noted beside it, `advised` what was recommended in any round
    and `asked` what the worker was asked (oldest first). `signatures` tells whether each official
    signed the decision as it stands. `obstacle` tells why the official may not decide, None where
    they may. `right` is what the approval granted, and `right_acts` what the official may do with
    it and its card. `appointment` is the worker's place to come, `number` the person's, `seasons`
    what older registers tell of them, `contract` that of the work, `codecisions` what employers
    wished against the permit, `messages` what the worker was sent, the newest first. `noting`:
    which papers this official may note as seen. `going_on`: rights that a measure reaches.
    """

    case: Case
    actions: tuple[NextAction, ...]
    obstacle: DomainError | None
    waiting_for: tuple[str, ...]
    earlier: tuple[Decision, ...]
    names: Mapping[UUID, str]
    term: Term | None
    permit: Permit | None
    right: Right | None
    right_acts: tuple[RightAct, ...]
    timeline: tuple[Entry, ...]
    quotas: tuple[Shown, ...] = ()
    companions: tuple[Companion, ...] = ()
    employer_change: SeenChange | None = None
    appeals: tuple[SeenAppeal, ...] = ()
    notes: tuple[CaseNote, ...] = ()
    signatures: Mapping[Decision, Standing] = field(default_factory=dict)
    advised: tuple[Advised, ...] = ()
    asked: tuple[InfoRequest, ...] = ()
    appointment: ShownAppointment | None = None
    number: SeenNumber | None = None
    identity_change: SeenIdentityChange | None = None
    seasons: tuple[KeptPermit, ...] = ()
    contract: SeenContract | None = None
    codecisions: tuple[Codecision, ...] = ()
    messages: Sequence[SeenMessage] = ()
    noting: Noting = NOTHING
    going_on: tuple[Authorisation, ...] = ()

    @property
    def files(self) -> tuple[Document, ...]:
        """The files in the order in which a document is looked at: front, back, photo."""
        return tuple(sorted(self.case.documents, key=lambda f: list(DocumentKind).index(f.kind)))

    @property
    def running(self) -> Suspension | None:
        """The suspension that runs."""
        return self.right.case.suspension if self.right else None

    @property
    def proposal(self) -> Revocation | None:
        """The revocation that waits for a second official."""
        return self.right.case.proposal if self.right else None


def read_dossier(work: Work, application: ApplicationId) -> Dossier:
    """Open a case for review; who opens it stands in the log (run it in a transaction).

    NotFound for who may not know of it, Forbidden for who is no official of an agency.
    """
    case = _open(work, application)
    (permit, right), contract = _permit(work, case), see_contract(work, case)
    every, notes = _decisions(work, case), tuple(case_notes.list_notes(work, application))
    advised, asked = _advised(work, case), tuple(info_requests.list_requests(work, application))
    named = _officials(every, advised, asked, right) | _authors(notes, case) | lookers_of(contract)
    return Dossier(
        case=case_as_seen(work.actor, case),
        actions=actions_on(work, case),
        obstacle=_obstacle(work, case),
        waiting_for=waiting_as_seen(work.actor, case),
        earlier=tuple(decision for decision in every if decision.round < case.application.round),
        names=accounts.list_names(work.session, named),
        term=_term(work, case, asked),
        permit=permit,
        right=right,
        right_acts=right_acts(work.actor, right.case, work.now) if right else (),
        timeline=_timeline(work, case, right),
        companions=_companions(work, case),
        employer_change=_change(work, case, right),
        quotas=_quotas(work, case),
        appeals=appeals.list_seen(work, case),
        notes=notes,
        signatures={one: judge_signature(work, one) for one in every},
        advised=advised,
        asked=asked,
        appointment=appointments.show_own(work, case.application.worker),
        number=worker_numbers.see_number(work, case.application),
        identity_change=_identity_change(work, case, right),
        seasons=_seasons(work, case),
        contract=contract,
        codecisions=_codecisions(work, right),
        messages=case_messages.list_seen(work, application),
        noting=noting_of(work, case),
        going_on=tuple(list_going_on(work, permit.authorisation)) if permit else (),
    )


def _permit(work: Work, case: Case) -> tuple[Permit | None, Right | None]:
    permit = credentials.find_permit_of(work, case.application.id)
    return permit, right_of(work, permit.authorisation, own=case.ties.own) if permit else None


def _timeline(work: Work, case: Case, right: Right | None) -> tuple[Entry, ...]:
    if work.actor.agency not in OF_HONDURAS:
        return ()
    return tuple(list_timeline(work, _subjects(case, right), seal_of(case)))


def _companions(work: Work, case: Case) -> tuple[Companion, ...]:
    """Who travels along said yes to two agencies, and to no foreign office."""
    if work.actor.agency not in OF_HONDURAS:
        return ()
    return tuple(companions.list_seen(work, case.application.id))


def _seasons(work: Work, case: Case) -> tuple[KeptPermit, ...]:
    if work.actor.agency not in OF_HONDURAS:
        return ()
    return tuple(past_permits.list_seasons(work, case.application.worker))


def _open(work: Work, application: ApplicationId) -> Case:
    check_review(work.actor)
    found = applications.get_application(work.session, application, reach=reading(work))
    check_read(work.actor, found)
    event = work.event(Act.APPLICATION_READ, application, {"purpose": "review"})
    looks.note_look(work.session, work.actor.person, found, event=event)
    return load_case(work, application)


def _change(work: Work, case: Case, right: Right | None) -> SeenChange | None:
    return employer_changes.see_change(work, case, right.authorisation) if right else None


def _codecisions(work: Work, right: Right | None) -> tuple[Codecision, ...]:
    return tuple(codecisions.list_of_right(work, right.authorisation.id)) if right else ()


def _identity_change(work: Work, case: Case, right: Right | None) -> SeenIdentityChange | None:
    return identity_changes.see_change(work, case, right.authorisation) if right else None


def _decisions(work: Work, case: Case) -> tuple[Decision, ...]:
    """Those of every round, as the reader may see them."""
    every = decisions.list_decisions(work.session, case.application.id)
    return visible_decisions(work.actor, every, seal_of(case))


def _quotas(work: Work, case: Case) -> tuple[Shown, ...]:
    """What is left; a place that is taken would tell that SETRASS approved under seal."""
    found = case.application
    told = opens_to(work.actor, Agency.SETRASS, found.round, seal_of(case))
    return quotas.list_shown(work, case) if found.status in OPEN and told else ()


def _advised(work: Work, case: Case) -> tuple[Advised, ...]:
    if not case.programme.recommended:
        return ()
    now, found = digest_findings(case.findings), case.application
    every = recommendations.list_recommendations(work.session, found.id)
    return tuple(
        Advised(one, one.findings != now if one.round == found.round else None)
        for one in unsealed(work.actor, every, seal_of(case))
    )


def _term(work: Work, case: Case, asked: Sequence[InfoRequest]) -> Term | None:
    found = case.application
    asked_at = (one.asked_at for one in asked if one.round == found.round)
    began = [*(d.decided_at for d in case.decisions), *asked_at, found.reinstated_at]  # to answer
    answer_from = max((instant for instant in began if instant), default=None)
    programme, status = found.programme, found.status
    due, since = found.due_at, paused_since(work, found)
    return term_of(work, programme, status, found.submitted_at, due, answer_from, since)


def actions_on(work: Work, case: Case) -> tuple[NextAction, ...]:
    """What the actor may do with the case now: for buttons and links; the acts check again."""
    return next_actions(work.actor, case.turn)


def _obstacle(work: Work, case: Case) -> DomainError | None:
    try:
        check_decide(work.actor, case.turn)
    except DomainError as refusal:
        return refusal
    return None


def _authors(notes: Sequence[CaseNote], case: Case) -> set[UUID]:
    """Who noted something beside the case, read its document, or saw a paper."""
    authors = {UUID(str(note.author)) for note in notes}
    authors |= {UUID(str(one.official)) for one in case.shown}
    return authors | ({UUID(str(case.zone.read_by))} if case.zone else set())


def _officials(
    decisions: Sequence[Decision],
    advised: Sequence[Advised],
    asked: Sequence[InfoRequest],
    right: Right | None,
) -> set[UUID]:
    """Everybody whose name the page tells."""
    people = {UUID(str(decision.official)) for decision in decisions}
    people |= {UUID(str(one.given.official)) for one in advised}
    people |= {UUID(str(one.official)) for one in asked}
    for revocation in right.revocations if right else ():
        people |= {one for one in (revocation.proposed_by, revocation.decided_by) if one}
    return people | {one.official for one in (right.suspensions if right else ())}


def _subjects(case: Case, right: Right | None) -> list[UUID]:
    subjects = [case.application.id, *(document.id for document in case.documents)]
    if right is not None:
        subjects += [right.authorisation.id, *(card.id for card in right.credentials)]
    return subjects
