"""Recourse against a refusal or a revocation: asked by a worker, judged by somebody new to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import notices
from app.services.case import Case, load_case
from app.services.contested import contested_case, find_anew, give_all_anew, revocations_of
from app.services.involvement import list_involved
from app.services.reaching import reading
from app.services.reopening import reopen_case
from app.services.request_terms import Term, answer_by, term_of
from app.services.seeking import seek_cases
from app.services.seen_cases import case_as_seen
from app.services.work import Work
from app.storage import appeals, people
from app.storage.approvals import list_decisions
from permits.appeals import (
    Appeal,
    Chance,
    Ruling,
    chance_of,
    check_file,
    check_judge,
    find_faults,
    measure_of,
)
from permits.applications import Application, ApplicationId, Status
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, DomainError, Hidden, refuse_if
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission, check_read
from permits.request_terms import asked_by
from permits.revocations import Revocation

__all__ = ["Appeal", "Chance", "OpenAppeal", "Recourse", "SeenAppeal", "WaitingAppeal"]

LISTED = 200


@dataclass(frozen=True)
class Recourse:
    """What was asked against what was done in a case, and what may be asked still.

    `anew` is the case in which a right that was taken back is decided on once more; `answer_by` is
    the last day to answer the one that waits.
    """

    appeals: tuple[Appeal, ...] = ()
    chance: Chance | None = None
    anew: Application | None = None
    answer_by: date | None = None

    @property
    def waits(self) -> bool:
        """Whether one waits for its answer."""
        return any(one.ruling is Ruling.OPEN for one in self.appeals)


@dataclass(frozen=True)
class WaitingAppeal:
    """One on the list of what waits: the receipt of its case, since how many working days, and the
    term of the answer, None where nobody knows it any more."""

    appeal: Appeal
    receipt: str
    working_days: int
    term: Term | None


@dataclass(frozen=True)
class OpenAppeal:
    """One that waits, with its case; `obstacle` is why the reader may not answer, None where so.

    `revocation` is the one that it is against, None against a refusal.
    """

    appeal: Appeal
    case: Case
    obstacle: DomainError | None
    revocation: Revocation | None = None


@dataclass(frozen=True)
class SeenAppeal:
    """One as officials see it on its case; `mine`: it waits for an answer that they may give."""

    appeal: Appeal
    mine: bool


def recourse_of(work: Work, case: Case) -> Recourse:
    """The steps that were taken, and the next where its term is not over."""
    if not _may_have_any(case):
        return Recourse()
    case = contested_case(work, case)
    filed, chance = _look(work, case)
    if chance is not None and legal_day(work.now) > chance.last_day:
        chance = None
    waits = next((one for one in filed if one.ruling is Ruling.OPEN), None)
    asked = (asked_by(waits.stage), waits.filed_at) if waits else None
    last = answer_by(work, case.application.programme, *asked) if asked else None
    return Recourse(tuple(filed), chance, find_anew(work, filed), last)


def file_appeal(work: Work, application: ApplicationId, words: str) -> Appeal:
    """Ask that a refusal or a revocation be looked at again, in the worker's own words.

    Of a right that was taken back along with the one before it is asked in the case of that one.

    1. the case, held; 2. own, within its term, once for each step; 3. words that somebody can
    read; 4. kept, and the worker has a receipt by message.
    """
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    asked = contested_case(work, load_case(work, application)).application.id
    case = load_case(work, asked, lock=True)  # 1
    chance = check_file(work.actor, case.application, _look(work, case)[1], work.now)  # 2
    refuse_if(find_faults(words))  # 3
    measure = chance.measure
    appeal = Appeal(
        work.new_id(),
        asked,
        case.application.worker,
        measure.round,
        measure.digest,
        measure.agency,
        measure.official,
        chance.stage,
        words.strip(),
        work.now,
        revocation=measure.revocation,
    )
    facts = {
        "agency": appeal.agency.value,
        "stage": appeal.stage.value,
        "round": appeal.round,
        "against": appeal.against.value,
    }
    event = work.event(Act.APPEAL_FILED, asked, facts)
    appeals.file_appeal(work.session, work.ports.vault, appeal, event=event)  # 4
    told = {"agency": appeal.agency.value}
    notices.tell_worker(work, NoticeKind.APPEAL_FILED, case.application, told, str(appeal.id))
    return appeal


def list_open(work: Work, text: str = "") -> Sequence[WaitingAppeal]:
    """What waits for the own agency, the oldest first; of the cases that `text` finds."""
    check_permission(work.actor, Permission.APPEAL_DECIDE)
    agency = work.actor.agency
    if agency is None:
        return []
    vault, reach = work.ports.vault, reading(work)
    found = appeals.list_open(
        work.session, vault, agency, reach=reach, limit=LISTED, search=seek_cases(work, text)
    )
    between, today = work.ports.reference.calendar.working_days_between, legal_day(work.now)
    return [
        WaitingAppeal(
            one,
            receipt,
            between(legal_day(one.filed_at), today),
            term_of(work, programme, asked_by(one.stage), one.filed_at),
        )
        for one, receipt, programme in found
    ]


def open_appeal(work: Work, appeal: UUID) -> OpenAppeal:
    """One that waits for the own agency, with its case, which stands in the log as read.

    Hidden where it is another agency's or out of reach; Conflict where it was answered.
    """
    check_permission(work.actor, Permission.APPEAL_DECIDE)
    found = appeals.get_appeal(work.session, work.ports.vault, appeal)
    case = load_case(work, found.application)
    check_read(work.actor, case.application)
    if found.agency is not work.actor.agency:
        raise Hidden("no-such-appeal")
    if found.ruling is not Ruling.OPEN:
        raise Conflict("already-judged")
    event = work.event(Act.APPLICATION_READ, found.application, {"purpose": "recourse"})
    people.note_reading(work.session, event=event)
    lost = [one for one in revocations_of(work, case) if _is_about(found, one)]
    seen, obstacle = case_as_seen(work.actor, case), _obstacle(work, found, case)
    return OpenAppeal(found, seen, obstacle, next(iter(lost), None))


def list_seen(work: Work, case: Case) -> tuple[SeenAppeal, ...]:
    """Every step of a case that an official reads, the oldest first.

    A case that gives a right anew begins with the recourse to which it owes that.
    """
    found, filed = case.application, list[Appeal]()
    if found.restores and case.renewal:
        before = load_case(work, ApplicationId(case.renewal.applications[0]))
        asked = contested_case(work, before).application.id
        filed = list(appeals.list_appeals(work.session, work.ports.vault, asked))
    if _may_have_any(case):
        asked = contested_case(work, case).application.id
        filed += appeals.list_appeals(work.session, work.ports.vault, asked)
    return tuple(SeenAppeal(one, _obstacle(work, one, case) is None) for one in filed)


def judge_appeal(work: Work, appeal: UUID, ruling: Ruling, answer: str) -> Application:
    """Uphold a refusal or a revocation, or overturn it.

    1. the case, held, as whoever asks or erases holds it first; then the recourse as it stands;
    2. a supervisor of the agency who is new to the case; 3. words to the worker; 4. recorded;
    5. a refusal that is overturned is under review again, in a round of its own; what was taken
    back stays so, and what is left of each right is under review in a case of its own; every agency
    decides anew, in a new term; 6. the worker is told.
    """
    check_permission(work.actor, Permission.APPEAL_DECIDE)
    vault = work.ports.vault
    asked = appeals.get_appeal(work.session, vault, appeal).application
    case = load_case(work, asked, lock=True)  # 1
    found = appeals.get_appeal(work.session, vault, appeal)
    check_read(work.actor, case.application)
    _check_judge(work, found, case)  # 2
    if ruling is Ruling.OPEN:
        raise Conflict("already-judged")
    refuse_if(find_faults(answer, "answer"))  # 3
    judged = replace(
        found,
        ruling=ruling,
        answer=answer.strip(),
        decided_by=work.actor.person,
        decided_at=work.now,
    )
    facts = {
        "stage": judged.stage.value,
        "ruling": ruling.value,
        "round": judged.round,
        "against": judged.against.value,
    }
    event = work.event(Act.APPEAL_JUDGED, found.application, facts)
    appeals.judge_appeal(work.session, vault, judged, event=event)  # 4
    after = _follow(work, case, judged)  # 5
    _tell(work, judged, after)  # 6
    return after


def _tell(work: Work, judged: Appeal, after: Application) -> None:
    told, once = {"agency": judged.agency.value, "note": judged.answer}, str(judged.id)
    if judged.ruling is Ruling.UPHELD:
        notices.tell_worker(work, NoticeKind.APPEAL_UPHELD, after, told, once)
        return
    told["again"] = "yes" if after.status is Status.UNDER_REVIEW else ""
    notices.tell_worker(work, NoticeKind.APPEAL_OVERTURNED, after, told, once)


def _follow(work: Work, case: Case, judged: Appeal) -> Application:
    if judged.ruling is not Ruling.OVERTURNED:
        return case.application
    if judged.revocation is None:
        return reopen_case(work, case)
    anew = give_all_anew(work, case, judged.revocation)
    for later in anew[1:]:
        _tell(work, judged, later)
    return anew[0] if anew else case.application


def _may_have_any(case: Case) -> bool:
    after_refusal = case.application.status is Status.REFUSED or case.application.round > 1
    return after_refusal or case.application.status is Status.APPROVED


def _obstacle(work: Work, appeal: Appeal, case: Case) -> DomainError | None:
    try:
        _check_judge(work, appeal, case)
    except DomainError as refusal:
        return refusal
    return None


def _check_judge(work: Work, appeal: Appeal, case: Case) -> None:
    check_judge(work.actor, appeal, list_involved(work, appeal.application), case.ties)


def _look(work: Work, case: Case) -> tuple[list[Appeal], Chance | None]:
    found = case.application
    filed = appeals.list_appeals(work.session, work.ports.vault, found.id)
    decided = list_decisions(work.session, found.id)
    measure = measure_of(found, decided, revocations_of(work, case))
    clocks, calendar = case.programme.clocks, work.ports.reference.calendar
    return filed, chance_of(measure, filed, clocks, calendar)


def _is_about(appeal: Appeal, revocation: Revocation) -> bool:
    return appeal.revocation is not None and appeal.revocation.revocation == revocation.id
