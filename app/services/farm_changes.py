"""An employer asks to change a farm, to add one or to take one away; SETRASS decides.

By an account, the code on the registration's telephone, or an official who writes down a call.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import farm_closings
from app.services.registrations import read_mine
from app.services.work import Work
from app.storage import farm_changes, farms, housing_inspections, registrations
from app.storage.farms import ClosedFarm
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, NotFound, Stale, refuse_if
from permits.people import Permission, PersonId
from permits.policies import check_permission
from recruitment.farm_changes import (
    Call,
    FarmChange,
    FarmChangeOutcome,
    find_call_faults,
    withdraw_farm_change,
)
from recruitment.farm_closings import Closing, find_closing_faults, find_hanging_faults
from recruitment.registrations import MOST_FARMS, Farm, Registration, find_farm_faults


@dataclass(frozen=True)
class OwnFarms:
    """The farms of a registration as they stand, and the last change asked of each.

    `closed` are those that were taken away, the last one on top.
    """

    registration: Registration
    farms: Mapping[UUID, Farm]
    changes: Mapping[UUID, FarmChange]
    closed: Sequence[ClosedFarm] = ()

    def last_of(self, farm: UUID) -> int:
        """The number of a farm's last change, beside which a form was filled in; 0 before any."""
        return self.changes[farm].number if farm in self.changes else 0

    def begin(self, farm: UUID) -> Farm:
        """A farm that stands, or one that is asked for, as its form begins; NotFound else."""
        self.check_not_closed(farm)
        change = self.changes.get(farm)
        waits = change if change and change.outcome is FarmChangeOutcome.ASKED else None
        begun = waits.farm if waits else self.farms.get(farm) or (change.farm if change else None)
        if begun is None:
            raise NotFound("no-such-farm")
        return begun

    def get_standing(self, farm: UUID) -> Farm:
        """A farm that stands; NotFound else."""
        if farm not in self.farms:
            raise NotFound("no-such-farm")
        return self.farms[farm]

    def check_not_closed(self, farm: UUID) -> None:
        """NotFound for a farm that was taken away: bought back it is another one."""
        if farm in {one.farm.id for one in self.closed}:
            raise NotFound("no-such-farm")


@dataclass(frozen=True)
class Wanted:
    """What a form asks: the whole farm as it shall stand, and who called where it was a call.

    `id` is the form's own: the same form twice asks once. `seen` is the number of the last change
    that the form showed. With `closing` the farm is to be taken away as it stands.
    """

    id: UUID
    farm: Farm
    seen: int
    call: Call | None = None
    closing: Closing | None = None


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


def get_by_phone(work: Work, token: str) -> OwnFarms:
    """The farms of whoever came in by telephone; Conflict("not-verified-yet") before they count."""
    found = read_mine(work, token).registration
    if found.employer is None:
        raise Conflict("not-verified-yet")
    return _own(work, found)


def get_for_caller(work: Work, registration: UUID) -> OwnFarms:
    """The farms of a verified employer for an official who writes; that they looked is logged."""
    own = _of_caller(work, registration)
    registrations.note_reading(work.session, event=work.event(Act.REGISTRATION_READ, registration))
    return own


def ask_change(work: Work, wanted: Wanted) -> FarmChange:
    """Ask that a farm stands so; what was asked of it before and waits is replaced.

    Stale where another change came after the one that the form showed. Invalid with everything
    that is wrong.
    """
    return _ask(work, get_own(work), replace(wanted, call=None))


def ask_by_phone(work: Work, token: str, wanted: Wanted) -> FarmChange:
    """The same, of whoever came in by telephone and has no account."""
    own = get_by_phone(work, token)
    return _ask(_as_owner(work, own), own, replace(wanted, call=None))


def ask_for_caller(work: Work, registration: UUID, wanted: Wanted) -> FarmChange:
    """Write down what somebody asked of SETRASS; another official decides on it.

    Invalid also without who called.
    """
    own = _of_caller(work, registration)
    refuse_if([] if wanted.call else [Fault("missing", "caller")])
    return _ask(work, own, wanted)


def withdraw_own(work: Work, change: UUID) -> FarmChange:
    """Take back a change that waits, also one that an official wrote down; twice is no error.

    NotFound for another's; Stale("farm-change-replaced") and Conflict("farm-change-decided").
    """
    return _withdraw(work, get_own(work), change)


def withdraw_by_phone(work: Work, token: str, change: UUID) -> FarmChange:
    """The same, of whoever came in by telephone."""
    own = get_by_phone(work, token)
    return _withdraw(_as_owner(work, own), own, change)


def _ask(work: Work, own: OwnFarms, wanted: Wanted) -> FarmChange:
    registrations.lock_registration(work.session, own.registration.id)
    own, farm = _own(work, own.registration), wanted.farm
    known = farm_changes.find_change(work.session, wanted.id)
    if known is not None:
        told = (own.registration.id, farm, wanted.call, wanted.closing)
        if (known.registration, known.farm, known.call, known.closing) != told:
            raise Stale("changed-meanwhile")
        return known
    own.check_not_closed(farm.id)
    if farm_changes.is_anothers(work.session, own.registration.id, farm.id):
        raise NotFound("no-such-farm")
    if own.last_of(farm.id) != wanted.seen:
        raise Stale("changed-meanwhile")
    call_faults = find_call_faults(wanted.call, work.now) if wanted.call else []
    closing = wanted.closing
    wrong = _closing_faults(work, own, farm, closing) if closing else _faults(work, own, farm)
    refuse_if([*wrong, *call_faults])
    asked = FarmChange(
        wanted.id,
        own.registration.id,
        wanted.seen + 1,
        farm,
        FarmChangeOutcome.ASKED,
        work.actor.person,
        work.now,
        call=wanted.call,
        closing=closing,
    )
    facts = {"farm": str(farm.id), "way": "call" if wanted.call else "own"}
    if closing is not None:
        facts["closing"] = closing.reason.value
    event = work.event(Act.FARM_CHANGE_ASKED, asked.id, facts)
    farm_changes.add_change(work.session, asked, event=event)
    return asked


def _withdraw(work: Work, own: OwnFarms, change: UUID) -> FarmChange:
    registrations.lock_registration(work.session, own.registration.id)
    found = farm_changes.find_change(work.session, change)
    if found is None or found.registration != own.registration.id:
        raise NotFound("no-such-farm-change")
    if found.outcome is FarmChangeOutcome.WITHDRAWN:
        return found
    after = withdraw_farm_change(found)
    event = work.event(Act.FARM_CHANGE_WITHDRAWN, change, {"farm": str(after.farm.id)})
    if not farm_changes.settle_change(work.session, after, event=event):
        raise Conflict("farm-change-decided")
    return after


def _as_owner(work: Work, own: OwnFarms) -> Work:
    return work.as_person(PersonId(own.registration.id))


def _of_caller(work: Work, registration: UUID) -> OwnFarms:
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    found = registrations.find_registration(work.session, registration)
    if found is None or found.employer is None:
        raise NotFound("no-such-registration")
    return _own(work, found)


def _own(work: Work, registration: Registration) -> OwnFarms:
    standing = {one.id: one for one in farms.list_farms(work.session, registration.id)}
    return OwnFarms(
        registration,
        standing,
        farm_changes.list_last(work.session, registration.id),
        farms.list_closed(work.session, registration.id),
    )


def _closing_faults(work: Work, own: OwnFarms, farm: Farm, closing: Closing) -> list[Fault]:
    """What is wrong with taking a farm away; the people on it come before its papers."""
    if own.get_standing(farm.id) != farm:
        raise Stale("changed-meanwhile")
    hanging = find_hanging_faults(farm_closings.look(work, farm.id), "reason")
    return [*find_closing_faults(closing, legal_day(work.now)), *hanging]


def _faults(work: Work, own: OwnFarms, farm: Farm) -> list[Fault]:
    towns = work.ports.reference.municipalities["HND"]
    faults = find_farm_faults(farm, own.registration.told.kind, towns)
    stands = own.farms.get(farm.id)
    if stands == farm:
        faults.append(Fault("farm-as-it-stands", "farm"))
    moves = stands is not None and stands.municipality != farm.municipality
    if moves and housing_inspections.list_last(work.session, [farm.id]):
        # Its looks go on under its id, and nobody has looked at a bed in another town (R20).
        faults.append(Fault("farm-inspected-there", "municipality"))
    asked = {one for one, it in own.changes.items() if it.outcome is FarmChangeOutcome.ASKED}
    if len({*own.farms, *asked, farm.id}) > MOST_FARMS:
        faults.append(Fault("too-many-farms", "", {"limit": MOST_FARMS}))
    return faults
