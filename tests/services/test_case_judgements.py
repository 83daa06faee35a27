"""What rules find of one worker is kept at the act, with its day and values, and judged again."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from app.services import (
    case_rejudging,
    contracts,
    costs,
    effects,
    farm_register,
    journeys,
    judging_runs,
    kept_findings,
    payslips,
)
from app.services.kept_findings import About
from app.storage import contracts as contract_rows
from app.storage.case_judgements import case_judgements
from permits.audit import Act
from permits.deadlines import legal_day
from permits.journeys import JourneyStep
from permits.people import SYSTEM
from recruitment.contracts import Agreement, Party, Reported, Way
from recruitment.costs import ClaimAction
from recruitment.ethics.words import CostCode
from tests.builders import Story
from tests.costs import note_fee
from tests.farmed import add_farm, another_employer, owner_of, working
from tests.payslips import week
from tests.services.test_contracts import accept, offer_anew, own
from tests.services.test_farm_register import sent

pytestmark = pytest.mark.feature("E4")


def kept(story: Story, about: About, subject: UUID | None = None) -> list[tuple[str, str]] | None:
    """The findings that count; None where nothing was judged."""
    found = kept_findings.find(story.work(SYSTEM), about, subject or story.id)
    return None if found is None else [(one.rule.value, one.code) for one in found.findings]


def run_effects(story: Story) -> None:
    while effects.run_next_effect(story.work(SYSTEM), {kept_findings.EFFECT, kept_findings.ALL}):
        pass


def count(story: Story) -> int:
    query = select(case_judgements.c.id).where(case_judgements.c.application == story.id)
    return len(story.session.scalars(query).all())


def test_a_yes_is_judged_when_it_is_given_told_against_and_when_the_journey_is_known(
    story: Story,
) -> None:
    story.start().hand_in()
    assert kept(story, About.AGREEMENT) is None
    accept(story)
    assert kept(story, About.AGREEMENT) == []
    first = kept_findings.find(story.work(SYSTEM), About.AGREEMENT, story.id)
    assert first is not None
    assert (first.judged_on, len(first.parameters)) == (legal_day(story.now), 32)
    contracts.report_own(story.work(story.worker), story.id, frozenset({Reported.WAGE}))
    assert kept(story, About.AGREEMENT) == [("R16", "reported")]
    story.approve().sign()
    left = legal_day(story.now) + timedelta(days=1)
    story.later(days=2)
    journeys.note_step(story.work(story.worker), story.id, JourneyStep.DEPARTED, left)
    run_effects(story)
    assert kept(story, About.AGREEMENT) == [("R16", "reported"), ("R18", "too-late")]
    before = count(story)
    case_rejudging.judge_case(story.work(SYSTEM), {"application": str(story.id)})
    assert count(story) == before  # nothing is other than before
    case_rejudging.judge_case(story.work(SYSTEM), {"application": str(uuid4())})


def test_the_run_of_the_day_and_that_of_other_values_judge_workers_too(story: Story) -> None:
    story.start().hand_in()
    accept(story)
    story.session.execute(
        text("UPDATE contract_agreements SET heard_in = NULL, read_aloud = false")
    )
    assert kept(story, About.AGREEMENT) == []
    for cause in ("employer", "day"):
        judging_runs.start_run(story.work(SYSTEM), cause)
        run_effects(story)
        found = [] if cause == "employer" else [("R17", "not-read-aloud")]
        assert kept(story, About.AGREEMENT) == found


def test_a_yes_of_before_anything_was_kept_is_judged_by_the_run_of_the_day(story: Story) -> None:
    story.start().hand_in()
    newest = own(story).newest
    yes = Agreement(Party.WORKER, Way.OWN, story.now, True, heard_in="spa")
    event = story.work(story.worker).event(Act.CONTRACT_ACCEPTED, story.id)
    contract_rows.add_agreement(story.session, newest, yes, event=event)
    assert (kept(story, About.AGREEMENT), own(story).judged) == (None, None)
    judging_runs.start_run(story.work(SYSTEM), "day")
    run_effects(story)
    assert kept(story, About.AGREEMENT) == []
    assert own(story).judged == kept_findings.find(story.work(SYSTEM), About.AGREEMENT, story.id)


def test_a_worse_version_and_a_payslip_are_held_against_what_was_kept(story: Story) -> None:
    owner = owner_of(working(story))
    note_fee(story, code=CostCode.MEDICAL)
    assert offer_anew(story, wage=Decimal("300.00")) == 1
    assert kept(story, About.AGREEMENT) == [("R16", "substituted")]  # at the act
    assert [one.code for one in own(story).findings] == ["substituted"]
    assert kept(story, About.DIARY) == [("R31", "repay")]
    story.later(days=40)
    last = legal_day(story.now) - timedelta(days=2)
    for weeks in range(5):
        day = last - timedelta(days=7 * weeks)
        slip = week(day, first_day=day - timedelta(days=6), rate=Decimal(10))
        payslips.write_payslip(story.work(owner), story.id, slip)
    run_effects(story)
    assert kept(story, About.DIARY) == [("R31", "more-than-a-wage")]  # than was really earned


@pytest.mark.feature("N9")
def test_what_a_diary_comes_to_is_sealed_and_apart_from_what_was_asked_back(story: Story) -> None:
    story.start().submit()
    fee = note_fee(story)
    assert kept(story, About.DIARY) == [("R30", "charged")]
    assert kept(story, About.CLAIMS) is None  # nobody else reads it yet
    diary = select(case_judgements.c.findings).where(case_judgements.c.about == "diary")
    [sealed] = story.session.scalars(diary).all()
    assert b"R30" not in sealed
    worker = story.work(story.worker)
    costs.move_own_claim(worker, story.id, fee, ClaimAction.ASK, 1)
    assert kept(story, About.CLAIMS) == kept(story, About.DIARY)
    costs.move_own_claim(worker, story.id, fee, ClaimAction.WITHDRAW, 2)
    assert kept(story, About.CLAIMS) == []
    costs.remove_cost(worker, story.id, fee, 3)
    assert kept(story, About.DIARY) == []


@pytest.mark.feature("N8")
def test_who_comes_in_on_another_farm_has_the_finding_kept_with_the_entry(story: Story) -> None:
    working(story)
    elsewhere = another_employer(story)
    other = add_farm(story.work(story.setrass), elsewhere, "Otra Finca")
    strange = sent(story)
    for _ in range(2):  # sent twice, kept once
        farm_register.record(story.work(owner_of(elsewhere)), other, [strange])
    assert kept(story, About.MOVEMENT, strange.id) == [("R39", "other-farm")]
    assert kept(story, About.MOVEMENT, uuid4()) is None
