"""What is let go of leaves the log whole: sealed before, erased, sealed after, checked."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from app.services import credentials, effects, erasing, log_proofs, retention, verification
from app.services.log_checks import LogReport, check_log
from app.services.ports import Ports
from app.storage.grants import WORKER
from permits.applications import Status
from permits.audit import Act
from permits.checkpoints import LogKeys, origin_of
from permits.merkle import leaf_hash, verify_inclusion
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.signing import KeyUse
from tests.anchors import MemoryAnchor
from tests.builders import NOW, PHONE, Story, work_of
from tests.databases import Database
from tests.services.logbook import Logbook
from tests.storage.test_sealed import dump

FILES = ("drafts", "closed", "permits")
LATE = NOW.replace(year=2041)
NAMES = ("María Ángela", "gutierrez", PHONE)


@pytest.fixture
def book(database: Database, ports: Ports) -> Logbook:
    return Logbook(database, ports)


def live(book: Logbook, status: Status) -> Story:
    """A story, committed in one transaction, with everything that waits done."""
    with book.database.sessions.begin() as session:
        story = Story(session, book.ports, book.now).reach(status)
        if status is Status.APPROVED:
            story.sign()
        while effects.run_next_effect(story.work(SYSTEM)) is not None:
            pass
        return story


def run(book: Logbook, now: datetime) -> retention.Counts:
    """What the worker lets go of at that time, with the rights of its own user."""
    book.now = now
    with book.database.of(WORKER).sessions.begin() as session:
        return retention.run_retention(work_of(session, SYSTEM, book.ports, now)).counts


def check(book: Logbook, anchor: MemoryAnchor) -> LogReport:
    with book.work(repeatable=True) as work:
        return check_log(work, anchor)


def named(book: Logbook) -> set[str]:
    """Which of the names stand anywhere in the database."""
    with book.database.sessions.begin() as session:
        kept = [row for rows in dump(session).values() for row in rows]
    return {name for name in NAMES if any(name in row for row in kept)}


@pytest.mark.promise("P26", "P11")
@pytest.mark.feature("D2", "H8")
@pytest.mark.asvs("14.2.7", "16.4.2")
def test_after_retention_the_log_verifies_back_to_the_checkpoints_of_before(book: Logbook) -> None:
    anchor = MemoryAnchor()
    statuses = (Status.DRAFT, Status.WITHDRAWN, Status.REFUSED, Status.APPROVED)
    stories = [live(book, status) for status in statuses]
    book.seal().export(anchor)
    before = check(book, anchor)
    assert before.is_well
    assert named(book) == set(NAMES)  # there is something to forget

    gone = run(book, LATE)
    assert {name: gone[name] for name in FILES} == {"drafts": 2, "closed": 1, "permits": 1}
    book.seal().export(anchor)

    assert named(book) == set()
    after = check(book, anchor)
    assert after.is_well
    assert after.events > before.events
    assert (after.waiting, after.damages) == (0, ())
    for story in stories:
        prove(book, story)
    book.tamper("UPDATE audit_events SET facts = '{}' WHERE act = 'application:erase'")
    assert not check(book, anchor).is_well  # what the check would see


def prove(book: Logbook, story: Story) -> None:
    """Everything that was ever done to this file is still proved, its erasure too."""
    query = text(
        "SELECT e.act, l.leaf FROM audit_events e JOIN audit_leaves l ON l.event = e.id"
        " WHERE e.subject = :subject ORDER BY e.id"
    )
    with book.work() as work:
        events = work.session.execute(query, {"subject": story.id}).all()
        acts = [event.act for event in events]
        assert (acts[0], acts[-1]) == (Act.APPLICATION_STARTED, Act.APPLICATION_ERASED)
        auditor = work.as_actor(Actor(PersonId(work.new_id()), Role.AUDITOR))
        keys = LogKeys(origin_of(work.ports.issuer), work.ports.keys.publics(KeyUse.LOG))
        for event in events:
            proof = log_proofs.prove_inclusion(auditor, event.leaf)
            signed = keys.open(proof.checkpoint)
            hashed = leaf_hash(proof.data)
            assert verify_inclusion(event.leaf, signed.size, hashed, proof.path, signed.root)


@pytest.mark.promise("P26")
@pytest.mark.feature("D8")
def test_a_wish_to_be_erased_leaves_the_log_whole_too(book: Logbook) -> None:
    anchor, story = MemoryAnchor(), live(book, Status.WITHDRAWN)
    book.seal().export(anchor)
    book.now += timedelta(days=31)
    with book.database.sessions.begin() as session:
        erasing.erase_own(work_of(session, story.worker, book.ports, book.now), story.id)
    with book.database.of(WORKER).sessions.begin() as session:
        work = work_of(session, SYSTEM, book.ports, book.now)
        while effects.run_next_effect(work) is not None:
            pass
    book.seal().export(anchor)
    assert named(book) == set()
    assert check(book, anchor).is_well
    prove(book, story)


@pytest.mark.promise("P26")
@pytest.mark.feature("D8")
def test_a_permit_verifies_until_its_end_and_its_number_is_known_ever_after(book: Logbook) -> None:
    story = live(book, Status.APPROVED)
    with book.work() as work:
        permit = credentials.find_permit_of(work.as_actor(story.worker), story.id)
    assert permit is not None
    end = permit.authorisation.valid_until
    assert run(book, datetime(end.year, end.month, end.day, tzinfo=NOW.tzinfo))["permits"] == 0
    with book.database.sessions.begin() as session:
        work = work_of(session, SYSTEM, book.ports, NOW)
        assert verification.judge(work, permit.credential.text or "").signature == "valid"
    assert run(book, LATE)["permits"] == 1
    with book.database.sessions.begin() as session:
        kept = session.execute(text("SELECT number, payload FROM credentials")).one()
    assert tuple(kept) == (permit.credential.number, None)


@pytest.mark.promise("P26")
@pytest.mark.feature("D8")
def test_a_consent_that_is_over_while_its_file_stands_is_told_every_night(book: Logbook) -> None:
    """A court holds the file back: nothing goes, and the office knows of it."""
    story = live(book, Status.APPROVED)
    with book.database.sessions.begin() as session:
        work = work_of(session, SYSTEM, book.ports, book.now)
        erasing.place_hold(work, story.id, "court")
        (end,) = session.execute(text("SELECT expires_at FROM consents")).scalars()

    def told(now: datetime) -> tuple[int, int]:
        with book.database.of(WORKER).sessions.begin() as session:
            work = work_of(session, SYSTEM, book.ports, now)
            planned = retention.plan_retention(work).consents_over
            return planned, retention.run_retention(work).consents_over

    assert told(end - timedelta(seconds=1)) == (0, 0)
    assert told(end) == (1, 1)
    with book.database.sessions.begin() as session:
        query = "SELECT facts->'consents_over' FROM audit_events WHERE act = 'retention:run'"
        assert session.execute(text(f"{query} ORDER BY id")).scalars().all()[-1] == 1
        erasing.lift_hold(work_of(session, SYSTEM, book.ports, end), story.id)
    assert told(LATE) == (1, 0)  # planned while it stands; gone with its file
    assert told(LATE) == (0, 0)
