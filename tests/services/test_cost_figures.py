"""The recruitment-cost indicator counts whom a recruiter brought, charged or not."""

from uuid import UUID

import pytest

from app.services import cost_figures
from app.services.cost_figures import GroupKind
from app.storage.vacancies import find_vacancy
from permits.people import SYSTEM
from recruitment.cost_figures import Indicator
from recruitment.ethics.words import CostCode
from tests.builders import Story, add_vacancy
from tests.costs import note_fee
from tests.hirers import name_recruiter


@pytest.mark.feature("N9", "E2")
def test_a_recruiter_s_workers_count_whether_they_were_charged_or_not(story: Story) -> None:
    """Five under one mandate: three paid 777.77 for the job, two a meal that nobody owes.

    A day is paid 350 and a week has six: a month is 350 * 6 * 52 / 12 = 9,100. The sum of five is
    2,333.31 of 45,500 (5.1 %), told as 5; of the three who were charged alone it were 8.5 %.
    """
    vacancy = add_vacancy(story.session, story.ports)
    found = find_vacancy(story.session, vacancy)
    assert found is not None
    name_recruiter(story.work(SYSTEM), UUID(found.offer.employer), "HN777")
    story.supervise()
    every = [story, *(Story(story.session, story.ports) for _ in range(4))]
    for number, one in enumerate(every):
        one.start(vacancy=str(vacancy)).submit()
        note_fee(one, code=CostCode.FEE_PLACEMENT if number < 3 else CostCode.FOOD)
    abroad = Story(story.session, story.ports).start_abroad()
    note_fee(abroad)
    figures = cost_figures.list_figures(story.work(story.supervisor))
    told = {(one.kind, one.code): one.indicator for one in figures}
    five = Indicator(workers=5, percent=5)
    assert told[GroupKind.RECRUITER, "hn-recruiters/HN777"] == five
    assert told[GroupKind.CORRIDOR, "GTM-HND"] == five
    assert told[GroupKind.CORRIDOR, "HND-CAN"] is None  # one alone
