"""Cards by the batch: drawn step by step, one file, printed when confirmed, handed over once."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import card_batches, credentials, effects, hand_overs, own_data
from app.services.card_batches import STEP
from app.services.ports import Ports
from app.services.work import Work
from app.storage import audit
from app.storage import card_batches as kept
from app.storage.database import Session
from permits import permit_numbers
from permits.audit import Act
from permits.card_batches import KEPT, BatchAction, BatchState
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.issuing import Credential, RevocationReason
from permits.people import Actor, PersonId, Role
from tests.builders import Story, add_official, work_of
from tests.memory_files import MemoryObjects
from tests.papers import words_of


@pytest.fixture
def story(story: Story) -> Story:
    """One signed permit."""
    return story.start().submit().approve().sign()


def order(story: Story, most: int = 1000, batch: UUID | None = None) -> UUID:
    work = story.work(story.setrass)
    return card_batches.order_batch(work, batch or uuid4(), "coffee-hn-gt", "es", most).id


def work_off(story: Story) -> int:
    """The worker process, until nothing is due; returns how many effects it did."""
    system = work_of(
        story.session, Actor(PersonId(UUID(int=0)), Role.SYSTEM), story.ports, story.now
    )
    done = 0
    while effects.run_next_effect(system) is not None:
        done += 1
    return done


def files(story: Story) -> list[str]:
    """What stands in the object store of batches."""
    assert isinstance(story.ports.objects, MemoryObjects)
    return sorted(key for key in story.ports.objects.files if key.startswith("card-batches/"))


def carrier(story: Story) -> Credential:
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    return permit.credential


def more(story: Story, count: int) -> list[Credential]:
    """So many further permits of other people."""
    made = []
    for _ in range(count):
        other = Story(story.session, story.ports, story.now)
        made.append(carrier(other.start().submit().approve().sign()))
    return made


def colleague(story: Story) -> Work:
    """Somebody else of the office, who confirms what was ordered."""
    return story.work(add_official(story.session, story.ports, Role.SETRASS_OFFICER))


@pytest.mark.promise("P3")
def test_the_database_refuses_a_batch_printed_by_who_ordered_it(
    story: Story, session: Session
) -> None:
    order(story)
    work_off(story)
    printed = "UPDATE card_batches SET state = 'printed', settled_at = now(), settled_by = "
    for alone in ("ordered_by", "NULL"):
        with pytest.raises(IntegrityError, match="does not confirm it"), session.begin_nested():
            session.execute(text(printed + alone))
    session.execute(text(printed + "gen_random_uuid()"))


@pytest.mark.feature("W14", "O18")
def test_a_batch_is_one_file_with_two_pages_a_card_in_the_order_of_the_list(
    story: Story, session: Session
) -> None:
    numbers = {each.number for each in [carrier(story), *more(story, 2)]}
    batch = order(story)
    work = story.work(story.setrass)
    drawing, _ = card_batches.read_batch(work, batch)
    assert (drawing.state, drawing.drawn, drawing.total) == (BatchState.DRAWING, 0, 3)
    with pytest.raises(Conflict, match="batch-still-drawn"):
        card_batches.take_file(work, batch)

    work_off(story)
    ready, cards = card_batches.read_batch(work, batch)
    assert (ready.state, ready.drawn) == (BatchState.READY, 3)
    assert {card.number for card in cards} == numbers
    pdf = card_batches.take_file(work, batch)
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 6
    said = words_of(pdf)
    at = [said.index(permit_numbers.show(card.number)) for card in cards]
    assert at == sorted(at)
    for card in cards:  # each person is told that an official had their card
        events = audit.list_events(session, card.credential)
        assert [e.facts for e in events if e.act is Act.CREDENTIAL_READ] == [{"form": "card"}]


def test_it_is_drawn_a_few_at_a_time_and_each_step_is_seen(story: Story) -> None:
    more(story, STEP + 1)
    work_off(story)
    batch = order(story)
    system = work_of(
        story.session, Actor(PersonId(UUID(int=0)), Role.SYSTEM), story.ports, story.now
    )
    seen = []
    while effects.run_next_effect(system) is not None:
        found, _ = card_batches.read_batch(story.work(story.setrass), batch)
        seen.append((found.state.value, found.drawn))
    steps = list(dict.fromkeys(seen))
    assert steps == [("drawing", STEP), ("drawing", STEP + 2), ("ready", STEP + 2)]
    # The parts are forgotten once the file is there; a lost reply draws nothing twice.
    assert files(story) == [f"card-batches/{batch}/cards.pdf"]
    card_batches.draw_cards(system, {"batch": str(batch), "first": STEP})
    assert card_batches.read_batch(story.work(story.setrass), batch)[0].drawn == STEP + 2


def test_ordered_twice_it_is_one_batch_and_nobody_is_on_two_cards(story: Story) -> None:
    batch = uuid4()
    assert order(story, batch=batch) == order(story, batch=batch) == batch
    with pytest.raises(Conflict, match="no-card-waits"):
        order(story)


def test_cards_count_as_printed_once_somebody_says_so(story: Story, session: Session) -> None:
    batch, credential = order(story), carrier(story)
    work = story.work(story.setrass)
    with pytest.raises(Conflict, match="batch-still-drawn"):
        card_batches.settle_batch(work, batch, BatchAction.CONFIRM)
    work_off(story)
    with pytest.raises(Conflict, match="card-not-printed"):
        hand_overs.hand_over(work, credential.id)

    with pytest.raises(Forbidden, match="batch-by-another"):
        card_batches.settle_batch(work, batch, BatchAction.CONFIRM)
    card_batches.settle_batch(colleague(story), batch, BatchAction.CONFIRM)
    hand_overs.hand_over(work, credential.id)
    with pytest.raises(Conflict, match="card-handed-over"):
        hand_overs.hand_over(work, credential.id)
    with pytest.raises(Conflict, match="batch-settled"):
        card_batches.take_file(work, batch)
    with pytest.raises(Conflict, match="batch-settled"):
        card_batches.settle_batch(work, batch, BatchAction.DISCARD)
    handed = [e for e in audit.list_events(session, credential.id) if e.act is Act.CARD_HANDED_OVER]
    assert [e.person for e in handed] == [story.setrass.person]
    work_off(story)
    assert files(story) == []
    told = own_data.read_own_data(story.work(story.worker), "json").tables["card_prints"]
    assert [set(row) >= {"printed_at", "handed_over_at"} for row in told] == [True]


@pytest.mark.parametrize("drawn", [False, True])
def test_a_discarded_batch_lets_its_permits_go(story: Story, drawn: bool) -> None:
    batch = order(story)
    if drawn:
        work_off(story)
    card_batches.settle_batch(story.work(story.setrass), batch, BatchAction.DISCARD)
    work_off(story)
    assert files(story) == []
    assert order(story) != batch


def test_what_nobody_settles_is_discarded_after_a_week(story: Story) -> None:
    batch = order(story)
    work_off(story)
    system = Actor(PersonId(UUID(int=0)), Role.SYSTEM)
    early = work_of(story.session, system, story.ports, story.now + KEPT)
    late = work_of(story.session, system, story.ports, story.now + KEPT + timedelta(seconds=1))
    assert card_batches.discard_forgotten(early) == 0
    assert card_batches.discard_forgotten(late) == 1
    assert kept.get_batch(story.session, batch).state is BatchState.DISCARDED


def test_a_permit_that_ends_meanwhile_leaves_the_batch_before_it_is_drawn(story: Story) -> None:
    (other,) = more(story, 1)
    gone = carrier(story)
    batch = order(story)
    revoke(story, gone)
    work_off(story)
    _, cards = card_batches.read_batch(story.work(story.setrass), batch)
    assert [card.credential for card in cards] == [other.id]
    pdf = card_batches.take_file(story.work(story.setrass), batch)
    assert permit_numbers.show(gone.number) not in words_of(pdf)


def test_a_batch_of_which_nobody_is_left_is_discarded(story: Story) -> None:
    batch = order(story)
    revoke(story, carrier(story))
    work_off(story)
    found, cards = card_batches.read_batch(story.work(story.setrass), batch)
    assert (found.state, cards) == (BatchState.DISCARDED, [])


def test_a_printed_card_whose_permit_ended_is_not_handed_over(story: Story) -> None:
    batch, credential = order(story), carrier(story)
    work_off(story)
    work = story.work(story.setrass)
    card_batches.settle_batch(colleague(story), batch, BatchAction.CONFIRM)
    revoke(story, credential)
    with pytest.raises(Conflict, match="permit-not-standing"):
        hand_overs.hand_over(work, credential.id)


def test_the_counter_finds_a_card_by_its_number(story: Story) -> None:
    work, credential = story.work(story.setrass), carrier(story)
    shown = permit_numbers.show(credential.number).lower()
    with pytest.raises(Invalid) as refused:
        hand_overs.find_number(work, shown)
    assert [fault.code for fault in refused.value.faults] == ["no-such-card"]
    order(story)
    assert hand_overs.find_number(work, shown) == credential.id
    wrong = shown[:-1] + ("2" if shown[-1] != "2" else "3")
    with pytest.raises(Invalid) as refused:
        hand_overs.find_number(work, wrong)
    assert [fault.code for fault in refused.value.faults] == ["malformed"]


def test_a_batch_is_its_offices_and_printing_is_not_everybodys(
    story: Story, ports: Ports, session: Session
) -> None:
    batch = order(story)
    with pytest.raises(NotFound):
        card_batches.read_batch(story.work(story.inm), batch)
    agent = add_official(session, ports, Role.BORDER_AGENT)
    for actor in (story.worker, agent, Actor(PersonId(uuid4()), Role.ANYONE)):
        with pytest.raises(Forbidden):
            card_batches.read_batch(story.work(actor), batch)
        with pytest.raises(Forbidden):
            hand_overs.find_number(story.work(actor), "1")
    analyst = add_official(session, ports, Role.SETRASS_ANALYST)
    with pytest.raises(Forbidden):
        order_as(story, analyst)


@pytest.mark.parametrize("most", [0, 1001])
def test_a_batch_has_bounds(story: Story, most: int) -> None:
    with pytest.raises(Invalid):
        order(story, most=most)


@pytest.fixture
def broken(story: Story) -> UUID:
    """A batch whose first part was written by a process that died before its commit."""
    batch = order(story)
    story.ports.objects.put(f"card-batches/{batch}/0000.json", b"[", "application/json")
    return batch


def test_a_part_left_by_a_process_that_died_is_written_over(story: Story, broken: UUID) -> None:
    work_off(story)
    assert card_batches.read_batch(story.work(story.setrass), broken)[0].state is BatchState.READY


def revoke(story: Story, credential: Credential) -> None:
    now = credentials.find_permit_of(story.work(story.setrass), story.id)
    assert now is not None
    credentials.revoke_credential(
        story.work(story.setrass),
        credential.id,
        RevocationReason.LOST,
        seen_version=now.credential.version,
    )


def order_as(story: Story, actor: Actor) -> None:
    card_batches.order_batch(story.work(actor), uuid4(), "coffee-hn-gt", "es", 10)
