"""A right that nobody takes up ends by time, and its place in the quotas comes back (domain 4.2).

Taken up is any crossing, a movement at a farm, a departure or arrival that was noted, or a payslip.
Not having fetched the card is no sign: the phone carries it. Nobody loses a right of which they
were not told before, and what stands in the way of using it gives the whole time anew.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from permits.authorisations import AuthorisationAction, AuthorisationStatus, move_authorisation
from permits.clocks import Clocks
from permits.deadlines import start_of
from permits.errors import Conflict
from permits.right_acts import RightCase


@dataclass(frozen=True)
class Quiet:
    """When a right counts as not taken up.

    Nothing may have happened to it from the day `first` on: no grant, card, suspension, recourse
    or wish that kept its worker from using it. It must outlast the day `beyond`.
    """

    first: date
    beyond: date

    @property
    def since(self) -> datetime:
        """The first instant of that day."""
        return start_of(self.first)


@dataclass(frozen=True)
class Told:
    """Which notices lead to the end: told from the first day to the second, both included, and sent
    before the instant. An older one was overtaken by something, and is told anew."""

    first: date
    last: date
    sent_before: datetime


def use_by(told_on: date, clocks: Clocks) -> date:
    """The last day on which using a right keeps it, for whom was told on a day."""
    return told_on + timedelta(days=clocks.unused_notice_days.value)


def quiet_to_tell(today: date, clocks: Clocks) -> Quiet:
    """Of which rights the worker is told today; on the last day the whole time is over."""
    last = use_by(today, clocks)
    return _quiet(last + timedelta(days=1), last, clocks)


def quiet_to_end(today: date, clocks: Clocks) -> Quiet:
    """Which rights end today; what expires today needs no other end."""
    return _quiet(today, today, clocks)


def _quiet(end: date, beyond: date, clocks: Clocks) -> Quiet:
    return Quiet(end - timedelta(days=clocks.unused_days.value), beyond)


def told_to_end(today: date, clocks: Clocks) -> Told:
    """Which notices make a right end today."""
    term = timedelta(days=clocks.unused_notice_days.value)
    return Told(today - 2 * term, today - term - timedelta(days=1), start_of(today - term))


def tells_anew(today: date, clocks: Clocks) -> date:
    """Who was told before this day and has the right still is told once more."""
    return told_to_end(today, clocks).first


def check_lapse(case: RightCase, status: AuthorisationStatus) -> None:
    """The right has begun and stands, and nobody proposes to take it back; else Conflict."""
    move_authorisation(status, AuthorisationAction.LAPSE)
    if case.proposal is not None:
        raise Conflict("revocation-waits")
