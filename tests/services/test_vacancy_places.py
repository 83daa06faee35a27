"""A vacancy has work for so many people: no approval and no change of employer goes beyond."""

from uuid import UUID

import pytest

from app.services import applications, employer_changes, pool_ends
from app.storage.database import Session
from permits.applications import Status
from permits.approvals import Opinion
from permits.errors import Invalid
from permits.people import SYSTEM
from tests.agreed import agree
from tests.builders import Story, add_vacancy
from tests.quotas import with_quotas
from tests.rights import RightStory
from tests.services.test_employer_changes import ask, change, decide, refused_for, right_of

pytestmark = pytest.mark.feature("O12", "E4", "W21")

OTHERS = ("1234567892004", "1234567891333")


@pytest.fixture
def vacancy(session: Session) -> UUID:
    """Work for one."""
    return add_vacancy(session, with_quotas(), places=1)


def wanting(session: Session, vacancy: UUID, number: str) -> Story:
    story = Story(session, with_quotas())
    return story.start(vacancy=str(vacancy), document_number=number).submit()


def refused(story: Story) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        story.decide(story.setrass, Opinion.APPROVE)
    return [fault.code for fault in refusal.value.faults]


@pytest.mark.parametrize("how", ["refused", "withdrawn", "revoked", "moved"])
def test_the_place_is_free_again_once_whoever_held_it_does_not_come(
    session: Session, vacancy: UUID, how: str
) -> None:
    first, second = (wanting(session, vacancy, number) for number in OTHERS)
    first.decide(first.setrass, Opinion.APPROVE)
    assert refused(second) == ["vacancy-full"]
    if how == "refused":
        first.decide(first.inm, Opinion.REFUSE)
    elif how == "withdrawn":
        applications.withdraw_application(first.work(first.worker), first.id)
    else:
        first.decide(first.inm, Opinion.APPROVE).sign()
        assert refused(second) == ["vacancy-full"]
        if how == "revoked":
            RightStory(first).propose().confirm()
        else:
            change(first)
    second.approve()
    assert second.application.status is Status.APPROVED


def test_nobody_is_moved_to_work_that_is_full(session: Session, vacancy: UUID) -> None:
    first = wanting(session, vacancy, OTHERS[0]).approve().sign()
    second = Story(session, with_quotas()).start().submit().approve().sign()
    employer_changes.ask_change(second.work(second.worker), right_of(second).id, vacancy)
    agree(second)
    assert refused_for(second) == ["vacancy-full"]
    change(first)
    decide(second)
    third = wanting(session, vacancy, OTHERS[1])
    assert refused(third) == ["vacancy-full"]  # who came by a change holds one alike


def test_a_wish_under_a_right_that_was_taken_back_leaves_the_desk(story: Story) -> None:
    story.start().submit().approve().sign()
    ask(story)
    assert pool_ends.end_hopeless(story.work(SYSTEM)) == 0
    RightStory(story).propose().confirm()
    assert pool_ends.end_hopeless(story.work(SYSTEM)) == 1
    own = story.work(story.worker)
    assert employer_changes.find_waiting(own, right_of(story).id) is None
