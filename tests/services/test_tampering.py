"""A superuser of the database changes the log at random places; each sealed change is found.

Each attack is made and judged in a transaction that is rolled back, so one log serves them all.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import text

from app.services.log_checks import LogReport, check_log
from app.services.ports import Anchor
from app.services.sealing import seal_events
from app.services.work import Work
from app.storage.grants import OWNER
from permits.damages import Damage, Kind, Teller, first_of
from tests import outside
from tests.anchors import MemoryAnchor
from tests.databases import Server
from tests.proofs import record, times
from tests.services.logbook import Logbook
from tests.services.tampering import EXACT, RANGED, cut

pytestmark = [pytest.mark.feature("D2"), pytest.mark.promise("P11")]

EVENTS = times(1500, 100_000)
SEALED_BY = times(100, 500)
POSITIONS = times(2, 40)
"""Of each of the two dozen attacks that change a row or a few."""
HEAVY = times(2, 20)
"""Of each attack that writes the whole log anew."""

_found: Counter[str] = Counter()


@pytest.fixture(scope="module")
def log(database_server: Server) -> Iterator[tuple[Logbook, MemoryAnchor]]:
    """A sealed log with a checkpoint every so many events, of which every third was exported."""
    anchor = MemoryAnchor()
    with database_server.clone() as database:
        book = Logbook(database.of(OWNER), outside.ports())
        for turn in range(EVENTS // SEALED_BY):
            book.fill(SEALED_BY).seal()
            if turn % 3 == 2:
                book.export(anchor)
        yield book.export(anchor), anchor
    if _found:
        record(
            "tampering",
            f"a log of {EVENTS} events changed behind the service's back by a superuser",
            _found.total(),
            kinds_of_attack=len(_found),
            unnoticed=0,
        )


def places(name: str, number: int) -> Iterator[tuple[int, int]]:
    """Random leaves, and of each another after it."""
    chance = random.Random(f"{name} {EVENTS}")
    for _ in range(number):
        leaf, other = sorted(chance.sample(range(EVENTS), 2))
        yield leaf, other


def judged(
    book: Logbook, statements: Sequence[str], *anchors: Anchor | None, rebuild: bool = False
) -> list[LogReport]:
    """What the check says after these statements, with each anchor; nothing of it stays."""
    with book.database.sessions() as session:
        work = book.work_in(session)
        for statement in statements:
            session.execute(text(statement))
        if rebuild:
            write_anew(work)
        reports = [check_log(work, anchor) for anchor in anchors]
        session.rollback()
    return reports


def write_anew(work: Work) -> None:
    """Seal the log as it stands now from its first event on, with the very key."""
    for table in ("leaves", "nodes", "checkpoints", "exports"):
        work.session.execute(text(f"TRUNCATE audit_{table}"))
    work.session.execute(text("UPDATE audit_events SET xid = 100"))
    while seal_events(work, SEALED_BY):
        pass


@pytest.mark.parametrize("name", EXACT)
def test_a_change_is_found_where_it_was_made(log: tuple[Logbook, MemoryAnchor], name: str) -> None:
    book, _ = log
    case = EXACT[name]
    for leaf, other in places(name, POSITIONS):
        (report,) = judged(book, case.attack(leaf, other), None)
        expected = case.expected(leaf, other)
        first = report.first
        assert first is not None
        if expected.last is None and expected.leaf is not None:
            first = Damage(first.kind, first.told_by, first.leaf)
        assert first == expected
        assert not report.is_well
        _found[name] += 1


@pytest.mark.parametrize("name", RANGED)
def test_a_change_of_leaves_too_is_found_within_a_range(
    log: tuple[Logbook, MemoryAnchor], name: str
) -> None:
    book, _ = log
    for leaf, other in places(name, HEAVY):
        (report,) = judged(book, RANGED[name](leaf, other), None)
        first = report.first
        assert first is not None
        assert (first.leaf, first.last) != (None, None)
        assert first.leaf is not None
        assert first.last is not None
        assert first.leaf <= leaf <= first.last
        assert first.last - first.leaf < max(SEALED_BY, 256)
        _found[name] += 1


def test_a_cut_that_takes_the_checkpoints_too_is_found_by_the_exported_ones_alone(
    log: tuple[Logbook, MemoryAnchor],
) -> None:
    """Sabotage: without the second place nothing is noticed."""
    book, anchor = log
    for leaf, _ in places("cut", POSITIONS):
        alone, compared = judged(book, cut(leaf), None, anchor)
        size = leaf - leaf % SEALED_BY
        assert (alone.events, alone.is_well) == (size, True)
        assert compared.first == Damage(Kind.REMOVED, Teller.ANCHOR, size, first_exported(size) - 1)
        _found["cut with checkpoints"] += 1


def first_exported(size: int) -> int:
    """The size of the first exported checkpoint beyond a size."""
    step = 3 * SEALED_BY
    return min((size // step + 1) * step, EVENTS)


def test_an_emptied_log_is_found_by_the_exported_checkpoints_alone(
    log: tuple[Logbook, MemoryAnchor],
) -> None:
    book, anchor = log
    everything = "TRUNCATE audit_events, audit_leaves, audit_nodes, audit_checkpoints"
    alone, compared = judged(book, [everything], None, anchor)
    assert alone.is_well
    first = compared.first
    assert first == Damage(Kind.REMOVED, Teller.ANCHOR, 0, first_exported(0) - 1)
    _found["emptied with checkpoints"] += 1


REBUILT: dict[str, tuple[str, ...]] = {
    "edit": ("UPDATE audit_events SET role = 'inm-officer' WHERE id = {id}",),
    "delete": ("DELETE FROM audit_events WHERE id = {id}",),
    "swap": (
        "ALTER TABLE audit_events ALTER COLUMN id DROP IDENTITY",
        "UPDATE audit_events SET id = 1000000000 WHERE id = {id}",
        "UPDATE audit_events SET id = {id} WHERE id = {other}",
        "UPDATE audit_events SET id = {other} WHERE id = 1000000000",
    ),
}


@pytest.mark.parametrize("name", REBUILT)
def test_a_log_rewritten_with_the_very_key_is_found_by_the_exported_checkpoints_alone(
    log: tuple[Logbook, MemoryAnchor], name: str
) -> None:
    """Sabotage: tree and checkpoints are made anew, and without the second place all is well."""
    book, anchor = log
    for leaf, other in places(f"rebuild {name}", HEAVY):
        statements = [one.format(id=leaf + 1, other=other + 1) for one in REBUILT[name]]
        alone, compared = judged(book, statements, None, anchor, rebuild=True)
        assert alone.is_well
        first = compared.first
        assert first is not None
        assert first.told_by is Teller.ANCHOR
        if first.kind is Kind.REWRITTEN:
            assert first.leaf is not None
            assert first.last is not None
            assert first.leaf <= leaf <= first.last
        else:  # one is missing, and it was among those after the last export but one
            assert first.kind is Kind.REMOVED
            assert leaf >= EVENTS - 3 * SEALED_BY
        _found[f"rebuilt after {name}"] += 1


def test_the_unchanged_log_is_well(log: tuple[Logbook, MemoryAnchor]) -> None:
    book, anchor = log
    alone, compared = judged(book, [], None, anchor)
    assert alone.is_well
    assert compared.is_well
    assert alone.events == EVENTS


def test_the_first_of_many_is_the_narrowest_at_the_beginning() -> None:
    wide = Damage(Kind.REWRITTEN, Teller.CHECKPOINT, 100, 199)
    exact = Damage(Kind.ALTERED, Teller.EVENT, 150, 150, 151)
    later = Damage(Kind.REMOVED, Teller.EVENT, 300, 300, 301)
    nowhere = Damage(Kind.INSERTED, Teller.EVENT, event=7)
    assert first_of([later, nowhere, exact, wide]) == exact
    assert first_of([later, wide, nowhere]) == wide
    assert first_of([nowhere]) == nowhere
    assert first_of([]) is None
