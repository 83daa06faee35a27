"""The letter of a measure is looked at before it is taken, and is the one that is sent."""

from collections.abc import Callable

import pytest

from app.services import measure_drafts, prints
from app.services.authorisations import Pause
from permits.authorisations import AuthorisationStatus
from permits.errors import Conflict, Forbidden, Invalid
from permits.people import Actor, Agency
from permits.retaliation import Origin
from permits.suspensions import SuspensionReason
from tests.builders import Story
from tests.papers import words_of
from tests.rights import PAUSE, PROPOSAL, RightStory, signed

Measured = tuple[Actor, Callable[[], bytes], Callable[[], object]]
"""Who acts, the draft they see, and the act."""
DRAFT = "BORRADOR – NO VÁLIDO"


def suspend(lived: RightStory) -> Measured:
    by = lived.supervisors[Agency.SETRASS]
    work, case = lived.story.work(by), lived.story.id
    return (
        by,
        lambda: measure_drafts.preview_suspension(work, case, PAUSE, "es"),
        lambda: lived.suspend(by),
    )


def propose(lived: RightStory) -> Measured:
    by = lived.officers[Agency.INM]
    work, case = lived.story.work(by), lived.story.id
    return (
        by,
        lambda: measure_drafts.preview_proposal(work, case, PROPOSAL, "es"),
        lambda: lived.propose(by),
    )


def confirm(lived: RightStory) -> Measured:
    lived.propose()
    by = lived.supervisors[Agency.INM]
    work, case = lived.story.work(by), lived.story.id
    return (
        by,
        lambda: measure_drafts.preview_confirmation(work, case, "es"),
        lambda: lived.confirm(by),
    )


@pytest.mark.feature("O16", "O18", "D6")
@pytest.mark.parametrize("measure", [suspend, propose, confirm])
def test_a_preview_is_the_letter_itself_and_changes_nothing(
    story: Story,
    measure: Callable[[RightStory], Measured],
) -> None:
    lived = signed(story)
    _, preview, act = measure(lived)
    before = lived.right
    seen = words_of(preview())
    assert DRAFT in seen
    assert lived.right == before
    act()
    sent = words_of(prints.print_letter(story.work(story.worker), story.id, "es"))
    assert DRAFT not in sent
    assert seen.replace(DRAFT, "").split() == sent.split()


@pytest.mark.feature("O16")
def test_only_who_may_act_now_sees_a_draft(story: Story) -> None:
    lived = signed(story)
    officer, chief = lived.officers[Agency.INM], lived.supervisors[Agency.INM]
    with pytest.raises(Forbidden):
        measure_drafts.preview_suspension(story.work(officer), story.id, PAUSE, "es")
    with pytest.raises(Forbidden):
        measure_drafts.preview_proposal(story.work(story.worker), story.id, PROPOSAL, "es")
    with pytest.raises(Conflict):  # nothing was proposed
        measure_drafts.preview_confirmation(story.work(chief), story.id, "es")
    wrong = Pause(SuspensionReason.ALERT, 99, "", Origin.OWN)
    with pytest.raises(Invalid):
        measure_drafts.preview_suspension(story.work(chief), story.id, wrong, "es")
    lived.propose(officer)
    with pytest.raises(Forbidden, match="own-proposal"):
        measure_drafts.preview_confirmation(story.work(officer), story.id, "es")
    assert lived.right.authorisation.stored is AuthorisationStatus.GRANTED
