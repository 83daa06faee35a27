"""A renewal in time, and of the person as both agencies corrected them."""

from datetime import date

import pytest

from app.services import applications
from app.storage import credentials
from permits.answer_checks import CONSENT_VERSION
from permits.approvals import Opinion
from permits.errors import Invalid
from permits.permit_claims import read_claims
from tests.builders import Story, add_vacancy
from tests.renamed import renamed, right_of
from tests.services.test_renewals import begin, ending, renewed


@pytest.mark.feature("W22")
def test_who_has_gone_home_hands_in_no_renewal_that_was_begun_in_time(story: Story) -> None:
    ending(story)
    vacancy = add_vacancy(
        story.session,
        story.ports,
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 4, 28),
        now=story.now,
    )
    story.id = begin(story)
    answers = {"vacancy": str(vacancy), "consent": CONSENT_VERSION}
    applications.save_answers(story.work(story.worker), story.id, answers)
    with pytest.raises(Invalid) as refused:
        story.later(days=60).submit()
    assert "renewal-too-late" in [fault.code for fault in refused.value.faults]


@pytest.mark.feature("W22", "O15")
def test_a_renewal_says_who_the_person_is_as_both_agencies_corrected_it(story: Story) -> None:
    first = ending(story).id
    renewal = renewed(story).id
    story.id = first
    renamed(story).sign()
    story.id = renewal
    with pytest.raises(Invalid) as refused:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [fault.code for fault in refused.value.faults] == ["identity-corrected"]
    story.decide(story.setrass, Opinion.RETURN)
    applications.save_answers(story.work(story.worker), renewal, {"surnames": "Gutiérrez de Paz"})
    story.submit().approve().sign()
    [card] = credentials.list_of_right(story.session, story.ports.vault, right_of(story).id)
    assert read_claims(card.payload).full_name == "María Ángela Gutiérrez de Paz"
