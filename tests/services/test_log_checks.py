"""What the check says of a whole log, of a growing one, and of what stands beside the log."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.services.log_checks import LogReport, check_log
from app.services.ports import Ports
from app.storage.grants import AUDITOR
from permits.damages import Damage, Kind, Teller
from tests.anchors import MemoryAnchor
from tests.databases import Database
from tests.services.logbook import Logbook

pytestmark = [pytest.mark.feature("D2"), pytest.mark.promise("P11")]


@pytest.fixture
def book(database: Database, ports: Ports) -> Logbook:
    return Logbook(database, ports)


def check(book: Logbook, anchor: MemoryAnchor | None = None) -> LogReport:
    with book.work(repeatable=True) as work:
        return check_log(work, anchor)


def test_a_whole_log_is_well(book: Logbook) -> None:
    anchor = MemoryAnchor()
    for _ in range(3):
        book.write(700).seal(batch=300).export(anchor)
    report = check(book, anchor)
    assert report == LogReport(2100, 0, 9, 3, (), 0)
    assert report.is_well
    assert report.first is None


def test_an_empty_log_is_well(book: Logbook) -> None:
    assert check(book) == LogReport(0, 0, 0, None, (), 0)
    assert check(book, MemoryAnchor()).is_well


def test_what_waits_for_its_seal_is_counted_and_no_damage(book: Logbook) -> None:
    book.write(5).seal().write(3)
    report = check(book)
    assert (report.events, report.waiting, report.is_well) == (5, 3, True)


def test_progress_is_told(book: Logbook) -> None:
    book.write(10).seal()
    told = list[tuple[int, int]]()
    with book.work(repeatable=True) as work:
        check_log(work, None, lambda done, size: told.append((done, size)))
    assert told == [(10, 10)]


def test_a_second_place_that_knows_nothing_of_a_sealed_log_is_not_well(book: Logbook) -> None:
    book.write(5).seal()
    report = check(book, MemoryAnchor())
    assert (report.exported, report.found, report.is_well) == (0, 0, False)


def test_a_second_place_that_does_not_answer_is_no_answer(book: Logbook) -> None:
    book.write(5).seal()
    with pytest.raises(OSError, match="no line"):
        check(book, MemoryAnchor(broken=True))


def test_a_log_with_any_damage_is_not_well(book: Logbook) -> None:
    book.write(5).seal().tamper("UPDATE audit_events SET request = 'x' WHERE id = 3")
    report = check(book)
    assert not report.is_well
    assert report.first == Damage(Kind.ALTERED, Teller.EVENT, 2, 2, 3)


def test_the_auditors_own_user_may_check_and_do_nothing_else(book: Logbook) -> None:
    book.write(300).seal()
    with book.database.of(AUDITOR).sessions.begin() as session:
        assert check_log(book.work_in(session)).is_well
        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text("DELETE FROM audit_leaves"))
        session.rollback()


def test_an_event_that_claims_to_be_old_is_told(book: Logbook) -> None:
    """Somebody writes an event as any program may, and dates it back."""
    book.write(5).seal()
    book.now -= timedelta(hours=2)
    book.write(1)
    book.now += timedelta(hours=2)
    book.seal(later=timedelta(minutes=1))
    assert check(book).damages == (Damage(Kind.BACK_DATED, Teller.EVENT, 5, 5, 6),)


def test_an_event_that_was_just_late_is_not(book: Logbook) -> None:
    book.write(5).seal(later=timedelta(minutes=50))
    book.now -= timedelta(minutes=50)
    book.write(1).seal()
    assert check(book).is_well


CHECKPOINTS: dict[str, tuple[str, Damage]] = {
    "no note": ("note = 'x'", Damage(Kind.FORGED, Teller.CHECKPOINT, 9, 9)),
    "another size": (
        "note = (SELECT note FROM audit_checkpoints WHERE size = 5)",
        Damage(Kind.FORGED, Teller.CHECKPOINT, 9, 9),
    ),
    "signature": (
        r"note = regexp_replace(note, '\n10\n', E'\n11\n')",
        Damage(Kind.FORGED, Teller.CHECKPOINT, 9, 9),
    ),
}


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_a_changed_checkpoint_is_told(book: Logbook, name: str) -> None:
    change, damage = CHECKPOINTS[name]
    for _ in range(3):
        book.write(5).seal()
    book.tamper(f"UPDATE audit_checkpoints SET {change} WHERE size = 10")
    assert check(book).damages == (damage,)


def test_a_foreign_note_at_the_second_place_is_told(book: Logbook) -> None:
    anchor = MemoryAnchor()
    book.write(5).seal().export(anchor)
    anchor.kept[6] = anchor.kept[5].replace("\n5\n", "\n4\n")
    assert check(book, anchor).damages == (Damage(Kind.FORGED, Teller.ANCHOR),)


def test_a_changed_node_is_told(book: Logbook) -> None:
    book.write(700).seal().tamper("UPDATE audit_nodes SET hash = sha256('x') WHERE node = 1")
    assert check(book).damages == (Damage(Kind.ALTERED, Teller.NODE, 256, 511),)


def test_instants_and_facts_that_python_cannot_hold_are_damages_and_no_errors(
    book: Logbook,
) -> None:
    book.write(5).seal().tamper(
        "UPDATE audit_events SET at = 'infinity' WHERE id = 1",
        "UPDATE audit_events SET at = '-infinity' WHERE id = 2",
        "UPDATE audit_events SET facts = (repeat('[', 3000) || repeat(']', 3000))::jsonb"
        " WHERE id = 3",
        "UPDATE audit_events SET facts = ('{\"version\": 1' || repeat('0', 5000) || '}')::jsonb"
        " WHERE id = 4",
    )
    assert [damage.event for damage in check(book).damages] == [1, 2, 3, 4]


def test_more_damages_than_are_told_are_counted(book: Logbook) -> None:
    book.write(1500).seal().tamper("UPDATE audit_events SET request = 'x'")
    report = check(book)
    assert (report.found, len(report.damages)) == (1500, 1000)
