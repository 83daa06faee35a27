"""What who protects workers reads of check-ins: alarms, whom to call, rates and silent farms.

Employers, INM and border posts have no way here. Each look at a person is logged, and the person
reads of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services import answer_rates, check_ins, wanted_cases
from app.services.answer_rates import FarmRates
from app.services.wanted_cases import WantedCase
from app.services.work import Work
from app.storage import asked_workers, employers
from app.storage import check_ins as kept
from app.storage.asked_workers import Unanswered as Unanswered
from permits.audit import Act
from permits.errors import Conflict, Forbidden, NotFound
from permits.people import Permission
from permits.policies import check_permission
from recruitment.check_ins import CheckIn, Way, read_answers

LISTED = 200


@dataclass(frozen=True)
class Desk:
    """Alarms that wait with the names of their employers, whom to call, and the farms' rates."""

    alarms: Sequence[WantedCase]
    employers: Mapping[UUID, str]
    unanswered: Sequence[Unanswered]
    farms: Sequence[FarmRates]


@dataclass(frozen=True)
class OpenedAlarm:
    """An alarm that was opened, which is logged; `called` is None for one of a whole farm."""

    case: WantedCase
    employer: str
    called: Unanswered | None


def read_desk(work: Work) -> Desk:
    """The desk: danger on top, nobody's name among the alarms, no rate of fewer than five."""
    alarms = wanted_cases.list_waiting(work)
    named = {one.employer for one in alarms if one.employer is not None}
    names = {one: employers.find_name(work.session, one) or "" for one in named}
    unanswered = asked_workers.list_unanswered(work.session, work.now, LISTED)
    return Desk(alarms, names, unanswered, answer_rates.list_rates(work))


def open_alarm(work: Work, identity: UUID) -> OpenedAlarm:
    """One alarm, with how its worker is called; who opened it stands in the log."""
    case = wanted_cases.find(work, identity)
    event = work.event(Act.CHECK_IN_READ, case.check_in or case.id, {"form": "alarm"})
    kept.note_reading(work.session, event=event)
    called = asked_workers.find_called(work.session, case.check_in) if case.check_in else None
    name = employers.find_name(work.session, case.employer) if case.employer else None
    return OpenedAlarm(case, name or "", called)


def open_call(work: Work, identity: UUID) -> Unanswered:
    """Whom to call; logged. Conflict where they answered themselves, or it is too late."""
    found = _waiting(work, identity)
    event = work.event(Act.CHECK_IN_READ, found.id, {"form": "call"})
    kept.note_reading(work.session, event=event)
    called = asked_workers.find_called(work.session, found.id)
    if called is None:
        raise NotFound("no-such-check-in")
    return called


def answer_by_phone(work: Work, identity: UUID, given: Mapping[str, str], *, act: bool) -> CheckIn:
    """Write down what a worker told by telephone; who asked stands in the log and in the row."""
    found = _waiting(work, identity, hold=True)
    answers = read_answers(given, act=act)
    return check_ins.keep_answers(work, found, answers, Way.PHONE, work.actor.person)


def _waiting(work: Work, identity: UUID, *, hold: bool = False) -> CheckIn:
    check_permission(work.actor, Permission.CHECK_IN_ATTEND)
    found = kept.find_check_in(work.session, work.ports.vault, identity, hold=hold)
    if found is None:
        raise NotFound("no-such-check-in")
    if found.worker == work.actor.person:
        raise Forbidden("own-case")
    if not found.is_open(work.now) and not found.may_add(work.now):
        raise Conflict("check-in-answered" if found.answers else "check-in-closed")
    return found
