"""An employer asks to change a farm or to add one; SETRASS approves, and vacancies are judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.services import judging_runs, notices
from app.services.work import Work
from app.storage import farm_changes, farms, housing_inspections, registrations
from permits.audit import Act
from permits.errors import Conflict, Fault, NotFound, Stale, refuse_if
from permits.notices import Notice, NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from recruitment.farm_changes import FarmChange, FarmChangeOutcome, decide_farm_change
from recruitment.registrations import MOST_FARMS, Farm, Registration, find_farm_faults

PAGE = 50


@dataclass(frozen=True)
class OwnFarms:
    """The farms of a registration as they stand, and the last change asked of each."""

    registration: Registration
    farms: Mapping[UUID, Farm]
    changes: Mapping[UUID, FarmChange]

    def last_of(self, farm: UUID) -> int:
        """The number of a farm's last change, beside which a form was filled in; 0 before any."""
        return self.changes[farm].number if farm in self.changes else 0


@dataclass(frozen=True)
class FarmChangeFile:
    """A change beside the farm that stands; `stands` is None where it is to be added."""

    change: FarmChange
    stands: Farm | None
    registration: Registration


@dataclass(frozen=True)
class FarmChangePage:
    """What waits, with the employer's name; `more` is where the next page begins."""

    items: tuple[tuple[FarmChange, str], ...]
    more: tuple[datetime, UUID] | None


def find_own(work: Work) -> OwnFarms | None:
    """The farms of the employer for whom this person acts; None where it never registered."""
    check_permission(work.actor, Permission.FARM_KEEP)
    employer = work.actor.employer
    found = registrations.find_by_employer(work.session, employer) if employer else None
    return _own(work, found) if found else None


def get_own(work: Work) -> OwnFarms:
    """The same; NotFound("no-such-registration")."""
    found = find_own(work)
    if found is None:
        raise NotFound("no-such-registration")
    return found


def get_own_farm(work: Work, farm: UUID) -> tuple[OwnFarms, Farm]:
    """A farm that stands, or one that is asked for, as the form begins; NotFound for another's."""
    own = get_own(work)
    change = own.changes.get(farm)
    waits = change if change and change.outcome is FarmChangeOutcome.ASKED else None
    begun = waits.farm if waits else own.farms.get(farm) or (change.farm if change else None)
    if begun is None:
        raise NotFound("no-such-farm")
    return own, begun


def ask_change(work: Work, change: UUID, farm: Farm, seen: int) -> FarmChange:
    """Ask that a farm stands so; what was asked of it before and waits is replaced.

    `change` is the form's own id: the same form twice asks once. `seen` is the number of the
    last change that the form showed: Stale where another came between. Invalid with
    everything that is wrong.
    """
    own = get_own(work)
    registrations.lock_registration(work.session, own.registration.id)
    own = _own(work, own.registration)
    known = farm_changes.find_change(work.session, change)
    if known is not None:
        if (known.registration, known.farm) != (own.registration.id, farm):
            raise Stale("changed-meanwhile")
        return known
    if farm_changes.is_anothers(work.session, own.registration.id, farm.id):
        raise NotFound("no-such-farm")
    if own.last_of(farm.id) != seen:
        raise Stale("changed-meanwhile")
    refuse_if(_faults(work, own, farm))
    asked = FarmChange(
        change,
        own.registration.id,
        seen + 1,
        farm,
        FarmChangeOutcome.ASKED,
        work.actor.person,
        work.now,
    )
    event = work.event(Act.FARM_CHANGE_ASKED, change, {"farm": str(farm.id)})
    farm_changes.add_change(work.session, asked, event=event)
    return asked


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
    return file


def decide_change(work: Work, change: UUID, note: str, *, approved: bool) -> FarmChange:
    """Approve, and the farm stands so from now, or refuse with a reason; the employer is told.

    The employer's vacancies are judged again after an approval. The own decision again is no error.
    """
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    registrations.lock_registration(work.session, _file(work, change).registration.id)
    file = _file(work, change)
    wanted = FarmChangeOutcome.APPROVED if approved else FarmChangeOutcome.REFUSED
    if (file.change.outcome, file.change.decided_by) == (wanted, work.actor.person):
        return file.change
    after = decide_farm_change(work.actor, file.change, note, work.now, approved=approved)
    facts = {"farm": str(after.farm.id), "outcome": after.outcome.value}
    event = work.event(Act.FARM_CHANGE_DECIDED, change, facts)
    if not farm_changes.decide_change(work.session, after, event=event):
        raise Conflict("farm-change-decided")
    if approved:
        _apply(work, file)
    _tell(work, file.registration, after)
    return after


def _apply(work: Work, file: FarmChangeFile) -> None:
    """The row of the farm changes: its inspections, links and register go on under the same id."""
    registration, farm = file.registration, file.change.farm
    event = work.event(Act.FARM_SAVED, registration.id)
    if file.stands is None:
        farms.add_farm(work.session, registration.id, farm, work.now, event=event)
    else:
        farms.save_farm(work.session, registration.id, farm, event=event)
    judging_runs.start_run(work, "farm", registration.employer)


def _tell(work: Work, registration: Registration, change: FarmChange) -> None:
    kind = NoticeKind.REGISTRATION_JUDGED
    facts = {"receipt": "", "link": f"{work.ports.public_url}/mis-fincas"}
    key = f"{kind.value}:{change.id}"
    notices.leave(work, Notice(kind, "es", key, registration.phone, None, facts))


def _own(work: Work, registration: Registration) -> OwnFarms:
    standing = farms.list_farms(work.session, registration.id)
    changes = farm_changes.list_last(work.session, registration.id)
    return OwnFarms(registration, {one.id: one for one in standing}, changes)


def _file(work: Work, change: UUID) -> FarmChangeFile:
    found = farm_changes.find_change(work.session, change)
    if found is None:
        raise NotFound("no-such-farm-change")
    registration = registrations.find_registration(work.session, found.registration)
    if registration is None:
        raise NotFound("no-such-farm-change")
    standing = {one.id: one for one in farms.list_farms(work.session, registration.id)}
    return FarmChangeFile(found, standing.get(found.farm.id), registration)


def _faults(work: Work, own: OwnFarms, farm: Farm) -> list[Fault]:
    towns = work.ports.reference.municipalities["HND"]
    faults = find_farm_faults(farm, own.registration.told.kind, towns)
    stands = own.farms.get(farm.id)
    if stands == farm:
        faults.append(Fault("farm-as-it-stands", "farm"))
    if stands is not None and stands.municipality != farm.municipality:
        # Its looks go on under its id, and nobody has looked at a bed in another town (R20).
        seen = housing_inspections.list_last(work.session, [farm.id])
        faults += [Fault("farm-inspected-there", "municipality")] if seen else []
    asked = {one for one, it in own.changes.items() if it.outcome is FarmChangeOutcome.ASKED}
    if len({*own.farms, *asked, farm.id}) > MOST_FARMS:
        faults.append(Fault("too-many-farms", "", {"limit": MOST_FARMS}))
    return faults
