"""SETRASS's desk for what employers ask of their farms: both sides, and one decision."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.services import farm_closings, judging_runs, notices
from app.services.work import Work
from app.storage import farm_changes, farms, registrations
from permits.audit import Act
from permits.errors import Conflict, NotFound, refuse_if
from permits.notices import Notice, NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from recruitment.farm_changes import FarmChange, FarmChangeOutcome, decide_farm_change
from recruitment.farm_closings import Hanging, find_hanging_faults
from recruitment.registrations import Farm, Registration

PAGE = 50


@dataclass(frozen=True)
class FarmChangeFile:
    """A change beside the farm that stands; `stands` is None where it is to be added.

    `hanging` is what must end before a farm is taken away, while that waits.
    """

    change: FarmChange
    stands: Farm | None
    registration: Registration
    hanging: Hanging | None = None


@dataclass(frozen=True)
class FarmChangePage:
    """What waits, with the employer's name; `more` is where the next page begins."""

    items: tuple[tuple[FarmChange, str], ...]
    more: tuple[datetime, UUID] | None


def list_waiting(
    work: Work, after: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> FarmChangePage:
    """What waits for SETRASS, the oldest first."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    found = farm_changes.list_waiting(work.session, after, limit + 1)
    last = found[limit - 1][0] if len(found) > limit else None
    return FarmChangePage(tuple(found[:limit]), (last.asked_at, last.id) if last else None)


def read_change(work: Work, change: UUID) -> FarmChangeFile:
    """One beside how the farm stands; that it was looked at is logged."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    file = _file(work, change)
    event = work.event(Act.REGISTRATION_READ, file.registration.id)
    registrations.note_reading(work.session, event=event)
    if file.change.closing and file.change.outcome is FarmChangeOutcome.ASKED:
        return replace(file, hanging=farm_closings.look(work, file.change.farm.id))
    return file


def decide_change(work: Work, change: UUID, note: str, *, approved: bool) -> FarmChange:
    """Approve, and the farm stands so from now, or refuse with a reason; the employer is told.

    The employer's vacancies are judged again after an approval. The own decision again is no error.
    Invalid where something still hangs on a farm that is to be taken away.
    """
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    registrations.lock_registration(work.session, _file(work, change).registration.id)
    file = _file(work, change)
    wanted = FarmChangeOutcome.APPROVED if approved else FarmChangeOutcome.REFUSED
    if (file.change.outcome, file.change.decided_by) == (wanted, work.actor.person):
        return file.change
    after = decide_farm_change(work.actor, file.change, note, work.now, approved=approved)
    if approved and after.closing:
        refuse_if(find_hanging_faults(farm_closings.look(work, after.farm.id), "approved"))
    facts = {"farm": str(after.farm.id), "outcome": after.outcome.value}
    event = work.event(Act.FARM_CHANGE_DECIDED, change, facts)
    if not farm_changes.settle_change(work.session, after, event=event):
        raise Conflict("farm-change-decided")
    if approved:
        _apply(work, file)
    _tell(work, file.registration, after)
    return after


def _apply(work: Work, file: FarmChangeFile) -> None:
    """The row of the farm changes: its inspections, links and register go on under the same id."""
    registration, farm = file.registration, file.change.farm
    if file.change.closing is not None:
        farm_closings.close(work, registration.id, farm.id, file.change.closing)
    elif file.stands is None:
        event = work.event(Act.FARM_SAVED, registration.id)
        farms.add_farm(work.session, registration.id, farm, work.now, event=event)
    else:
        event = work.event(Act.FARM_SAVED, registration.id)
        farms.save_farm(work.session, registration.id, farm, event=event)
    judging_runs.start_run(work, "farm", registration.employer)


def _tell(work: Work, registration: Registration, change: FarmChange) -> None:
    """Who asked with an account reads there; everybody else has the telephone's own room."""
    kind, by_phone = NoticeKind.REGISTRATION_JUDGED, change.asked_by == registration.id
    room = "registro-empleador" if change.call or by_phone else "mis-fincas"
    facts = {"receipt": "", "link": f"{work.ports.public_url}/{room}"}
    key = f"{kind.value}:{change.id}"
    notices.leave(work, Notice(kind, "es", key, registration.phone, None, facts))


def _file(work: Work, change: UUID) -> FarmChangeFile:
    found = farm_changes.find_change(work.session, change)
    holder = registrations.find_registration(work.session, found.registration) if found else None
    if found is None or holder is None:
        raise NotFound("no-such-farm-change")
    standing = {one.id: one for one in farms.list_farms(work.session, holder.id)}
    return FarmChangeFile(found, standing.get(found.farm.id), holder)
