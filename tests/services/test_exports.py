"""A list that leaves the house: for supervisors alone, and every row of it stands in the log."""

from uuid import UUID, uuid4

import pytest

from app.services import exports, own_data, queues
from app.services.ports import Ports
from app.services.queues import QueueFilter, Wanted
from app.services.work import Work
from app.storage import audit
from app.storage.database import Session
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act, AuditEvent
from permits.errors import Conflict, Forbidden
from permits.people import Actor, PersonId, Role
from tests.builders import Story, add_official, work_of

ALL = QueueFilter()


@pytest.fixture
def work(session: Session, ports: Ports) -> Work:
    """Of a supervisor of SETRASS."""
    return work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)


def exported(work: Work, story: Story) -> list[AuditEvent]:
    events = audit.list_events(work.session, story.id)
    return [one for one in events if one.act is Act.APPLICATION_EXPORTED]


@pytest.mark.feature("N8", "D2")
@pytest.mark.asvs("16.2.1")
def test_each_row_is_an_event_about_its_case_and_the_person_sees_it(
    session: Session, ports: Ports, work: Work
) -> None:
    stories = [Story(session, ports).start().submit() for _ in range(3)]
    other = Story(session, ports).start().submit()
    other.decide(other.setrass, Opinion.RETURN)
    wanted = queues.filter_of(work, Wanted(frozenset({Status.UNDER_REVIEW})))
    assert exports.count_export(work, wanted) == 3
    assert [exported(work, one) for one in stories] == [[], [], []]  # only counted so far

    rows = exports.export_queue(work, wanted)

    assert {row.id for row in rows} == {one.id for one in stories}
    assert exported(work, other) == []
    (told,) = {one.facts["export"] for story in stories for one in exported(work, story)}
    (whole,) = audit.list_events(session, UUID(str(told)))
    assert (whole.act, whole.facts) == (Act.APPLICATIONS_EXPORTED, {"cases": 3})
    assert whole.person == work.actor.person
    looks = own_data.read_overview(stories[0].work(stories[0].worker)).looks
    assert [(look.act, look.role) for look in looks] == [
        (Act.APPLICATION_EXPORTED, Role.SETRASS_SUPERVISOR)
    ]


@pytest.mark.feature("D1")
@pytest.mark.parametrize(
    "role", [Role.SETRASS_OFFICER, Role.INM_ANALYST, Role.EMPLOYER, Role.DATA_ANALYST, Role.WORKER]
)
def test_nobody_else_takes_one_and_nothing_is_written(
    session: Session, ports: Ports, role: Role
) -> None:
    story = Story(session, ports).start().submit()
    work = work_of(session, Actor(PersonId(uuid4()), role), ports)
    for act in (exports.count_export, exports.export_queue):
        with pytest.raises(Forbidden) as refused:
            act(work, ALL)
        assert refused.value.code == "not-permitted"
    assert exported(work, story) == []


def test_too_long_a_list_is_refused_whole(
    session: Session, ports: Ports, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    stories = [Story(session, ports).start().submit() for _ in range(3)]
    with pytest.raises(Conflict) as refused:
        exports.export_queue(work, ALL)
    assert (refused.value.code, refused.value.facts) == ("too-many-rows", {"most": 2})
    assert [exported(work, one) for one in stories] == [[], [], []]
