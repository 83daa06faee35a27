"""A farm is taken away: its people first, then its papers; what happened there is still read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app.services import (
    child_care,
    farm_change_desk,
    farm_changes,
    farm_register,
    foreman_links,
    hirers,
    housing,
)
from app.services.farm_changes import Wanted
from app.services.farm_register import Sent
from app.services.work import Work
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid, NotFound
from permits.people import SYSTEM, Role
from recruitment.child_care import Arrangement, CareKind
from recruitment.farm_changes import FarmChange
from recruitment.farm_closings import Closing, ClosingReason
from recruitment.farm_register import Direction
from tests.builders import Story, add_official
from tests.farmed import add_farm, owner_of, working
from tests.hirers import inspect

pytestmark = pytest.mark.feature("E1", "E7", "E8")


class Scene:
    """A farm with somebody who works there; its owner's time goes on with each passing."""

    def __init__(self, story: Story) -> None:
        self.story, self.employer = story, working(story)
        self.farm = add_farm(story.work(SYSTEM), self.employer)
        self.owner: Work = story.work(owner_of(self.employer))
        self.desk = story.work(add_official(story.session, story.ports, Role.SETRASS_OFFICER))
        self.today = legal_day(story.now)

    def go(self, direction: Direction) -> tuple[str, ...]:
        """The worker comes or goes a minute later; the codes of a refusal."""
        self.owner = replace(self.owner, now=self.owner.now + timedelta(minutes=1))
        sent = Sent(uuid4(), direction, self.owner.now, application=self.story.id)
        [answer] = farm_register.record(self.owner, self.farm, [sent])
        return tuple(one.code for one in answer.faults)

    def ask(self, closed_on: date | None = None) -> FarmChange:
        """It was sold; its last day was yesterday."""
        own = farm_changes.get_own(self.owner)
        closing = Closing(ClosingReason.SOLD, closed_on or self.today - timedelta(days=1))
        seen, stands = own.last_of(self.farm), own.get_standing(self.farm)
        return farm_changes.ask_change(self.owner, Wanted(uuid4(), stands, seen, closing=closing))

    def approve(self, change: UUID) -> None:
        """SETRASS takes it away."""
        farm_change_desk.decide_change(self.desk, change, "", approved=True)


def codes(act: Callable[[], object]) -> list[tuple[str, object]]:
    """What an act is refused for."""
    with pytest.raises(Invalid) as refused:
        act()
    return [(one.code, one.facts.get("count")) for one in refused.value.faults]


def test_people_come_before_papers_at_the_asking_and_at_the_approval(story: Story) -> None:
    scene = Scene(story)
    assert scene.go(Direction.ENTRY) == ()
    assert codes(lambda: scene.ask(scene.today + timedelta(days=1))) == [
        ("closing-to-come", None),
        ("farm-people-inside", 1),
        ("farm-workers-bound", 1),
        ("farm-vacancies-open", 1),
    ]
    add_farm(story.work(SYSTEM), scene.employer, "La Otra")  # where the work goes on
    assert codes(scene.ask) == [("farm-people-inside", 1)]
    scene.go(Direction.EXIT)
    asked = scene.ask()
    scene.go(Direction.ENTRY)  # meanwhile somebody came in again
    assert codes(lambda: scene.approve(asked.id)) == [("farm-people-inside", 1)]
    assert [len(farm_register.list_own_farms(scene.owner))] == [2]


def test_what_hangs_on_it_ends_and_what_happened_there_is_read_as_before(story: Story) -> None:
    scene = Scene(story)
    owner, farm, today = scene.owner, scene.farm, scene.today
    look = inspect(story.work(SYSTEM), farm)
    add_farm(story.work(SYSTEM), scene.employer, "La Otra")
    token = foreman_links.make_link(owner, farm, today + timedelta(days=9))
    room = Arrangement(uuid4(), farm, CareKind.SCHOOL, 3, "X", today, today + timedelta(days=9))
    child_care.arrange(owner, farm, room)
    scene.go(Direction.ENTRY)
    scene.go(Direction.EXIT)
    asked = scene.ask()
    for _ in range(2):
        scene.approve(asked.id)
    assert [one.name for one, _ in farm_register.list_own_farms(owner)] == ["La Otra"]
    assert [one.id for one in farm_register.list_closed(owner)] == [farm]
    assert len(farm_register.read_register(owner, farm).lately) == 2
    assert [one.id for one in housing.read_own(owner, farm).looks] == [look]
    lodgings = hirers.look_at_lodgings(owner, {scene.employer})[scene.employer]
    assert [one.last for one in lodgings] == [None]  # beds that somebody saw count no more
    [ended] = child_care.read_farm(owner, farm).arrangements
    assert ended.ended_on == today
    with pytest.raises(NotFound):
        foreman_links.open_gate(owner, token)
    assert scene.go(Direction.ENTRY) == ("farm-gone",)
    assert scene.go(Direction.EXIT) == ()
    with pytest.raises(Conflict, match="farm-closed"):
        foreman_links.make_link(owner, farm, today)
    with pytest.raises(Conflict, match="farm-closed"):
        child_care.arrange(owner, farm, replace(room, id=uuid4()))
    with pytest.raises(NotFound, match="no-such-farm"):  # bought back it is another farm
        farm_changes.ask_change(owner, Wanted(uuid4(), asked.farm, 1))
