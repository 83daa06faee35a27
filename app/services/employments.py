"""Whom an employer pays, or paid: each worker's days there, until the law's time is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.services.vacancy_judging import parameters_for
from app.services.work import Work
from app.storage import employments, farm_hands
from app.storage.employments import Employment
from app.storage.payslips import FiledPayslip
from permits.deadlines import legal_day
from permits.errors import Fault, Hidden, NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import in_force
from recruitment.employments import (
    WRITTEN,
    find_period_faults,
    is_over,
    last_day_of,
    written_until,
)
from recruitment.payslip_checks import Agreed

__all__ = ["Employment"]


@dataclass(frozen=True)
class Spell:
    """A worker under one vacancy of the employer, and what was agreed there.

    `until` is the last day on which its payslips may be written; None while the work goes on.
    """

    hand: Employment
    agreed: Agreed
    until: date | None


@dataclass(frozen=True)
class Wages:
    """A worker's payslips as their employer sees them; `spells` are the newest first."""

    spells: Sequence[Spell]
    filed: Sequence[FiledPayslip]
    today: date

    @property
    def left_on(self) -> date | None:
        """The last day of the work; None while it goes on."""
        return None if self.spells[0].until is None else last_day_of(self.hand.spans)

    @property
    def is_writable(self) -> bool:
        """Whether a payslip of the newest work may still be written."""
        until = self.spells[0].until
        return until is None or self.today <= until

    @property
    def hand(self) -> Employment:
        """Whom it is about, in the newest work for this employer."""
        return self.spells[0].hand

    @property
    def agreed(self) -> Agreed:
        """What was agreed for it."""
        return self.spells[0].agreed

    def agreed_for(self, first_day: date, last_day: date) -> Agreed:
        """What was agreed for the work of these days, else for the newest."""
        own = choose([one.hand for one in self.spells], first_day, last_day)
        return next(one.agreed for one in self.spells if one.hand == own)


@dataclass(frozen=True)
class ListedHand:
    """A worker in the employer's list; `until` as in `Spell`, `left_on` the last day of work."""

    hand: Employment
    filed: Sequence[FiledPayslip]
    until: date | None

    @property
    def left_on(self) -> date | None:
        """None while the work goes on."""
        return None if self.until is None else last_day_of(self.hand.spans)

    @property
    def is_contested(self) -> bool:
        """Whether the worker does not agree with one of them."""
        return any(one.payslip.is_contested for one in self.filed)


def list_own(work: Work) -> Sequence[Employment]:
    """Everybody whose wages the employer of this person may still write down, by name."""
    check_permission(work.actor, Permission.FARM_KEEP)
    employer = work.actor.employer
    if employer is None:
        return []
    return employments.list_employments(work.session, employer, since=_since(work))


def find_own(work: Work, application: UUID) -> Sequence[Employment]:
    """A worker's employments with the employer of this person, the newest first; never empty.

    Also those whose time is over: what was written may be read. Hidden for another's worker.
    """
    check_permission(work.actor, Permission.FARM_KEEP)
    employer = work.actor.employer
    found = (
        employments.list_employments(
            work.session, employer, application=application, since=date.min
        )
        if employer
        else []
    )
    if not found:
        known = farm_hands.list_hands(work.session, application=application)
        raise (Hidden if known else NotFound)("no-such-worker")
    return found


def find_faults(work: Work, own: Employment, first_day: date, last_day: date) -> list[Fault]:
    """What is wrong with the days of a payslip of one of them."""
    until = find_until(work, own)
    return find_period_faults(own.spans, first_day, last_day, until, legal_day(work.now))


def find_until(work: Work, own: Employment) -> date | None:
    """The last day on which its payslips may be written; None while the work goes on."""
    today = legal_day(work.now)
    if not is_over(own.spans, today):
        return None
    return written_until(own.spans, parameters_for(work, own.programme), today)


def choose(some: Sequence[Employment], first_day: date, last_day: date) -> Employment:
    """The one of which these days are, else the newest."""
    of = (one for one in some if any(span.holds(first_day, last_day) for span in one.spans))
    return next(of, some[0])


def _since(work: Work) -> date:
    today = legal_day(work.now)
    versions = work.ports.reference.ethics.values[WRITTEN]
    return today - timedelta(days=in_force(versions, today).value)
