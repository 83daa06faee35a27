"""Papers of the way abroad: who paid is the worker's alone, and goes to the diary (W19, W25)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.services import cost_claims, costs, own_data, travel_papers
from app.services.ports import Ports
from app.storage.database import Session
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Hidden, Invalid, Stale
from permits.people import Role
from recruitment.costs import ClaimAction
from recruitment.ethics.words import CostCode, Payer
from recruitment.travel_papers import ASKED, Cover, PaperSource, Told, TravelPaperKind
from tests.builders import Story, add_official


def visa(story: Story, **changes: object) -> Told:
    told = Told(TravelPaperKind.VISA, legal_day(story.now), Payer.WORKER, Decimal("3900.00"), "HNL")
    return replace(told, **changes)  # type: ignore[arg-type]


@pytest.mark.feature("W19", "E6")
def test_what_the_worker_paid_for_a_paper_is_a_payment_that_can_be_asked_back(
    story: Story,
) -> None:
    story.start().submit()
    worker, officer = story.work(story.worker), story.work(story.setrass)
    for _ in range(2):  # pressed twice
        travel_papers.note_paper(worker, story.id, visa(story))
    with pytest.raises(Invalid):
        travel_papers.note_paper(worker, story.id, visa(story, amount=None), 1)
    with pytest.raises(Stale):
        travel_papers.note_paper(worker, story.id, visa(story, amount=Decimal(9)))
    travel_papers.note_paper(worker, story.id, visa(story, amount=Decimal(4000)), 1)
    [entry] = costs.read_own_diary(worker, story.id).entries
    assert (entry.payment.code, entry.payment.amount) == (CostCode.ADMIN_VISA, Decimal(4000))
    [own] = travel_papers.read_papers(worker, story.id).papers
    assert (own.payment, own.paper.told.amount) == (entry, None)
    [seen] = travel_papers.read_papers(officer, story.id).papers
    assert (seen.paper.told.kind, seen.payment) == (TravelPaperKind.VISA, None)
    assert "journey" in {one.purpose for one in own_data.list_looks(worker)}
    costs.move_own_claim(worker, story.id, entry.id, ClaimAction.ASK, entry.version)
    chief = story.work(story.supervise().supervisor)
    assert str(cost_claims.open_claim(chief, entry.id).debtor) == "employer"
    with pytest.raises(Conflict, match="cost-asked-back"):
        travel_papers.note_paper(worker, story.id, visa(story, payer=Payer.EMPLOYER), 2)
    travel_papers.remove_paper(worker, story.id, TravelPaperKind.VISA, 2)
    assert len(costs.read_own_diary(worker, story.id).entries) == 1  # SETRASS reads it by now
    travel_papers.note_paper(worker, story.id, visa(story, kind=TravelPaperKind.TEST))
    free = visa(story, kind=TravelPaperKind.TEST, payer=Payer.EMPLOYER, amount=None, currency="")
    travel_papers.note_paper(worker, story.id, free, 1)
    assert len(costs.read_own_diary(worker, story.id).entries) == 1
    [row] = own_data.read_own_data(worker, "pdf").tables["travel_papers"]
    assert (row["kind"], row["payer"]) == ("test", "employer")
    other = Story(story.session, story.ports).start()
    with pytest.raises(Hidden):
        travel_papers.note_paper(other.work(other.worker), story.id, visa(story))


@pytest.mark.feature("W25")
def test_a_stay_without_insurance_is_told_and_officials_write_down_one(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports)
    programmes = dict(ports.reference.programmes)
    coffee, asked = programmes["coffee-hn-gt"], programmes["twap-canada"].versions.thresholds[ASKED]
    thresholds = {**coffee.versions.thresholds, ASKED: asked}
    programmes["coffee-hn-gt"] = replace(
        coffee, versions=replace(coffee.versions, thresholds=thresholds)
    )
    story.ports = replace(ports, reference=replace(ports.reference, programmes=programmes))
    story.start().submit().approve().sign()
    worker, officer = story.work(story.worker), story.work(story.setrass)
    before = travel_papers.read_papers(worker, story.id)
    assert (before.uncovered, before.last_day is None) == (True, False)
    today, last = legal_day(story.now), before.last_day or legal_day(story.now)
    cover = Cover("Seguros del Norte", "PN-1", today, last - timedelta(days=1))
    told = Told(TravelPaperKind.INSURANCE, today, Payer.EMPLOYER, cover=cover)
    travel_papers.note_paper(officer, story.id, told)
    assert travel_papers.read_papers(worker, story.id).uncovered  # one day short
    travel_papers.note_paper(
        officer, story.id, replace(told, cover=replace(cover, last_day=last)), 1
    )
    found = travel_papers.read_papers(worker, story.id)
    assert (found.uncovered, found.papers[0].paper.source) == (False, PaperSource.OFFICIAL)
    with pytest.raises(Conflict, match="paper-of-worker"):
        travel_papers.note_paper(officer, story.id, visa(story))
    with pytest.raises((Hidden, Forbidden)):
        travel_papers.read_papers(
            story.work(add_official(session, ports, Role.BORDER_AGENT)), story.id
        )
