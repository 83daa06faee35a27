"""Payslips live: written by the farm, contested by line, corrected in a version, counted in A5."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.services import cost_judging, payslips, unpaid_wages, wanted_cases
from app.services.kept_findings import About
from app.services.work import Work
from app.storage import daily_jobs, payslip_findings
from app.storage import payslips as rows
from permits.deadlines import legal_day, start_of
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound
from permits.people import SYSTEM, Role
from recruitment.payslips import Answer, Contested, Line, Slip
from recruitment.wanted_cases import Grade
from tests.builders import Story, add_official
from tests.farmed import change_employer, owner_of, working
from tests.payslips import week
from tests.working import answer, ask_now

pytestmark = pytest.mark.feature("E9", "W20")


def farm_of(story: Story, days: int = 40) -> Work:
    """The employer of somebody whose season began today, so many days later."""
    owner = owner_of(working(story))
    story.later(days=days)
    return story.work(owner)


def test_a_contested_payslip_is_answered_or_corrected_and_never_written_over(story: Story) -> None:
    farm = farm_of(story)
    slip = week(legal_day(farm.now) - timedelta(days=2))
    first = payslips.write_payslip(farm, story.id, slip)
    assert payslips.write_payslip(farm, story.id, slip) == first  # pressed twice
    worker, day = story.work(story.worker), slip.first_day
    with pytest.raises(Invalid):
        payslips.answer_own(worker, story.id, day, 1, Answer.CONTESTED)
    payslips.answer_own(worker, story.id, day, 1, Answer.ACKNOWLEDGED)
    lines = (Contested(Line.UNITS, "7"), Contested(Line.DEDUCTIONS, ""))
    payslips.answer_own(worker, story.id, day, 1, Answer.CONTESTED, lines, "Trabajé el domingo.")
    payslips.answer_own(worker, story.id, day, 1, Answer.CONTESTED, lines, "Trabajé el domingo.")
    with pytest.raises(Conflict, match="payslip-answered"):
        payslips.answer_own(worker, story.id, day, 1, Answer.ACKNOWLEDGED)
    inspector = story.work(add_official(story.session, story.ports, Role.LABOUR_INSPECTOR))
    [seen] = [
        one
        for one in payslips.list_for_inspection(inspector)
        if one.payslip.application == story.id
    ]
    assert seen.payslip.answer is not None
    assert (seen.payslip.answer.lines, seen.payslip.answer.words) == (lines, "Trabajé el domingo.")
    payslips.reply(farm, story.id, day, "El domingo no se abrió la finca.")
    payslips.reply(farm, story.id, day, "Otra cosa.")  # the first answer stands
    with pytest.raises(Conflict, match="payslip-changed"):
        payslips.write_payslip(farm, story.id, replace(slip, units=Decimal(7)), seen=0)
    second = payslips.write_payslip(farm, story.id, replace(slip, units=Decimal(7)), seen=1)
    newest, before = rows.list_versions(story.session, story.id, day)
    assert (newest.payslip.version, newest.payslip.answer) == (second.version, None)
    assert before.payslip.answer is not None
    assert before.payslip.answer.reply == "El domingo no se abrió la finca."
    with pytest.raises(Conflict, match="payslip-changed"):
        payslips.answer_own(worker, story.id, day, 1, Answer.ACKNOWLEDGED)
    with pytest.raises(ProgrammingError, match="permission denied"), story.session.begin_nested():
        story.session.execute(text("UPDATE payslips SET content = '{}' WHERE version = 1"))


def test_only_its_farm_writes_it_and_only_its_worker_answers(story: Story) -> None:
    farm = farm_of(story)
    slip = week(legal_day(farm.now) - timedelta(days=2))
    payslips.write_payslip(farm, story.id, slip)
    with pytest.raises(NotFound):
        payslips.write_payslip(story.work(owner_of(uuid4())), story.id, slip)
    with pytest.raises(NotFound):
        payslips.read_wages(story.work(owner_of(uuid4())), story.id)
    with pytest.raises(Forbidden):
        payslips.write_payslip(story.work(story.setrass), story.id, slip)
    with pytest.raises((Hidden, Forbidden)):
        payslips.list_own(farm, story.id)
    with pytest.raises(Forbidden):
        payslips.list_for_inspection(farm)
    with pytest.raises(Invalid) as refused:
        payslips.write_payslip(farm, story.id, week(slip.last_day - timedelta(days=1)))
    assert [one.code for one in refused.value.faults] == ["period-overlaps"]


def test_what_is_found_is_kept_and_the_month_that_was_earned_counts(story: Story) -> None:
    farm = farm_of(story)
    end = legal_day(farm.now) - timedelta(days=2)
    for number in range(5):
        last = end - timedelta(days=7 * number)
        payslips.write_payslip(farm, story.id, week(last, first_day=last - timedelta(days=6)))
    facts = unpaid_wages.find_wage_facts(farm, story.id, farm.actor.employer)
    assert facts is not None
    assert (facts.paid, facts.due, facts.days_since_pay) == (Decimal(2100), Decimal(2100), 7)
    offered = cost_judging.find_month_wage(farm, payslips.read_wages(farm, story.id).hand.vacancy)
    earned = payslips.find_month_earned(farm, [story.id])
    assert earned == {story.id: (Decimal("9000.00"), "HNL")}
    assert offered != earned[story.id]
    vacancy = payslips.read_wages(farm, story.id).hand.vacancy
    paid = cost_judging.CostsOf(story.id, "coffee-hn-gt", vacancy, [])
    judged = cost_judging.read_costs(farm, paid, About.DIARY)
    assert judged.burden is not None
    assert judged.burden.wage_per_month == Decimal("9000.00")
    late = week(end, first_day=end - timedelta(days=6), paid_on=None, rate=Decimal(100))
    payslips.write_payslip(replace(farm, now=farm.now + timedelta(days=9)), story.id, late, 1)
    [newest, *_] = payslips.list_own(story.work(story.worker), story.id)
    assert {one.code for one in newest.findings} >= {"unpaid"}


def test_a_day_that_goes_by_finds_who_was_not_paid_and_weighs_on_the_employer(
    story: Story,
) -> None:
    farm = farm_of(story)
    end = legal_day(farm.now) - timedelta(days=1)
    payslips.write_payslip(farm, story.id, week(end, paid_on=None))
    [written] = payslips.list_own(story.work(story.worker), story.id)
    assert written.findings == ()  # the period and three days are not over
    nightly = replace(farm, actor=SYSTEM, now=start_of(end + timedelta(days=6)))
    nightly = replace(nightly, now=nightly.now + timedelta(hours=7))
    assert unpaid_wages.judge_unpaid(nightly) >= 1
    [found] = payslips.list_own(story.work(story.worker), story.id)
    assert [(one.code, one.facts["days"]) for one in found.findings] == [("unpaid", 12)]
    daily_jobs.mark_done(story.session, unpaid_wages.JOB, end)
    unpaid_wages.judge_unpaid(nightly)
    assert payslips.list_own(story.work(story.worker), story.id) == [found]  # once
    employer, year = found.payslip.employer, end - timedelta(days=365)
    assert payslip_findings.count_short_paid(story.session, employer, year) == 1
    payslips.write_payslip(farm, story.id, week(end), seen=1)
    assert payslip_findings.count_short_paid(story.session, employer, year) == 0


def test_a_check_in_is_judged_by_the_last_payslip_whatever_its_worker_says(story: Story) -> None:
    farm = farm_of(story, days=30)
    slip = week(legal_day(farm.now) - timedelta(days=2), rate=Decimal("300.00"))
    payslips.write_payslip(farm, story.id, slip)
    ask_now(story, legal_day(story.now))
    after = answer(story, act=True)
    assert [(one.rule.value, one.code) for one in after.findings] == [("R34", "paid-less")]
    told = wanted_cases.list_waiting(story.work(story.supervise().supervisor))
    [case] = [one for one in told if one.check_in == after.id]
    assert (case.wanted.grade, case.wanted.told, case.findings) == (Grade.S2, (), after.findings)


def test_the_next_employer_reads_and_writes_over_nothing_of_the_one_before(story: Story) -> None:
    farm = farm_of(story)
    today = legal_day(farm.now)
    slip = week(today - timedelta(days=2))
    payslips.write_payslip(farm, story.id, slip)
    lines = (Contested(Line.UNITS, "7"),)
    worker = story.work(story.worker)
    payslips.answer_own(worker, story.id, slip.first_day, 1, Answer.CONTESTED, lines, "Faltó.")
    next_farm = story.work(owner_of(change_employer(story)))
    assert payslips.read_wages(next_farm, story.id).filed == []  # nor what the worker contests
    with pytest.raises(NotFound, match="no-such-payslip"):
        payslips.reply(next_farm, story.id, slip.first_day, "Mentira.")
    over_it = replace(slip, units=Decimal(5))
    for seen in (0, 1):
        assert refused_codes(next_farm, story, over_it, seen) == ["outside-employment"]
    later = week(today, first_day=today, days=1, units=Decimal(1))
    payslips.write_payslip(next_farm, story.id, later)
    assert [one.payslip.slip for one in payslips.list_own(worker, story.id)] == [later, slip]
    # The one before answers, corrects and pays the last days; of what comes after it sees nothing.
    farm = replace(farm, now=start_of(today + timedelta(days=9)))
    [listed] = payslips.list_hands(farm)
    assert (listed.left_on, [one.payslip.slip for one in listed.filed]) == (today, [slip])
    assert listed.until == today + timedelta(days=730)
    assert [one.payslip.slip for one in payslips.read_wages(farm, story.id).filed] == [slip]
    payslips.reply(farm, story.id, slip.first_day, "Lo reviso.")
    payslips.write_payslip(farm, story.id, replace(slip, units=Decimal(7)), seen=1)
    last = week(today - timedelta(days=1), first_day=today - timedelta(days=1), days=1)
    assert payslips.write_payslip(farm, story.id, last).employer == farm.actor.employer
    with pytest.raises(NotFound, match="no-such-payslip"):
        payslips.reply(farm, story.id, later.first_day, "Tampoco.")
    beyond = week(today + timedelta(days=2), first_day=today + timedelta(days=1), days=2)
    assert refused_codes(farm, story, beyond) == ["outside-employment"]
    over = replace(farm, now=start_of(today + timedelta(days=731)))
    assert (payslips.list_hands(over), payslips.read_wages(over, story.id).is_writable) == (
        [],
        False,
    )
    assert refused_codes(over, story, replace(last, units=Decimal(2))) == ["wages-too-old"]


def refused_codes(work: Work, story: Story, slip: Slip, seen: int = 0) -> list[str]:
    """The codes with which a payslip is refused."""
    with pytest.raises(Invalid) as refused:
        payslips.write_payslip(work, story.id, slip, seen)
    return [one.code for one in refused.value.faults]


def test_what_stays_unpaid_is_found_later_and_the_last_payslip_tells_it(story: Story) -> None:
    farm = farm_of(story)
    end = legal_day(farm.now)
    earlier = week(end - timedelta(days=7))
    payslips.write_payslip(farm, story.id, earlier)
    payslips.write_payslip(farm, story.id, week(end, paid_on=None))
    inspector = story.work(add_official(story.session, story.ports, Role.LABOUR_INSPECTOR))
    worker = story.work(story.worker)

    def found(days: int) -> list[tuple[str, ...]]:
        """What inspection, worker and employer are told so many days later."""
        later = timedelta(days=days)
        unpaid_wages.judge_unpaid(replace(farm, actor=SYSTEM, now=farm.now + later))
        inspected, own, filed = (
            payslips.list_for_inspection(replace(inspector, now=inspector.now + later)),
            payslips.list_own(replace(worker, now=worker.now + later), story.id),
            payslips.read_wages(replace(farm, now=farm.now + later), story.id).filed,
        )
        mine = [one for one in inspected if one.payslip.application == story.id]
        newest = [every[0] for every in (mine, own, filed) if every]
        return [tuple(finding.code for finding in one.findings) for one in newest]

    assert found(3) == [(), ()]  # on time still: no inspector looks at it
    assert found(4) == [("unpaid",)] * 3
    facts = unpaid_wages.find_wage_facts(
        replace(farm, now=farm.now + timedelta(days=4)), story.id, farm.actor.employer
    )
    assert facts is not None
    assert facts.days_since_pay == 10
