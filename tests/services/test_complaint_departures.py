"""A worker whose right ends has a decision before, though nobody typed a day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.services import complaint_acts, complaint_intake, complaint_rejudging
from app.services.complaint_cases import load
from app.services.complaint_intake import Noticed
from app.services.complaint_terms import list_clocks
from permits.deadlines import legal_day
from permits.people import PersonId
from permits.permit_numbers import show
from recruitment.complaints.clocks import ClockKind, ComplaintClock
from recruitment.complaints.filed import ComplaintId, Told
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Flag, Severity
from tests.builders import Story
from tests.complained import Office
from tests.complaint_desk import SECRET, Desk
from tests.rights import RightStory, signed


@pytest.fixture
def lived(story: Story) -> RightStory:
    return signed(story)


def desk_of(lived: RightStory, *, days_before: int) -> Desk:
    """The office, so many days before the right ends."""
    story = lived.story
    story.now = story.now + _until(lived) - timedelta(days=days_before)
    return Desk(Office(story.session, story.ports), story.now).begin().later()


def _until(lived: RightStory) -> timedelta:
    return lived.right.authorisation.valid_until - legal_day(lived.story.now)


def departure(desk: Desk, case: ComplaintId) -> ComplaintClock:
    (found,) = [
        one for one in list_clocks(desk.by(), case) if one.kind is ClockKind.BEFORE_DEPARTURE
    ]
    return found


@pytest.mark.feature("H2", "N9")
def test_wages_unpaid_near_the_end_are_decided_before_the_right_ends(lived: RightStory) -> None:
    desk = desk_of(lived, days_before=12)
    worker = PersonId(lived.story.worker.person)
    noticed = Noticed(Severity.S2, (Category.WAGE_UNPAID,), Told("no"), worker=worker)
    case = complaint_intake.open_case(desk.system, noticed)
    filed = load(desk.by(), case).filed
    last = lived.right.authorisation.valid_until
    due = legal_day(departure(desk, case).due_at)
    assert (due.weekday(), last - timedelta(days=7) < due <= last) == (0, True)
    assert Flag.DEPARTURE_SOON in filed.flags
    assert filed.due_on is not None
    kinds = {one.kind for one in list_clocks(desk.by(), case)}
    assert kinds == set(ClockKind)
    complaint_acts.take(desk.by(), case, seen=filed.version)
    complaint_rejudging_of(desk, case)


def complaint_rejudging_of(desk: Desk, case: ComplaintId) -> None:
    """A power of attorney meets it, as where a handler typed the day."""
    complaint_acts.act(
        desk.by(), desk.token(), case, Action.SCREEN, "", seen=load(desk.by(), case).filed.version
    )
    said = complaint_acts.Judgement(Severity.S2, (Category.WAGE_UNPAID,))
    seen = load(desk.by(), case).filed.version
    complaint_acts.accept(desk.by(), desk.token(), case, said, seen=seen)
    assert departure(desk, case).runs
    seen = load(desk.by(), case).filed.version
    complaint_rejudging.note_power(desk.by(), desk.token(), case, "La hermana.", seen=seen)
    assert not departure(desk, case).runs


@pytest.mark.feature("H2", "H6")
@pytest.mark.parametrize("typed", [False, True])
def test_a_permits_number_starts_the_term_unless_somebody_typed_the_day(
    lived: RightStory, story: Story, *, typed: bool
) -> None:
    desk = desk_of(lived, days_before=40).take()
    desk.act(Action.SCREEN)
    day = legal_day(desk.now) + timedelta(days=3)
    desk.accept(departs_on=day if typed else None)
    number = show(lived.permit.credential.number)
    complaint_acts.protect(desk.by(), desk.token(), desk.complaint, SECRET, number, seen=desk.seen)
    due = legal_day(departure(desk, desk.complaint).due_at)
    last = lived.right.authorisation.valid_until
    assert due == (day if typed else last - timedelta(days=last.weekday()))
    flags = desk.opened().handled.filed.flags
    assert (Flag.DEPARTURE_SOON in flags) is typed  # forty days are not soon
    kept = "SELECT min(due_at)::date FROM complaint_clocks WHERE kind = 'before-departure'"
    assert isinstance(story.session.execute(text(kept)).scalar_one(), date)
