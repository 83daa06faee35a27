"""A seat is taken, changed, given and called off; who came and understood has a certificate."""

from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from app.services import orientation, orientation_sessions, own_data
from app.services.ports import Ports
from app.storage import applications, outbox
from app.storage.database import Session
from app.storage.orientation import orientation_seats
from permits.audit import Act
from permits.errors import Conflict, Hidden, Invalid, NotFound
from permits.people import Role
from permits.reach import EVERYTHING
from tests.builders import Story, add_official, work_of
from tests.databases import Database
from tests.oriented import RIGHT, WRONG, at_hour, came, hold, invited, oriented

pytestmark = pytest.mark.feature("W17", "W18")


def told(story: Story) -> list[str]:
    keys = story.session.scalars(
        select(outbox.outbox.c.key)
        .where(outbox.outbox.c.key.contains(f":{story.id}:"))
        .order_by(outbox.outbox.c.id)
    )
    return [key.split(":")[0] for key in keys if key.startswith("orientation")]


def test_a_seat_is_changed_and_given_back_and_never_one_too_many(
    session: Session, ports: Ports
) -> None:
    story, other = Story(session, ports).start().submit(), Story(session, ports).start().submit()
    full, free = hold(story, seats=1), hold(story, 4)
    work = story.work(story.worker)
    draft = Story(session, ports).start()
    with pytest.raises(Conflict, match="orientation-not-yet"):
        orientation.take_seat(draft.work(draft.worker), draft.id, full.id)
    assert orientation.take_seat(work, story.id, full.id).seat == 1
    assert orientation.take_seat(work, story.id, full.id).seat == 1  # tapped twice
    with pytest.raises(Conflict, match="session-full"):
        orientation.take_seat(other.work(other.worker), other.id, full.id)
    orientation.take_seat(work, story.id, free.id)
    assert orientation.take_seat(other.work(other.worker), other.id, full.id).seat == 1
    orientation.give_back(work, story.id)
    with pytest.raises(Conflict, match="no-seat"):
        orientation.give_back(work, story.id)
    with pytest.raises(Hidden):
        orientation.take_seat(other.work(other.worker), story.id, free.id)
    orientation.take_seat(work, story.id, free.id)  # the same one again
    assert told(story) == ["orientation-seat"] * 2  # the same words are sent once
    brigade = add_official(session, ports, Role.FACILITATOR)
    with pytest.raises(NotFound):
        orientation_sessions.read_session(work_of(session, brigade, ports), free.id)


def test_who_came_and_understood_has_a_certificate(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().submit()
    held = hold(story)
    worker = story.work(story.worker)
    with pytest.raises(Conflict, match="session-not-now"):
        came(story, held)
    at_hour(story, held)
    chief = story.work(story.supervisor)
    with pytest.raises(Invalid):
        orientation_sessions.attend(chief, held.id, "482")
    assert came(story, held)  # without a seat of before
    assert not came(story, held)  # read twice
    worker = story.work(story.worker)
    with pytest.raises(Conflict, match="orientation-not-done"):
        orientation.print_certificate(worker, story.id, "es")
    assert not orientation.take_test(worker, story.id, WRONG).passed
    assert orientation.take_test(story.later(minutes=1).work(story.worker), story.id, RIGHT).passed
    assert not orientation.take_test(
        story.later(minutes=1).work(story.worker), story.id, WRONG
    ).passed
    assert orientation.read_own(worker, story.id).attendance.is_done  # a pass stands
    assert orientation.print_certificate(worker, story.id, "en").startswith(b"%PDF")
    [seated] = orientation_sessions.read_session(chief, held.id).seated
    assert seated.seat.attended_at == held.starts_at
    looks = own_data.list_looks(worker)
    assert [one.purpose for one in looks if one.act is Act.APPLICATION_READ] == ["orientation"]
    own = own_data.read_own_data(worker, "pdf").tables
    assert [row["passed"] for row in own["orientation_tests"]].count(True) == 1
    assert own["orientation_seats"][0]["attended_at"] == held.starts_at
    seats = orientation_seats.c
    mine = update(orientation_seats).where(seats.application == story.id)
    with pytest.raises(IntegrityError):  # nobody testifies for themselves
        session.execute(mine.values(attended_by=story.worker.person))


def test_free_seats_go_to_approved_people_and_a_session_is_called_off(
    session: Session, ports: Ports
) -> None:
    approved = Story(session, ports).start().submit().approve()
    held = hold(approved, seats=200)
    chief = approved.work(approved.supervisor)
    assert orientation_sessions.invite_approved(chief, held.id) >= 1
    seat = orientation.read_own(approved.work(approved.worker), approved.id).seat
    assert seat is not None
    assert (seat.session.id, seat.invited) == (held.id, True)
    assert orientation_sessions.invite_approved(chief, held.id) == 0
    assert orientation_sessions.cancel_session(chief, held.id) >= 1
    with pytest.raises(Conflict, match="session-cancelled"):
        orientation_sessions.cancel_session(chief, held.id)
    assert told(approved) == ["orientation-invited", "orientation-cancelled"]
    assert orientation.read_own(approved.work(approved.worker), approved.id).seat is None
    again = oriented(Story(session, ports).start().submit())
    assert orientation.read_own(again.work(again.worker), again.id).attendance.is_done


def test_who_missed_a_session_has_no_seat_any_more_and_is_invited_again(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports).start().submit().approve()
    missed = hold(story)
    orientation.take_seat(story.work(story.worker), story.id, missed.id)
    story.later(days=4)
    assert orientation.read_own(story.work(story.worker), story.id).seat is None
    soon = hold(story, seats=200)
    invited(story, soon)  # the list of that day may still be written
    assert seat_of(story) is None
    story.later(days=7)
    invited(story, later := hold(story, seats=200))
    assert seat_of(story) == later.id


def seat_of(story: Story) -> UUID | None:
    found = orientation.read_own(story.work(story.worker), story.id).seat
    return found.session.id if found else None


def test_who_is_busy_with_the_own_file_holds_up_no_invitation(
    database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as begun:
        story = Story(begun, ports).start().submit().approve()
        held = hold(story, seats=200)
    with database.sessions() as own, database.sessions() as other:
        applications.lock(own, story.id, reach=EVERYTHING)
        other.execute(text("SET LOCAL lock_timeout = '500ms'"))
        orientation_sessions.invite_approved(work_of(other, story.supervisor, ports), held.id)
        mine = orientation_seats.c.application == story.id
        assert other.execute(select(orientation_seats).where(mine)).all() == []
