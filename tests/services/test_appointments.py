"""A place is taken, changed, given back, reminded of and called off; never one too many."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.services import applications, appointments, dossiers, own_data
from app.services.ports import Ports
from app.services.work import Work
from app.storage import appointments as kept
from app.storage import outbox
from app.storage.appointments import appointments as table
from app.storage.database import Session
from permits.applications import Status
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound
from permits.people import SYSTEM, Role
from permits.programmes import Hiring
from tests import outside
from tests.builders import Story, add_official
from tests.databases import Database
from tests.papers import words_of
from tests.received import EIGHT, HALF_PAST, hold, planned, remind
from tests.services.races import Scene, at_once, codes

pytestmark = pytest.mark.feature("O17")


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports).start()


def told(story: Story) -> list[str]:
    keys = story.session.scalars(
        select(outbox.outbox.c.key)
        .where(outbox.outbox.c.key.contains(f":{story.id}:"))
        .order_by(outbox.outbox.c.id)
    )
    return [key.split(":")[0] for key in keys if key.startswith("appointment")]


def endings(story: Story) -> list[str | None]:
    rows = story.session.scalars(
        select(table.c.ending).where(table.c.application == story.id).order_by(table.c.taken_at)
    )
    return sorted(rows, key=lambda one: (one is None, one or ""))


def take(story: Story, day: object, slot: object = EIGHT) -> appointments.Appointment:
    work = story.work(story.worker)
    return appointments.take_place(work, story.id, day.id, slot)  # type: ignore[attr-defined, arg-type]


def test_a_draft_takes_one_place_at_a_time_and_gives_it_back(story: Story) -> None:
    first, second = hold(story), hold(story, 5)
    work = story.work(story.worker)
    assert take(story, first).seat == 1
    assert take(story, first).id == take(story, first).id  # tapped twice
    assert take(story, second, HALF_PAST).day == second
    assert endings(story) == ["changed", None]
    free = {one.day.id: one.free for one in appointments.list_offered(work)}
    assert free == {first.id: {EIGHT: 2, HALF_PAST: 2}, second.id: {EIGHT: 2, HALF_PAST: 1}}
    appointments.give_back(work, story.id)
    assert endings(story) == ["changed", "given-back"]
    with pytest.raises(Conflict, match="no-appointment"):
        appointments.give_back(work, story.id)
    assert told(story) == ["appointment-taken", "appointment-taken"]
    assert appointments.read_offer(work, story.id).own is None


def test_nobody_else_takes_or_reads_it_and_nothing_of_a_closed_case(
    session: Session, ports: Ports, story: Story
) -> None:
    day = hold(story)
    other = Story(session, ports).start()
    work = other.work(other.worker)
    with pytest.raises(Hidden):
        appointments.take_place(work, story.id, day.id, EIGHT)
    with pytest.raises(Hidden):
        appointments.read_offer(work, story.id)
    with pytest.raises(Forbidden):
        appointments.take_place(story.work(story.setrass), story.id, day.id, EIGHT)
    closed = Story(session, ports).reach(Status.WITHDRAWN)
    with pytest.raises(Conflict, match="appointment-not-needed"):
        take(closed, day)
    assert not appointments.read_offer(closed.work(closed.worker), closed.id).can_take


def test_after_the_hour_nobody_gets_in_and_another_place_can_be_had(story: Story) -> None:
    day, later = hold(story, 1), hold(story, 9)
    take(story, day)
    story.later(days=2)
    with pytest.raises(Conflict, match="past"):
        take(story, day, HALF_PAST)
    with pytest.raises(Conflict, match="no-appointment"):
        appointments.give_back(story.work(story.worker), story.id)
    take(story, later)
    assert endings(story) == ["past", None]


def test_one_is_reminded_once_the_day_before_by_day(story: Story) -> None:
    day = hold(story)
    take(story, day)
    assert [remind(story, day, hour) for hour in (7, 8, 9)] == [0, 1, 0]
    assert told(story) == ["appointment-taken", "appointment-tomorrow"]


def test_the_place_of_a_withdrawn_application_is_free_and_nobody_is_reminded(story: Story) -> None:
    day = hold(story)
    take(story, day)
    system = story.work(SYSTEM)
    assert appointments.free_closed(system) == 0
    applications.withdraw_application(story.work(story.worker), story.id)
    assert [appointments.free_closed(system) for _ in range(2)] == [1, 0]
    assert endings(story) == ["given-back"]
    assert remind(story, day) == 0


def test_who_took_it_today_is_not_reminded_of_tomorrow(story: Story) -> None:
    day = hold(story, 1)
    take(story, day)
    assert remind(story, day, 18) == 0


def test_who_had_a_place_is_told_that_the_day_is_called_off(
    session: Session, ports: Ports, story: Story
) -> None:
    day = hold(story)
    take(story, day)
    rival = add_official(session, ports, Role.INM_SUPERVISOR)
    with pytest.raises(NotFound):
        appointments.cancel_day(story.work(rival), day.id)
    assert appointments.cancel_day(story.work(story.supervisor), day.id) == 1
    assert (endings(story), told(story)[-1]) == (["cancelled"], "appointment-cancelled")
    with pytest.raises(Conflict, match="reception-day-cancelled"):
        take(story, day)
    assert appointments.list_offered(story.work(story.worker)) == []


def test_who_holds_the_day_sees_who_comes_and_each_can_read_that(story: Story) -> None:
    day = hold(story.submit())
    take(story, day, HALF_PAST)
    said = words_of(appointments.print_day(story.work(story.supervisor), day.id, "es"))
    assert story.application.receipt in said.split()
    assert "08:30" in said
    assert "Salón comunal, Copán Ruinas, Copán" in said
    looks = own_data.list_looks(story.work(story.worker))
    assert [(look.role, look.purpose) for look in looks] == [("setrass-supervisor", "list")]
    shown = dossiers.read_dossier(story.work(story.setrass), story.id).appointment
    assert shown is not None
    assert (shown.place.slot, shown.town) == (HALF_PAST, "Copán Ruinas")


def test_a_brigade_tells_of_its_own_days_and_another_does_not_see_them(
    session: Session, ports: Ports, story: Story
) -> None:
    brigade, other = (add_official(session, ports, Role.FACILITATOR) for _ in range(2))
    wanted = planned(story.now.date() + timedelta(days=2))
    day = appointments.plan_day(story.work(brigade), wanted)
    assert [one.day for one in appointments.list_held(story.work(brigade))] == [day]
    assert appointments.list_held(story.work(other)) == []
    with pytest.raises(NotFound):
        appointments.read_day(story.work(other), day.id)
    with pytest.raises(Invalid):
        appointments.plan_day(story.work(brigade), planned(wanted.day, municipality="9999"))


def test_the_days_of_the_own_department_come_first(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start_abroad()  # who lives in Copán Ruinas
    far = hold(story, 1, department="GT-20", municipality="2004")
    near = hold(story, 9)
    offer = appointments.read_offer(story.work(story.worker), story.id)
    assert [one.day for one in offer.days] == [near, far]


def test_the_database_itself_has_no_seat_beyond_the_last_and_none_twice(
    session: Session, ports: Ports, story: Story
) -> None:
    taken = take(story, hold(story))
    other = Story(session, ports).start()
    event = other.work(other.worker).event(Act.APPOINTMENT_TAKEN, other.id, {})
    theirs = replace(taken, id=uuid4(), application=other.id, worker=other.worker.person)
    assert not kept.add_appointment(session, theirs, event=event)
    for seat in (0, 3):
        with pytest.raises(IntegrityError), session.begin_nested():
            kept.add_appointment(session, replace(theirs, seat=seat), event=event)
    assert kept.add_appointment(session, replace(theirs, seat=2), event=event)
    second = replace(theirs, id=uuid4(), slot=HALF_PAST)
    assert not kept.add_appointment(session, second, event=event)


def test_of_two_at_once_one_gets_the_last_place(database: Database) -> None:
    scene = Scene(database, outside.ports())
    days: list[appointments.ReceptionDay] = []

    def told_of(story: Story) -> Story:
        days.append(hold(story.start(Hiring.OPEN), places=1))
        return story

    first = scene.lived(told_of)
    second = scene.lived(lambda story: story.start())

    def taking(story: Story) -> Callable[[], object]:
        def act(work: Work) -> object:
            return appointments.take_place(work, story.id, days[0].id, EIGHT)

        return lambda: scene.do(story.worker, act, story)

    answers = at_once([taking(first), taking(second)])
    assert codes(answers) == ["half-hour-full"]
    standing = "ended_at IS NULL AND application = :case"
    assert sum(scene.count("appointments", standing, one) for one in (first, second)) == 1
