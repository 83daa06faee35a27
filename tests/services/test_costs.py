"""A diary is sealed, goes with its file, and nobody helps themselves to another's."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import (
    cost_claims,
    cost_wishes,
    costs,
    erasing,
    offer_checks,
    own_data,
    repayments,
)
from app.services.complaint_filing import read_told
from app.services.cost_claims import Taker
from app.services.documents import UnfitFile
from app.storage import audit, complaint_messages, complaints, cost_cases, erasures
from app.storage.cost_entries import cost_entries
from app.storage.outbox import outbox
from permits.audit import Act
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound, Stale
from permits.people import Actor, PersonId, Role
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.words import Category
from recruitment.cost_cases import CostReason
from recruitment.costs import Asker, ClaimAction, InspectionReason, Payment, Phase, Way
from recruitment.ethics.words import CostCode, Lender, Payer
from recruitment.exchange_rates import Converted, Rate, Rates
from recruitment.scam_checks import ScamVerdict
from tests.builders import NOW, Story
from tests.complained import Office
from tests.costs import NAME, ask_back, note_fee, shown, sound
from tests.services.test_retention import picture


@pytest.mark.feature("W19", "N9")
def test_a_diary_is_sealed_and_goes_with_its_file(story: Story) -> None:
    story.start()
    identity, worker = note_fee(story, picture=picture()), story.work(story.worker)
    (kept,) = costs.read_own_diary(worker, story.id).entries
    costs.add_cost(worker, story.id, identity, kept.payment, picture())  # pressed twice
    for payment, photo in ((replace(kept.payment, words="Otro"), picture()), (kept.payment, b"")):
        with pytest.raises(Conflict, match="form-used"):  # the page was gone back to
            costs.add_cost(worker, story.id, identity, payment, photo)
    (row,) = story.session.execute(
        select(cost_entries).where(cost_entries.c.application == story.id)
    )
    assert NAME.encode() not in row.told
    assert b"777" not in row.told
    assert (row.status, row.asked_at) == ("noted", None)
    log = story.session.execute(
        text("SELECT act, facts FROM audit_events WHERE subject = :id"), {"id": identity}
    )
    assert [(one.act, one.facts) for one in log] == [(Act.COST_NOTED.value, {})]
    erasing.erase(story.work(story.worker), erasures.get_case(story.session, story.id), Cause.ASKED)
    assert (
        story.session.execute(
            select(cost_entries.c.id).where(cost_entries.c.id == identity)
        ).first()
        is None
    )
    keys = story.session.scalars(select(outbox.c.key).where(outbox.c.kind == "delete-object"))
    assert f"delete:{row.receipt_key}" in set(keys)


@pytest.mark.feature("W19", "N9")
def test_a_claim_is_moved_by_whom_it_is_for(story: Story) -> None:
    story.supervise().start()
    first = ask_back(story)
    worker, chief = story.work(story.worker), story.work(story.supervisor)
    (claim,) = [one for one in cost_claims.list_claims(chief) if str(one.entry.id) == first]
    identity = claim.entry.id
    with pytest.raises(Conflict, match="no-such-cost-move"):
        costs.move_own_claim(worker, story.id, identity, ClaimAction.PAY, 2)
    inspector = story.work(Actor(PersonId(uuid4()), Role.LABOUR_INSPECTOR, "Ana"))
    assert identity in {one.entry.id for one in cost_claims.list_claims(inspector)}
    for asked in (chief, worker):
        with pytest.raises(Forbidden):
            cost_claims.inspect_claim(asked, identity, InspectionReason.ORDERED)
    with pytest.raises(Forbidden):
        cost_claims.open_claim(inspector, identity)
    with pytest.raises(Forbidden):
        repayments.note_part(inspector, identity, shown(story), 2)
    cost_claims.inspect_claim(inspector, identity, InspectionReason.ORDERED)
    last = audit.list_events(story.session, identity)[-1]
    assert (last.act, last.facts) == (Act.COST_CLAIM_INSPECTED, {"reason": "ordered"})
    food = note_fee(story, code=CostCode.FOOD)
    with pytest.raises(Conflict, match="nothing-owed"):
        costs.move_own_claim(worker, story.id, food, ClaimAction.ASK, 1)
    with pytest.raises(Stale):
        costs.move_own_claim(worker, story.id, identity, ClaimAction.WITHDRAW, 1)
    own = Actor(story.worker.person, Role.SETRASS_SUPERVISOR, "Jefa")
    with pytest.raises(Forbidden, match="own-case"):
        cost_claims.open_claim(story.work(own), identity)
    for stranger in (Actor(PersonId(uuid4()), Role.WORKER), story.setrass, story.supervisor):
        with pytest.raises((Hidden, NotFound)):
            costs.read_own_diary(story.work(stranger), story.id)
    with pytest.raises(Forbidden):
        cost_claims.list_claims(story.work(story.setrass))
    costs.move_own_claim(worker, story.id, identity, ClaimAction.WITHDRAW, 2)
    with pytest.raises(NotFound):
        cost_claims.open_claim(chief, identity)
    with pytest.raises(IntegrityError, match="asked_is_seen"), story.session.begin_nested():
        story.session.execute(
            text("UPDATE cost_entries SET asked_at = now() WHERE id = :id"), {"id": identity}
        )


@pytest.mark.feature("N9")
def test_a_fee_of_nobody_licensed_is_confirmed_and_warned_of(story: Story) -> None:
    """The official says so, and the scam check warns of the phone."""
    story.supervise().start()
    worker, chief = story.work(story.worker), story.work(story.supervisor)
    broker = note_fee(story)
    costs.move_own_claim(worker, story.id, broker, ClaimAction.ASK, 1)
    nobody, both = Taker(name=NAME), Taker("HN-001", unlicensed=True, name=NAME)
    for said, codes in ((nobody, ["missing"]), (both, ["licence-and-none"])):
        with pytest.raises(Invalid) as refusal:  # all at once: who it was, and the act
            cost_claims.confirm_fee(chief, broker, 2, said, " ")
        assert [fault.code for fault in refusal.value.faults] == [*codes, "missing"]
    taker = Taker(unlicensed=True, name=NAME, phone="+50499887711")
    cost_claims.confirm_fee(chief, broker, 2, taker, "ACTA-7")
    told = offer_checks.check_offer(chief, "9988-7711", ["+50499887711"])
    assert told.verdict is ScamVerdict.REPORTED
    official = note_fee(story, Asker.OFFICIAL)
    costs.move_own_claim(worker, story.id, official, ClaimAction.ASK, 1)
    cost_claims.confirm_fee(chief, official, 2, Taker(), "ACTA-8")
    assert cost_claims.open_claim(chief, official).claim.entry.fee_confirmed_at == story.now


@pytest.mark.feature("N9")
def test_a_payment_is_told_by_voice_sealed_and_heard_by_whom_it_is_asked_of(story: Story) -> None:
    story.supervise().start()
    worker, chief = story.work(story.worker), story.work(story.supervisor)
    identity = note_fee(story, voice=sound(b"Ana de Copan."))
    entry = costs.read_own_diary(worker, story.id).entries[0]
    assert entry.voice is not None
    kept = story.ports.objects.get(entry.voice.key)
    assert b"RIFF" not in kept  # sealed
    heard, media = costs.hear_own_voice(worker, story.id, identity)
    assert (media, heard[:4], b"Copan" in heard) == ("audio/wav", b"RIFF", False)
    with pytest.raises(NotFound):
        cost_claims.hear_voice(chief, identity)
    costs.move_own_claim(worker, story.id, identity, ClaimAction.ASK, 1)
    assert cost_claims.hear_voice(chief, identity) == (heard, media)
    assert audit.list_events(story.session, identity)[-1].act is Act.COST_CLAIM_READ
    with pytest.raises(UnfitFile) as refused:
        note_fee(story, voice=picture())
    assert [one.code for one in refused.value.faults] == ["voice-unknown"]
    told = own_data.read_own_data(worker, "json").tables["cost_entries"]
    assert str(told[0]["voice"]).startswith("data:audio/wav;base64,")
    assert "voice_sealed" not in told[0]
    first = entry.voice.key
    costs.move_own_claim(worker, story.id, identity, ClaimAction.WITHDRAW, 2)
    costs.change_cost(worker, story.id, identity, entry.payment, 3, voice=sound())
    again = costs.read_own_diary(worker, story.id).entries[0]
    assert again.voice is not None
    erasing.erase(worker, erasures.get_case(story.session, story.id), Cause.ASKED)
    keys = story.session.scalars(select(outbox.c.key).where(outbox.c.kind == "delete-object"))
    assert {f"delete:{first}", f"delete:{again.voice.key}"} <= set(keys)


TIED = Payment(
    CostCode.ADMIN_VISA,
    Decimal(200),
    "GTQ",
    Phase.BEFORE,
    Payer.WORKER,
    Asker.NOBODY,
    Way.LOAN,
    lender=Lender.EMPLOYER,
    paid_on=legal_day(NOW),
)
RATES = Rates({"GTQ": (Rate("GTQ", legal_day(NOW), Decimal("3.5"), "BCH"),)})


@pytest.mark.feature("N9")
def test_a_worker_asks_for_a_case_about_what_they_paid_once(story: Story) -> None:
    office = Office(story.session, story.ports).ready()
    story.start()
    with pytest.raises(Conflict, match="no-cost-case"):
        cost_wishes.ask_for_case(story.work(story.worker), story.id, "Nada")
    costs.add_cost(story.work(story.worker), story.id, uuid4(), TIED)
    diary = costs.read_own_diary(story.work(story.worker), story.id)
    assert (diary.reasons, diary.asked) == ((CostReason.LOAN,), ())
    for stranger in (story.setrass, Actor(PersonId(uuid4()), Role.WORKER)):
        with pytest.raises(Hidden):
            cost_wishes.ask_for_case(story.work(stranger), story.id, "Ajeno")
    for _ in range(2):  # pressed twice
        cost_wishes.ask_for_case(story.work(story.worker), story.id, "Presto mi patrón")
    after = costs.read_own_diary(story.work(story.worker), story.id)
    assert (after.reasons, after.asked) == ((), (CostReason.LOAN,))
    (kept,) = cost_cases.list_of_application(story.session, story.ports.vault, story.id)
    assert kept.complaint is not None
    complaint = ComplaintId(kept.complaint)
    assert complaints.get_complaint(story.session, complaint).categories == (Category.DEBT,)
    (message,) = complaint_messages.list_messages(story.session, complaint)
    told = read_told(office.work(), office.open(complaint), message)
    assert (told.words, told.reach) == ("Presto mi patrón", "+50255512345")
    note_fee(story)  # another reason is another case
    again = costs.read_own_diary(story.work(story.worker), story.id)
    assert again.reasons == (CostReason.CHARGED,)
    row = story.session.execute(select(cost_cases.cost_cases.c.told)).scalars().first()
    assert row is not None
    assert "patrón".encode() not in row


@pytest.mark.feature("A5", "N9")
def test_a_diary_in_quetzales_has_a_burden_by_the_rate_of_its_day(story: Story) -> None:
    story.supervise().start()
    identity = uuid4()
    costs.add_cost(story.work(story.worker), story.id, identity, TIED)
    blind = costs.read_own_diary(story.work(story.worker), story.id).judged
    assert (blind.burden, blind.values) == (None, {identity: None})
    assert ("R31", "unknown") in {(one.rule.value, one.code) for one in blind.findings}
    world = replace(story.ports, reference=replace(story.ports.reference, exchange_rates=RATES))
    seeing = replace(story.work(story.worker), ports=world)
    told = costs.read_own_diary(seeing, story.id).judged
    assert told.burden is not None
    assert (told.currency, told.burden.paid) == ("HNL", Decimal("700.00"))
    assert told.values[identity] == Converted(Decimal("700.00"), "HNL", RATES.newest())
    # SETRASS sums what was asked back, and no payment that is private.
    costs.move_own_claim(story.work(story.worker), story.id, identity, ClaimAction.ASK, 1)
    costs.add_cost(story.work(story.worker), story.id, uuid4(), TIED)
    desk = replace(story.work(story.supervisor), ports=world)
    opened = cost_claims.open_claim(desk, identity).judged
    assert opened.burden == told.burden
