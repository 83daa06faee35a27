"""A raised minimum wage reaches contracts of who is at work, and payslips already written."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from app.adapters.wage_shelf import FILE, WageShelf, read_table
from app.services import payslips, unpaid_wages, wage_runs
from app.services.effects import run_past_effects
from app.services.minimum_wages import load_wages
from app.services.standings import of_employer
from app.services.work import Work
from app.storage import outbox
from permits.deadlines import legal_day
from permits.errors import Forbidden, Hidden
from permits.people import SYSTEM, Role
from recruitment.standings import Standing
from tests.builders import Story, add_official
from tests.farmed import owner_of, working
from tests.payslips import week
from tests.services.test_minimum_wages import HEAD, OLD

pytestmark = pytest.mark.feature("E4", "E9", "W20")


def load(work: Work, shelf: WageShelf, amount: str, since: str) -> None:
    """A table of one more row counts, and everything that it touches is judged."""
    row = f"agriculture,1-10,{amount},{since},,Acuerdo nuevo,La Gaceta,false,2026-11-23\n"
    text = HEAD + OLD + row
    load_wages(work, shelf, read_table(text), text)
    while run_past_effects(work):
        pass


def test_contracts_and_payslips_that_fail_since_are_found_told_and_taken_back(
    story: Story, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text(HEAD + OLD, "utf-8")
    shelf = WageShelf(tmp_path)
    story.ports = replace(
        story.ports, reference=replace(story.ports.reference, minimum_wages=shelf)
    )
    owner = owner_of(working(story))
    story.later(days=40)
    farm, system = story.work(owner), story.work(SYSTEM)
    today = legal_day(farm.now)
    before, after = (week(today - timedelta(days=days)) for days in (20, 2))
    unpaid = week(today - timedelta(days=10), paid_on=None)
    for slip in (before, after, unpaid):
        payslips.write_payslip(farm, story.id, slip)
    assert wage_runs.list_of_employer(farm) == []
    since = today - timedelta(days=16)

    load(system, shelf, "12000.00", since.isoformat())  # 400 a day; the contract pays 350
    chief = story.work(add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR))
    report = wage_runs.list_reports(chief)[0]
    assert (report.run.judged, report.run.contracts, report.run.payslips) == (
        report.run.total,
        1,
        2,
    )
    assert report.run.ended_at is not None
    assert [(one.employer, one.contracts, one.payslips) for one in report.failing] == [
        (owner.employer, 1, 2)
    ]
    [short] = wage_runs.list_of_employer(farm)
    worker = story.work(story.worker)
    assert wage_runs.list_own(worker, story.id) == [short]
    assert (short.shortfall.lacking, short.counts_from) == (Decimal("50.00"), since)
    found = {one.payslip.slip: one for one in payslips.list_own(worker, story.id)}
    assert found[before].findings == ()
    [told] = found[after].findings
    assert (told.code, told.facts["lacking"]) == ("paid-below-minimum", "300.00")
    # Who paid what the table said that day is not in arrears by R34, and keeps their standing.
    assert of_employer(farm, short.employer).standing is Standing.GOOD
    # What days that go by find comes beside it, and not in its place.
    late = story.work(SYSTEM)
    unpaid_wages.judge_unpaid(replace(late, now=late.now + timedelta(days=30, hours=12)))
    codes = {one.payslip.slip: one.findings for one in payslips.list_own(worker, story.id)}[unpaid]
    assert {one.code for one in codes} == {"paid-below-minimum", "unpaid"}
    with pytest.raises(Forbidden):
        wage_runs.list_reports(farm)
    with pytest.raises((Hidden, Forbidden)):
        wage_runs.list_own(farm, story.id)
    assert wage_runs.list_of_employer(story.work(owner_of(uuid4()))) == []

    later = replace(system, now=system.now + timedelta(hours=1))
    load(later, shelf, "12300.00", since.isoformat())  # more is owed; nothing fails newly
    again = wage_runs.list_reports(chief)[0].run
    assert (again.contracts, again.payslips) == (0, 0)
    assert wage_runs.list_of_employer(farm)[0].shortfall.lacking == Decimal("60.00")

    load(later, shelf, "9100.00", since.isoformat())  # the table was wrong
    assert wage_runs.list_of_employer(farm) == []
    [kept] = [one for one in payslips.list_own(worker, story.id) if one.payslip.slip == after]
    assert kept.findings == ()


def test_a_table_of_later_days_is_judged_by_on_its_first_day(story: Story) -> None:
    system = story.work(SYSTEM)
    day = legal_day(system.now) + timedelta(days=30)
    run = wage_runs.start_run(system, ["coffee-hn-gt"], day, [])
    waiting = outbox.lock_due(story.session, system.now, 1, {wage_runs.EFFECT})
    assert waiting == []
    assert outbox.lock_due(story.session, system.now + timedelta(days=31), 1, {wage_runs.EFFECT})[
        0
    ].effect.payload["run"] == str(run.id)
