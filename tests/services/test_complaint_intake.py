"""Cases that nobody had to file, as for a fee, with their worker shielded."""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from app.services import (
    check_in_complaints,
    check_ins,
    complaint_desk,
    complaint_intake,
    complaint_list,
    cost_claims,
    cost_complaints,
    costs,
)
from app.services.complaint_intake import Noticed
from app.services.cost_claims import Taker
from app.storage import cost_cases, permit_shields
from app.storage.vacancies import find_vacancy
from permits.deadlines import legal_day
from permits.people import SYSTEM, PersonId
from recruitment.complaints.filed import Filed, Told
from recruitment.complaints.words import Category, Filing, Flag, ReferralTarget, Severity
from recruitment.costs import Asker, ClaimAction
from tests.builders import NOW, Story, add_vacancy
from tests.complained import Office, token_of
from tests.costs import note_fee
from tests.working import WELL, ask_all, at_work
from tests.working import token_of as link_of


@pytest.mark.feature("N4")
def test_danger_told_in_a_check_in_becomes_a_complaint_once(story: Story) -> None:
    at_work(story.supervise())
    ask_all(story)
    system = story.work(SYSTEM)
    check_ins.answer_link(system, link_of(story), WELL | {"safe": "hurt"}, act=False)
    office = Office(story.session, story.ports).ready()
    assert check_in_complaints.file_waiting(story.work(SYSTEM)) >= 1
    assert check_in_complaints.file_waiting(story.work(SYSTEM)) == 0
    handler = office.handlers[0]
    rows = complaint_list.list_desk(office.work(handler, story.now)).rows
    mine = [one.filed for one in rows if Category.VIOLENCE in one.filed.categories]
    assert [one.gravity for one in mine] == [Severity.S1]
    assert mine[0].employer is not None


@pytest.mark.feature("H7", "N9")
def test_a_noticed_case_is_sealed_to_the_office_and_shields_its_worker(story: Story) -> None:
    story.start().submit()
    office = Office(story.session, story.ports)
    system = office.work(SYSTEM)
    assert check_in_complaints.file_waiting(system) == 0
    office.ready()
    handler = office.work(office.handlers[0])
    assert complaint_list.list_desk(handler).rows == []
    worker = PersonId(story.worker.person)
    told = Told("free: no", about="receipt")
    vacancy = add_vacancy(story.session, story.ports, department="ES-H")
    employer = find_vacancy(story.session, vacancy)
    assert employer is not None
    where = UUID(employer.offer.employer)
    noticed = Noticed(Severity.S1, (Category.MOVEMENT,), told, where, worker)
    identity = complaint_intake.open_case(system, noticed)
    ((row),) = complaint_list.list_desk(handler).rows
    assert (row.filed.gravity, row.filed.filing) == (Severity.S1, Filing.CHECK_IN)
    assert {one.kind.value for one in row.clocks} == {"acknowledge", "first-contact", "decision"}
    opened = complaint_desk.open_on_desk(handler, token_of(office.handlers[0]), identity)
    assert opened.content is not None
    told = opened.content.conversation.told
    assert (told.words, bool(told.about)) == ("free: no", True)
    assert opened.targets[0] is ReferralTarget.ABROAD
    (shield,) = permit_shields.list_shields(story.session, worker, legal_day(NOW))
    assert shield.ends_on is None


def of_fees(office: Office) -> list[Filed]:
    rows = complaint_list.list_desk(office.work(office.handlers[0])).rows
    return [one.filed for one in rows if Category.FEE_CHARGED in one.filed.categories]


@pytest.mark.feature("H7", "N9")
def test_a_fee_confirmed_before_there_are_keys_is_a_case_once_there_are(story: Story) -> None:
    story.supervise().start()
    identity = note_fee(story, Asker.OFFICIAL)
    costs.move_own_claim(story.work(story.worker), story.id, identity, ClaimAction.ASK, 1)
    cost_claims.confirm_fee(story.work(story.supervisor), identity, 2, Taker(), "ACTA-8")
    system = story.work(SYSTEM)
    assert cost_complaints.file_waiting(system) == 0  # no keys yet
    office = Office(story.session, story.ports).ready()
    with suppress(ZeroDivisionError), story.session.begin_nested():
        assert cost_complaints.file_waiting(system) == 1
        raise ZeroDivisionError  # killed before it was kept
    assert of_fees(office) == []
    assert [cost_complaints.file_waiting(system) for _ in range(2)] == [1, 0]
    (accused,) = of_fees(office)
    assert accused.flags >= {Flag.OFFICIAL_ACCUSED, Flag.PROTECTION}
    assert accused.gravity is Severity.S2
    (kept,) = cost_cases.list_of_application(story.session, story.ports.vault, story.id)
    assert (kept.complaint, kept.cost) == (accused.id, identity)
    assert not cost_complaints.want_case(system, replace(kept, id=uuid4(), complaint=None))
    assert len(of_fees(office)) == 1
