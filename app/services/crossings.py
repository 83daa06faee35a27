"""Entries and exits that the posts send, online or long after; each is kept exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.services.work import Work
from app.storage import crossings
from app.storage.crossings import CrossingFilter, RecordedCrossing, Surroundings, Tally
from permits.audit import Act
from permits.crossings import (
    BATCH_LIMIT,
    Background,
    Crossing,
    CrossingId,
    Outcome,
    Passage,
    find_anomalies,
    find_faults,
)
from permits.deadlines import end_of, start_of
from permits.errors import Fault, Invalid
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import posts_of
from permits.travel import shortest_way

__all__ = [
    "Answer",
    "CrossingDay",
    "RecordedCrossing",
    "Tally",
    "list_crossings",
    "read_day",
    "record_crossings",
]


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
    crossings.lock_permits(work.session, {crossing.number for crossing in sent})
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
    around = crossings.read_surroundings(work.session, crossing)
    anomalies = find_anomalies(crossing, _background(work, crossing, around.last, around.ended_at))
    recorded = RecordedCrossing(crossing, work.now, anomalies)
    facts = {
        "direction": crossing.direction.value,
        "post": crossing.post,
        "verdict": crossing.verdict,
        "offline": crossing.offline,
        "minors": len(crossing.minors),
    }
    event = work.event(Act.CROSSING_RECORDED, crossing.id, facts)
    if crossings.add_crossing(work.session, recorded, event=event):
        _look_again(work, crossing, around)
        return Answer(crossing.id, Outcome.RECORDED)
    # Another request recorded the same id between the look and the write.
    found = crossings.find_crossing(work.session, crossing.id)
    return _again(crossing, found) if found else Answer(crossing.id, Outcome.REFUSED)


def _look_again(work: Work, crossing: Crossing, around: Surroundings) -> None:
    """A crossing that arrives late may explain the one after it, or be what it lacked."""
    if around.next is None:
        return
    following = around.next.crossing
    passage = Passage(crossing.direction, crossing.post, crossing.device_time)
    anomalies = find_anomalies(following, _background(work, following, passage, around.ended_at))
    if anomalies != around.next.anomalies:
        facts = {"anomalies": [anomaly.value for anomaly in anomalies]}
        event = work.event(Act.CROSSING_REJUDGED, following.id, facts)
        crossings.save_anomalies(work.session, following.id, anomalies, event=event)


def _background(
    work: Work, crossing: Crossing, last: Passage | None, ended_at: datetime | None
) -> Background:
    places = work.ports.reference.post_places
    way = shortest_way(places.get(last.post), places.get(crossing.post)) if last else timedelta()
    return Background(last, way, ended_at)


def _again(crossing: Crossing, known: RecordedCrossing) -> Answer:
    before = known.crossing
    same = (
        before.number,
        before.direction,
        before.post,
        before.device,
        before.device_time,
        before.minors,
    )
    if same == (
        crossing.number,
        crossing.direction,
        crossing.post,
        crossing.device,
        crossing.device_time,
        crossing.minors,
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
    wanted = CrossingFilter(posts_of(work.actor), post, number)
    return crossings.list_crossings(work.session, wanted, limit=limit, after=after)


PAGE = 50


@dataclass(frozen=True)
class CrossingDay:
    """One local day: the tallies of all of it, some crossings, the key of the next page."""

    tallies: tuple[Tally, ...]
    crossings: tuple[RecordedCrossing, ...]
    next: tuple[datetime, UUID] | None


def read_day(
    work: Work,
    day: date,
    *,
    post: str | None = None,
    with_anomalies: bool = False,
    after: tuple[datetime, UUID] | None = None,
) -> CrossingDay:
    """The crossings of a day in the legal time zone, by the devices' time, newest first.

    Who works at a post sees the own post alone. The tallies are of the whole day, whatever part
    of it is shown.
    """
    check_permission(work.actor, Permission.CROSSING_LIST)
    whole = CrossingFilter(posts_of(work.actor), post, None, start_of(day), end_of(day))
    shown = replace(whole, with_anomalies=with_anomalies)
    rows = crossings.list_crossings(work.session, shown, limit=PAGE + 1, after=after)
    page = tuple(rows[:PAGE])
    more = (page[-1].crossing.device_time, page[-1].crossing.id) if len(rows) > PAGE else None
    return CrossingDay(tuple(crossings.count_crossings(work.session, whole)), page, more)
