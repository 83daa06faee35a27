"""A worker says that they paid nothing so far; a payment that they note later takes it back.

Nobody but the worker reads it here, as nobody else reads their diary. Counts alone tell of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.services.journeys import start_of_work
from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, authorisations, cost_entries
from app.storage import nothing_paid as rows
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.authorisations import OVER, AuthorisationStatus, status_on
from permits.deadlines import legal_day
from permits.errors import Hidden
from permits.people import Permission
from recruitment.costs import CostEntry, Payment, Phase
from recruitment.nothing_paid import NothingPaid, check_sayable, denies, may_be_said, phase_on

__all__ = ["NothingPaid", "Phase"]

GONE = OVER | {AuthorisationStatus.EXPIRED}
"""Of a right: nobody works under it any more."""


@dataclass(frozen=True)
class Said:
    """What was said of an own application, each phase once, and whether it can be said now."""

    told: Sequence[NothingPaid]
    can_say: bool


def read_said(work: Work, application: ApplicationId) -> Said:
    """What an own application's worker said; Hidden for everybody else."""
    own = own_case(work, application)
    return said_of(work, own, cost_entries.list_entries(work.session, work.ports.vault, own.id))


def said_of(work: Work, own: Application, entries: Iterable[CostEntry]) -> Said:
    """The same, for who has shown already that the case and its payments are their own."""
    told = rows.list_said(work.session, own.id)
    news = _phase(work, own.id) not in {one.phase for one in told}
    return Said(told, news and may_be_said(entries))


def say_nothing(work: Work, application: ApplicationId) -> None:
    """Say it of the phase of today; the same again is none.

    Conflict("payment-noted") while the diary has a payment of the worker's side.
    """
    own = own_case(work, application, hold=True)
    check_sayable(cost_entries.list_entries(work.session, work.ports.vault, own.id))
    said = NothingPaid(work.new_id(), own.id, own.worker, _phase(work, own.id), work.now)
    rows.say(work.session, said, event=work.event(Act.NOTHING_PAID_SAID, said.id))


def take_back(work: Work, application: ApplicationId) -> None:
    """Say it no more, of any phase; the same again is none."""
    _forget(work, own_case(work, application, hold=True))


def give_way(work: Work, own: Application, payment: Payment) -> None:
    """Nothing was paid, and now something was: what was noted counts. The caller holds the case."""
    if denies(payment):
        _forget(work, own)


def own_case(work: Work, application: ApplicationId, *, hold: bool = False) -> Application:
    """The case whose diary it is; Hidden for everybody but its worker. `hold`s it until the end."""
    if hold:
        own = applications.lock(work.session, application, reach=writing(work))
    else:
        own = applications.get_application(work.session, application, reach=reading(work))
    if work.actor.person != own.worker or not work.actor.can(Permission.APPLICATION_READ_OWN):
        raise Hidden("no-such-application")
    return own


def _forget(work: Work, own: Application) -> None:
    for one in rows.list_said(work.session, own.id):
        event = work.event(Act.NOTHING_PAID_TAKEN_BACK, one.id)
        rows.take_back(work.session, one, event=event)


def _phase(work: Work, application: ApplicationId) -> Phase:
    today = legal_day(work.now)
    right = authorisations.find_of_application(work.session, application)
    over = right is not None and status_on(right, today) in GONE
    return phase_on(today, start_of_work(work, application), over=over)
