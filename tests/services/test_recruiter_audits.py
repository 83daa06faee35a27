"""A recruiter whose workers tell another story is on the list of whom SETRASS audits."""

from uuid import UUID

import pytest

from app.services import contracts, recruiter_audits
from app.storage.vacancies import find_vacancy
from permits.errors import Forbidden
from permits.people import SYSTEM
from recruitment.contracts import Reported
from tests.builders import Story, add_vacancy
from tests.hirers import name_recruiter


@pytest.mark.feature("E2", "E4")
def test_five_who_tell_another_story_have_a_recruiter_audited_and_four_do_not(
    story: Story,
) -> None:
    vacancy = add_vacancy(story.session, story.ports)
    found = find_vacancy(story.session, vacancy)
    assert found is not None
    name_recruiter(story.work(SYSTEM), UUID(found.offer.employer), "HN778")
    story.supervise()
    listed = []
    for one in (story, *(Story(story.session, story.ports) for _ in range(4))):
        one.start(vacancy=str(vacancy)).submit()
        contracts.report_own(one.work(one.worker), one.id, frozenset({Reported.WAGE}))
        every = recruiter_audits.list_to_audit(story.work(story.supervisor))
        listed.append("HN778" in {audit.key.number for audit in every})
    assert listed == [False] * 4 + [True]
    with pytest.raises(Forbidden):
        recruiter_audits.list_to_audit(story.work(story.worker))
