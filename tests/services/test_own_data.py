"""A download holds every personal column; a worker reads who looked, and can do something."""

import base64
import json
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from app.services import (
    applications,
    card_batches,
    case_notes,
    companions,
    crossings,
    documents,
    identity_checks,
    later_papers,
    own_data,
    prints,
    verification,
    worker_numbers,
)
from app.services.dossiers import read_dossier
from app.services.ports import Ports
from app.storage import audit
from app.storage.database import Session
from app.storage.migrations import known_tables
from app.storage.own_data import NOT_OF_WORKERS, OWN, list_columns_of
from app.storage.own_looks import LOOKING
from app.web.wording.own_data_paper import FIELDS
from app.web.wording.own_data_tables import TABLES
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.consents import ConsentPurpose
from permits.crossings import Crossing, CrossingId, Direction
from permits.data_requests import RequestKind, RequestStatus
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.later_papers import LaterPaper
from permits.people import Actor, PersonId, Role
from permits.submissions import Answers, DocumentKind, to_mapping
from permits.worker_numbers import NumberGround
from tests.builders import COMPANION, CUI, NOW, PHONE, Story, add_official
from tests.costs import NAME, note_fee, sound
from tests.offered import call_worse, reword
from tests.received import called_off
from tests.renamed import ask as ask_name
from tests.rights import PROPOSAL, RightStory
from tests.services.test_employer_changes import ask
from tests.services.test_retention import picture, send_all
from tests.zones import td3

NOT_LIVED = {
    *(
        "acceptances",
        "appeals",
        "contract_reports",
        "crew_members",
        "factors",
        "recommendations",
        "sessions",
    ),
    *("past_permits", "return_surveys", "return_referrals", "check_ins", "wanted_cases"),
    *("roster_entries", "candidacies", "farm_movements"),
    *("orientation_seats", "orientation_tests", "journey_notes", "travel_papers"),
    *("welfare_claims", "cost_cases", "cost_parts", "nothing_paid", "age_marks", "pool_asks"),
    "contract_shortfalls",
    *("payslips", "payslip_answers", "payslip_findings", "senaf_handovers"),
}
"""Of no list, an open offer, that nobody refused or recommended, without a browser, at work."""
ZONE = td3("GUTIERREZ NAMENDI", "MARIA ANGELA")


def whole(story: Story, beside: Story | None = None) -> Story:
    """A permit with pictures, looked at and used; `beside` is another of the same document."""
    story.start(brings_photo=False)
    companions.add_companion(story.work(story.worker), story.id, COMPANION)
    documents.attach_document(story.work(story.worker), story.id, DocumentKind.PHOTO, picture())
    story.submit()
    later_papers.show_paper(story.work(story.setrass), story.id, LaterPaper.IDENTITY_FRONT)
    identity_checks.compare_document(story.work(story.setrass), story.id, ZONE, confirmed=True)
    if beside is not None:
        inm = story.work(story.inm)
        worker_numbers.part_numbers(inm, story.id, beside.id, NumberGround.OTHER_PERSON)
    case_notes.add_note(story.work(story.setrass), story.id, "Llamé al patrono.", shared=True)
    story.ask().answer().approve().sign()
    card_batches.order_batch(story.work(story.setrass), uuid4(), "coffee-hn-gt", "es", 1)
    call_worse(reword(story))
    ask(story)
    ask_name(story)
    RightStory(story).wish().suspend().reinstate().propose().drop()
    called_off(story)
    note_fee(story, picture=picture(), voice=sound())
    send_all(story)
    return story


def cross(story: Story, agent: Actor) -> str:
    number = own_number(story)
    crossing = Crossing(
        CrossingId(uuid4()),
        number,
        Direction.ENTRY,
        "HN-GT-1",
        "device",
        agent.person,
        NOW,
        "green",
        "ok",
        offline=False,
        list_issued_at=NOW,
    )
    crossings.record_crossings(story.work(agent), [crossing])
    return number


def own_number(story: Story) -> str:
    told = own_data.read_own_data(story.work(story.worker), "pdf")
    return str(told.tables["credentials"][0]["number"])


@pytest.mark.promise("P26")
@pytest.mark.asvs("14.1.1")
def test_every_personal_column_is_in_the_download_or_of_somebody_else() -> None:
    own = {table.name for table in OWN}
    for table in known_tables().sorted_tables:
        if table.name not in own and table.name not in NOT_OF_WORKERS:
            assert list_columns_of(table) == [], f"whose is {table.name}? say it in own_data.py"
    assert own & set(NOT_OF_WORKERS) == set()


@pytest.mark.promise("P26")
def test_the_download_of_a_life_has_every_column_with_its_value(story: Story) -> None:
    whole(story)
    agent = add_official(story.session, story.ports, Role.BORDER_AGENT)
    cross(story, agent)
    own_data.ask_office(story.work(story.worker), story.id, RequestKind.CORRECTION, "El apellido.")
    told = own_data.read_own_data(story.work(story.worker), "json")
    for table in OWN:
        if table.name in NOT_LIVED:
            continue
        rows = told.tables[table.name]
        assert rows != [], table.name
        for row in rows:
            assert set(list_columns_of(table)) <= set(row), table.name
    [application] = told.tables["applications"]
    assert application["document_sealed"] == CUI
    [round_] = told.tables["application_rounds"]
    assert round_["content"]["answers"]["document_number"] == CUI  # type: ignore[index]
    assert [c["document"] for c in told.tables["companions"]] == [COMPANION.document]
    [photo] = (one for one in told.tables["documents"] if one["kind"] == "photo")
    kept = Image.open(BytesIO(base64.b64decode(str(photo["picture"]))))
    assert kept.format == "JPEG"
    [cost] = told.tables["cost_entries"]
    assert cost["told"]["asker_name"] == NAME  # type: ignore[index]
    assert base64.b64decode(str(cost["picture"]))[:2] == b"\xff\xd8"
    [credential] = told.tables["credentials"]
    assert CUI.encode() in base64.b64decode(str(credential["payload"]))
    assert told.tables["workers"][0]["phone"] == PHONE
    assert told.tables["data_requests"][0]["words"] == "El apellido."
    assert told.tables["revocations"][0]["hearing"] == PROPOSAL.hearing
    said = json.dumps(told.tables, default=str)
    assert "resume_hash" not in said
    assert "draft-started" not in said  # it tells the code to come back by


def test_nobody_elses_rows_are_in_it(session: Session, ports: Ports) -> None:
    one = whole(Story(session, ports))
    other = whole(Story(session, ports), beside=one)
    told = json.dumps(own_data.read_own_data(one.work(one.worker), "json").tables, default=str)
    assert str(one.id) in told
    assert str(other.id) not in told
    assert one.setrass.name not in told


def test_a_decision_is_told_when_its_round_is_closed(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    worker = story.work(story.worker)
    assert own_data.read_own_data(worker, "json").tables["decisions"] == []
    story.decide(story.inm, Opinion.APPROVE)
    assert len(own_data.read_own_data(worker, "json").tables["decisions"]) == 2


@pytest.mark.feature("N8")
def test_the_worker_reads_who_looked_and_why_and_never_a_name(story: Story) -> None:
    whole(story)
    agent = add_official(story.session, story.ports, Role.BORDER_AGENT)
    worker = story.work(story.worker)
    assert own_data.list_looks(worker) == []
    applications.read_own(worker, story.id)
    read_dossier(story.work(story.inm), story.id)
    applications.read_application(story.work(story.setrass), story.id, "api")
    text = str(own_data.read_own_data(worker, "pdf").tables["credentials"][0]["text"])
    verification.verify_credential(story.work(agent), text)
    cross(story, agent)
    told = [(look.act, look.role, look.purpose) for look in own_data.list_looks(worker)]
    assert told == [
        (Act.CROSSING_RECORDED, Role.BORDER_AGENT, "entry"),
        (Act.CREDENTIAL_VERIFIED, Role.BORDER_AGENT, ""),
        (Act.APPLICATION_READ, Role.SETRASS_OFFICER, "api"),
        (Act.APPLICATION_READ, Role.INM_OFFICER, "review"),
    ]
    stranger = Actor(PersonId(uuid4()), Role.WORKER)
    assert own_data.list_looks(story.work(stranger)) == []
    assert set(LOOKING) > {Act.DOCUMENT_READ, Act.CREDENTIAL_READ}


def test_looks_are_shown_for_five_years(story: Story) -> None:
    story.start().submit()
    read_dossier(story.work(story.inm), story.id)
    story.now = NOW.replace(year=2031)
    assert len(own_data.list_looks(story.work(story.worker))) == 1
    story.later(days=1)
    assert own_data.list_looks(story.work(story.worker)) == []


@pytest.mark.feature("D8")
def test_handing_in_keeps_a_consent_with_its_text_and_its_end(story: Story) -> None:
    story.start().submit()
    worker = story.work(story.worker)
    [consent] = own_data.read_overview(worker).consents
    [round_] = own_data.read_own_data(worker, "json").tables["application_rounds"]
    offer = round_["content"]["offer"]["ends_on"]  # type: ignore[index]
    assert (consent.purpose, consent.text_version) == (ConsentPurpose.APPLICATION, "2026-11")
    assert consent.given_at == NOW
    assert consent.expires_at.year == int(offer[:4]) + 5
    assert consent.stands_at(NOW)
    assert not consent.stands_at(consent.expires_at)


@pytest.mark.feature("D8")
def test_taking_a_consent_back_withdraws_what_is_under_way(story: Story) -> None:
    story.start().submit()
    worker = story.work(story.worker)
    [consent] = own_data.read_overview(worker).consents
    stranger = story.work(Actor(PersonId(uuid4()), Role.WORKER))
    with pytest.raises(NotFound):
        own_data.withdraw_consent(stranger, consent.id)
    assert own_data.withdraw_consent(worker, consent.id).withdrawn_at == NOW
    assert story.application.status is Status.WITHDRAWN
    assert own_data.withdraw_consent(worker, consent.id).withdrawn_at == NOW
    acts = [event.act for event in audit.list_events(story.session, story.worker.person)]
    assert acts.count(Act.CONSENT_WITHDRAWN) == 1


@pytest.mark.feature("D8")
def test_after_the_permit_a_withdrawal_undoes_nothing(story: Story) -> None:
    whole(story)
    worker = story.work(story.worker)
    [consent] = own_data.read_overview(worker).consents
    own_data.withdraw_consent(worker, consent.id)
    assert story.application.status is Status.APPROVED


def test_a_correction_waits_for_the_office_and_is_answered_once(story: Story) -> None:
    story.start().submit()
    worker = story.work(story.worker)
    asked = own_data.ask_office(worker, story.id, RequestKind.CORRECTION, " Me llamo Ana. ")
    with pytest.raises(Conflict) as again:
        own_data.ask_office(worker, story.id, RequestKind.CORRECTION, "Otra vez.")
    assert again.value.code == "already-asked"
    with pytest.raises(Invalid):
        own_data.ask_office(worker, story.id, RequestKind.ERASURE, "  ")
    keeper = story.work(add_official(story.session, story.ports, Role.DATA_PROTECTION_OFFICER))
    assert [one.request.words for one in own_data.list_requests(keeper)] == ["Me llamo Ana."]
    with pytest.raises(Forbidden):
        own_data.list_requests(story.work(story.setrass))
    own_data.answer_request(keeper, asked.id, RequestStatus.DONE, "Está corregido.")
    with pytest.raises(Conflict):
        own_data.answer_request(keeper, asked.id, RequestStatus.DECLINED, "No.")
    [told] = own_data.read_overview(worker).requests
    assert (told.status, told.answer) == (RequestStatus.DONE, "Está corregido.")
    assert own_data.list_requests(keeper) == []


def test_the_paper_has_words_for_every_column() -> None:
    names = {name for table in OWN for name in list_columns_of(table)}
    nested = set(to_mapping(Answers())) - {"document_number"}
    assert (names | nested) - {"answers"} <= set(FIELDS)
    assert {table.name for table in OWN} == set(TABLES)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_paper_is_tagged_and_says_it(story: Story, language: str) -> None:
    whole(story)
    read_dossier(story.work(story.inm), story.id)
    made = prints.print_own_data(story.work(story.worker), language)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    acts = [event.act for event in audit.list_events(story.session, story.worker.person)]
    assert acts[-1] is Act.DATA_READ
