"""Who came home in time the season before goes a shorter way in; only a post is told, neutrally."""

import pytest

from app.services import credentials, effects, status_lists, verification
from app.services.ports import Ports
from app.storage.database import Session
from permits.people import SYSTEM, Role
from permits.scans import Colour
from tests.builders import Story, add_official
from tests.rights import RightStory
from tests.services.test_return_surveys import next_season, went_home
from tests.services.test_stays import Border


@pytest.fixture
def border(session: Session, ports: Ports) -> Border:
    return Border(session, ports)


def shown(story: Story, role: Role = Role.BORDER_AGENT) -> tuple[Colour, bool]:
    """What somebody is told of the story's card once it counts."""
    status_lists.republish_due(story.work(SYSTEM))
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    official = add_official(story.session, story.ports, role)
    text = permit.credential.text or ""
    checked = verification.verify_credential(story.work(official), text)
    return checked.verdict.colour, checked.short_way


@pytest.mark.feature("W23")
@pytest.mark.parametrize("late", [False, True])
def test_a_post_is_told_of_who_came_home_in_time(border: Border, *, late: bool) -> None:
    before = went_home(border, late=late)
    permit = next_season(before).approve().sign().later(days=10)
    assert shown(permit) == (Colour.GREEN, not late)
    if late:
        return
    assert shown(permit, Role.INM_OFFICER) == (Colour.GREEN, False)  # no post: not its business
    RightStory(permit).propose().confirm()
    while effects.run_next_effect(permit.work(SYSTEM)):
        pass
    assert shown(permit) == (Colour.RED, False)


@pytest.mark.feature("W23")
def test_who_comes_for_the_first_time_is_told_of_to_nobody(story: Story) -> None:
    story.start().submit().approve().sign().later(days=10)
    assert shown(story) == (Colour.GREEN, False)
