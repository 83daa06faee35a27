"""Children who come along: the farm tells of care, the vacancy is judged, SENAF is told by hand."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app.services import applications, child_care, companions, vacancy_judging
from app.services.companions import Told
from app.storage import audit, shredding, vacancies
from app.storage.child_care import list_handovers
from permits.audit import Act
from permits.companions import Relation, born_after
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import SYSTEM, Role
from recruitment.child_care import Arrangement, CareKind, count_places
from recruitment.ethics.rules import RuleFinding
from tests.builders import Story, add_official
from tests.farmed import add_farm, owner_of, working
from tests.vacancies import read

pytestmark = pytest.mark.feature("N11")

SON = Told(Relation.CHILD, "José Ñamendí", date(2018, 5, 4))


def find_r38(story: Story, vacancy: UUID) -> list[tuple[str, object]]:
    """What R38 finds in a vacancy today."""
    looked = vacancy_judging.look(story.work(SYSTEM), read(story.session, vacancy))
    ruled = [one for one in looked.findings if isinstance(one, RuleFinding)]
    return [(one.code, one.facts["count"]) for one in ruled if one.rule == "R38"]


def test_care_is_told_by_the_farm_judged_and_read_by_the_family(story: Story) -> None:
    employer = working(story)
    offer = applications.read_own(story.work(story.worker), story.id).offer
    assert offer is not None
    vacancy = UUID(offer.vacancy)
    farm, owner = add_farm(story.work(SYSTEM), employer), story.work(owner_of(employer))
    assert find_r38(story, vacancy) == []
    for told in (
        SON,
        replace(SON, full_name="Ana Ñamendí"),
        Told(Relation.SPOUSE, "Eva", date(1990, 1, 1)),
    ):
        companions.add_companion(story.work(story.worker), story.id, told)
    assert find_r38(story, vacancy) == [("no-care", 2)]
    today = legal_day(story.now)
    room = Arrangement(
        uuid4(), farm, CareKind.SCHOOL, 1, " Escuela La Peña ", today, today + timedelta(days=80)
    )
    for _ in range(2):
        child_care.arrange(owner, farm, room)
    with pytest.raises(Conflict, match="form-used"):
        child_care.arrange(owner, farm, replace(room, places=2))
    assert find_r38(story, vacancy) == [("no-care", 2)]  # room for one is none for the other
    child_care.arrange(owner, farm, replace(room, id=uuid4(), kind=CareKind.CHILD_CARE))
    assert find_r38(story, vacancy) == []
    shown = child_care.read_farm(owner, farm)
    assert (shown.minors, len(shown.arrangements)) == (2, 2)
    family = child_care.read_family(story.work(story.worker), story.id, offer)
    assert {one.where for one in family.arrangements} == {"Escuela La Peña"}
    child_care.end(owner, farm, room.id)
    assert find_r38(story, vacancy) == [("no-care", 2)]
    with pytest.raises(Invalid) as refused:
        child_care.arrange(owner, farm, replace(room, places=0, where=" ", ends_on=today))
    assert [one.code for one in refused.value.faults] == ["out-of-range", "missing"]
    with pytest.raises(NotFound):
        child_care.arrange(story.work(owner_of(uuid4())), farm, room)


def test_senaf_is_told_once_by_the_labour_office_and_who_took_it_stands(story: Story) -> None:
    employer = working(story)
    desk = story.work(story.setrass)
    with pytest.raises(Conflict, match="no-children-along"):
        child_care.hand_over(desk, story.id)
    companions.add_companion(story.work(story.worker), story.id, SON)
    for official in (story.inm, add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)):
        with pytest.raises(Forbidden):
            child_care.hand_over(story.work(official), story.id)
    with pytest.raises(NotFound, match="no-such-handover"):
        child_care.print_handover(desk, story.id, "es")
    made = child_care.hand_over(desk, story.id)
    assert child_care.hand_over(desk, story.id) == made
    assert child_care.print_handover(desk, story.id, "es").startswith(b"%PDF")
    today = legal_day(story.now)
    with pytest.raises(NotFound):
        child_care.note_received(desk, story.id, uuid4(), "Lic. Ficticia", today)
    for _ in range(2):
        child_care.note_received(desk, story.id, made.id, "Lic. Ficticia", today)
    with pytest.raises(Conflict, match="handover-received"):
        child_care.note_received(desk, story.id, made.id, "Otra", today)
    [kept] = list_handovers(story.session, story.id)
    assert (kept.received_by, kept.received_on, kept.children) == ("Lic. Ficticia", today, 1)
    logged = [one.act for one in audit.list_events(story.session, story.id)]
    assert (logged.count(Act.SENAF_TOLD), logged.count(Act.SENAF_RECEIVED)) == (1, 1)
    listed = [one for one in child_care.list_families(desk) if one.family.application == story.id]
    assert [(one.family.employer, one.family.minors, one.lacks) for one in listed] == [
        (employer, 1, True)
    ]
    event = desk.event(Act.APPLICATION_ERASED, story.id, {})
    shredding.erase_file(story.session, story.application, story.now, event=event)
    assert list_handovers(story.session, story.id) == []


def test_one_place_is_not_counted_for_the_children_of_two_vacancies(story: Story) -> None:
    employer, today = working(story), legal_day(story.now)
    offer = applications.read_own(story.work(story.worker), story.id).offer
    assert offer is not None
    mine, theirs = UUID(offer.vacancy), uuid4()
    listed = read(story.session, mine)
    beside = replace(listed, id=theirs, offer=replace(offer, vacancy=str(theirs)))
    event = story.work(SYSTEM).event(Act.VACANCY_ADDED, theirs, {"programme": listed.programme})
    vacancies.add_vacancy(story.session, beside, story.now, event=event)
    other = Story(story.session, story.ports).start(vacancy=str(theirs)).submit()
    farm, owner = add_farm(story.work(SYSTEM), employer), story.work(owner_of(employer))
    last = today + timedelta(days=80)
    child_care.arrange(
        owner, farm, Arrangement(uuid4(), farm, CareKind.SCHOOL, 1, "X", today, last)
    )
    companions.add_companion(story.work(story.worker), story.id, SON)
    assert (find_r38(story, mine), find_r38(story, theirs)) == ([], [])
    companions.add_companion(other.work(other.worker), other.id, SON)
    for vacancy in (mine, theirs):
        assert find_r38(story, vacancy) == [("no-care", 2)]
    families = child_care.list_families(story.work(story.setrass))
    lacking = {one.family.application for one in families if one.lacks}
    assert {story.id, other.id} <= lacking
    first = next(one.family for one in families if one.family.application in lacking)
    told = story if first.application == story.id else other
    child_care.hand_over(story.work(story.setrass), told.id)  # who was told waits behind
    again = [one.family.application for one in child_care.list_families(story.work(story.setrass))]
    rest = other if told is story else story
    assert again.index(rest.id) < again.index(told.id)


@pytest.mark.parametrize(
    ("day", "born"),
    [
        (date(2026, 11, 28), date(2008, 11, 28)),
        (date(2028, 2, 29), date(2010, 2, 28)),
        (date(2026, 2, 28), date(2008, 2, 28)),
    ],
)
def test_a_child_was_born_after_the_day_eighteen_years_ago(day: date, born: date) -> None:
    assert born_after(day) == born


def test_room_counts_at_the_place_when_the_work_begins_and_until_it_is_ended() -> None:
    today = date(2026, 11, 28)
    room = Arrangement(
        UUID(int=1), UUID(int=2), CareKind.SCHOOL, 3, "X", today, date(2027, 1, 31), None, "0404"
    )
    ended = replace(room, ended_on=today + timedelta(days=1))
    assert count_places([room, ended], "0404", today - timedelta(days=9), today) == 6
    assert count_places([room, ended], "0404", date(2026, 12, 1), today) == 3
    assert count_places([room], "0404", date(2027, 2, 1), today) == 0
    assert count_places([room], "0401", today, today) == 0
