"""A renewal in time, and of the person as both agencies corrected them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services import applications, employer_changes, renewals
from app.services.case import load_case
from app.storage import credentials
from app.storage.database import Session
from permits.answer_checks import CONSENT_VERSION
from permits.appeals import Ruling
from permits.approvals import Opinion
from permits.deadlines import end_of, legal_day
from permits.errors import Conflict, Invalid
from permits.permit_claims import read_claims
from tests import outside
from tests.agreed import agree
from tests.builders import Story, add_vacancy
from tests.renamed import renamed, right_of
from tests.rights import RightStory
from tests.services.test_employer_changes import decide
from tests.services.test_renewals import begin, ending, renewed

LONGEST = 100
"""Days of a whole stay in these tests: from 1 December to 10 March."""

END = date(2027, 3, 10)


def bounded(session: Session) -> Story:
    """A permit in its last days, where a stay has so many days and the harvest goes on."""
    ports = outside.ports()
    coffee = ports.reference.programmes["coffee-hn-gt"]
    every, name = dict(coffee.versions.thresholds), "validity.maximum_days"
    every[name] = tuple(replace(one, value=LONGEST) for one in every[name])
    coffee = replace(coffee, versions=replace(coffee.versions, thresholds=every))
    programmes = {**ports.reference.programmes, coffee.code: coffee}
    known = replace(ports.reference, programmes=programmes)
    story = ending(Story(session, replace(ports, reference=known)))
    first = right_of(story)
    assert first.valid_from + timedelta(days=LONGEST - 1) == END
    assert first.valid_until < END
    return story


@pytest.mark.feature("W22")
def test_all_renewals_of_a_stay_are_no_longer_than_the_programme_lets_one_be(
    session: Session,
) -> None:
    """The work goes on, and neither the right nor its card do."""
    story = bounded(session)
    renewed(story, ends_on=date(2027, 2, 25)).approve().sign()
    assert right_of(story).valid_until == date(2027, 2, 25)
    story.later(days=12)
    renewed(story, ends_on=date(2027, 4, 28))
    shortened = {one.code: one.facts for one in load_case(story.work(story.inm), story.id).findings}
    assert shortened["renewal-shortened"] == {"until": END.isoformat()}
    story.approve().sign()
    last = right_of(story)
    assert (last.valid_from, last.valid_until) == (date(2027, 2, 26), END)
    [card] = credentials.list_of_right(session, story.ports.vault, last.id)
    assert card.expires == end_of(END)
    story.later(days=12)
    with pytest.raises(Conflict, match="stay-exhausted"):
        renewals.begin_renewal(story.work(story.worker), last.id)


@pytest.mark.feature("W21", "W22")
def test_another_employer_with_longer_work_makes_no_stay_longer(session: Session) -> None:
    story = bounded(session)
    renewed(story).approve().sign()
    before = right_of(story)
    today = legal_day(story.now)
    longer = add_vacancy(
        session, story.ports, starts_on=today, ends_on=date(2027, 4, 28), now=story.now
    )
    employer_changes.ask_change(story.work(story.worker), before.id, longer)
    decide(agree(story))
    after = right_of(story)
    assert (after.valid_from, after.valid_until) == (before.valid_from, before.valid_until)
    newest = max(
        credentials.list_of_right(session, story.ports.vault, after.id),
        key=lambda card: card.replacement,
    )
    assert newest.expires == end_of(before.valid_until)


@pytest.mark.feature("O10", "W22")
def test_what_a_recourse_gives_anew_of_a_renewal_is_part_of_the_same_stay(
    session: Session,
) -> None:
    story = bounded(session)
    renewed(story).approve().sign()
    lost_until = right_of(story).valid_until
    story.later(days=12)
    story = RightStory(story).propose().confirm().contest().judge(Ruling.OVERTURNED)
    story.later(days=1).approve().sign()
    given = right_of(story)
    assert (given.valid_from, given.valid_until) == (legal_day(story.now), lost_until)
    renewed(story, ends_on=date(2027, 4, 28)).approve().sign()
    assert right_of(story).valid_until == END


@pytest.mark.feature("W22")
def test_who_goes_on_after_the_bound_gets_not_a_day(session: Session) -> None:
    """A case that lay with the agencies until the stay was over is not granted any more."""
    story = bounded(session)
    renewed(story, ends_on=date(2027, 4, 28)).decide(story.setrass, Opinion.APPROVE)
    story.later(days=(END - legal_day(story.now)).days + 1)
    with pytest.raises(Invalid) as refused:
        story.decide(story.inm, Opinion.APPROVE)
    assert "renewal-no-days" in [fault.code for fault in refused.value.faults]


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
