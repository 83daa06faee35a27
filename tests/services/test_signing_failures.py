"""The signer fails, is away, is killed: no credential is lost, none is signed twice."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from sqlalchemy import Row, select

from app import worker
from app.adapters.key_modules import HardwareModule
from app.adapters.keyring import KeyRing
from app.services import issuing
from app.services.ports import Ports
from app.settings import Settings
from app.storage import outbox
from app.storage.audit import audit_events
from app.storage.credentials import TEXT, credentials, find_by_number
from app.storage.database import Session
from app.wiring import House
from permits import qr, signing
from permits.issuing import CredentialState
from permits.people import SYSTEM
from permits.signing import Signer
from tests import outside, softhsm
from tests.builders import NOW, Story, work_of
from tests.databases import Database
from tests.outside import ISSUER, MemoryKeys
from tests.proofs import record, times
from tests.services.crash_child import lasting_ports
from tests.softhsm import PIN, Token

KILLS = times(1, 100)
AWAY = times(3, 20)


@dataclass
class Failing:
    """A signer that fails so many times before it signs."""

    inner: Signer
    left: list[int]

    @property
    def kid(self) -> bytes:
        return self.inner.kid

    def sign(self, message: bytes) -> bytes:
        if self.left[0] > 0:
            self.left[0] -= 1
            raise OSError("the module is busy")
        return self.inner.sign(message)


@dataclass
class FailingKeys(MemoryKeys):
    """Keys whose signatures fail so many times, one after the other."""

    left: list[int] = field(default_factory=lambda: [0])

    def signer_of(self, kid: bytes) -> Signer:
        return Failing(super().signer_of(kid), self.left)


def state_of(story: Story) -> list[tuple[str, str | None]]:
    rows = story.session.execute(select(credentials).order_by(credentials.c.prepared_at))
    vault = story.ports.vault
    return [(r.state, None if r.text is None else vault.open(TEXT, r.id, r.text)) for r in rows]


def signed_events(story: Story) -> int:
    query = select(audit_events.c.id).where(audit_events.c.act == "credential:sign")
    return len(story.session.execute(query).all())


@pytest.mark.promise("P4", "P24")
@pytest.mark.asvs("16.5.2")
@pytest.mark.parametrize("failures", [1, 2, 30])
def test_a_signer_that_fails_so_many_times_signs_once_in_the_end(
    story: Story, failures: int
) -> None:
    keys = FailingKeys(left=[failures])
    story.ports = replace(story.ports, keys=keys)
    story.start().submit().approve()
    for _ in range(failures):
        story.sign()
        assert state_of(story) == [("pending", None)]
    story.sign().sign()
    ((state, text),) = state_of(story)
    assert state == "issued"
    assert text is not None
    assert signed_events(story) == 1


@pytest.mark.promise("P4")
@pytest.mark.feature("W13")
def test_a_worker_killed_between_signing_and_storing_leaves_one_permit(
    database: Database, tmp_path: Path
) -> None:
    told = tmp_path / "signatures"
    with database.sessions.begin() as session:
        story = Story(session, lasting_ports()).start().submit().approve()
        before = session.execute(select(credentials)).one()
    for number in range(1, KILLS + 1):
        words = [sys.executable, "-m", "tests.services.signing_child", database.url, str(told)]
        died = subprocess.run(words, check=False)
        assert died.returncode == -signal.SIGKILL
        assert told.stat().st_size == number * signing.SIGNATURE_SIZE  # it was signed, each time
        with database.sessions.begin() as session:
            assert session.execute(select(credentials)).one() == before
    with database.sessions.begin() as session:
        assert issuing.sign_pending(work_of(session, SYSTEM, lasting_ports())) == 1
        assert issuing.sign_pending(work_of(session, SYSTEM, lasting_ports())) == 0
    with database.sessions.begin() as session:
        found = find_by_number(session, story.ports.vault, before.number)
        assert found is not None
        assert found.state is CredentialState.ISSUED
        envelope = qr.read(found.text or "")
        assert (envelope.payload, envelope.to_be_signed) == (found.payload, found.to_be_signed)
        assert envelope.signature not in told.read_bytes()
    record(
        "killed-signers",
        "a worker killed with SIGKILL between a signature and its storing",
        KILLS,
        lost=0,
        doubled=0,
    )


@pytest.fixture
def token(tmp_path: Path) -> Iterator[Token]:
    with softhsm.token_of(tmp_path / "hsm") as token:
        yield token


@pytest.fixture
def hardware(token: Token, tmp_path: Path) -> Ports:
    """The outside world with keys in a hardware module."""
    module = HardwareModule(str(softhsm.find()), token.label, PIN)
    ring = KeyRing(tmp_path / "keys", "correct horse", ISSUER, module)
    ring.prepare(NOW, NOW)
    return replace(outside.ports(), keys=ring)


def list_rows(session: Session) -> Sequence[Row[Any]]:
    return session.execute(select(credentials).order_by(credentials.c.prepared_at)).all()


@pytest.mark.promise("P4", "P10", "P24")
@pytest.mark.asvs("13.3.3", "16.5.2")
@pytest.mark.feature("D7")
def test_a_module_that_goes_and_comes_back_loses_and_doubles_nothing(
    database: Database, token: Token, hardware: Ports
) -> None:
    settings = Settings(database_url=database.url)  # type: ignore[arg-type]
    house = House(settings, database.engine, database.sessions, database.read_sessions, hardware)
    for number in range(AWAY):
        token.things.rename(token.folder / "pulled out")
        with database.sessions.begin() as session:  # both agencies go on deciding
            Story(session, hardware).start().submit().approve()
        worker.run_pending(house)
        worker.keep_house(house)
        with database.sessions() as session:
            states = Counter(row.state for row in list_rows(session))
            assert states == Counter(issued=number, pending=1)
            failed = select(outbox.outbox.c.error).where(
                outbox.outbox.c.kind == "sign-credential", outbox.outbox.c.done_at.is_(None)
            )
            assert set(session.scalars(failed)) == {"ModuleAway"}  # told, and tried again
        (token.folder / "pulled out").rename(token.things)
        if number % 2:
            pkcs11.lib(str(softhsm.find())).reinitialize()  # and its sessions are lost
        with database.sessions.begin() as session:
            assert issuing.sign_pending(work_of(session, SYSTEM, hardware)) == 1
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, hardware)  # the effects that failed come late
        assert not any(issuing.sign_credential(work, row.id) for row in list_rows(session))
    check_all_signed(database, hardware)
    record(
        "hardware-module",
        "a hardware module (SoftHSM) that is pulled out and comes back while permits are approved",
        AWAY,
        lost=0,
        doubled=0,
    )


def check_all_signed(database: Database, hardware: Ports) -> None:
    """Each permit is issued, by the module's key, and its signing is in the log once."""
    with database.sessions() as session:
        rows = list_rows(session)
        assert [row.state for row in rows] == ["issued"] * AWAY
        key = hardware.keys.list_keys()[0]
        for row in rows:
            envelope = qr.read(hardware.vault.open(TEXT, row.id, row.text))
            message, signature = envelope.to_be_signed, envelope.signature
            assert signing.verify_es256(key.public, message, signature)
        count = select(audit_events.c.id).where(audit_events.c.act == "credential:sign")
        assert len(session.execute(count).all()) == AWAY
