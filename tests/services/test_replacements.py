"""A card that was lost, stolen or damaged is followed by another of the same right."""

import dataclasses

import pytest

from app.services import credentials
from app.storage.credentials import credentials as cards
from permits.errors import Forbidden
from permits.issuing import CredentialState, RevocationReason
from permits.permit_claims import read_claims
from permits.status_list import Status
from tests.builders import Story
from tests.rights import RightStory, listed, signed, told, work_off


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


@pytest.mark.promise("P6")
@pytest.mark.feature("W15")
def test_a_card_that_was_revoked_as_lost_is_followed_too(lived: RightStory) -> None:
    card = lived.permit.credential
    credentials.revoke_credential(
        lived.story.work(lived.story.setrass),
        card.id,
        RevocationReason.STOLEN,
        seen_version=card.version,
    )
    lived.lose_card()
    states = [one.state for one in lived.right.credentials]
    assert states == [CredentialState.ISSUED, CredentialState.REVOKED]


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
