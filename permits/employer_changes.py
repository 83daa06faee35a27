"""Another employer under the same right (W21): asked by the worker, decided by labour alone.

The right stands as both agencies granted it: person, days and programme. What changes is for whom
the work is; the record of it is the ground of the name that the next card carries. A right for the
pool of a department has no employer yet: its first one is attached in the same way, within the
department that both agencies decided on (decision 38).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.approvals import find_note_faults
from permits.authorisations import Authorisation, AuthorisationId, AuthorisationStatus, status_on
from permits.errors import Conflict, Fault, Forbidden
from permits.findings import Finding
from permits.offer_checks import check_hiring, check_wage
from permits.offers import Offer
from permits.people import Actor, Agency, Permission, PersonId
from permits.policies import check_permission
from permits.programmes import Programme
from permits.wages import MinimumWage

ChangeId = NewType("ChangeId", UUID)


class ChangeOutcome(StrEnum):
    """What became of the wish; `asked` waits for SETRASS."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Nobody can make it any more: the right or the work is over, or the employer is barred."""


@dataclass(frozen=True)
class EmployerChange:
    """One wish. `offer` is frozen as it stood when it was asked, `digest` that of its form."""

    id: ChangeId
    authorisation: AuthorisationId
    worker: PersonId
    vacancy: UUID
    offer: Offer
    digest: str
    asked_at: datetime
    outcome: ChangeOutcome = ChangeOutcome.ASKED
    official: PersonId | None = None
    decided_at: datetime | None = None
    note: str = ""


CHANGEABLE = frozenset({AuthorisationStatus.GRANTED, AuthorisationStatus.ACTIVE})
"""A right that stands here may have another employer; a suspended one waits."""


def check_ask(right: Authorisation, waiting: EmployerChange | None, day: date) -> None:
    """Conflict where the right does not stand, or another wish of it waits."""
    status = status_on(right, day)
    if status not in CHANGEABLE:
        raise Conflict("right-not-active", status=status.value)
    if waiting is not None:
        raise Conflict("change-already-asked")


def is_hopeless(right: Authorisation, last_day: date, day: date, *, barred: bool) -> bool:
    """Whether a wish that waits can never be granted any more.

    `last_day` is that of the work; `barred`: its employer may hire nobody. A right that is
    suspended may come back, and a vacancy that was closed may have been closed for this worker.
    """
    status = status_on(right, day)
    over = status not in CHANGEABLE and status is not AuthorisationStatus.SUSPENDED
    return over or barred or day > last_day


def find_faults(
    offer: Offer, now: Offer, right: Authorisation, programme: str, of: str, day: date
) -> list[Fault]:
    """What is wrong with the work that was chosen; `of` is its programme, `now` the work of now.

    Other work of the same employer, on another farm, is asked for in the same way (O15).
    """
    first, last = max(offer.starts_on, right.valid_from, day), min(offer.ends_on, right.valid_until)
    checks = (
        ("vacancy-not-open", of == programme),
        ("same-vacancy", offer.vacancy != now.vacancy),
        ("outside-pool", not now.is_pool or offer.department == now.department),
        # The days of the right do not change: some of them must be days of the work.
        ("work-outside-permit", first <= last),
    )
    return [Fault(code, "vacancy") for code, holds in checks if not holds]


def check_labour(actor: Actor) -> None:
    """Only officers of SETRASS decide on another employer, whatever the case."""
    check_permission(actor, Permission.APPLICATION_DECIDE)
    if actor.agency is not Agency.SETRASS:
        raise Forbidden("agency-not-required")


def check_decide(actor: Actor, change: EmployerChange | None, *, own: bool) -> EmployerChange:
    """An officer of SETRASS decides alone, not on the own case; returns what waits."""
    check_labour(actor)
    if change is None or change.outcome is not ChangeOutcome.ASKED:
        raise Conflict("no-change-asked")
    if own or actor.person == change.worker:
        raise Forbidden("own-case")
    return change


def find_decision_faults(note: str, *, granted: bool) -> list[Fault]:
    """A refusal tells the worker why; the words are such as can be kept and sent."""
    missing = [] if granted or note.strip() else [Fault("refusal-without-reason", "note")]
    return missing + find_note_faults(note)


def check_offer(
    offer: Offer, programme: Programme, accepts: bool | None, wages: Collection[MinimumWage]
) -> Iterator[Finding]:
    """What the checks see of the new work: the employer's answer first, then what it pays."""
    yield from check_hiring(offer, programme, accepts)
    yield from check_wage(offer, programme, wages)
