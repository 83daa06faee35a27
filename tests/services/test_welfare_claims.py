"""What is due beside wages is sealed, moved by the office, confirmed by whom it is for."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from app.services import erasing, own_data, welfare_claims, welfare_desk
from app.storage import audit, erasures
from app.storage.outbox import outbox
from app.storage.welfare_claims import welfare_claims as table
from permits.audit import Act
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.welfare import Ower, WelfareAction, WelfareKind, WelfareStatus, WelfareStep
from tests.builders import Story
from tests.welfare import WORDS, claim, told


def stands(story: Story, identity: UUID) -> WelfareStatus:
    own = welfare_claims.read_own_claims(story.work(story.worker), story.id)
    return next(one.status for one in own.claims if one.id == identity)


def nobody_else_reads(story: Story, identity: UUID) -> None:
    """Not the employer, an officer, an inspector, and no supervisor whose own claim it is."""
    strangers = (Actor(PersonId(uuid4()), Role.WORKER), story.setrass, story.supervisor)
    for stranger in (*strangers, Actor(PersonId(uuid4()), Role.EMPLOYER, employer=uuid4())):
        with pytest.raises((Hidden, NotFound, Forbidden)):
            welfare_claims.read_own_claims(story.work(stranger), story.id)
    for other in (story.worker, story.setrass, Actor(PersonId(uuid4()), Role.LABOUR_INSPECTOR)):
        with pytest.raises(Forbidden):
            welfare_desk.open_claim(story.work(other), identity)
    own = Actor(story.worker.person, Role.SETRASS_SUPERVISOR, "Jefa")
    with pytest.raises(Forbidden, match="own-case"):
        welfare_desk.open_claim(story.work(own), identity)


def walk(story: Story, identity: UUID) -> None:
    """Sent, refused, sent on, accepted, paid, contested, paid and confirmed, each by its own."""
    worker, chief = story.work(story.worker), story.work(story.supervisor)
    today = legal_day(story.now)
    send = WelfareStep(WelfareAction.SEND, today, story.now, Ower.INSURER, "Seguros Atlas")
    refuse = WelfareStep(
        WelfareAction.REFUSE, today, story.now, words="Fuera de plazo", next_words="Recurrir"
    )
    yes = WelfareStep(
        WelfareAction.ACCEPT, today, story.now, amount=Decimal("4000.00"), currency="HNL"
    )
    paid = WelfareStep(WelfareAction.PAY, today, story.now)
    with pytest.raises(Conflict, match="no-such-welfare-move"):
        welfare_desk.note_step(chief, identity, paid, 1)
    for seen, step in enumerate((send, refuse, send, yes, paid), 1):
        welfare_desk.note_step(chief, identity, step, seen)
        welfare_desk.note_step(chief, identity, step, seen)  # its answer was lost: once
    with pytest.raises(Stale):
        welfare_desk.note_step(chief, identity, refuse, 5)
    confirm = WelfareStep(WelfareAction.CONFIRM, today, story.now)
    with pytest.raises(Conflict, match="no-such-welfare-move"):  # the worker says it, and no other
        welfare_desk.note_step(chief, identity, confirm, 6)
    for _ in range(2):
        welfare_claims.move_own_claim(worker, story.id, identity, WelfareAction.CONTEST, 6)
    with pytest.raises(Stale):
        welfare_claims.move_own_claim(worker, story.id, identity, WelfareAction.CONFIRM, 6)
    welfare_desk.note_step(chief, identity, paid, 7)
    welfare_claims.move_own_claim(worker, story.id, identity, WelfareAction.CONFIRM, 8)


@pytest.mark.feature("W26")
def test_a_claim_is_sealed_moved_confirmed_and_gone_with_its_file(story: Story) -> None:
    story.supervise().start()
    with pytest.raises(Conflict, match="welfare-without-work"):
        claim(story)
    story.submit().approve().sign()
    identity, today = UUID(claim(story)), legal_day(story.now)
    worker, chief = story.work(story.worker), story.work(story.supervisor)
    again = told(today - timedelta(days=1))
    welfare_claims.claim_welfare(worker, story.id, identity, again)  # pressed twice, kept once
    with pytest.raises(Conflict, match="form-used"):  # gone back to, for something else
        welfare_claims.claim_welfare(worker, story.id, identity, replace(again, words="El viaje"))
    (row,) = story.session.execute(select(table).where(table.c.application == story.id))
    assert b"machete" not in row.told
    assert b"accident" not in row.told
    (listed,) = [one for one in welfare_desk.list_claims(chief) if one.claim.id == identity]
    assert listed.claim.told.words == WORDS
    nobody_else_reads(story, identity)
    walk(story, identity)
    assert stands(story, identity) is WelfareStatus.CONFIRMED
    assert identity not in {one.claim.id for one in welfare_desk.list_claims(chief)}
    here = f"welfare-answered:{story.id}:{identity}:%"
    sent = select(outbox.c.key).where(outbox.c.key.like(here))
    assert len(story.session.scalars(sent).all()) == 6
    facts = {str(one.facts) for one in audit.list_events(story.session, identity)}
    assert not [one for one in facts if "accident" in one or "Atlas" in one]
    (kept,) = own_data.read_own_data(worker, "json").tables["welfare_claims"]
    assert kept["told"]["words"] == WORDS  # type: ignore[index]
    assert kept["steps"][1]["next_words"] == "Recurrir"  # type: ignore[index]
    erasing.erase(worker, erasures.get_case(story.session, story.id), Cause.ASKED)
    left = text("SELECT count(*) FROM welfare_claims WHERE application = :id")
    assert story.session.execute(left, {"id": story.id}).scalar_one() == 0


@pytest.mark.feature("W26")
def test_a_family_tells_of_a_death_at_the_office(story: Story) -> None:
    story.supervise().start().submit().approve().sign()
    today, chief = legal_day(story.now), story.work(story.supervisor)
    identity, receipt = story.work(SYSTEM).new_id(), story.application.receipt or ""
    death = told(today, WelfareKind.DEATH, "Rosa, su hermana, 9999-0000")
    with pytest.raises(Invalid):
        welfare_claims.claim_welfare(story.work(story.worker), story.id, identity, death)
    with pytest.raises(Invalid):
        welfare_desk.note_told(chief, "NADIE", identity, death)
    for other in (story.setrass, story.worker):
        with pytest.raises(Forbidden):
            welfare_desk.note_told(story.work(other), receipt, identity, death)
    welfare_desk.note_told(chief, f" {receipt.lower()} ", identity, death)
    steps = (
        WelfareStep(WelfareAction.SEND, today, story.now, Ower.EMPLOYER, "La finca"),
        WelfareStep(WelfareAction.ACCEPT, today, story.now, amount=Decimal(9), currency="GTQ"),
        WelfareStep(WelfareAction.PAY, today, story.now),
        WelfareStep(WelfareAction.CONFIRM, today, story.now),
    )
    for seen, step in enumerate(steps[:3], 1):
        welfare_desk.note_step(chief, identity, step, seen)
    newer = UUID(claim(story))  # what waits for the office stands before what rests
    listed = [one.claim.id for one in welfare_desk.list_claims(chief)]
    assert listed.index(newer) < listed.index(identity)
    own = story.work(story.worker)
    with pytest.raises(Conflict, match="no-such-welfare-move"):
        welfare_claims.move_own_claim(own, story.id, identity, WelfareAction.CONFIRM, 4)
    welfare_desk.note_step(chief, identity, steps[3], 4)
    assert welfare_desk.open_claim(chief, identity).claim.status is WelfareStatus.CONFIRMED
    assert audit.list_events(story.session, identity)[-1].act is Act.WELFARE_CLAIM_READ
    here = select(outbox.c.key).where(outbox.c.key.like(f"welfare-answered:{story.id}:%"))
    assert story.session.scalars(here).all() == []  # nobody writes to the phone of who died
