"""From `suspended` on nobody new is hired: no approval, and no change of employer."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from app.services import standings, vacancy_overrides
from app.services.case import load_case
from app.services.effects import run_past_effects
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.services.vacancy_writing import ask_officials
from app.storage import vacancies
from app.storage.database import Session
from app.storage.hindrances import find_hindrance
from app.storage.measures import Against
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.employer_bars import Hindrance
from permits.errors import Invalid
from permits.people import SYSTEM, Actor, Role
from recruitment.complaints.handling import reference_of
from recruitment.complaints.words import Flag
from recruitment.ethics.overrides import Plea
from recruitment.ethics.rules import RuleId
from recruitment.standings import Measure, MeasureKind
from tests.agreed import agree
from tests.builders import Story, add_official, add_vacancy, work_of
from tests.farmed import employer_of
from tests.services.test_employer_changes import ask, cards, decide, refused_for
from tests.services.test_sensitive_measures import found
from tests.vacancies import add_fair, owner_of, read, with_wages

pytestmark = pytest.mark.feature("E10", "W21")

STOPPED = ["employer-stopped"]


def employer(story: Story) -> UUID:
    offer = load_case(story.work(story.worker), story.id).offer
    assert offer is not None
    return UUID(offer.employer)


def chief(story: Story) -> Actor:
    return add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR)


def measure(story: Story, against: UUID, kind: MeasureKind, reference: str = "RES-1") -> UUID:
    """What an authority established today; its id."""
    found = Measure(uuid4(), kind, reference, legal_day(story.now))
    standings.record_measure(story.work(chief(story)), Against(against), found)
    return found.id


def refused(story: Story, by: Actor) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        story.decide(by, Opinion.APPROVE)
    return [fault.code for fault in refusal.value.faults]


@pytest.mark.parametrize(
    "kind",
    [
        MeasureKind.SUSPENSION,
        MeasureKind.BAR,
        MeasureKind.FINE,
        MeasureKind.GRAVE_COMPLAINT,
    ],
)
def test_neither_agency_approves_while_it_counts_and_both_may_once_it_is_settled(
    story: Story, kind: MeasureKind
) -> None:
    story.start().submit()
    against = employer(story)
    found = measure(story, against, kind)
    assert refused(story, story.setrass) == STOPPED
    standings.settle_measure(story.work(chief(story)), Against(against), found)
    story.decide(story.setrass, Opinion.APPROVE)
    measure(story, against, kind, "RES-2")
    assert refused(story, story.inm) == STOPPED


def test_what_only_warns_stops_nobody_and_another_employer_is_none_of_it(story: Story) -> None:
    story.start().submit()
    measure(story, employer(story), MeasureKind.SERIOUS_COMPLAINT)
    other = Story(story.session, story.ports).start()
    measure(story, employer(other), MeasureKind.SUSPENSION)
    story.approve()


def test_nobody_is_attached_to_an_employer_stopped_meanwhile(story: Story) -> None:
    story.start().submit().approve().sign()
    vacancy = ask(story)
    agree(story)
    against = employer_of(story, vacancy)
    found = measure(story, against, MeasureKind.SUSPENSION)
    assert refused_for(story) == STOPPED
    standings.settle_measure(story.work(chief(story)), Against(against), found)
    decide(story)
    assert len(cards(story)) == 2


def test_what_a_supervisor_set_aside_for_the_work_stops_it_no_more_until_another_fine(
    session: Session, ports: Ports
) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    vacancy = add_fair(session, work.ports)
    owner = work_of(session, owner_of(session, vacancy), work.ports)
    story, against = Story(session, work.ports), UUID(read(session, vacancy).offer.employer)
    today = legal_day(story.now)
    judge_vacancies(work, [vacancy], "change")
    measure(story, against, MeasureKind.FINE)
    run_past_effects(work)
    assert find_hindrance(session, vacancy, today) is Hindrance.STOPPED
    ask_officials(owner, vacancy)
    plea = Plea("La finca pagó en cuotas y SETRASS lo comprobó.", today)
    vacancy_overrides.set_aside(story.work(chief(story)), vacancy, RuleId.R24, "fine-unpaid", plea)
    assert find_hindrance(session, vacancy, today) is not Hindrance.STOPPED
    story.later(minutes=5)
    measure(story, against, MeasureKind.FINE, "RES-2")
    assert find_hindrance(session, vacancy, today) is Hindrance.STOPPED


@pytest.mark.feature("N12")
def test_of_a_marked_complaint_nobody_learns_by_a_stop(session: Session, ports: Ports) -> None:
    story = Story(session, ports)
    desk, against = found(story, Flag.EMPLOYER_SENSITIVE)
    offer = replace(read(session, add_vacancy(session, ports)).offer, employer=str(against))
    vacancy, work = uuid4(), story.work(SYSTEM)
    known = replace(read(session, UUID(offer.vacancy)), id=vacancy)
    offer = replace(offer, vacancy=str(vacancy))
    event = work.event(Act.VACANCY_ADDED, vacancy, {"programme": known.programme})
    vacancies.add_vacancy(session, replace(known, offer=offer), story.now, event=event)
    measure(story, against, MeasureKind.GRAVE_COMPLAINT, reference_of(desk.complaint))
    assert find_hindrance(session, vacancy, legal_day(story.now)) is None
    measure(story, against, MeasureKind.GRAVE_COMPLAINT, "Q-OTHER")
    assert find_hindrance(session, vacancy, legal_day(story.now)) is Hindrance.STOPPED
