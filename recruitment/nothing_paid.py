"""A worker's word that they paid nothing for the job: it counts as zero, and gives nothing away.

It is of one day. A payment noted later takes it back by itself, and is owed back like any other.
Nobody asks for it: it is no condition of anything, and nobody but its worker reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from permits.errors import Conflict
from permits.people import PersonId
from recruitment.costs import CostEntry, Payment, Phase
from recruitment.ethics.words import WORKERS_SIDE

SOURCE = "ODS 10.7.1: quien no pagó nada también cuenta"


@dataclass(frozen=True)
class NothingPaid:
    """That nothing was paid until `said_at`; said once in each phase of the work."""

    id: UUID
    application: UUID
    worker: PersonId
    phase: Phase
    said_at: datetime


def phase_on(day: date, started: date | None, *, over: bool) -> Phase:
    """Before, during or after the work; `over`: the right to it has ended, by its days or an act.

    `started` is None while nobody knows that they are at work; so it is before it.
    """
    if over:
        return Phase.AFTER
    return Phase.DURING if started is not None and started <= day else Phase.BEFORE


def denies(payment: Payment) -> bool:
    """Whether the worker's side paid it: who notes it says "nothing" no more."""
    return payment.payer in WORKERS_SIDE


def may_be_said(entries: Iterable[CostEntry]) -> bool:
    """Whether no payment of the worker's side stands in the diary."""
    return not any(denies(one.payment) for one in entries)


def check_sayable(entries: Iterable[CostEntry]) -> None:
    """Conflict("payment-noted") where the diary says otherwise."""
    if not may_be_said(entries):
        raise Conflict("payment-noted")
