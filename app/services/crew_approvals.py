"""Approving a crew list: each case's findings seen and confirmed first, each decided by itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.services.agency_sets import AgencySet, agencies_by_set
from app.services.approvals import Ruling, decide_application
from app.services.case import Case, load_case, programme_for
from app.services.reaching import reading
from app.services.refusals import record_refusal
from app.services.seeking import seek_cases
from app.services.seen_cases import case_as_seen
from app.services.work import Work
from app.storage import approvals, crew_confirmations, crew_lists, crews, people, vacancies
from app.storage.crew_lists import ListedCrew as ListedCrew
from app.storage.crews import ListedMember as ListedMember
from app.storage.vacancies import ListedVacancy as ListedVacancy
from permits.applications import Application, ApplicationId, Status
from permits.approvals import Decision, Opinion, whose_turn
from permits.audit import Act
from permits.crews import Confirmation, Crew, check_confirmed, findings_digest
from permits.errors import Conflict, DomainError, Invalid, NotFound, Stale
from permits.findings import Severity
from permits.people import Agency, Permission
from permits.policies import check_decide, check_permission, check_read, check_review
from permits.visibility import sealed_round, unsealed


class Stand(StrEnum):
    """Where a case of the list stands for this official."""

    TO_SEE = "to-see"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    """Confirmed before something changed: it is to be seen again."""
    ELSEWHERE = "elsewhere"
    """The other agency's turn, or the worker's."""
    OVER = "over"


ORDER = (
    *("not-consented", *(f"waits-{agency.value}" for agency in Agency), "returned"),
    *("approved", "refused", "lapsed", "withdrawn"),
)
"""Where the people of a list may stand, in the order in which a crew goes on."""


@dataclass(frozen=True)
class CrewCase:
    """A case of a list."""

    listed: ListedMember
    stand: Stand


@dataclass(frozen=True)
class CrewFile:
    """A list as an official sees it; `registered` counts those too who have not consented."""

    crew: Crew
    vacancy: ListedVacancy | None
    cases: tuple[CrewCase, ...]
    registered: int
    progress: Mapping[str, int]

    def count(self, stand: Stand) -> int:
        """How many cases stand so."""
        return sum(case.stand is stand for case in self.cases)


@dataclass(frozen=True)
class Result:
    """What became of one case of a batch; `refusal` is "" where it was approved.

    `family` tells whether it is a fault of the case or a refusal of the act.
    """

    listed: ListedMember
    refusal: str = ""
    facts: Mapping[str, str | int] | None = None
    family: str = "refusal"


def list_crews(work: Work, text: str = "") -> Sequence[ListedCrew]:
    """Lists with at least one application within reach, the newest first; those of `text`."""
    check_review(work.actor)
    return crew_lists.list_reached(work.session, reading(work), search=seek_cases(work, text))


def read_crew(work: Work, crew: UUID) -> CrewFile:
    """One list with its cases within reach; NotFound where none of them is."""
    check_review(work.actor)
    found = crews.get_crew(work.session, crew)
    listed = crews.list_members(work.session, crew, reading(work))
    if not listed:
        raise NotFound("no-such-crew")
    ids = [one.member.application for one in listed]
    confirmed = crew_confirmations.list_confirmations(work.session, work.actor.person, ids)
    taken, sets = approvals.list_of(work.session, ids), agencies_by_set(work)
    cases = tuple(
        _case(work, one, _turn(work, one.application, taken, sets), confirmed) for one in listed
    )
    everybody = crews.list_members(work.session, crew)
    vacancy = vacancies.find_vacancy(work.session, found.vacancy)
    return CrewFile(found, vacancy, cases, len(everybody), _progress(work, everybody, sets))


def _progress(
    work: Work, members: Sequence[ListedMember], sets: Mapping[int, AgencySet]
) -> Mapping[str, int]:
    """How many of the list stand where: without consent, waiting for an agency, or settled."""
    taken = approvals.list_of(work.session, [one.application.id for one in members])
    counts: dict[str, int] = {}
    for one in members:
        found = one.application
        where = found.status.value if found.round else "not-consented"
        for agency in _turn(work, found, taken, sets)[:1]:
            where = f"waits-{agency.value}"
        counts[where] = counts.get(where, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: ORDER.index(item[0])))


def _turn(
    work: Work, found: Application, taken: Sequence[Decision], sets: Mapping[int, AgencySet]
) -> tuple[Agency, ...]:
    """Whom a case of the list waits for, as far as the reader may know; none but in review."""
    if found.status is not Status.UNDER_REVIEW or found.agency_set is None:
        return ()
    own = [d for d in taken if d.application == found.id and d.round == found.round]
    programme = programme_for(work, found)
    known = unsealed(work.actor, own, sealed_round(found, sealed=programme.sealed))
    asked = sets[found.agency_set].agencies
    return whose_turn(known, asked, sequential=programme.sequential, sealed=programme.sealed)


def open_case(work: Work, crew: UUID, application: ApplicationId) -> Case:
    """A case of a list with its findings; that it was opened stands in the log."""
    check_review(work.actor)
    case = case_as_seen(work.actor, load_case(work, application))
    check_read(work.actor, case.application)
    if crews.lock_member(work.session, application).crew != crew:
        raise NotFound("no-such-member")
    event = work.event(Act.APPLICATION_READ, application, {"purpose": "review"})
    people.note_reading(work.session, event=event)
    return case


def confirm_findings(
    work: Work, crew: UUID, application: ApplicationId, *, seen_version: int, seen_findings: str
) -> None:
    """An official says that they have seen what the checks found in a case.

    `seen_findings` is the digest of what the page showed: Stale where the case or the findings
    are others now. Whoever may not decide the case confirms nothing; Conflict("findings-block")
    where the checks forbid an approval.
    """
    check_permission(work.actor, Permission.APPLICATION_DECIDE)
    case = load_case(work, application, lock=True)
    check_read(work.actor, case.application)
    if crews.lock_member(work.session, application).crew != crew:
        raise NotFound("no-such-member")
    seen = findings_digest(case.findings)
    if case.application.version != seen_version or seen != seen_findings:
        raise Stale("changed-meanwhile")
    check_decide(work.actor, case.turn)
    if any(finding.severity is Severity.BLOCK for finding in case.findings):
        raise Conflict("findings-block")
    found = case.application
    confirmed = Confirmation(
        found.id,
        found.round,
        found.digest or "",
        seen,
        work.actor.person,
        found.version,
        work.now,
    )
    event = work.event(
        Act.FINDINGS_CONFIRMED,
        application,
        {"round": found.round, "digest": confirmed.digest, "findings": seen},
    )
    crew_confirmations.confirm_findings(work.session, confirmed, event=event)


def approve_crew(work: Work, crew: UUID, expected: int) -> Sequence[Result]:
    """Approve every case of a list whose findings the actor confirmed, each by its own decision.

    What is refused is told row by row and keeps no other from being approved. Stale where others
    than the `expected` number are confirmed now. Run it in one transaction.
    """
    check_permission(work.actor, Permission.APPLICATION_DECIDE)
    ready = [one for one in read_crew(work, crew).cases if one.stand is Stand.CONFIRMED]
    if len(ready) != expected:
        raise Stale("changed-meanwhile")
    ids = [one.listed.member.application for one in ready]
    confirmed = crew_confirmations.list_confirmations(work.session, work.actor.person, ids)
    results = [_approve(work, one.listed, confirmed) for one in ready]
    refused = sum(bool(one.refusal) for one in results)
    facts = {"approved": len(results) - refused, "refused": refused}
    crews.note_batch(work.session, event=work.event(Act.CREW_APPROVED, crew, facts))
    return results


def _approve(work: Work, listed: ListedMember, confirmed: Sequence[Confirmation]) -> Result:
    try:
        with work.attempt():
            case = load_case(work, listed.member.application, lock=True)
            confirmation = _newest(confirmed, case.application)
            check_confirmed(confirmation, case.application, case.findings)
            version = confirmation.version if confirmation else 0
            decide_application(
                work, case.application.id, Ruling(Opinion.APPROVE), seen_version=version
            )
    except Invalid as invalid:
        fault = invalid.faults[0]
        record_refusal(work, fault.code, "approve_crew")
        return Result(listed, fault.code, fault.facts, "fault")
    except DomainError as refusal:
        record_refusal(work, refusal.code, "approve_crew")
        return Result(listed, refusal.code, refusal.facts)
    return Result(listed)


def _newest(confirmed: Sequence[Confirmation], application: Application) -> Confirmation | None:
    mine = [one for one in confirmed if one.application == application.id]
    return max(mine, key=lambda one: one.round, default=None)


def _case(
    work: Work,
    listed: ListedMember,
    turn: Collection[Agency],
    confirmed: Sequence[Confirmation],
) -> CrewCase:
    found = listed.application
    if found.status not in {Status.UNDER_REVIEW, Status.RETURNED}:
        return CrewCase(listed, Stand.OVER)
    if work.actor.agency not in turn:
        return CrewCase(listed, Stand.ELSEWHERE)
    newest = _newest(confirmed, found)
    if newest is None or newest.round != found.round:
        return CrewCase(listed, Stand.TO_SEE)
    same = newest.version == found.version and newest.digest == found.digest
    return CrewCase(listed, Stand.CONFIRMED if same else Stand.CHANGED)
