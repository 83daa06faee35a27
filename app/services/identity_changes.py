"""Other identity data under the same right: asked with a proof, decided by all that approved it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from app.services import notices
from app.services.applications import setting_of
from app.services.case import Case, load_case
from app.services.documents import keep_evidence as keep_picture
from app.services.reaching import reading, writing
from app.services.renamed_cases import take_over
from app.services.seeking import seek_cases
from app.services.work import Work
from app.storage import authorisations, documents, drafts, identity_watch
from app.storage import identity_changes as rows
from app.storage.documents import Document
from app.storage.identity_changes import ListedIdentityChange
from permits.applications import ApplicationId, canonical, digest
from permits.audit import Act, Fact
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.errors import Conflict, DomainError, Fault, NotFound, Stale, refuse_if
from permits.findings import Finding, Severity
from permits.identity_changes import (
    IdentityChange,
    IdentityChangeId,
    IdentityOutcome,
    IdentityReason,
    approved,
    check_ask,
    check_decide,
    check_desk,
    check_watched,
    content_of,
    find_decision_faults,
    find_faults,
    identity_of,
    names_of,
    refused,
)
from permits.identity_documents import normalise
from permits.notices import NoticeKind
from permits.people import Agency, Permission
from permits.policies import check_own, check_permission
from permits.submissions import Answers, DocumentKind

__all__ = ["ListedIdentityChange", "SeenIdentityChange"]

SHOWN = timedelta(days=365)
"""So far back the list goes."""

WAITING, SETTLED = 100, 50
"""What waits is shown the oldest first, what was granted the newest; a search finds the others."""


@dataclass(frozen=True)
class SeenIdentityChange:
    """A wish as an official reads it; `obstacle` tells why this one may not decide."""

    change: IdentityChange
    findings: tuple[Finding, ...]
    obstacle: DomainError | None


def keep_evidence(work: Work, authorisation: UUID, data: bytes) -> Document:
    """Keep a photo that proves what the worker is about to ask for.

    UnfitFile as for any picture; Conflict where the right does not stand.
    """
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    right, case = _lock_own(work, authorisation)
    check_ask(right, find_waiting(work, right.id), legal_day(work.now))
    return keep_picture(work, case.application, data)


def ask_change(
    work: Work, authorisation: UUID, told: Answers, reason: IdentityReason, evidence: UUID | None
) -> IdentityChange:
    """The worker asks for other identity data; what stood and what is asked are frozen together.

    Invalid with every fault; Conflict where the right does not stand or a wish waits.
    """
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    right, case = _lock_own(work, authorisation)
    check_ask(right, find_waiting(work, right.id), legal_day(work.now))
    after = _tidy(told)
    setting = setting_of(work, case.application.programme, case.application.submitted_at)
    proof = _find_evidence(work, case, evidence)
    faults = find_faults(case.answers, after, setting)
    refuse_if(faults + ([] if proof else [Fault("evidence-missing", "evidence")]))
    before, salt = identity_of(case.answers), work.ports.chance.token(16).hex()
    content = content_of(before, after, salt)
    change = IdentityChange(
        IdentityChangeId(work.new_id()),
        right.id,
        right.worker,
        before,
        after,
        reason,
        proof[0] if proof else right.id,
        digest(content),
        work.now,
        case.agencies,
    )
    facts: dict[str, Fact] = {
        "fields": names_of(change.differences),
        "reason": reason.value,
        "document": str(change.evidence),
    }
    event = work.event(Act.IDENTITY_CHANGE_ASKED, right.id, facts)
    rows.add_change(work.session, work.ports.vault, change, canonical(content), event=event)
    return change


def withdraw_change(work: Work, authorisation: UUID) -> IdentityChange:
    """The worker keeps the data of now; Conflict where nothing waits."""
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    right, _ = _lock_own(work, authorisation)
    waiting = find_waiting(work, right.id)
    if waiting is None:
        raise Conflict("no-identity-change")
    ended = replace(waiting, outcome=IdentityOutcome.WITHDRAWN, decided_at=work.now)
    _save(work, ended, {"outcome": ended.outcome.value, "digest": ended.digest})
    return ended


def decide_change(
    work: Work, application: UUID, note: str, *, granted: bool, seen: str | None = None
) -> IdentityChange:
    """One agency decides on the wish that waits under the right of a case.

    `seen` is the digest that the official looked at: Stale where another wish waits by now.

    1. the right, held; 2. what `plan_decision` asks; 3. the approval or refusal is recorded with
    the digest; 4. with the last approval the case shows the new data, and the card of before is
    replaced by one that says them, by the steps of issuing; 5. the worker is told of the end.
    """
    agency = check_desk(work.actor)
    case = load_case(work, ApplicationId(application), lock=True)
    found = authorisations.find_of_application(work.session, case.application.id)
    if found is None:
        raise NotFound("no-such-authorisation")
    right = authorisations.lock_authorisation(work.session, found.id, reach=writing(work))  # 1
    decided = plan_decision(work, case, right, note, granted=granted, seen=seen)  # 2
    said = "approve" if granted else "refuse"
    facts = {"agency": agency.value, "opinion": said, "outcome": decided.outcome.value}
    _save(work, decided, {**facts, "digest": decided.digest}, agency if granted else None)  # 3
    if decided.outcome is IdentityOutcome.GRANTED:
        take_over(work, case, right, decided)  # 4
    _tell(work, case, decided)  # 5
    return decided


def plan_decision(
    work: Work,
    case: Case,
    right: Authorisation,
    note: str,
    *,
    granted: bool,
    seen: str | None = None,
) -> IdentityChange:
    """The wish that waits, decided by one agency as it would be recorded now; nothing is written.

    1. may this official, for an agency that has not decided, and at INM once the watch list was
    asked about the new data; 2. is it well-formed, and of the data that were seen; 3. granted,
    does the right still stand.
    """
    waiting, official = find_waiting(work, right.id), work.actor.person
    agency, change = check_decide(work.actor, waiting, own=case.ties.own)  # 1
    _check_watched(work, change)
    refuse_if(find_decision_faults(note, granted=granted))  # 2
    if seen is not None and seen != change.digest:
        raise Stale("changed-meanwhile")
    if not granted:
        return refused(change, agency, official, note.strip(), work.now)
    check_ask(right, None, legal_day(work.now))  # 3
    return approved(change, agency, official, work.now)


def refuse_found(work: Work, case: Case, change: IdentityChange, told: str) -> None:
    """What a second look at INM upheld is refused; `told` is all that the worker reads of it."""
    ended = refused(change, Agency.INM, work.actor.person, told.strip(), work.now)
    facts = {"agency": Agency.INM.value, "opinion": "refuse", "outcome": ended.outcome.value}
    _save(work, ended, {**facts, "digest": ended.digest})
    _tell(work, case, ended)


def find_waiting(work: Work, authorisation: UUID) -> IdentityChange | None:
    """The wish of a right that waits."""
    wishes = rows.list_of_right(work.session, work.ports.vault, authorisation)
    return next((one for one in wishes if one.outcome is IdentityOutcome.ASKED), None)


def see_change(work: Work, case: Case, right: Authorisation) -> SeenIdentityChange | None:
    """The newest wish under a case that somebody has opened, with what the checks see."""
    wishes = rows.list_of_right(work.session, work.ports.vault, right.id)
    if not wishes:
        return None
    newest, obstacle = wishes[0], None
    try:
        check_decide(work.actor, newest, own=case.ties.own)
        _check_watched(work, newest)
    except DomainError as refusal:
        obstacle = refusal
    return SeenIdentityChange(newest, _findings(work, case, newest), obstacle)


def list_changes(work: Work, outcome: IdentityOutcome, q: str = "") -> list[ListedIdentityChange]:
    """The wishes of a year that wait or were granted, of the cases that `q` finds."""
    check_desk_list(work)
    vault, since, search = work.ports.vault, work.now - SHOWN, seek_cases(work, q)
    most = WAITING if outcome is IdentityOutcome.ASKED else SETTLED
    return rows.list_changes(work.session, vault, outcome, since, reading(work), most, search)


def check_desk_list(work: Work) -> None:
    """Forbidden for who may not read lists of permits: they name people."""
    check_permission(work.actor, Permission.APPLICATION_LIST)
    check_permission(work.actor, Permission.CREDENTIAL_READ)


def _check_watched(work: Work, change: IdentityChange) -> None:
    check = identity_watch.find_check(work.session, work.ports.vault, change.id)
    check_watched(work.actor, change, check, listed=work.ports.watch is not None)


def _lock_own(work: Work, authorisation: UUID) -> tuple[Authorisation, Case]:
    """The worker's own right, held, with its case; NotFound for anybody else's."""
    right = authorisations.lock_authorisation(work.session, authorisation, reach=writing(work))
    case = load_case(work, right.application)
    check_own(work.actor, case.application)
    return right, case


def _tidy(told: Answers) -> Answers:
    """The data as answers are kept: single blanks, the number without its separators."""
    return replace(
        identity_of(told),
        given_names=" ".join((told.given_names or "").split()),
        surnames=" ".join((told.surnames or "").split()),
        document_number=normalise(told.document_number) if told.document_number else None,
    )


def _find_evidence(work: Work, case: Case, evidence: UUID | None) -> tuple[UUID] | None:
    if evidence is None:
        return None
    try:
        found = documents.get_document(work.session, case.application.id, evidence)
    except NotFound:
        return None
    return (found.id,) if found.kind is DocumentKind.EVIDENCE else None


def _findings(work: Work, case: Case, change: IdentityChange) -> tuple[Finding, ...]:
    """Whether another case names the document that is asked for."""
    number = change.after.document_number
    if not number or number == change.before.document_number:
        return ()
    known = [case.application.id, *(case.renewal.applications if case.renewal else ())]
    count = drafts.count_similar(work.session, work.ports.vault, known, number)
    source = case.programme.source
    found = Finding("similar-application", Severity.WARN, source, False, "", {"count": count})
    return (found,) if count else ()


def _save(
    work: Work, change: IdentityChange, facts: Mapping[str, str], approving: Agency | None = None
) -> None:
    event = work.event(Act.IDENTITY_CHANGE_DECIDED, change.authorisation, facts)
    if approving is None:
        rows.save_change(work.session, change, event=event)
    else:
        rows.save_approval(work.session, change, approving, event=event)


def _tell(work: Work, case: Case, change: IdentityChange) -> None:
    if change.outcome is IdentityOutcome.ASKED:
        return
    granted = change.outcome is IdentityOutcome.GRANTED
    kind = NoticeKind.IDENTITY_CHANGED if granted else NoticeKind.IDENTITY_CHANGE_REFUSED
    told = {} if granted else {"note": change.note}
    notices.tell_worker(work, kind, case.application, told, once=f"identity-{change.id}")
