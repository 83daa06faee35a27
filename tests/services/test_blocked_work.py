"""A rule that is found against a work since stops approvals; in five working days who waits for it
chooses another. Permits stand."""

from uuid import UUID

import pytest

from app.services import applications, employer_bars, submissions
from app.services.effects import run_past_effects
from app.services.judging_runs import judge_daily
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.storage.authorisations import find_of_application
from app.storage.database import Session
from app.storage.hindrances import find_hindrance
from app.storage.vacancy_terms import move_vacancy
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.authorisations import AuthorisationStatus
from permits.deadlines import legal_day
from permits.employer_bars import COMES_BACK_AFTER, Hindrance
from permits.errors import Fault, Invalid
from permits.people import SYSTEM, Actor
from permits.quotas import Scope
from tests.builders import Story, work_of
from tests.quotas import rule, with_quotas
from tests.services.test_employer_bars import acts, told
from tests.services.test_quotas import held
from tests.vacancies import add_fair, read, tell_terms, with_wages

pytestmark = pytest.mark.feature("E4", "W21")

BLOCKED = ["vacancy-blocked"]


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return with_wages(ports)


@pytest.fixture
def vacancy(session: Session, ports: Ports) -> UUID:
    """A fair work, judged."""
    fair = add_fair(session, ports)
    judge_vacancies(work_of(session, SYSTEM, ports), [fair], "change")
    return fair


def waiting(session: Session, ports: Ports, vacancy: UUID) -> Story:
    """A case under review for this work."""
    return Story(session, ports).start(vacancy=str(vacancy)).submit()


def tell(story: Story, vacancy: UUID, **terms: object) -> None:
    """The employer tells other terms, and the work is judged at once."""
    work = story.work(SYSTEM)
    tell_terms(work, vacancy, **terms)
    judge_vacancies(work, [vacancy], "change")


def refused(story: Story, by: Actor) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        story.decide(by, Opinion.APPROVE)
    return [fault.code for fault in refusal.value.faults]


def test_neither_agency_approves_while_a_rule_blocks_and_both_do_once_it_does_not(
    session: Session, ports: Ports, vacancy: UUID
) -> None:
    story = waiting(session, ports, vacancy)
    tell(story, vacancy, fees_charged=True)
    assert refused(story, story.setrass) == BLOCKED
    tell(story, vacancy)
    story.decide(story.setrass, Opinion.APPROVE)
    tell(story, vacancy, fees_charged=True)
    assert refused(story, story.inm) == BLOCKED
    tell(story, vacancy)
    story.decide(story.inm, Opinion.APPROVE)
    assert story.application.status is Status.APPROVED


@pytest.mark.parametrize("terms", [{"fees_charged": None}, {"overtime_premium_percent": None}])
def test_what_warns_or_is_not_known_holds_the_work_and_stops_nobody_who_applied(
    session: Session, ports: Ports, vacancy: UUID, terms: dict[str, object]
) -> None:
    story = waiting(session, ports, vacancy)
    tell(story, vacancy, **terms)
    story.approve()


def test_who_waits_chooses_another_after_five_working_days_and_not_before(
    session: Session, ports: Ports
) -> None:
    quotas = with_quotas(rule(Scope.SEASON, 9), ports=ports)
    vacancy = add_fair(session, quotas)
    half, asked = (waiting(session, quotas, vacancy) for _ in range(2))
    permitted = waiting(session, quotas, vacancy).approve().sign()
    half.decide(half.setrass, Opinion.APPROVE)
    asked.ask()
    tell(half, vacancy, fees_charged=True)
    assert len(held(session)) == 2

    days = quotas.reference.calendar.add_working_days
    last = (days(legal_day(half.now), COMES_BACK_AFTER) - legal_day(half.now)).days
    half.later(days=last)
    tell(half, vacancy, fees_charged=True)  # judged again: it has stood since the first day
    assert employer_bars.return_blocked(half.work(SYSTEM)) == 0
    half.later(days=1)
    assert employer_bars.return_blocked(half.work(SYSTEM)) == 2

    assert {one.application.status for one in (half, asked)} == {Status.RETURNED}
    right = find_of_application(session, permitted.id)
    assert right is not None
    assert right.stored is AuthorisationStatus.GRANTED
    assert [line[2] for line in held(session)] == [permitted.id]
    facts = {"vacancy": str(vacancy), "round": 1}
    for case in (half, asked):
        assert (Act.APPLICATION_CAME_BACK, facts) in acts(case, case.id)
        [letter] = told(case, "employer-barred")
        assert letter["employer"] == read(session, vacancy).offer.employer_name
    assert employer_bars.return_blocked(half.work(SYSTEM)) == 0


def test_the_same_work_is_sent_again_only_once_nothing_blocks_it(
    session: Session, ports: Ports, vacancy: UUID
) -> None:
    story = waiting(session, ports, vacancy)
    tell(story, vacancy, fees_charged=True)
    story.later(days=15)
    assert employer_bars.return_blocked(story.work(SYSTEM)) == 1
    work = story.work(story.worker)
    with pytest.raises(Invalid) as refusal:
        submissions.submit_application(work, story.id)
    assert Fault("vacancy-blocked", "vacancy") in refusal.value.faults
    tell(story, vacancy)
    submissions.submit_application(work, story.id)
    assert story.application.status is Status.UNDER_REVIEW


def test_another_work_is_another_round(session: Session, ports: Ports, vacancy: UUID) -> None:
    story = waiting(session, ports, vacancy)
    tell(story, vacancy, fees_charged=True)
    story.later(days=15)
    employer_bars.return_blocked(story.work(SYSTEM))
    other = add_fair(session, ports)
    work = story.work(story.worker)
    applications.save_answers(work, story.id, {"vacancy": str(other)})
    submissions.submit_application(work, story.id)
    assert story.application.round == 2


def test_a_work_that_nobody_offers_any_more_is_judged_while_somebody_waits_for_it(
    session: Session, ports: Ports, vacancy: UUID
) -> None:
    story = waiting(session, ports, vacancy)
    work = story.work(SYSTEM)
    event = work.event(Act.VACANCY_MOVED, vacancy, {"status": "closed"})
    move_vacancy(session, vacancy, "closed", event=event)
    tell_terms(work, vacancy, fees_charged=True)
    assert judge_daily(story.later(days=1).work(SYSTEM)) == 1
    run_past_effects(story.later(minutes=1).work(SYSTEM))
    found = find_hindrance(session, vacancy, legal_day(story.now))
    assert found is Hindrance.BLOCKED
