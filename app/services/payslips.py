"""Payslips: written by the employer, seen and answered by the worker, read by the inspection."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app.services import employments, notices
from app.services.agreed_wages import agreed_of
from app.services.employments import Employment, ListedHand, Spell, Wages
from app.services.farm_answers import check_owner
from app.services.kept_findings import judge_again_soon
from app.services.reaching import writing
from app.services.vacancy_judging import parameters_for
from app.services.work import Work
from app.storage import applications, people
from app.storage import payslips as rows
from app.storage.inspected_payslips import list_to_inspect
from app.storage.payslips import FiledPayslip
from permits.applications import ApplicationId
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_own, check_permission
from permits.reach import EVERYTHING
from recruitment.employments import last_day_of
from recruitment.payslip_checks import (
    judge,
    month_earned,
)
from recruitment.payslips import (
    LONGEST_WORDS,
    Answer,
    Contested,
    Payslip,
    Slip,
    WorkersAnswer,
    check_answerable,
    content_of,
    digest_of,
    find_answer_faults,
    find_faults,
    find_overlaps,
)

__all__ = ["Employment", "FiledPayslip", "ListedHand", "Wages"]

LOOKED_BACK = timedelta(days=120)
"""The inspection sees periods that began so long ago at most."""


def list_hands(work: Work) -> Sequence[ListedHand]:
    """Whom the employer pays or paid, with their payslips, those who contest one on top."""
    own = employments.list_own(work)
    if not own:
        return []
    filed: dict[tuple[UUID, UUID], list[FiledPayslip]] = {}
    for one in rows.list_of_employer(work.session, own[0].employer):
        filed.setdefault((one.payslip.application, one.payslip.vacancy), []).append(one)
    told = [
        ListedHand(
            hand,
            filed.get((hand.application, hand.vacancy), []),
            employments.find_until(work, hand),
        )
        for hand in own
    ]
    return sorted(told, key=lambda one: not one.is_contested)


def read_wages(work: Work, application: UUID) -> Wages:
    """The payslips that the employer wrote for one of their workers, logged; Hidden for another's.

    Also for whom they had before. What another employer wrote, and what the worker contests of it,
    is not theirs to read.
    """
    own = employments.find_own(work, application)
    event = work.event(Act.APPLICATION_READ, application, {"purpose": "wages"})
    people.note_reading(work.session, event=event)
    filed = _of_employer(rows.list_newest(work.session, application), own[0].employer)
    spells = [_spell(work, one) for one in own]
    return Wages(spells, filed, legal_day(work.now))


def _spell(work: Work, hand: Employment) -> Spell:
    day = min(last_day_of(hand.spans), legal_day(work.now))
    agreed = agreed_of(work, hand.application, day, hand.vacancy)
    return Spell(hand, agreed, employments.find_until(work, hand))


def write_payslip(work: Work, application: UUID, slip: Slip, seen: int = 0) -> Payslip:
    """Write a payslip, or a newer version of the one of the same first day; the same once.

    By whoever employed the worker on those days. `seen` is the version that was looked at, 0 for
    none. Invalid with every fault; Conflict("payslip-changed") where another version is the newest
    by now.
    """
    own = employments.find_own(work, application)
    hand = employments.choose(own, slip.first_day, slip.last_day)
    found = applications.lock(work.session, ApplicationId(application), reach=EVERYTHING)
    refuse_if(find_faults_of(work, hand, slip))
    newest = _of_employer(rows.list_newest(work.session, application), hand.employer)
    before = next((o.payslip for o in newest if o.payslip.slip.first_day == slip.first_day), None)
    digest = digest_of(content_of(slip))
    if before is not None and before.digest == digest:
        return before
    if (before.version if before else 0) != seen:
        raise Conflict("payslip-changed")
    payslip = Payslip(
        application,
        found.worker,
        hand.vacancy,
        hand.employer,
        seen + 1,
        slip,
        digest,
        work.now,
    )
    _keep(work, payslip, hand)
    # One message a day, however many periods are written.
    once = legal_day(work.now).isoformat()
    notices.tell_worker(work, NoticeKind.PAYSLIP_WRITTEN, found, once=once)
    return payslip


def _keep(work: Work, payslip: Payslip, hand: Employment) -> None:
    """Write the version with what is found in it."""
    slip, application = payslip.slip, payslip.application
    agreed = agreed_of(work, application, slip.last_day, hand.vacancy)
    findings = judge(slip, agreed, parameters_for(work, hand.programme), legal_day(work.now))
    facts: dict[str, Fact] = {
        "version": payslip.version,
        "digest": payslip.digest,
        "findings": len(findings),
    }
    event = work.event(Act.PAYSLIP_WRITTEN, application, facts)
    rows.add_version(work.session, payslip, findings, work.actor.person, event=event)
    judge_again_soon(work, application)  # what was paid for the work is held against what it earns


def find_faults_of(work: Work, hand: Employment, slip: Slip) -> list[Fault]:
    """What is wrong with a payslip by itself, else with its days: those of another are taken."""
    filed = [one.payslip for one in rows.list_newest(work.session, hand.application)]
    own = [one.slip for one in filed if one.employer == hand.employer]
    others = [one.slip for one in filed if one.employer != hand.employer]
    return (
        find_faults(slip, legal_day(work.now))
        or employments.find_faults(work, hand, slip.first_day, slip.last_day)
        or find_overlaps(slip, own, others)
    )


def reply(work: Work, application: UUID, first_day: date, words: str) -> None:
    """The employer answers what a worker contests, once; a new version is another way.

    NotFound where another employer wrote it.
    """
    own = employments.find_own(work, application)
    text = words.strip()
    refuse_if([Fault("missing", "reply")] if not text else [])
    if len(text) > LONGEST_WORDS:
        refuse_if([Fault("too-long", "reply", {"limit": LONGEST_WORDS})])
    newest = _newest(work, application, first_day)
    if newest.employer != own[0].employer:
        raise NotFound("no-such-payslip")
    if not newest.is_contested:
        raise Conflict("payslip-not-contested")
    event = work.event(Act.PAYSLIP_REPLIED, application, {"version": newest.version})
    rows.save_reply(work.session, newest, text, work.now, event=event)


def list_own(work: Work, application: ApplicationId) -> Sequence[FiledPayslip]:
    """The worker's own payslips, the last period on top; Hidden for anybody else."""
    check_owner(work, application)
    return rows.list_newest(work.session, application)


def answer_own(
    work: Work,
    application: ApplicationId,
    first_day: date,
    seen: int,
    answer: Answer,
    lines: Sequence[Contested] = (),
    words: str = "",
) -> None:
    """The worker has seen it, or contests lines of it; twice is once.

    Invalid with every fault; Conflict("payslip-changed") or ("payslip-answered").
    """
    check_owner(work, application)
    own = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, own)
    refuse_if(find_answer_faults(answer, lines, words))
    newest = _newest(work, application, first_day)
    kept = tuple(lines) if answer is Answer.CONTESTED else ()
    told = WorkersAnswer(answer, work.now, kept, words.strip())
    if newest.version == seen and newest.answer is not None and newest.answer.says_as(told):
        return
    check_answerable(newest, seen)
    facts: dict[str, Fact] = {
        "version": seen,
        "answer": answer.value,
        "lines": [one.line.value for one in kept],
    }
    event = work.event(Act.PAYSLIP_ANSWERED, application, facts)
    rows.add_answer(work.session, newest, told, event=event)


def list_for_inspection(work: Work) -> Sequence[FiledPayslip]:
    """Payslips that are contested, or in which something was found; logged."""
    check_permission(work.actor, Permission.FARM_INSPECT)
    event = work.event(Act.PAYSLIPS_READ, work.actor.person)
    rows.note_reading(work.session, event=event)
    since = legal_day(work.now) - LOOKED_BACK
    every = list_to_inspect(work.session, since)
    told = [one for one in every if one.findings or one.payslip.is_contested]
    return sorted(told, key=lambda one: (not one.payslip.is_contested, one.employer_name))


def find_month_earned(work: Work, some: Collection[UUID]) -> dict[UUID, tuple[Decimal, str]]:
    """What the first month of these applications really earned, with its currency; for counts.

    Those whose payslips do not tell a month are left out.
    """
    filed = rows.list_of_applications(work.session, some)
    told = {one: month_earned([found.slip for found in filed[one]]) for one in filed}
    return {one: month for one, month in told.items() if month is not None}


def _of_employer(filed: Sequence[FiledPayslip], employer: UUID) -> list[FiledPayslip]:
    return [one for one in filed if one.payslip.employer == employer]


def _newest(work: Work, application: UUID, first_day: date) -> Payslip:
    versions = rows.list_versions(work.session, application, first_day)
    if not versions:
        raise NotFound("no-such-payslip")
    return versions[0].payslip
