"""A minor came to a post without a parent: whoever is on duty for children is told at once."""

from collections.abc import Sequence
from datetime import date

from app.services import notices
from app.services.crossings import Answer
from app.services.work import Work
from app.storage import child_alerts
from app.storage.child_alerts import ReceivedAlert
from permits.audit import Act, Fact
from permits.crossings import BATCH_LIMIT, CrossingId, Outcome
from permits.deadlines import LEGAL_ZONE, end_of, start_of
from permits.errors import Fault, Invalid
from permits.minors import ChildAlert, find_faults_of_alert
from permits.notices import Notice, NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import posts_of

__all__ = ["ReceivedAlert", "list_alerts", "raise_alerts", "take_alerts"]

PAGE = 100


def raise_alerts(work: Work, sent: Sequence[ChildAlert]) -> list[Answer]:
    """Keep alerts and tell whoever is on duty, each once; a faulty one stops no other.

    Invalid for more than 500 at once. A session of an enrolled device speaks for that device alone.
    """
    check_permission(work.actor, Permission.CROSSING_RECORD)
    return take_alerts(work, sent)


def take_alerts(work: Work, sent: Sequence[ChildAlert]) -> list[Answer]:
    """The same from a device that proved itself and has no agent signed in any more."""
    if len(sent) > BATCH_LIMIT:
        raise Invalid([Fault("too-many", "alerts", {"limit": BATCH_LIMIT})])
    return [_take(work, alert) for alert in sent]


def list_alerts(work: Work, day: date, post: str | None = None) -> list[ReceivedAlert]:
    """The alerts of a day by the devices' time; who works at a post sees the own post alone."""
    check_permission(work.actor, Permission.CROSSING_LIST)
    own = posts_of(work.actor)
    posts = own if post is None else {post} & set(own if own is not None else {post})
    since, until = start_of(day), end_of(day)
    return child_alerts.list_alerts(work.session, posts, since, until, limit=PAGE)


def _take(work: Work, alert: ChildAlert) -> Answer:
    identity = CrossingId(alert.id)
    faults = find_faults_of_alert(alert, work.ports.reference.posts)
    if work.actor.device is not None and alert.device != str(work.actor.device):
        faults.append(Fault("not-this-device", "device_id"))
    if faults:
        return Answer(identity, Outcome.REFUSED, tuple(faults))
    facts: dict[str, Fact] = {
        "post": alert.post,
        "direction": alert.direction,
        "minors": alert.alone,
    }
    event = work.event(Act.CHILD_ALERT_RAISED, alert.id, facts)
    if not child_alerts.add_alert(work.session, alert, work.now, event=event):
        return Answer(identity, Outcome.ALREADY_RECORDED)
    _tell(work, alert)
    return Answer(identity, Outcome.RECORDED)


def _tell(work: Work, alert: ChildAlert) -> None:
    """No name and no permit number: the post is called, and it knows."""
    duty = work.ports.child_duty
    if duty.email is None and duty.phone is None:
        return
    seen_at = alert.device_time.astimezone(LEGAL_ZONE)
    facts = {
        "post": work.ports.reference.posts[alert.post],
        "direction": alert.direction,
        "minors": str(alert.alone),
        "day": seen_at.date().isoformat(),
        "hour": f"{seen_at:%H:%M}",
    }
    key = f"{NoticeKind.CHILD_ALERT.value}:{alert.id}"
    notices.leave(work, Notice(NoticeKind.CHILD_ALERT, "es", key, duty.phone, duty.email, facts))
