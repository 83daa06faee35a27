"""A number for life: the same in every season, one for one person, mended with a reason."""

from collections.abc import Sequence

import pytest

from app.services import applications, comparing, identity_checks, queues, worker_numbers
from app.services.dossiers import read_dossier
from app.services.erasing import erase
from app.services.queues import QueueFilter
from app.storage import audit, erasures
from app.storage.database import Session
from app.storage.worker_numbers import MOST
from permits.applications import ApplicationId
from permits.approvals import Opinion
from permits.audit import Act
from permits.erasure import Cause
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.identity_documents import cui_remainder
from permits.people import SYSTEM
from permits.worker_numbers import NumberGround, show
from tests.builders import ANSWERS, Story, add_vacancy
from tests.services.test_renewals import ending, renewed

OWN, OTHER, THIRD = (
    f"{serial}{cui_remainder(serial)}2004" for serial in ("90000077", "90000078", "90000079")
)

pytestmark = pytest.mark.feature("W1")


def number(story: Story) -> str:
    found = worker_numbers.number_of(story.work(story.worker), story.application)
    assert found is not None
    return found


def another(story: Story, document: str = OWN) -> Story:
    """Somebody who began anew, without the account of before."""
    return Story(story.session, story.ports, story.now).start(document_number=document).submit()


def compare(story: Story) -> None:
    work = story.work(story.setrass)
    identity_checks.compare_document(work, story.id, "", confirmed=True)


def found(story: Story, text: str) -> set[ApplicationId]:
    page = queues.list_queue(story.work(story.setrass), QueueFilter(text=text))
    return {row.id for row in page.rows}


def acts(story: Story) -> Sequence[tuple[Act, object]]:
    told = audit.list_events(story.session, story.id)
    named = {Act.WORKER_NUMBERS_JOINED, Act.WORKER_NUMBERS_PARTED}
    return [(one.act, one.facts["ground"]) for one in told if one.act in named]


def test_a_renewal_and_every_round_keep_it(session: Session, story: Story) -> None:
    story.start()
    assert story.application.worker_number is None
    first = number(ending(story))
    renewed(story)
    assert {story.application.worker_number, number(story)} == {first}
    kept = erasures.get_case(session, story.id, lock=True)
    erase(story.work(SYSTEM), kept, Cause.ASKED)
    assert story.application.worker_number is None


def test_who_began_anew_is_known_by_the_verified_document_alone(story: Story) -> None:
    story.start(document_number=OWN).submit()
    late = another(story.later(days=1))
    assert number(late) != number(story)  # nobody learns by typing a document whose it is
    compare(late)
    assert number(late) != number(story)
    late_own = number(late)
    compare(story)
    assert number(late) == number(story)
    assert acts(story) == [(Act.WORKER_NUMBERS_JOINED, "same-document")]
    for written in (show(number(story)), late_own, f"T {late_own[:3]} {late_own[3:]}"):
        assert found(story, written) == {story.id, late.id}
    assert found(story, f"documento: {late_own}") == set()
    seen = read_dossier(late.work(late.inm), late.id).number
    assert seen == worker_numbers.SeenNumber(number(story), late_own, 0)


def test_a_document_of_more_cases_than_are_read_joins_no_more_and_harms_no_comparison(
    story: Story,
) -> None:
    cases = [story.start(document_number=OWN).submit()]
    cases += (another(story) for _ in range(MOST + 10))
    for one in cases:
        compare(one)
    joined = [one for one in cases if number(one) == number(story)]
    assert len(joined) == MOST + 1


def test_a_comparison_says_nothing_of_a_document_that_was_typed_afterwards(story: Story) -> None:
    story.start(document_number=OTHER).submit()
    compare(story)
    story.decide(story.setrass, Opinion.RETURN).later(hours=1)
    owner = another(story)
    work = story.work(story.worker)
    applications.save_answers(work, story.id, {"document_number": OWN})
    compare(owner)  # while the other still corrects, and after it was handed in again
    story.submit()
    compare(owner)
    assert number(owner) != number(story)
    compare(story)
    assert number(owner) == number(story)


def test_an_official_joins_whom_a_new_document_hides_and_it_is_undone(story: Story) -> None:
    story.start(document_number=OWN).submit()
    late = another(story.later(days=1), OTHER)
    own, mend = number(late), (story.id, late.id)
    work = story.work(story.setrass)
    with pytest.raises(Invalid):
        worker_numbers.join_numbers(work, *mend, NumberGround.OTHER_PERSON)
    with pytest.raises(Conflict, match="not-one-person"):
        worker_numbers.part_numbers(work, *mend, NumberGround.JOINED_WRONGLY)
    with pytest.raises(Forbidden):
        worker_numbers.join_numbers(story.work(story.worker), *mend, NumberGround.RECOGNISED)
    worker_numbers.join_numbers(work, *mend, NumberGround.NEW_DOCUMENT)
    with pytest.raises(Conflict, match="already-one-person"):
        worker_numbers.join_numbers(work, *mend, NumberGround.NEW_DOCUMENT)
    assert number(late) == number(story)
    shown = comparing.compare_case(work, story.id)
    assert [(one.case.application.id, one.one_person, one.may_mend) for one in shown.others] == [
        (late.id, True, True)
    ]
    assert read_dossier(work, story.id).number == worker_numbers.SeenNumber(number(story), "", 1)
    worker_numbers.part_numbers(work, *mend, NumberGround.JOINED_WRONGLY)
    assert number(late) == own
    assert acts(story) == [
        (Act.WORKER_NUMBERS_JOINED, "new-document"),
        (Act.WORKER_NUMBERS_PARTED, "joined-wrongly"),
    ]


def test_two_people_of_one_account_get_two_numbers_for_good(story: Story) -> None:
    shared, first = number(ending(story)), story.id
    renewed(story)
    work = story.work(story.setrass)
    worker_numbers.part_numbers(work, story.id, first, NumberGround.OTHER_PERSON)
    assert number(story) != shared
    compare(story)  # of the same document, and parted by an official
    assert number(story) != shared
    worker_numbers.join_numbers(work, story.id, first, NumberGround.RECOGNISED)
    assert number(story) == shared
    with pytest.raises(NotFound):
        worker_numbers.join_numbers(work, story.id, work.new_id(), NumberGround.RECOGNISED)


def test_of_an_account_that_two_people_share_each_document_keeps_its_number(story: Story) -> None:
    first = story.start(document_number=OWN).submit().id
    own = number(story)

    def further(document: str) -> str:
        """Another case under the same account."""
        work, vacancy = story.work(story.worker), add_vacancy(story.session, story.ports)
        story.id = applications.create_application(work, "coffee-hn-gt").id
        answers = {**ANSWERS, "vacancy": str(vacancy), "document_number": document}
        applications.save_answers(work, story.id, answers)
        return number(story.submit())

    assert further(OTHER) == own  # one person, as far as anybody knows
    work = story.work(story.setrass)
    worker_numbers.part_numbers(work, story.id, first, NumberGround.OTHER_PERSON)
    other = number(story)
    assert further(OWN) == own
    assert further(OTHER) == other
    assert further(THIRD) not in {own, other}
