"""Killed at any moment, failing after the signature: nothing acknowledged is lost or doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.services import effects, issuing
from app.services.effects import EffectFailed
from app.storage.credentials import TEXT, find_by_number
from app.storage.database import Session
from app.storage.grants import OWNER
from permits.issuing import CredentialState
from permits.people import SYSTEM
from tests import outside
from tests.builders import Story, work_of
from tests.databases import Database
from tests.outside import Letterbox
from tests.proofs import record, times
from tests.services.crash_child import lasting_ports, text_hash
from tests.services.half_states import check_carried_bytes, half_states

KILLS = times(2, 100)
FAILURES = times(2, 50)


def live_and_be_killed(database: Database, acknowledged: Path, chance: random.Random) -> None:
    """Start a child, wait until it has acknowledged something new, and kill it soon after."""
    before = acknowledged.stat().st_size if acknowledged.exists() else 0
    command = [sys.executable, "-m", "tests.services.crash_child", database.url, str(acknowledged)]
    child = subprocess.Popen(command)
    try:
        until = time.monotonic() + 60
        while not acknowledged.exists() or acknowledged.stat().st_size == before:
            assert child.poll() is None, "the child ended by itself"
            assert time.monotonic() < until, "the child acknowledges nothing"
            time.sleep(0.005)
        time.sleep(chance.random() * 1.2)  # the moment of the crash, anywhere in a case's life
        assert child.poll() is None, "the child ended by itself"
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()


def check_acknowledged(session: Session, lines: list[list[str]]) -> None:
    """Everything that somebody was told is there."""
    begun = session.execute(text("SELECT id FROM applications")).all()
    assert told(lines, "started") <= {(str(row.id),) for row in begun}
    signed = session.execute(
        text(
            "SELECT application FROM credentials c JOIN authorisations r ON r.id = c.authorisation"
            " JOIN audit_events e ON e.subject = c.id AND e.act = 'credential:sign'"
        )
    ).all()
    assert told(lines, "signed") <= {(str(row.application),) for row in signed}
    decided = session.execute(text("SELECT application, agency FROM decisions")).all()
    assert told(lines, "decided") <= {(str(row.application), row.agency) for row in decided}
    handed_in = session.execute(text("SELECT id FROM applications WHERE round > 0")).all()
    assert told(lines, "submitted") <= {(str(row.id),) for row in handed_in}
    query = text(
        "SELECT application, c.id, text FROM credentials c JOIN authorisations r"
        " ON r.id = c.authorisation WHERE text IS NOT NULL"
    )
    vault = outside.ports().vault
    carried = {
        (str(row.application), text_hash(vault.open(TEXT, row.id, row.text)))
        for row in session.execute(query)
    }
    assert told(lines, "text") <= carried


def told(lines: list[list[str]], what: str) -> set[tuple[str, ...]]:
    return {tuple(line[1:]) for line in lines if line[0] == what}


def recorded_bytes(session: Session) -> dict[str, tuple[bytes, bytes]]:
    query = text("SELECT number, to_be_signed, payload FROM credentials")
    return {row.number: (row.to_be_signed, row.payload) for row in session.execute(query)}


@pytest.mark.promise("P1", "P4")
@pytest.mark.asvs("2.3.3")
@pytest.mark.feature("W13")
def test_killed_at_any_moment_nothing_acknowledged_is_lost_or_doubled(
    database: Database, tmp_path: Path
) -> None:
    acknowledged, chance, left_pending = tmp_path / "acknowledged", random.Random(7), 0
    for _ in range(KILLS):
        live_and_be_killed(database, acknowledged, chance)
        lines = [line.split() for line in acknowledged.read_text().splitlines()]
        with database.sessions.begin() as session:
            check_acknowledged(session, lines)
            assert half_states(session) == []
            before = recorded_bytes(session)
            left_pending += issuing.sign_pending(work_of(session, SYSTEM, lasting_ports()))
        with database.sessions.begin() as session:
            assert half_states(session) == []
            assert recorded_bytes(session) == before
            check_carried_bytes(session, outside.ports().vault)
    kinds = Counter(line[0] for line in lines)
    record(
        "crashes",
        "a process killed with SIGKILL at random moments while it decides and signs",
        KILLS,
        acknowledged_decisions=kinds["decided"],
        acknowledged_permits=kinds["text"],
        left_pending_and_signed_later=left_pending,
        lost=0,
        doubled=0,
    )


@pytest.mark.promise("P4", "P24")
@pytest.mark.feature("W13")
def test_a_failure_after_the_signature_leaves_a_permit_that_is_known_and_signed_later(
    database: Database,
) -> None:
    """Boulder's test: the write after the signing fails, again and again."""
    with database.sessions.begin() as session:
        story = Story(session, lasting_ports()).start().submit().approve()
        (before,) = recorded_bytes(session).items()
    with database.of(OWNER).sessions.begin() as session:
        session.execute(
            text(
                "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'disk full'; END $$"
            )
        )
        session.execute(
            text(
                "CREATE TRIGGER fail BEFORE UPDATE ON credentials"
                " FOR EACH ROW EXECUTE FUNCTION fail()"
            )
        )
    for _ in range(FAILURES):
        with database.sessions.begin() as session:
            assert issuing.sign_pending(work_of(session, SYSTEM, story.ports)) == 0
        with database.sessions() as session:
            found = find_by_number(session, story.ports.vault, before[0])
            assert found is not None  # known by its number, so it can be revoked
            with pytest.raises(DBAPIError):
                issuing.sign_credential(work_of(session, SYSTEM, story.ports), found.id)
    with database.of(OWNER).sessions.begin() as session:
        assert half_states(session) == []
        session.execute(text("DROP TRIGGER fail ON credentials"))
    with database.sessions.begin() as session:
        assert issuing.sign_pending(work_of(session, SYSTEM, story.ports)) == 1
    with database.sessions.begin() as session:
        assert recorded_bytes(session) == dict([before])
        check_carried_bytes(session, outside.ports().vault)
        found = find_by_number(session, story.ports.vault, before[0])
        assert found is not None
        assert found.state is CredentialState.ISSUED
    record("failing-store", "the write after the signing fails", FAILURES, unknown_permits=0)


@pytest.mark.promise("P28")
@pytest.mark.feature("W11")
def test_a_letter_that_fails_is_sent_once_the_line_is_back(database: Database) -> None:
    ports = lasting_ports()
    letterbox = ports.messenger
    assert isinstance(letterbox, Letterbox)
    letterbox.broken = True
    with database.sessions.begin() as session:
        story = Story(session, ports).start()
    for failures in range(3):
        letterbox.broken = True
        with pytest.raises(EffectFailed) as failed, database.sessions.begin() as session:
            effects.run_next_effect(work_of(session, SYSTEM, ports, story.now))
        assert failed.value.due.attempts == failures
        with database.sessions.begin() as session:
            work = work_of(session, SYSTEM, ports, story.now)
            effects.postpone_effect(work, failed.value.due, failed.value.reason)
            assert effects.run_next_effect(work) is None  # not before its time
        story.later(seconds=2 ** (failures + 1))
    letterbox.broken = False
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, story.now)
        assert effects.run_next_effect(work) is not None
        assert effects.run_next_effect(work) is None
    assert [letter.recipient for letter in letterbox.letters.values()] == ["+50255512345"]
