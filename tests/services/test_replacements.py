"""A card that was lost, stolen or damaged is followed by another of the same right."""

import dataclasses

import pytest

from app.services import credentials
from app.storage.credentials import credentials as cards
from permits.errors import Forbidden, Invalid
from permits.issuing import CredentialState, RevocationReason
from permits.people import Actor
from permits.permit_claims import read_claims
from permits.status_list import Status
from tests.builders import CUI, Story
from tests.rights import RightStory, listed, signed, told, work_off
from tests.services.test_employer_changes import change
from tests.services.test_ties import holder_of


@pytest.fixture
def lived(story: Story) -> RightStory:
    return signed(story)


@pytest.mark.promise("P6")
@pytest.mark.feature("W15")
def test_a_lost_card_is_followed_by_another_of_the_same_right(lived: RightStory) -> None:
    before, right = lived.permit.credential, lived.right.authorisation
    lived.lose_card()
    after = lived.permit.credential
    work_off(lived)
    assert (after.replaces, after.replacement, after.replacement_reason) == (
        before.id,
        1,
        RevocationReason.LOST,
    )
    assert after.authorisation == before.authorisation == right.id
    assert (after.number != before.number, after.text != before.text) == (True, True)
    assert listed(lived, before.status_index) is Status.INVALID
    assert listed(lived, after.status_index) is Status.VALID
    assert lived.right.authorisation == right  # the right is untouched
    assert told(lived)[-2:] == ["credential-replaced", "permit-ready"]
    with pytest.raises(Forbidden) as refused:
        lived.lose_card()
    assert refused.value.code == "replaced-before"
    lived.lose_card(lived.story.setrass, RevocationReason.DAMAGED)
    assert lived.permit.credential.replacement == 2
    work_off(lived)
    assert told(lived).count("permit-ready") == 3  # each card is told of by itself


def end_card(lived: RightStory, reason: RevocationReason, by: Actor | None = None) -> None:
    """An official, of SETRASS unless a test says otherwise, revokes the newest card alone."""
    card, work = lived.permit.credential, lived.story.work(by or lived.story.setrass)
    credentials.revoke_credential(work, card.id, reason, seen_version=card.version)


@pytest.mark.promise("P6")
@pytest.mark.feature("W15")
def test_a_card_that_was_revoked_as_lost_is_followed_too(lived: RightStory) -> None:
    end_card(lived, RevocationReason.STOLEN)
    lived.lose_card()
    states = [one.state for one in lived.right.credentials]
    assert states == [CredentialState.ISSUED, CredentialState.REVOKED]
    newest = lived.permit.credential
    assert newest.replacement_reason is RevocationReason.STOLEN  # what the office said of it


@pytest.mark.promise("P3")
@pytest.mark.feature("O16", "W15")
@pytest.mark.parametrize("reason", ["fraud", "authorisation-ended"])
def test_one_official_alone_takes_no_permit_for_fraud(lived: RightStory, reason: str) -> None:
    with pytest.raises(Invalid):
        end_card(lived, RevocationReason(reason))
    assert lived.permit.credential.state is CredentialState.ISSUED


@pytest.mark.promise("P3")
@pytest.mark.feature("O16", "W15")
def test_nobody_is_left_without_a_permit_by_one_person(lived: RightStory) -> None:
    """Whatever was lost before, its worker has the next card at once, without an office."""
    lived.lose_card()
    end_card(lived, RevocationReason.WRONG_DATA)
    lived.lose_card()
    work_off(lived)
    newest = lived.permit.credential
    assert (newest.replacement, newest.replacement_reason) == (2, RevocationReason.WRONG_DATA)
    assert listed(lived, newest.status_index) is Status.VALID


@pytest.mark.promise("P3")
@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("O16")
def test_nobody_ends_the_card_of_their_own_document(lived: RightStory) -> None:
    with pytest.raises(Forbidden, match="own-case"):
        end_card(lived, RevocationReason.LOST, holder_of(lived.story, CUI))


@pytest.mark.feature("W15", "W21")
def test_a_revoked_card_holds_up_no_change_of_employer(lived: RightStory) -> None:
    end_card(lived, RevocationReason.LOST)
    change(lived.story)
    work_off(lived)
    newest = lived.permit.credential
    assert newest.replacement_reason is RevocationReason.EMPLOYER_CHANGED
    assert listed(lived, newest.status_index) is Status.VALID


@pytest.mark.feature("W15")
def test_a_card_of_a_suspended_right_is_suspended_from_its_first_moment(lived: RightStory) -> None:
    lived.suspend().lose_card()
    work_off(lived)
    assert listed(lived, lived.permit.credential.status_index) is Status.SUSPENDED
    lived.reinstate()
    work_off(lived)
    states = [listed(lived, card.status_index) for card in lived.right.credentials]
    assert states == [Status.VALID, Status.INVALID]


@pytest.mark.promise("P4")
@pytest.mark.feature("W15")
def test_the_new_card_says_what_was_decided(lived: RightStory) -> None:
    before = read_claims(lived.permit.credential.payload)
    lived.story.later(days=1)
    lived.lose_card()
    after = read_claims(lived.permit.credential.payload)
    own = {"number", "status_index", "issued_at"}
    names = [field.name for field in dataclasses.fields(before)]
    differing = {name for name in names if getattr(before, name) != getattr(after, name)}
    assert differing == own


def test_the_list_is_read_from_the_cards_alone(lived: RightStory) -> None:
    """What the list says follows the right without a second table: the foreign key keeps step."""
    lived.suspend()
    (status,) = lived.story.session.scalars(cards.select().with_only_columns(cards.c.right_status))
    assert status == "suspended"
