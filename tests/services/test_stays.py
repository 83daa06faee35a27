"""Who is inside when the permit ends: told once, in time, by day, and listed for the own post."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services import crossings, stays
from app.services.credentials import find_permit_of, revoke_credential
from app.services.ports import Ports
from app.services.work import Work
from app.storage import outbox
from app.storage.audit import audit_events
from app.storage.authorisations import authorisations
from app.storage.crossings import find_crossing
from app.storage.database import Session
from permits.audit import Act
from permits.crossings import Anomaly, Crossing, CrossingId, Direction
from permits.deadlines import start_of
from permits.errors import Forbidden
from permits.issuing import RevocationReason
from permits.people import SYSTEM, Actor, Role
from permits.stays import Standing
from tests.builders import NOW, Story, add_official, work_of

DAY = timedelta(days=1)
MORNING = timedelta(hours=9)


class Border:
    """Approved people who cross, and the agent who sees them."""

    def __init__(self, session: Session, ports: Ports) -> None:
        self.session, self.ports = session, ports
        self.agent = add_official(session, ports, Role.BORDER_AGENT)
        self.inm = add_official(session, ports, Role.INM_SUPERVISOR)

    def permit(self) -> tuple[Story, str, date]:
        story = Story(self.session, self.ports).start().submit().approve().sign()
        from_rights = select(authorisations.c.valid_until).where(
            authorisations.c.application == story.id
        )
        return story, self.number(story), self.session.execute(from_rights).scalar_one()

    def number(self, story: Story) -> str:
        permit = find_permit_of(story.work(story.worker), story.id)
        assert permit is not None
        return permit.credential.number

    def cross(
        self,
        number: str,
        direction: Direction,
        at: datetime,
        post: str = "HN-GT-1",
        received: datetime | None = None,
    ) -> CrossingId:
        crossing = Crossing(
            CrossingId(uuid4()),
            number,
            direction,
            post,
            "d",
            self.agent.person,
            at,
            "green",
            "ok",
            offline=False,
        )
        work = self.work(self.agent, received or at + timedelta(seconds=2))
        (answer,) = crossings.record_crossings(work, [crossing])
        assert answer.outcome.value == "recorded", answer
        return crossing.id

    def work(self, actor: Actor, at: datetime) -> Work:
        return work_of(self.session, actor, self.ports, at)

    def anomalies(self, crossing: CrossingId) -> tuple[Anomaly, ...]:
        found = find_crossing(self.session, crossing)
        assert found is not None
        return found.anomalies

    def tell(self, day: date, hours: float = 9) -> int:
        return stays.tell_stays(self.work(SYSTEM, start_of(day) + timedelta(hours=hours)))

    def told(self) -> list[str]:
        rows = self.session.execute(select(outbox.outbox.c.key)).scalars()
        return [key.split(":")[0].removeprefix("notice-") for key in rows if "stay-" in key]


@pytest.fixture
def border(session: Session, ports: Ports) -> Border:
    return Border(session, ports)


@pytest.mark.feature("B7", "N16")
def test_renewal_is_offered_first_and_the_question_follows_once(border: Border) -> None:
    _, number, last = border.permit()
    border.cross(number, Direction.ENTRY, NOW + timedelta(days=9))
    assert border.tell(last - 15 * DAY) == 0
    assert border.tell(last - 14 * DAY, hours=7.9) == 0  # nobody is woken
    assert border.tell(last - 14 * DAY) == 1
    assert border.told() == ["stay-ending"]
    assert border.tell(last - 14 * DAY, hours=12) == 0
    assert border.tell(last - 13 * DAY) == border.tell(last + DAY) == 0
    assert border.tell(last + 2 * DAY) == 1
    assert border.told() == ["stay-ending", "stay-over"]
    assert border.tell(last + 3 * DAY) == 0
    events = border.session.execute(
        select(audit_events.c.facts)
        .where(audit_events.c.act == Act.STAY_TOLD.value)
        .order_by(audit_events.c.id)
    ).scalars()
    assert [facts["notice"] for facts in events] == ["renewal-offered", "asked"]


@pytest.mark.feature("B7")
def test_who_left_or_never_came_is_told_nothing(border: Border) -> None:
    _, left, last = border.permit()
    border.cross(left, Direction.ENTRY, NOW + timedelta(days=9))
    border.cross(left, Direction.EXIT, NOW + timedelta(days=20))
    border.permit()
    assert border.tell(last) == border.tell(last + 2 * DAY) == 0
    page = stays.list_stays(border.work(border.inm, start_of(last + 2 * DAY)), Standing.NOT_EXITED)
    assert (page.stays, page.ending, page.not_exited) == ((), 0, 0)


@pytest.mark.feature("B7")
def test_each_list_holds_its_own_and_a_post_knows_whom_it_let_in(border: Border) -> None:
    _, here, last = border.permit()
    _, there, _ = border.permit()
    border.cross(here, Direction.ENTRY, NOW + timedelta(days=9))
    border.cross(there, Direction.ENTRY, NOW + timedelta(days=9), post="HN-GT-2")

    def numbers(actor: Actor, day: date, standing: Standing, post: str | None = None) -> set[str]:
        work = border.work(actor, start_of(day) + MORNING)
        return {stay.number for stay in stays.list_stays(work, standing, post=post).stays}

    assert numbers(border.inm, last, Standing.ENDING) == {here, there}
    assert numbers(border.inm, last, Standing.ENDING, post="HN-GT-2") == {there}
    assert numbers(border.inm, last, Standing.NOT_EXITED) == set()
    assert numbers(border.agent, last + DAY, Standing.NOT_EXITED) == {here}
    assert numbers(border.agent, last + DAY, Standing.NOT_EXITED, post="HN-GT-2") == set()
    assert numbers(border.inm, last + 91 * DAY, Standing.NOT_EXITED) == set()
    with pytest.raises(Forbidden):
        stays.list_stays(border.work(SYSTEM, NOW), Standing.ENDING)


@pytest.mark.feature("B5", "B7")
def test_an_exit_that_arrives_late_explains_the_entry_after_it(border: Border) -> None:
    _, number, _ = border.permit()
    first = NOW + timedelta(days=9)
    border.cross(number, Direction.ENTRY, first)
    again = border.cross(number, Direction.ENTRY, first + 5 * DAY)
    assert border.anomalies(again) == (Anomaly.ENTRY_WITHOUT_EXIT,)
    late = border.cross(number, Direction.EXIT, first + 3 * DAY, received=first + 6 * DAY)
    assert border.anomalies(late) == border.anomalies(again) == ()
    rejudged = select(audit_events.c.facts).where(audit_events.c.act == "crossing:rejudge")
    assert border.session.execute(rejudged).scalar_one() == {"anomalies": []}


@pytest.mark.feature("B5")
def test_two_posts_faster_than_travel_and_a_permit_of_before_its_end_are_marked(
    border: Border,
) -> None:
    story, number, _ = border.permit()
    first = NOW + timedelta(days=9)
    border.cross(number, Direction.ENTRY, first)
    fast = border.cross(number, Direction.EXIT, first + timedelta(minutes=30), post="HN-GT-3")
    assert border.anomalies(fast) == (Anomaly.FASTER_THAN_TRAVEL,)

    permit = find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    revoke_credential(
        border.work(story.inm, first + DAY),
        permit.credential.id,
        RevocationReason.STOLEN,
        seen_version=permit.credential.version,
    )
    before = border.cross(number, Direction.ENTRY, first + DAY - timedelta(hours=1))
    after = border.cross(number, Direction.EXIT, first + DAY + timedelta(hours=1))
    assert border.anomalies(before) == ()
    assert border.anomalies(after) == (Anomaly.AFTER_REVOCATION,)
