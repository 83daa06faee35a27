"""Nobody holds two rights of a programme for the same days; who wins a recourse keeps one."""

from contextlib import suppress
from datetime import date, timedelta
from functools import partial

import pytest

from app.services import appeals, applications, identity_checks, leaving, worker_numbers
from app.services.progress import read_progress
from app.storage.authorisations import find_of_application
from permits.answer_checks import CONSENT_VERSION
from permits.appeals import Ruling
from permits.applications import ApplicationId, Status
from permits.approvals import Opinion
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.errors import Invalid
from permits.people import SUPERVISOR_OF
from permits.standing_rights import held_until
from permits.worker_numbers import NumberGround
from tests import outside
from tests.builders import ANSWERS, Story, add_official, add_vacancy
from tests.databases import Database
from tests.rights import RightStory
from tests.services.races import Scene, at_once
from tests.services.test_worker_numbers import OTHER, OWN, another

pytestmark = [pytest.mark.promise("P2"), pytest.mark.feature("O6", "O10")]


def right_of(story: Story) -> Authorisation:
    found = find_of_application(story.session, story.id)
    assert found is not None
    return found


def anew(story: Story, starts_on: date | None = None) -> Story:
    """Another application of the same worker, handed in; the story goes on with it."""
    work = story.work(story.worker)
    ends_on = starts_on + timedelta(days=60) if starts_on else None
    vacancy = add_vacancy(
        story.session, story.ports, now=story.now, starts_on=starts_on, ends_on=ends_on
    )
    answers = {**ANSWERS, "vacancy": str(vacancy), "consent": CONSENT_VERSION}
    story.id = applications.create_application(work, "coffee-hn-gt").id
    applications.save_answers(story.work(story.worker), story.id, answers)
    return story.submit()


def overturned(story: Story, of: ApplicationId) -> None:
    """A recourse against the refusal of a case is given right; the story goes on with the case."""
    story.id = of
    asked = appeals.file_appeal(story.work(story.worker), of, "El documento es mío.")
    chief = add_official(story.session, story.ports, SUPERVISOR_OF[asked.agency])
    appeals.judge_appeal(story.work(chief), asked.id, Ruling.OVERTURNED, "Tiene razón.")
    story.relieve()


def refused_for(story: Story) -> list[str]:
    with pytest.raises(Invalid) as refused, story.session.begin_nested():
        story.decide(story.setrass, Opinion.APPROVE)
    return [fault.code for fault in refused.value.faults]


def until(story: Story) -> date | None:
    """What the worker's own page tells of the right that stands in the way."""
    return held_until(read_progress(story.work(story.worker), story.id).case.findings)


@pytest.fixture
def won(story: Story) -> tuple[Story, ApplicationId]:
    """Refused, applied anew and got a permit, and then won the recourse; with the newer case."""
    first = story.start().submit().decide(story.setrass, Opinion.REFUSE).id
    newer = anew(story).approve().sign().id
    overturned(story, first)
    return story, newer


def test_who_won_a_recourse_and_has_a_permit_gets_no_second_and_is_told(
    won: tuple[Story, ApplicationId],
) -> None:
    story, newer = won
    first, story.id = story.id, newer
    held, story.id = right_of(story), first
    assert refused_for(story) == ["right-stands"]
    assert until(story) == held.valid_until
    assert story.application.status is Status.UNDER_REVIEW  # the worker chooses, and nobody else
    applications.withdraw_application(story.work(story.worker), story.id)
    story.id = newer
    assert RightStory(story).right.authorisation.stored.value == "granted"


def test_who_ends_the_other_right_gets_this_one(won: tuple[Story, ApplicationId]) -> None:
    story, newer = won
    first, story.id = story.id, newer
    held, story.id = right_of(story), first
    work = story.work(story.worker)
    leaving.end_own_right(work, held.id, seen_version=held.version)
    assert until(story) is None
    story.approve()
    assert story.application.status is Status.APPROVED


def test_of_two_cases_under_review_the_first_that_is_granted_holds_back_the_other(
    story: Story,
) -> None:
    first = story.start().submit().decide(story.setrass, Opinion.REFUSE).id
    newer = anew(story).id
    overturned(story, first)
    story.decide(story.setrass, Opinion.APPROVE)
    last, story.id = story.id, newer
    story.approve()
    story.id = last
    with pytest.raises(Invalid) as refused:
        story.decide(story.inm, Opinion.APPROVE)
    assert [fault.code for fault in refused.value.faults] == ["right-stands"]


def test_what_a_recourse_would_give_anew_waits_for_the_right_of_meanwhile(story: Story) -> None:
    lost = RightStory(story.start().submit().approve().sign()).propose().confirm()
    before = story.id
    anew(story).approve().sign()
    newer, story.id = story.id, before
    lost.contest().judge(Ruling.OVERTURNED)
    assert refused_for(story) == ["right-stands"]
    given, story.id = story.id, newer
    held = right_of(story)
    leaving.end_own_right(story.work(story.worker), held.id, seen_version=held.version)
    story.id = given
    story.approve()


def test_another_season_and_another_person_are_another_matter(story: Story) -> None:
    story.start().submit().approve().sign()
    held = right_of(story)
    anew(story, held.valid_until + timedelta(days=1)).approve()
    assert right_of(story).valid_from > held.valid_until
    another(story, OWN).approve()


def test_a_document_counts_once_an_official_compared_it(story: Story) -> None:
    """Typing somebody's number takes nobody's permit away, nor does it tell of one."""
    story.start(document_number=OWN).submit().approve()
    strangers = [another(story, OTHER) for _ in "12"]  # parted, and nobody's business here
    work, (one, two) = story.work(story.inm), (stranger.id for stranger in strangers)
    worker_numbers.join_numbers(work, one, two, NumberGround.RECOGNISED)
    worker_numbers.part_numbers(work, one, two, NumberGround.JOINED_WRONGLY)
    other = another(story)
    assert until(other) is None
    identity_checks.compare_document(other.work(other.setrass), other.id, "", confirmed=True)
    assert until(other) == right_of(story).valid_until
    assert refused_for(other) == ["right-stands"]


def test_numbers_that_an_official_joined_or_parted_are_one_person_or_two(story: Story) -> None:
    story.start(document_number=OWN).submit().approve()
    other = another(story, OTHER)
    work = other.work(other.inm)
    worker_numbers.join_numbers(work, other.id, story.id, NumberGround.RECOGNISED)
    assert refused_for(other) == ["right-stands"]
    worker_numbers.part_numbers(work, other.id, story.id, NumberGround.JOINED_WRONGLY)
    other.approve()
    assert other.application.status is Status.APPROVED


def test_two_people_of_one_document_by_the_word_of_an_official_are_two(story: Story) -> None:
    story.start(document_number=OWN).submit().approve()
    other = another(story)
    identity_checks.compare_document(other.work(other.setrass), other.id, "", confirmed=True)
    work = other.work(other.inm)
    worker_numbers.part_numbers(work, other.id, story.id, NumberGround.OTHER_PERSON)
    assert until(other) is None
    other.approve()


def test_an_approved_case_says_nothing_of_rights_beside_it(story: Story) -> None:
    story.start().submit().approve()
    held = right_of(story)
    anew(story, held.valid_until + timedelta(days=1)).approve()
    assert legal_day(story.now) < held.valid_until
    assert until(story) is None


def test_two_cases_of_one_worker_granted_in_the_same_instant_give_one_right(
    database: Database,
) -> None:
    """Each saw no right of the other; the worker's row lets them pass one after the other."""
    scene, cases = Scene(database, outside.ports()), list[ApplicationId]()

    def both(story: Story) -> Story:
        cases.append(story.start().submit().decide(story.setrass, Opinion.APPROVE).id)
        cases.append(anew(story).decide(story.setrass, Opinion.APPROVE).id)
        return story

    story = scene.lived(both)

    def grant(case: ApplicationId) -> bool:
        with suppress(Invalid), database.sessions.begin() as session:
            own = Story(session, scene.ports)
            own.id, own.inm = case, story.inm
            own.decide(own.inm, Opinion.APPROVE)
            return True
        return False

    assert sorted(at_once([partial(grant, case) for case in cases])) == [False, True]  # type: ignore[type-var]
    with database.sessions.begin() as session:
        found = [find_of_application(session, case) for case in cases]
    assert found.count(None) == 1
