"""A raised minimum wage reaches contracts of who is at work, and payslips already written."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from app.adapters.wage_shelf import FILE, WageShelf, read_table
from app.services import kept_findings, payslips, unpaid_wages, wage_runs
from app.services.effects import run_next_effect, run_past_effects
from app.services.minimum_wages import load_wages
from app.services.standings import of_employer
from app.services.wage_runs import WageRun
from app.services.work import Work
from app.storage import outbox
from permits.deadlines import legal_day
from permits.errors import Forbidden, Hidden
from permits.people import SYSTEM, Role
from recruitment.payslip_checks import BELOW_MINIMUM
from recruitment.payslips import Slip
from recruitment.standings import Standing
from tests.builders import Story, add_official
from tests.farmed import owner_of, working
from tests.payslips import week
from tests.services.test_contracts import accept, offer_anew
from tests.services.test_minimum_wages import HEAD, OLD

pytestmark = pytest.mark.feature("E4", "E9", "W20")


def load(work: Work, shelf: WageShelf, amount: str, since: str) -> None:
    """A table of one more row counts, and everything that it touches is judged."""
    row = f"agriculture,1-10,{amount},{since},,Acuerdo nuevo,La Gaceta,false,2026-11-23\n"
    text = HEAD + OLD + row
    load_wages(work, shelf, read_table(text), text)
    while run_past_effects(work):
        pass


SINCE = 16
"""Days before today on which the new table begins."""


@dataclass
class Raised:
    """Somebody at work for 350 a day under a minimum of 302, who has three payslips."""

    story: Story
    shelf: WageShelf
    farm: Work
    chief: Work
    slips: tuple[Slip, ...]

    def load(self, amount: str, hours: int = 0) -> WageRun:
        """A table of another minimum that reaches back; what the run has found."""
        system = self.story.work(SYSTEM)
        load(
            replace(system, now=system.now + timedelta(hours=hours)), self.shelf, amount, self.since
        )
        return wage_runs.list_reports(self.chief)[0].run

    @property
    def since(self) -> str:
        return (legal_day(self.farm.now) - timedelta(days=SINCE)).isoformat()

    def codes(self, slip: Slip) -> set[str]:
        """What its worker reads of a payslip."""
        filed = payslips.list_own(self.story.work(self.story.worker), self.story.id)
        [one] = [one for one in filed if one.payslip.slip == slip]
        return {finding.code for finding in one.findings}


@pytest.fixture
def raised(story: Story, tmp_path: Path) -> Raised:
    (tmp_path / FILE).write_text(HEAD + OLD, "utf-8")
    shelf = WageShelf(tmp_path)
    story.ports = replace(
        story.ports, reference=replace(story.ports.reference, minimum_wages=shelf)
    )
    owner = owner_of(working(story))
    story.later(days=40)
    farm = story.work(owner)
    today = legal_day(farm.now)
    before, after = (week(today - timedelta(days=days)) for days in (20, 2))
    unpaid = week(today - timedelta(days=10), paid_on=None)
    for slip in (before, after, unpaid):
        payslips.write_payslip(farm, story.id, slip)
    chief = story.work(add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR))
    return Raised(story, shelf, farm, chief, (before, after, unpaid))


def test_contracts_and_payslips_that_fail_since_are_found_and_told(raised: Raised) -> None:
    story, farm, employer = raised.story, raised.farm, raised.farm.actor.employer
    assert wage_runs.list_of_employer(farm) == []
    run = raised.load("12000.00")  # 400 a day; the contract pays 350
    assert (run.judged, run.contracts, run.payslips) == (run.total, 1, 2)
    assert run.ended_at is not None
    [report, *_] = wage_runs.list_reports(raised.chief)
    assert [(one.employer, one.contracts, one.payslips) for one in report.failing] == [
        (employer, 1, 2)
    ]
    [short] = wage_runs.list_of_employer(farm)
    worker = story.work(story.worker)
    assert wage_runs.list_own(worker, story.id) == [short]
    assert (short.shortfall.lacking, short.counts_from.isoformat()) == (
        Decimal("50.00"),
        raised.since,
    )
    before, after, _ = raised.slips
    assert (raised.codes(before), raised.codes(after)) == (set(), {BELOW_MINIMUM})
    # Who paid what the table said that day is not in arrears by R34, and keeps their standing.
    assert of_employer(farm, short.employer).standing is Standing.GOOD
    with pytest.raises(Forbidden):
        wage_runs.list_reports(farm)
    with pytest.raises((Hidden, Forbidden)):
        wage_runs.list_own(farm, story.id)
    assert wage_runs.list_of_employer(story.work(owner_of(uuid4()))) == []


def test_a_newer_contract_that_pays_enough_ends_it_for_both(raised: Raised) -> None:
    story, employer, worker = raised.story, raised.farm, raised.story.work(raised.story.worker)
    raised.load("12000.00")
    assert offer_anew(story, wage=Decimal("400.00")) == 1
    assert len(wage_runs.list_of_employer(employer)) == 1  # nobody agreed to it yet
    accept(story)
    while run_next_effect(story.work(SYSTEM), {kept_findings.EFFECT}):
        pass
    assert [wage_runs.list_of_employer(employer), wage_runs.list_own(worker, story.id)] == [[], []]


def test_what_failed_already_is_not_new_and_a_wrong_table_is_taken_back(raised: Raised) -> None:
    raised.load("12000.00")
    _, after, unpaid = raised.slips
    # What days that go by find comes beside it, and not in its place.
    late = raised.story.work(SYSTEM)
    unpaid_wages.judge_unpaid(replace(late, now=late.now + timedelta(days=30, hours=12)))
    assert raised.codes(unpaid) == {BELOW_MINIMUM, "unpaid"}
    again = raised.load("12300.00", hours=1)  # more is owed; nothing fails newly
    assert (again.contracts, again.payslips) == (0, 0)
    [short] = wage_runs.list_of_employer(raised.farm)
    assert short.shortfall.lacking == Decimal("60.00")
    raised.load("9100.00", hours=2)  # the table was wrong
    assert wage_runs.list_of_employer(raised.farm) == []
    assert (raised.codes(after), raised.codes(unpaid)) == (set(), {"unpaid"})


def test_a_table_of_later_days_is_judged_by_on_its_first_day(story: Story) -> None:
    system = story.work(SYSTEM)
    day = legal_day(system.now) + timedelta(days=30)
    run = wage_runs.start_run(system, ["coffee-hn-gt"], day, [])
    waiting = outbox.lock_due(story.session, system.now, 1, {wage_runs.EFFECT})
    assert waiting == []
    assert outbox.lock_due(story.session, system.now + timedelta(days=31), 1, {wage_runs.EFFECT})[
        0
    ].effect.payload["run"] == str(run.id)
