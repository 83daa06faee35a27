"""Entries and exits that the posts send, online or long after; each is kept exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.services.work import Work
from app.storage import crossings
from app.storage.crossings import RecordedCrossing
from permits.audit import Act
from permits.crossings import (
    BATCH_LIMIT,
    Crossing,
    CrossingId,
    Outcome,
    find_anomalies,
    find_faults,
)
from permits.errors import Fault, Invalid
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import posts_of

__all__ = ["Answer", "RecordedCrossing", "list_crossings", "record_crossings"]


@dataclass(frozen=True)
class Answer:
    """What became of one crossing; `faults` only where it was refused."""

    id: CrossingId
    outcome: Outcome
    faults: tuple[Fault, ...] = ()


def record_crossings(work: Work, sent: Sequence[Crossing]) -> list[Answer]:
    """Record a batch in the order of the device's time; one faulty crossing stops no other.

    A crossing whose id is known is answered `already-recorded` if it says the same, and refused
    with `id-used-for-another` if it does not. Invalid for more than 500 at once. A session of an
    enrolled device records crossings of that device alone.
    """
    check_permission(work.actor, Permission.CROSSING_RECORD)
    if len(sent) > BATCH_LIMIT:
        raise Invalid([Fault("too-many", "crossings", {"limit": BATCH_LIMIT})])
    # By place and not by id: a batch may name one id twice, and each gets its own answer.
    order = sorted(range(len(sent)), key=lambda at: (sent[at].device_time, sent[at].id, at))
    answers = {at: _record(work, sent[at]) for at in order}
    return [answers[at] for at in range(len(sent))]


def _record(work: Work, crossing: Crossing) -> Answer:
    known = crossings.find_crossing(work.session, crossing.id)
    if known is not None:
        return _again(crossing, known)
    faults = find_faults(crossing, work.ports.reference.posts, work.now)
    if work.actor.device is not None and crossing.device != str(work.actor.device):
        faults.append(Fault("not-this-device", "device_id"))
    if faults:
        return Answer(crossing.id, Outcome.REFUSED, tuple(faults))
    earlier = crossings.list_directions(work.session, crossing.number, crossing.device_time)
    recorded = RecordedCrossing(crossing, work.now, find_anomalies(crossing, earlier))
    facts = {
        "direction": crossing.direction.value,
        "post": crossing.post,
        "verdict": crossing.verdict,
        "offline": crossing.offline,
    }
    event = work.event(Act.CROSSING_RECORDED, crossing.id, facts)
    if crossings.add_crossing(work.session, recorded, event=event):
        return Answer(crossing.id, Outcome.RECORDED)
    # Another request recorded the same id between the look and the write.
    found = crossings.find_crossing(work.session, crossing.id)
    return _again(crossing, found) if found else Answer(crossing.id, Outcome.REFUSED)


def _again(crossing: Crossing, known: RecordedCrossing) -> Answer:
    before = known.crossing
    same = (before.number, before.direction, before.post, before.device, before.device_time)
    if same == (
        crossing.number,
        crossing.direction,
        crossing.post,
        crossing.device,
        crossing.device_time,
    ):
        return Answer(crossing.id, Outcome.ALREADY_RECORDED)
    return Answer(crossing.id, Outcome.REFUSED, (Fault("id-used-for-another", "id"),))


def list_crossings(
    work: Work,
    *,
    limit: int,
    number: str | None = None,
    post: str | None = None,
    after: tuple[datetime, UUID] | None = None,
) -> list[RecordedCrossing]:
    """Crossings, newest first; who works at a post sees those of the own post only."""
    check_permission(work.actor, Permission.CROSSING_LIST)
    return crossings.list_crossings(
        work.session,
        limit=limit,
        posts=posts_of(work.actor),
        number=number,
        post=post,
        after=after,
    )
