"""The one condition of queries says what the law says, for every reach and every file."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services.applications import start_application
from app.services.ports import Ports
from app.storage.agency_sets import get_agencies, read_agencies
from app.storage.applications import applications, get_application
from app.storage.database import Session
from app.storage.reaching import within
from app.storage.vacancies import vacancies
from permits.applications import ApplicationId, Status
from permits.errors import Hidden, NotFound
from permits.people import Actor, PersonId, Role
from permits.reach import EVERYTHING, NOTHING, File, Reach, covers, opening, reach_of
from tests.builders import PHONE, Story, add_official, add_vacancy, work_of


@pytest.fixture
def stories(session: Session, ports: Ports) -> dict[str, Story]:
    """A file in every status, one in another department, and one that was never handed in."""
    lived = {status.value: Story(session, ports).reach(status) for status in Status}
    far = add_vacancy(session, ports, department="HN-OC")
    lived["helped"] = Story(session, ports)
    helper = add_official(session, ports, Role.FACILITATOR)
    work = work_of(session, helper, ports)
    begun = start_application(work, "coffee-hn-gt", PHONE, "es", assisted=True)
    assert begun.application.assisted_by == helper.person
    # Whose reach is asked about under every role.
    lived["helped"].worker, lived["helped"].id = helper, begun.application.id
    lived["far"] = Story(session, ports).start(vacancy=str(far)).submit().approve()
    return lived


def files(session: Session) -> list[File]:
    """Every file as the law places it, read without any condition."""
    rows = session.execute(
        select(
            applications,
            vacancies.c.department,
            vacancies.c.employer,
            get_agencies(applications.c.agency_set).label("agencies"),
        ).outerjoin(vacancies, vacancies.c.id == applications.c.vacancy)
    )
    return [
        File(
            row.id,
            PersonId(row.worker),
            Status(row.status),
            row.round > 0,
            row.department,
            row.employer,
            row.answers.get("nationality"),
            assisted_by=row.assisted_by,
            agencies=read_agencies(row.agencies or ()),
        )
        for row in rows
    ]


def reaches(session: Session, stories: dict[str, Story]) -> Iterator[Reach]:
    """The reach of everybody who could be asked about."""
    employer = session.execute(select(vacancies.c.employer)).scalars().first()
    for role in Role:
        for story in stories.values():
            whole = Actor(story.worker.person, role, employer=employer, country="GTM")
            yield reach_of(whole)
        for bounds in ({"department": "HN-OC"}, {"country": "SLV"}, {"employer": uuid4()}):
            yield reach_of(Actor(PersonId(uuid4()), role, **bounds))
    here = reach_of(Actor(PersonId(uuid4()), Role.INM_OFFICER, department="HN-OC"))
    yield opening(here, frozenset(story.id for story in stories.values()))
    yield from (EVERYTHING, NOTHING)


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2", "8.4.1")
@pytest.mark.feature("D1")
def test_storage_finds_exactly_what_the_law_lets_know(
    session: Session, stories: dict[str, Story]
) -> None:
    known, sizes = files(session), set()
    for reach in reaches(session, stories):
        found = session.execute(select(applications.c.id).where(within(reach, applications)))
        ids = {row.id for row in found}
        assert ids == {file.id for file in known if covers(reach, file)}, reach
        sizes.add(len(ids))
    assert sizes == {0, 1, 3, 7, 10}  # none, one's own, those decided here, those handed in, all


def test_the_condition_would_be_missed(session: Session, stories: dict[str, Story]) -> None:
    reach = reach_of(Actor(PersonId(uuid4()), Role.SETRASS_OFFICER, department="HN-OC"))
    assert not all(covers(reach, file) for file in files(session))


@pytest.mark.promise("P15")
@pytest.mark.asvs("16.3.3")
def test_what_is_hidden_is_told_from_what_is_not_there_only_inside(
    session: Session, stories: dict[str, Story]
) -> None:
    told = []
    for identity in (stories["approved"].id, ApplicationId(uuid4())):
        with pytest.raises(NotFound) as refused:
            get_application(session, identity, reach=NOTHING)
        told.append((type(refused.value), refused.value.code))
    assert told == [(Hidden, "no-such-application"), (NotFound, "no-such-application")]
