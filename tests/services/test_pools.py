"""From the pool of a department to a permit without an employer, and to the first employer."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.services import applications, crews, employer_changes, queues, vacancies
from app.services.case import load_case
from app.services.credentials import find_permit_of
from app.services.pools import list_pools
from app.services.ports import Ports
from app.services.queues import Wanted
from app.storage import authorisations
from app.storage.database import Session
from app.storage.vacancies import add_vacancy as add_row
from app.storage.vacancies import vacancies as rows
from permits.applications import Status
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Forbidden, Invalid, NotFound
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.permit_claims import PermitClaims, read_claims
from permits.programmes import Hiring
from permits.quotas import Scope
from tests.agreed import agree
from tests.builders import Story, add_official, add_vacancy
from tests.crew_lists import as_csv, people
from tests.crewed import Crewed
from tests.pools import POOL, in_pool, with_pool
from tests.quotas import rule, with_quotas
from tests.services.test_quotas import held


@pytest.fixture
def ports() -> Ports:
    rules = [rule(Scope.SEASON, 9), rule(Scope.DEPARTMENT, 5), rule(Scope.EMPLOYER, 3)]
    return with_pool(with_quotas(*rules))


def claims(story: Story) -> PermitClaims:
    permit = find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    return read_claims(permit.credential.payload)


def attach(story: Story, department: str = "HN-CP") -> str:
    """The worker asks for a farm; its vacancy."""
    vacancy = add_vacancy(story.session, story.ports, department=department, now=story.now)
    right = authorisations.find_of_application(story.session, story.id)
    assert right is not None
    employer_changes.ask_change(story.work(story.worker), right.id, vacancy)
    return str(vacancy)


@pytest.mark.feature("W1", "W21", "O2", "O12", "D4")
def test_from_the_pool_to_the_first_employer(story: Story) -> None:
    in_pool(story)
    case = load_case(story.work(story.setrass), story.id)
    assert case.offer is not None
    assert (case.offer.is_pool, case.offer.department) == (True, "HN-CP")
    assert case.offer.starts_on == legal_day(story.now)
    assert {"employer-to-attach"} == {f.code for f in case.findings if f.field == "vacancy"}

    story.approve().sign()
    assert story.application.status is Status.APPROVED
    told = claims(story)
    assert (told.employer_id, told.employer_name, told.is_pool) == ("pool", "SIN EMPLEADOR", True)
    assert told.departments == ("HN-CP",)
    assert {scope for scope, *_ in held(story.session)} == {"season", "department"}

    vacancy = attach(story)
    with pytest.raises(Forbidden, match="agency-not-required"):
        employer_changes.decide_change(story.work(story.inm), story.id, "", granted=True)
    agree(story)
    employer_changes.decide_change(story.work(story.setrass), story.id, "", granted=True)
    story.sign()
    case = load_case(story.work(story.worker), story.id)
    assert case.offer is not None
    assert case.offer.vacancy == vacancy
    told = claims(story)
    assert (told.is_pool, told.employer_id) == (False, case.offer.employer.replace("-", "")[:12])
    assert {scope for scope, *_ in held(story.session)} == {"season", "department", "employer"}


@pytest.mark.feature("W21")
def test_the_first_employer_is_of_the_department_and_no_pool(story: Story) -> None:
    in_pool(story).approve().sign()
    with pytest.raises(Invalid) as refused:
        attach(story, department="HN-OC")
    assert [fault.code for fault in refused.value.faults] == ["outside-pool"]
    right = authorisations.find_of_application(story.session, story.id)
    assert right is not None
    with pytest.raises(Invalid) as refused:
        employer_changes.ask_change(story.work(story.worker), right.id, POOL)
    assert [fault.code for fault in refused.value.faults] == ["vacancy-not-open"]


@pytest.mark.feature("D1", "O1")
def test_a_pool_has_one_row_and_places_its_cases_in_the_department(
    story: Story, session: Session, ports: Ports
) -> None:
    in_pool(story)
    in_pool(Story(session, ports))
    kept = session.execute(select(rows.c.employer, rows.c.department).where(rows.c.id == POOL))
    assert [tuple(row) for row in kept] == [(None, "HN-CP")]
    for department, expected in (("HN-CP", 2), ("HN-OC", 0)):
        official = replace(story.setrass, department=department)
        work = story.work(official)
        wanted = queues.filter_of(work, Wanted(mine=True))
        assert queues.list_queue(work, wanted).total == expected
    # It is nobody's vacancy: no list of an employer shows it, and no employer's crew is for it.
    assert POOL not in {one.id for one in vacancies.list_vacancies(story.work(story.worker))}
    employer = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=uuid4())
    with pytest.raises(NotFound, match="no-such-vacancy"):
        crews.read_vacancy(story.work(employer), POOL)


@pytest.mark.feature("N14", "W1")
def test_a_brigade_registers_a_crew_for_a_pool_and_each_says_yes_alone(
    session: Session, ports: Ports
) -> None:
    brigade, setrass, inm = (
        add_official(session, ports, role)
        for role in (Role.FACILITATOR, Role.SETRASS_OFFICER, Role.INM_OFFICER)
    )
    crew = Crewed(session, ports, POOL, brigade, setrass, inm, uuid4())
    assert POOL in {one.id for one in crews.list_vacancies(crew.work(brigade))}
    crew.register(2).consent()
    for member in crew.members:
        case = load_case(crew.work(setrass), member.application.id)
        assert (case.application.status, case.offer and case.offer.is_pool) == (
            Status.UNDER_REVIEW,
            True,
        )
    [one] = crews.list_own(crew.work(brigade))
    assert (one.crew.vacancy, one.employer_name) == (POOL, "")
    assert crew.check(as_csv(people(6)))[0] == (0, "crew-more-than-places")


def test_only_a_pool_of_the_file_may_be_named(story: Story) -> None:
    (pool, *_) = list_pools(story.work(story.worker), "coffee-hn-gt")
    assert (pool.id, pool.places) == (POOL, 5)
    story.start()
    with pytest.raises(Invalid) as refused:
        applications.save_answers(story.work(story.worker), story.id, {"vacancy": str(uuid4())})
    assert [fault.code for fault in refused.value.faults] == ["vacancy-not-open"]
    assert list_pools(story.work(story.worker), "twap-canada") == []


def test_a_pool_of_a_season_that_is_over_takes_nobody(story: Story) -> None:
    story.start(vacancy=str(POOL)).later(days=170)
    with pytest.raises(Invalid) as refused:
        story.submit()
    assert "vacancy-not-open" in {fault.code for fault in refused.value.faults}


def test_the_database_knows_no_pool_that_asks_an_employer(story: Story) -> None:
    (pool, *_) = list_pools(story.work(story.worker), "coffee-hn-gt")
    asking = replace(pool, id=uuid4(), offer=replace(pool.offer, hiring=Hiring.NAMED))
    event = story.work(SYSTEM).event(Act.VACANCY_ADDED, asking.id, {"programme": asking.programme})
    with pytest.raises(IntegrityError, match="ck_vacancies_pool_asks_nobody"):
        add_row(story.session, asking, story.now, event=event)
