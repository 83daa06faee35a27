"""SETRASS pre-selects from the roster: without names, in a fair order, with a reason for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services.roster import keeping_rosters
from app.services.work import Work
from app.storage import candidacies, roster, vacancies
from app.storage.vacancies import ListedVacancy
from permits.audit import Act, AuditEvent, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Permission, PersonId
from permits.policies import check_permission
from recruitment.candidacies import (
    EMPLOYERS_REASONS,
    Candidacy,
    CandidacyAction,
    CandidacyStatus,
    WhyNot,
    check_skipped,
)
from recruitment.matching import (
    Match,
    Opening,
    Requirements,
    find_skipped,
    in_order,
    match,
)

__all__ = ["Match", "Selection", "WhyNot"]

MOST_CHOSEN = 100


@dataclass(frozen=True)
class Offered:
    """A vacancy of a programme with a roster, and of how many people something may come."""

    vacancy: ListedVacancy
    candidates: int


@dataclass(frozen=True)
class Selection:
    """A vacancy with whoever may be pre-selected, in the fair order; nobody's name is in it.

    `chosen` are the people for whom something is under way, or was decided by the employer.
    `earlier`: who was told by SETRASS before that they were not chosen, and may be now.
    """

    vacancy: ListedVacancy
    requirements: Requirements
    matches: Sequence[Match]
    chosen: int
    workers: Mapping[UUID, PersonId]
    earlier: Mapping[UUID, Candidacy]


def list_offered(work: Work) -> list[Offered]:
    """The open vacancies of programmes with a roster, those that begin first on top."""
    check_permission(work.actor, Permission.ROSTER_MATCH)
    today = legal_day(work.now)
    found = [
        one
        for programme in keeping_rosters(work)
        for one in vacancies.list_open(work.session, programme.code, today)
    ]
    counts = candidacies.count_of_vacancies(work.session, [one.id for one in found])
    return [Offered(one, counts.get(one.id, 0)) for one in found]


def read_selection(work: Work, vacancy: UUID) -> Selection:
    """Everybody of the roster against one vacancy; that it was looked at stands in the log."""
    check_permission(work.actor, Permission.ROSTER_MATCH)
    found = _open(work, vacancy)
    selection = _selection(work, found)
    event = work.event(Act.ROSTER_MATCHED, vacancy, {"people": len(selection.matches)})
    candidacies.note_reading(work.session, event=event)
    return selection


def preselect(
    work: Work, vacancy: UUID, chosen: frozenset[UUID], reasons: Mapping[UUID, WhyNot]
) -> int:
    """Pre-select people; everybody else on the list is told why not. How many are new.

    `reasons` are for those who meet everything and whose turn came first, and were passed over
    (`SKIPPING`). Invalid where one of them has none, nobody was chosen, or somebody is not on the
    list (any more); Conflict("vacancy-closed"). The same choice a second time changes nothing.
    """
    check_permission(work.actor, Permission.ROSTER_MATCH)
    found = _open(work, vacancy)
    candidacies.lock_offers(work.session, vacancy)
    selection = _selection(work, found)
    known = {one.application for one in selection.matches}
    under_way = {
        one.candidacy.application
        for one in candidacies.list_of_vacancy(work.session, vacancy)
        if one.candidacy.application not in selection.earlier
    }
    new = chosen - under_way
    refuse_if([Fault("nobody-chosen", "chosen")] if not chosen else [])
    refuse_if([Fault("not-on-the-list", "chosen")] if not new <= known else [])
    refuse_if([Fault("too-many", "chosen")] if len(new) > MOST_CHOSEN else [])
    if not new:
        return 0
    skipped = [one.application for one in find_skipped(selection.matches, new)]
    check_skipped(skipped, reasons)
    every = [
        _settled(work, selection, one, None if one.application in new else _why_not(one, reasons))
        for one in selection.matches
    ]
    changed = [one for one in every if one is not None]
    events = [_told(work, one) for one in changed]
    candidacies.save_many(work.session, changed, events=events)
    return len(new)


def _settled(work: Work, selection: Selection, one: Match, told: WhyNot | None) -> Candidacy | None:
    """How a person stands now; None where they were told the same before."""
    before = selection.earlier.get(one.application)
    if before is not None and told is not None and before.why is told:
        return None
    return Candidacy(
        before.id if before else work.new_id(),
        selection.vacancy.id,
        one.application,
        selection.workers[one.application],
        CandidacyStatus.NOT_CHOSEN if told else CandidacyStatus.PRESELECTED,
        before.made_at if before else work.now,
        work.now,
        before.version + 1 if before else 1,
        told,
        one.lacking + one.unknown,
    )


def _told(work: Work, candidacy: Candidacy) -> AuditEvent:
    facts: dict[str, Fact] = {
        "vacancy": str(candidacy.vacancy),
        "action": CandidacyAction.PRESELECT.value,
        "status": candidacy.status.value,
        "why": candidacy.why.value if candidacy.why else "",
    }
    return work.event(Act.CANDIDACY_MOVED, candidacy.application, facts)


def _why_not(one: Match, said: Mapping[UUID, WhyNot]) -> WhyNot:
    if not one.fits:
        return WhyNot.LACKS
    return said.get(one.application, WhyNot.LIST_FULL)


def _selection(work: Work, found: ListedVacancy) -> Selection:
    """Whoever waits for work and was not yet met by this employer, in the fair order."""
    wanted = candidacies.find_requirements(work.session, found.id)
    offer = found.offer
    opening = Opening(found.programme, offer.occupation, offer.starts_on, offer.ends_on)
    listed = candidacies.list_of_vacancy(work.session, found.id)
    earlier = {
        one.candidacy.application: one.candidacy
        for one in listed
        if one.candidacy.why is not None and one.candidacy.why not in EMPLOYERS_REASONS
    }
    taken = {one.candidacy.application for one in listed} - set(earlier)
    waiting = roster.list_waiting(work.session, found.programme, legal_day(work.now))
    entries = [one.entry for one in waiting if one.entry.application not in taken]
    return Selection(
        found,
        wanted,
        in_order(match(one, opening, wanted) for one in entries),
        len(taken),
        {one.application: one.worker for one in entries},
        earlier,
    )


def _open(work: Work, vacancy: UUID) -> ListedVacancy:
    """An open vacancy of a programme with a roster."""
    found = vacancies.find_vacancy(work.session, vacancy)
    if found is None or found.programme not in {one.code for one in keeping_rosters(work)}:
        raise NotFound("no-such-vacancy")
    if not vacancies.is_open(found, legal_day(work.now)):
        raise Conflict("vacancy-closed")
    return found
