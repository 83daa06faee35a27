"""A backup while people write, all lost, restored elsewhere; nothing given out twice."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.adapters import manifests
from app.services import verification
from app.services.ports import Chance
from app.services.restoring import begin_anew
from app.storage import grants, list_openings, rights, status_lists
from app.web.clock import utc_now
from permits import cose, generations, status_list
from permits.people import SYSTEM
from permits.status_list import SIZE, Status
from tests.builders import work_of
from tests.cli.drill import (
    FORGOTTEN,
    GIVEN_OUT,
    NUMBERS,
    PLACES,
    RECEIPTS,
    STORED,
    Drill,
    House,
    house,
    permit,
)
from tests.cli.test_commands import vereda
from tests.databases import Database
from tests.services.half_states import half_states


@pytest.mark.promise("P22")
def test_what_was_acknowledged_before_the_backup_is_back(drill: Drill, restored: House) -> None:
    there = restored
    for query, given in drill.before.items():
        assert given <= set(there.ask(query))
    with there.database.sessions.begin() as session:
        assert half_states(session) == []
    stored = there.ask(STORED)
    assert len(stored) >= 2
    for key, sha256 in stored:
        assert manifests.measure(there.folder / "objects" / key).sha256 == sha256
    loaded = (there.folder / "programmes/coffee-hn-sv.toml").read_bytes()
    assert loaded == Path("tests/programmes/coffee-hn-sv.toml").read_bytes()
    with there.database.sessions.begin() as session:
        judged = verification.judge(work_of(session, SYSTEM, there.ports, utc_now()), drill.text)
    assert (judged.signature.value, judged.status.value) == ("valid", "valid")
    assert rights.find_excess(there.database.of(grants.APP).engine, {grants.APP}) == []
    verified = vereda("audit", "verify", "--anchor", "none", **there.variables)
    assert verified.returncode == 0, verified.stdout


@pytest.mark.promise("P22")
def test_the_list_tells_the_very_instant_although_people_wrote(drill: Drill) -> None:
    counts = drill.listed.counts
    assert drill.written_meanwhile > 0
    assert counts["credentials"] == counts["authorisations"] >= 2
    assert counts["credentials"] < len(drill.lost.ask(NUMBERS))
    assert drill.listed.checkpoint is not None


@pytest.mark.promise("P22")
def test_who_was_erased_after_the_backup_stays_erased(restored: House) -> None:
    names = {name for (name,) in restored.ask("SELECT worker_name FROM applications")}
    assert any("María" in name for name in names)
    assert [name for name in names if FORGOTTEN in name] == []
    causes = restored.ask("SELECT DISTINCT cause FROM erasures")
    assert causes == [("restored",)]


@pytest.mark.promise("P8", "P22")
def test_who_was_revoked_after_the_backup_is_refused_known_to_it_or_not(
    drill: Drill, restored: House
) -> None:
    with restored.database.sessions.begin() as session:
        published = status_lists.find_published(session, generations.FIRST_LIST)
    assert published is not None
    signed = status_list.read_claims(cose.read_sign1(published.cwt).payload)
    assert {number for number, _ in drill.ended.places} == {generations.FIRST_LIST}
    assert [signed.status(index) for _, index in drill.ended.places] == [Status.INVALID] * 2
    application = drill.ended.known.story.id
    stored = f"SELECT status FROM authorisations WHERE application = '{application}'"
    assert restored.ask(stored) == [("revoked",)]
    assert len(restored.ask("SELECT * FROM ended_places")) == 1
    acts = {act for (act,) in restored.ask("SELECT act FROM audit_events")}
    assert {"authorisation:revoke", "status-list:end-place"} <= acts


@pytest.mark.promise("P22")
def test_nothing_that_was_given_out_before_the_loss_is_given_out_again(
    drill: Drill, restored: House
) -> None:
    """Even where chance repeats itself: places and receipts differ by what the restore began."""
    there = replace(restored)
    known = {query: set(there.ask(query)) for query in GIVEN_OUT}
    given = {query: set(drill.lost.ask(query)) for query in GIVEN_OUT}
    unknown = {query: given[query] - known[query] for query in GIVEN_OUT}
    assert all(unknown.values())  # there is something that could be given out twice
    there.ports = replace(there.ports, chance=Repeating(there.ports.chance, unknown))
    for _ in range(3):
        there.live(permit)
    for query in (PLACES, RECEIPTS):
        new = set(there.ask(query)) - known[query]
        assert len(new) == 3
        assert new & given[query] == set()


class Repeating:
    """Chance that draws again what was drawn for those that are lost."""

    def __init__(self, chance: Chance, unknown: dict[str, set[tuple[Any, ...]]]) -> None:
        self._chance = chance
        self._indexes = [index for _, index in unknown[PLACES]]
        self._receipts = [int(row[0][5:14].replace("-", "")) for row in unknown[RECEIPTS]]

    def token(self, size: int) -> bytes:
        return self._chance.token(size)

    def below(self, limit: int) -> int:
        repeated = {SIZE: self._indexes, 10**8: self._receipts}.get(limit, [])
        return repeated.pop() if repeated else self._chance.below(limit)


def test_two_restores_of_one_backup_begin_two_lists(database: Database, tmp_path: Path) -> None:
    there = house(database, tmp_path)
    begun = list[int]()
    for minutes in range(3):
        now = utc_now() + timedelta(minutes=minutes)
        with database.of(grants.OWNER).sessions() as session:  # rolled back: the next knows nothing
            begun.append(begin_anew(work_of(session, SYSTEM, there.ports, now), now, "x"))
    assert len(set(begun)) == 3
    assert generations.FIRST_LIST not in begun
    assert len({generations.receipt_mark(number) for number in begun}) == 3
    with database.of(grants.OWNER).sessions() as session:
        work = work_of(session, SYSTEM, there.ports, utc_now())
        first = begin_anew(work, work.now, "x")
        assert begin_anew(work, work.now, "y") == first + 1
        assert list_openings.read_current_list(session, work.now) == first + 1
