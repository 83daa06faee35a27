"""The letter of a measure is looked at before it is taken, and is the one that is sent."""

from collections.abc import Callable

import pytest

from app.services import credentials, measure_drafts, prints
from app.services.authorisations import Pause
from permits.authorisations import AuthorisationStatus
from permits.errors import Conflict, Forbidden, Invalid
from permits.info_requests import Question, QuestionKind
from permits.issuing import RevocationReason
from permits.people import Actor, Agency
from permits.retaliation import Origin
from permits.suspensions import SuspensionReason
from tests.builders import Story
from tests.papers import words_of
from tests.rights import PAUSE, PROPOSAL, RightStory, signed

Measured = tuple[Actor, Callable[[], bytes], Callable[[], object]]
"""Who acts, the draft they see, and the act."""
DRAFT, WRONG = "BORRADOR – NO VÁLIDO", RevocationReason.WRONG_DATA


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


def reinstate(lived: RightStory) -> Measured:
    lived.suspend()
    by = lived.officers[Agency.SETRASS]
    work, case = lived.story.work(by), lived.story.id
    return (
        by,
        lambda: measure_drafts.preview_reinstatement(work, case, "es"),
        lambda: lived.reinstate(by),
    )


def revoke_card(lived: RightStory) -> Measured:
    by, card, reason = lived.officers[Agency.INM], lived.permit.credential, WRONG
    work, case = lived.story.work(by), lived.story.id
    return (
        by,
        lambda: measure_drafts.preview_card(work, case, reason, "es"),
        lambda: credentials.revoke_credential(work, card.id, reason, seen_version=card.version),
    )


@pytest.mark.feature("O16", "O18", "D6")
@pytest.mark.parametrize("measure", [suspend, propose, confirm, reinstate, revoke_card])
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


@pytest.mark.feature("O8", "O18")
def test_questions_are_seen_as_their_letter_before_they_are_asked(story: Story) -> None:
    asked = [Question(QuestionKind.FACT, "¿Quién firma su contrato?")]
    story.start().submit()
    work, before = story.work(story.setrass), story.application
    seen = words_of(measure_drafts.preview_questions(work, story.id, asked, "es"))
    assert DRAFT in seen
    assert story.application == before
    story.ask(*asked)
    sent = words_of(prints.print_letter(story.work(story.worker), story.id, "es"))
    assert seen.replace(DRAFT, "").split() == sent.split()
    with pytest.raises(Conflict):  # they wait for their answers
        measure_drafts.preview_questions(work, story.id, asked, "es")
    with pytest.raises(Forbidden):
        measure_drafts.preview_questions(story.work(story.worker), story.id, asked, "es")


@pytest.mark.feature("O16")
def test_a_card_that_is_gone_and_a_right_that_stands_have_no_draft(story: Story) -> None:
    lived = signed(story)
    officer = story.work(lived.officers[Agency.INM])
    with pytest.raises(Conflict):  # nothing is suspended
        measure_drafts.preview_reinstatement(officer, story.id, "es")
    with pytest.raises(Invalid):
        measure_drafts.preview_card(officer, story.id, RevocationReason.EMPLOYER_CHANGED, "es")
    revoke_card(lived)[2]()
    with pytest.raises(Conflict, match="no-such-credential-move"):
        measure_drafts.preview_card(officer, story.id, WRONG, "es")
