"""Signing what waits: each by itself, and never anything but what was recorded."""

from dataclasses import replace

import pytest

from app import worker
from app.adapters.vault import SealBroken
from app.services import effects, issuing
from app.services.effects import EffectFailed
from app.services.ports import Ports
from app.settings import Settings
from app.storage import outbox
from app.storage.credentials import PAYLOAD, credentials
from app.storage.database import Session
from app.storage.sealed import seal_bytes
from app.wiring import House
from permits.errors import Conflict, Forbidden
from permits.people import SYSTEM
from permits.signing import KeyUse
from tests import outside
from tests.builders import Story
from tests.databases import Database
from tests.outside import MemoryKeys, MemorySigner


def states(story: Story) -> list[str]:
    rows = story.session.execute(credentials.select().order_by(credentials.c.prepared_at))
    return [row.state for row in rows]


@pytest.mark.promise("P24")
@pytest.mark.asvs("16.5.2")
@pytest.mark.feature("D7")
def test_one_key_that_is_gone_keeps_no_other_permit_waiting(story: Story) -> None:
    story.start().submit().approve()
    gone = story.ports.keys
    other = MemoryKeys({use: MemorySigner() for use in KeyUse})
    story.ports = replace(story.ports, keys=other)
    second = Story(story.session, story.ports, story.now).later(seconds=1)
    second.start().submit().approve().sign()
    assert states(story) == ["pending", "issued"]
    story.ports = replace(story.ports, keys=gone)
    story.sign()  # the key is back
    assert states(story) == ["issued", "issued"]


def test_a_permit_that_cannot_be_signed_waits_in_the_end_for_a_person(story: Story) -> None:
    story.start().submit().approve()
    story.ports = replace(story.ports, keys=MemoryKeys({use: MemorySigner() for use in KeyUse}))
    reasons = []
    for _ in range(30):
        story.later(minutes=10)
        try:
            with story.session.begin_nested():
                done = effects.run_next_effect(story.work(SYSTEM))
        except EffectFailed as failed:
            reasons.append((failed.due.effect.kind, failed.reason))
            effects.postpone_effect(story.work(SYSTEM), failed.due, failed.reason)
        else:
            if done is None:
                break
    assert reasons == [("sign-credential", "Conflict")] * effects.TRIES
    rows = story.session.execute(outbox.outbox.select()).all()
    assert [row.kind for row in rows if row.failed_at] == ["sign-credential"]
    assert all(row.done_at for row in rows if not row.failed_at)


@pytest.mark.promise("P4")
def test_bytes_that_were_changed_behind_our_back_are_not_signed(
    owner_session: Session, ports: Ports
) -> None:
    story = Story(owner_session, ports)
    story.start().submit().approve()
    (row,) = story.session.execute(credentials.select()).all()
    story.session.execute(credentials.update().values(payload=row.payload + b"\x00"))
    with pytest.raises(SealBroken):
        issuing.sign_credential(story.work(SYSTEM), row.id)
    other = seal_bytes(story.ports.vault, PAYLOAD, row.id, b"somebody who has the keys")
    story.session.execute(credentials.update().values(payload=other))
    with pytest.raises(Conflict) as refused:
        issuing.sign_credential(story.work(SYSTEM), row.id)
    assert refused.value.code == "recorded-bytes-differ"
    story.sign()
    assert states(story) == ["pending"]


@pytest.mark.promise("P28")
def test_an_effect_that_another_process_did_stays_done(story: Story) -> None:
    story.start()
    (due, *_) = outbox.lock_due(story.session, story.now, 10)
    outbox.finish(story.session, due, story.now)
    late = replace(due, attempts=effects.TRIES)
    effects.postpone_effect(story.work(SYSTEM), late, "OSError")
    row = story.session.execute(outbox.outbox.select().where(outbox.outbox.c.id == due.id)).one()
    assert (row.done_at, row.failed_at, row.attempts) == (story.now, None, 0)


class NoKeys(MemoryKeys):
    """The key store is away."""

    def signer(self, use: KeyUse) -> MemorySigner:
        raise OSError

    def signer_of(self, kid: bytes) -> MemorySigner:
        raise OSError


@pytest.mark.promise("P24")
@pytest.mark.asvs("16.5.2")
def test_the_worker_goes_on_where_a_task_fails(database: Database) -> None:
    ports: Ports = outside.ports()
    with database.sessions.begin() as session:
        Story(session, ports).start()
    away = replace(ports, keys=NoKeys())
    settings = Settings(database_url=database.url)  # type: ignore[arg-type]
    house = House(settings, database.engine, database.sessions, database.read_sessions, away)
    worker.keep_house(house)  # the status list cannot be signed
    assert worker.run_pending(house) > 0  # and the notices are sent all the same


@pytest.mark.asvs("8.2.1")
def test_nobody_but_the_service_signs(story: Story) -> None:
    story.start().submit().approve()
    (waiting,) = story.session.execute(credentials.select()).all()
    for actor in (story.setrass, story.inm, story.worker):
        with pytest.raises(Forbidden, match="not-permitted"):
            issuing.sign_credential(story.work(actor), waiting.id)
        with pytest.raises(Forbidden, match="not-permitted"):
            issuing.sign_pending(story.work(actor))
    assert states(story) == ["pending"]
    assert issuing.sign_pending(story.work(SYSTEM)) == 1
