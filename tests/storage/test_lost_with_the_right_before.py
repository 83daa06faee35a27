"""The database itself leaves no right that goes on from one that was taken back."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import Story, add_official
from tests.rights import RightStory
from tests.services.test_renewals import ending, renewed, right_of
from tests.storage.refusals import run
from tests.storage.statements import END_CARDS, confirm, grant, take_back
from tests.storage.test_constraints import UNGRANT

pytestmark = [pytest.mark.promise("P2"), pytest.mark.feature("O16", "W22")]


def named(story: Story) -> dict[str, object]:
    """What the statements name of a case."""
    return {
        "case": story.id,
        "right": right_of(story).id,
        "worker": story.worker.person,
        "digest": story.application.digest,
        "setrass": story.setrass.person,
        "inm": story.inm.person,
        "inm_too": add_official(story.session, story.ports, story.inm.role).person,
    }


def test_a_right_is_not_taken_back_while_its_renewal_stands(story: Story, session: Session) -> None:
    first = ending(story).id
    renewed(story).approve().sign()
    renewal, story.id = story.id, first
    RightStory(story).propose()
    values = named(story)
    at = f"'{story.later(days=1).now.isoformat()}'"
    alone = END_CARDS + confirm().replace("now()", at) + ";" + take_back()
    with pytest.raises(IntegrityError, match="goes on from one"), session.begin_nested():
        run(session, alone, values)
    story.id = renewal
    assert right_of(story).stored.value == "granted"


def test_a_right_that_was_taken_back_is_not_renewed(story: Story, session: Session) -> None:
    first = ending(story).id
    renewed(story).approve()
    values, renewal = named(story), story.id
    session.execute(text("DELETE FROM credentials WHERE authorisation = :right"), values)
    run(session, UNGRANT, values)
    story.id = first
    RightStory(story).propose().confirm()
    story.id = renewal
    with pytest.raises(IntegrityError, match="is not renewed"), session.begin_nested():
        run(session, grant(), values)
