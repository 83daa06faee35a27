"""The end of a device: it hears that it was ended, hands in what it had, and counts no more.

What it hands in lies apart and changes nothing: whoever found the device may have written it. A
supervisor of the post who knows better records it, and answers for it, or throws it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.services import child_alerts, crossings
from app.services.crossings import Answer
from app.services.device_proofs import Answered, find_prover
from app.services.devices import reach_of
from app.services.work import Work
from app.storage import devices as kept
from app.storage import handed_in
from app.storage.handed_in import Pile
from permits.audit import Act
from permits.crossings import BATCH_LIMIT, Crossing
from permits.devices import Device, DeviceId, DeviceRefusal
from permits.errors import NotFound
from permits.minors import ChildAlert
from permits.people import Permission
from permits.policies import check_fresh, check_permission

__all__ = ["Debt", "Pile", "confirm", "discard", "hand_in", "list_piles", "read_standing"]


@dataclass(frozen=True)
class Debt:
    """What a device had not sent."""

    crossings: Sequence[Crossing] = ()
    alerts: Sequence[ChildAlert] = ()


def read_standing(work: Work, answered: Answered) -> DeviceRefusal | None:
    """Why a device may go on no more; None where it stands. Nothing is written."""
    _, refusal = find_prover(work, answered, "standing")
    return refusal


def hand_in(work: Work, answered: Answered, digest: str, sent: Debt) -> DeviceRefusal | None:
    """Keep what an ended device still had, apart; why not, where it stands or proves nothing.

    The signature covers `digest`, of the text that the debt was read from. At most `BATCH_LIMIT`
    at once; the same again changes nothing. An alert for a minor waits for nobody: a false one
    costs a call.
    """
    device, refusal = find_prover(work, answered, "hand-in", digest)
    if device is None or refusal is not DeviceRefusal.REVOKED_DEVICE:
        return refusal or DeviceRefusal.UNKNOWN_DEVICE
    alerts = [one for one in sent.alerts if one.device == str(device.id)][:BATCH_LIMIT]
    child_alerts.take_alerts(work, alerts)
    own = [one for one in sent.crossings if one.device == str(device.id)][:BATCH_LIMIT]
    event = work.event(Act.DEVICE_HANDED_IN, device.id, {"crossings": len(own)})
    handed_in.add(work.session, device.id, own, work.now, event=event)
    return None


def list_piles(work: Work, devices: Sequence[Device]) -> dict[DeviceId, Pile]:
    """What waits for an answer at devices within reach, by device."""
    reach_of(work)
    return handed_in.list_piles(work.session, [device.id for device in devices])


def confirm(work: Work, device: DeviceId) -> list[Answer]:
    """Record what a device handed in, in one's own name: from here on it counts.

    What the law refuses is refused for good; what was sent before the device was ended counts once.
    """
    check_permission(work.actor, Permission.CROSSING_RECORD)
    own = _ended(work, device)
    event = work.event(Act.HANDED_IN_CONFIRMED, own.id, {"post": own.post})
    taken = handed_in.take(work.session, own.id, event=event)
    mine = [replace(one, agent=work.actor.person) for one in taken]
    return [
        answer
        for at in range(0, len(mine), BATCH_LIMIT)
        for answer in crossings.record_crossings(work, mine[at : at + BATCH_LIMIT])
    ]


def discard(work: Work, device: DeviceId) -> int:
    """Throw away what a device handed in; how many went."""
    own = _ended(work, device)
    event = work.event(Act.HANDED_IN_DISCARDED, own.id, {"post": own.post})
    return len(handed_in.take(work.session, own.id, event=event))


def _ended(work: Work, device: DeviceId) -> Device:
    post = reach_of(work)
    check_fresh(work.actor, work.now)
    found = kept.find_device(work.session, device)
    if found is None or post not in {None, found.post} or found.revoked_at is None:
        raise NotFound("no-such-device")
    return found
