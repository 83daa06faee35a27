"""Cases that nobody had to file, as for a fee that an official established.

They are sealed to the office as any other, and their worker is shielded from the first moment. No
number leads to them: the worker is reached as their case says. What check-ins ask for is filed by
`check_in_complaints`, what payments ask for by `cost_complaints`.
"""

from dataclasses import dataclass
from uuid import UUID

from app.services import complaint_notes, complaint_parts, complaint_shields, complaint_terms
from app.services.complaint_departures import leave_with_right
from app.services.complaint_filing import HOUR_KEPT, full_hour, seal_case
from app.services.complaint_numbers import NumberKeys
from app.services.complaint_sources import source_of
from app.services.work import Work
from app.storage import complaints
from permits.deadlines import legal_day
from permits.people import PersonId
from recruitment.complaints.filed import ComplaintId, Filed, Told
from recruitment.complaints.severities import propose
from recruitment.complaints.words import Category, Filing, Flag, Severity


@dataclass(frozen=True)
class Noticed:
    """A case that the service opens: how grave, about what, what is told of it, and whose."""

    severity: Severity
    categories: tuple[Category, ...]
    told: Told
    employer: UUID | None = None
    worker: PersonId | None = None


def open_case(work: Work, noticed: Noticed) -> ComplaintId:
    """Open a case with its key, its clocks and, where it is about a worker, their shield."""
    identity, today = ComplaintId(work.new_id()), legal_day(work.now)
    grave = noticed.severity in HOUR_KEPT
    filed = Filed(
        identity,
        Filing.CHECK_IN,
        noticed.categories,
        noticed.severity,
        None,
        today,
        flags=_flags(noticed),
        employer=noticed.employer,
        hour=full_hour(work.now) if grave else None,
        source=source_of(work, Filing.CHECK_IN, noticed.told),
    )
    if noticed.worker is not None:
        filed = complaint_parts.keep_out_deciders(work, filed, noticed.worker)
    chance = work.ports.chance
    nobody = NumberKeys(chance.token(32), chance.token(32))  # no number leads to it
    complaints.add_complaint(work.session, filed)
    seal = seal_case(work, filed, noticed.told, nobody)
    if noticed.worker is not None:
        shield = complaint_shields.begin_shield(work, noticed.worker)
        complaint_notes.keep_shield(work, seal, shield)
    _begin_clocks(work, filed, noticed.worker)
    return identity


def _begin_clocks(work: Work, filed: Filed, worker: PersonId | None) -> None:
    """Its terms, and the one that ends before the worker's right does."""
    begun = complaint_terms.begin_own(work, filed)
    if worker is not None:
        leaving = leave_with_right(work, begun, worker)
        complaints.note_departure(work.session, filed.id, leaving.flags, leaving.due_on)


def _flags(noticed: Noticed) -> frozenset[Flag]:
    """The shield of its worker, and what its categories ask for, as an official who is accused."""
    shield = {Flag.PROTECTION} if noticed.worker else set()
    return propose(noticed.categories).flags | shield
