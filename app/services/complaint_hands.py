"""Who handles complaints now: supervisors, who is on duty, and how each of them is reached."""

from collections.abc import Collection
from dataclasses import dataclass

from app.services.work import Work
from app.storage import accounts, complaint_duties
from app.storage.accounts import Account
from app.storage.database import Session
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Fault, refuse_if
from permits.people import OF_COMPLAINTS, Permission, PersonId, Role
from permits.policies import check_permission
from recruitment.complaints.telling import Hand


@dataclass(frozen=True)
class Office:
    """The office as it is staffed: accounts that are open, by person."""

    accounts: dict[PersonId, Account]
    hands: tuple[Hand, ...]

    @property
    def reachable(self) -> list[Hand]:
        """Those to whom a message can go."""
        return [one for one in self.hands if _is_reached(self.accounts[one.person])]

    @property
    def supervised(self) -> bool:
        """Whether there is a supervisor."""
        return any(one.supervises for one in self.hands)

    def works_here(self, person: PersonId | None) -> bool:
        """Whether this person handles complaints now."""
        return person in self.accounts


def find_office(work: Work) -> Office:
    """Everybody who handles complaints now; a locked account handles none."""
    return read_office(work.session)


def read_office(session: Session) -> Office:
    """The same without a person, as for the doctor."""
    every = accounts.list_holders(session, OF_COMPLAINTS)
    active = {one.person: one for one in every if not one.disabled}
    on_duty = complaint_duties.list_on_duty(session)
    hands = tuple(
        Hand(person, Role.COMPLAINT_SUPERVISOR in one.roles, person in on_duty)
        for person, one in active.items()
    )
    return Office(active, hands)


@dataclass(frozen=True)
class DutyRow:
    """Somebody of the office by name, and whether they are on duty."""

    person: PersonId
    name: str
    on_duty: bool


def list_duty(work: Work) -> list[DutyRow]:
    """The office by name, for who supervises it."""
    check_permission(work.actor, Permission.COMPLAINT_SUPERVISE)
    office = find_office(work)
    rows = [
        DutyRow(one.person, office.accounts[one.person].name, one.on_duty) for one in office.hands
    ]
    return sorted(rows, key=lambda one: (one.name, one.person))


def set_on_duty(work: Work, persons: Collection[PersonId]) -> None:
    """A supervisor names who is told of danger first; nobody named is as if all were.

    Invalid("not-an-option") for who handles no complaints.
    """
    check_permission(work.actor, Permission.COMPLAINT_SUPERVISE)
    office = find_office(work)
    unknown = [one for one in persons if not office.works_here(one)]
    refuse_if([Fault("not-an-option", "on_duty")] if unknown else [])
    event = work.event(Act.COMPLAINT_DUTY_SET, work.actor.person, {"people": len(set(persons))})
    complaint_duties.set_on_duty(work.session, set(persons), legal_day(work.now), event=event)


def _is_reached(account: Account) -> bool:
    return bool(account.email or account.phone)
