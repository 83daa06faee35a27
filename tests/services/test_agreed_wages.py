"""What a worker was promised counts, not what the vacancy says since: payslips, R31 and A5."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.services import contracts, cost_judging, payslips
from app.services.agreed_wages import agreed_of
from app.services.kept_findings import About
from permits.deadlines import legal_day
from tests.builders import Story
from tests.payslips import week
from tests.services.test_contracts import accept, offer_anew
from tests.services.test_payslips import farm_of

pytestmark = pytest.mark.feature("E9", "A5")
D = Decimal


def test_the_agreed_wage_counts_and_no_version_that_is_only_proposed(story: Story) -> None:
    farm = farm_of(story)
    vacancy = payslips.read_wages(farm, story.id).hand.vacancy

    def agreed() -> tuple[Decimal, Decimal]:
        paid = cost_judging.CostsOf(story.id, "coffee-hn-gt", vacancy, [])
        judged = cost_judging.read_costs(farm, paid, About.DIARY)
        assert judged.burden is not None
        wage = judged.burden.wage_per_month
        return agreed_of(farm, story.id, None, vacancy).offer.wage, wage

    first = agreed()
    assert first[0] == D(350)
    assert offer_anew(story, wage=D("3500.00")) == 1
    assert agreed() == first
    offer_anew(story, wage=D("120.00"))
    assert agreed() == first  # nobody accepted anything: what was offered at first
    slip = week(legal_day(farm.now) - timedelta(days=2), rate=D("320.00"))
    payslips.write_payslip(farm, story.id, slip)
    [newest] = payslips.list_own(story.work(story.worker), story.id)
    assert [one.code for one in newest.findings] == ["paid-less"]


def test_of_several_accepted_versions_the_newest_counts(story: Story) -> None:
    farm = farm_of(story)
    vacancy = payslips.read_wages(farm, story.id).hand.vacancy
    for wage in ("400.00", "450.00"):
        offer_anew(story, wage=D(wage))
        accept(story)
    offer_anew(story, wage=D("420.00"))
    assert agreed_of(farm, story.id, None, vacancy).offer.wage == D(450)
    seen = contracts.read_own_contract(story.work(story.worker), story.id)
    assert (seen.base.told["wage"], seen.acceptable) == ("450.00", False)
