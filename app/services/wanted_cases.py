"""Cases that check-ins ask for: kept so that none is lost, and told to who protects workers.

Each becomes a complaint (`check_in_complaints`): at once where complaints can be taken, else as
soon as somebody takes the alarm.
"""

from collections.abc import Sequence
from uuid import UUID

from app.services import check_in_complaints, notices
from app.services.work import Work
from app.storage import accounts
from app.storage import wanted_cases as kept
from app.storage.wanted_cases import WantedCase as WantedCase
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, NotFound
from permits.notices import Notice, NoticeKind
from permits.people import ROLE_PERMISSIONS, Permission, Role
from permits.policies import check_permission
from permits.programmes import in_force
from recruitment.check_ins import CheckIn
from recruitment.ethics.rules import RuleFinding
from recruitment.wanted_cases import Grade, Wanted, is_counted

LISTED = 200


def open_case_from_check_in(work: Work, answered: CheckIn, wanted: Wanted) -> WantedCase:
    """Remember that this worker's answers ask for a case, once; danger is told by message too.

    Officials read of the findings what rests on answers that they may read.
    """
    case = WantedCase(
        work.new_id(),
        answered.programme,
        wanted,
        tuple(one for one in answered.findings if _may_be_read(one, wanted)),
        work.now,
        answered.employer,
        answered.id,
        answered.application,
        answered.worker,
    )
    add_case(work, case)
    return case


def within_days(work: Work) -> int:
    """How many days R37 looks at together."""
    rows = work.ports.reference.ethics.values["R37.within_days"]
    return int(in_force(rows, legal_day(work.now)).value)


def acknowledge(work: Work, identity: UUID) -> None:
    """An official takes note and goes on with it; Conflict where somebody did already.

    Forbidden for the own case.
    """
    case = hold(work, identity)
    if case.acknowledged_at is not None:
        raise Conflict("alarm-taken")
    check_in_complaints.file_wanted(work, case)
    event = work.event(Act.CHECK_IN_ALARM_TAKEN, case.check_in or case.id)
    kept.acknowledge(work.session, case, work.actor.person, work.now, event=event)


def list_waiting(work: Work) -> Sequence[WantedCase]:
    """What nobody took note of, danger first."""
    check_permission(work.actor, Permission.CHECK_IN_ATTEND)
    return kept.list_waiting(work.session, work.ports.vault, LISTED)


def find(work: Work, identity: UUID) -> WantedCase:
    """One of them; NotFound, or Forbidden for the own case."""
    return _find(work, identity, hold=False)


def hold(work: Work, identity: UUID) -> WantedCase:
    """The same, its row held until the end."""
    return _find(work, identity, hold=True)


def _find(work: Work, identity: UUID, *, hold: bool) -> WantedCase:
    check_permission(work.actor, Permission.CHECK_IN_ATTEND)
    case = kept.find_wanted(work.session, work.ports.vault, identity, hold=hold)
    if case is None:
        raise NotFound("no-such-alarm")
    if case.worker == work.actor.person:
        raise Forbidden("own-case")
    return case


def _may_be_read(finding: RuleFinding, wanted: Wanted) -> bool:
    read = {name for name, _ in wanted.told}
    return is_counted(finding) or RESTS_ON.get(finding.rule.value, frozenset()) <= read


RESTS_ON = {
    "R33": frozenset({"document"}),
    "R34": frozenset({"paid"}),
    "R35": frozenset({"free"}),
    "R36": frozenset({"safe"}),
}
"""The question that a rule's finding rests on; R37 counts signs and rests on none alone."""


def add_case(work: Work, case: WantedCase) -> None:
    """Keep it, file it where complaints can be taken, and send the alarm where it is S1."""
    facts = {"grade": case.wanted.grade.value, "ground": case.wanted.ground.value}
    event = work.event(Act.CASE_WANTED, case.id, facts)
    kept.add_wanted(work.session, work.ports.vault, case, event=event)
    check_in_complaints.file_wanted(work, case)
    if case.wanted.grade is Grade.S1:
        _alarm(work, case)


def _alarm(work: Work, case: WantedCase) -> None:
    """One message for each who protects workers, without a name and at any hour."""
    roles = [one for one in Role if Permission.CHECK_IN_ATTEND in ROLE_PERMISSIONS[one]]
    every = {
        one.person: one for role in roles for one in accounts.list_accounts(work.session, role)
    }
    link = f"{work.ports.public_url}/durante-el-trabajo"
    for account in every.values():
        if account.disabled or not (account.email or account.phone):
            continue
        key = f"{NoticeKind.CHECK_IN_ALARM.value}:{case.id}:{account.person}"
        phone = None if account.email else account.phone
        notices.leave(
            work,
            Notice(NoticeKind.CHECK_IN_ALARM, "es", key, phone, account.email, {"link": link}),
        )
