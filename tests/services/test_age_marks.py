"""R05: an agent's mark holds every approval until it is taken back, and no employer sees it."""

from uuid import uuid4

import pytest

from app.services import age_marks
from app.services.age_marks import Sign
from app.services.case import load_case
from app.services.seen_cases import case_as_seen
from app.storage import credentials
from app.web.wording.age_marks import SIGN
from permits.approvals import Opinion
from permits.errors import Forbidden, Invalid, NotFound
from permits.people import Role
from permits.permit_numbers import show
from tests.builders import Story, add_official
from tests.farmed import owner_of, working
from tests.renamed import right_of

pytestmark = pytest.mark.feature("E3")
FINDING = "looks-like-child"


def codes(story: Story) -> set[str]:
    """What the case's findings say, to SETRASS."""
    return {one.code for one in load_case(story.work(story.setrass), story.id).findings}


def _number(story: Story) -> str:
    """The permit's number, as it is stored."""
    found = credentials.find_standing(story.session, story.ports.vault, right_of(story).id)
    assert found is not None
    return found.number


def test_a_mark_blocks_until_its_agent_or_a_supervisor_takes_it_back_with_a_reason(
    story: Story,
) -> None:
    story.start().submit()
    receipt = story.application.receipt or ""
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    inspector = story.work(add_official(story.session, story.ports, Role.LABOUR_INSPECTOR))
    chief = story.work(add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR))
    assert FINDING not in codes(story)
    age_marks.mark_age(agent, receipt.replace("-", " ").lower(), Sign.LOOKS)
    age_marks.mark_age(agent, receipt, Sign.SAID)  # pressed twice: the first stands
    age_marks.mark_age(inspector, receipt, Sign.PAPER_OF_ANOTHER)
    assert FINDING in codes(story)
    with pytest.raises(Invalid) as refused:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [one.code for one in refused.value.faults] == [FINDING]
    [own] = age_marks.list_marks(agent)
    assert own.mark.sign is Sign.LOOKS
    assert {one.mark.id for one in age_marks.list_marks(chief)} > {own.mark.id}
    with pytest.raises(NotFound):
        age_marks.take_back(inspector, own.mark.id, "No es mía.")
    with pytest.raises(Invalid):
        age_marks.take_back(agent, own.mark.id, "  ")
    age_marks.take_back(agent, own.mark.id, "Confundí a dos personas.")
    assert FINDING in codes(story)  # the inspector's still stands
    [other] = age_marks.list_marks(inspector)
    age_marks.take_back(chief, other.mark.id, "Vi el DPI y hablé a solas con la persona.")
    assert FINDING not in codes(story)
    with pytest.raises(NotFound, match="no-such-mark"):
        age_marks.read_mark(inspector, other.mark.id)


def test_whoever_hires_or_travels_sees_and_sets_no_mark(story: Story) -> None:
    owner = story.work(owner_of(working(story)))
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    age_marks.mark_age(agent, show(_number(story)), Sign.LOOKS)
    assert FINDING in codes(story)
    for actor in (owner, story.work(story.worker)):
        seen = case_as_seen(actor.actor, load_case(actor, story.id))
        assert FINDING not in {one.code for one in seen.findings}
        with pytest.raises(Forbidden):
            age_marks.list_marks(actor)
        with pytest.raises(Forbidden):
            age_marks.mark_age(actor, "2026-0000-0000", Sign.LOOKS)
    with pytest.raises(NotFound, match="no-such-number"):
        age_marks.mark_age(agent, str(uuid4()), Sign.LOOKS)
    assert set(SIGN) == {one.value for one in Sign}
