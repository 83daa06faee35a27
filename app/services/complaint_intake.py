"""Cases that nobody had to file, as for a fee that an official established.

They are sealed to the office as any other, and their worker is shielded from the first moment. No
number leads to them: the worker is reached as their case says. What check-ins ask for is filed by
`check_in_complaints`.
"""

from dataclasses import dataclass
from uuid import UUID

from app.services import complaint_notes, complaint_shields, complaint_terms
from app.services.complaint_filing import HOUR_KEPT, full_hour, seal_case
from app.services.complaint_numbers import NumberKeys
from app.services.work import Work
from app.storage import applications, complaint_groups, complaints
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.people import PersonId
from permits.reach import EVERYTHING
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


@dataclass(frozen=True)
class ConfirmedFee:
    """A fee that an official established by the number of an `act`; `official`: one took it."""

    worker: PersonId
    application: ApplicationId
    employer: UUID | None
    act: str
    official: bool = False


def open_from_fee(work: Work, fee: ConfirmedFee) -> None:
    """An official established that a fee was taken (R30): the office takes care of the worker.

    Where an official took it, the case accuses one and goes outside. Nothing where the office has
    no keys yet.
    """
    if complaint_groups.find_group(work.session) is None:
        return
    told = Told(f"R30: {fee.act}", about=_receipt(work, fee.application))
    about = (Category.FEE_CHARGED, *((Category.OFFICIAL_MISCONDUCT,) if fee.official else ()))
    open_case(work, Noticed(Severity.S2, about, told, fee.employer, fee.worker))


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
    )
    chance = work.ports.chance
    nobody = NumberKeys(chance.token(32), chance.token(32))  # no number leads to it
    complaints.add_complaint(work.session, filed)
    seal = seal_case(work, filed, noticed.told, nobody)
    if noticed.worker is not None:
        shield = complaint_shields.begin_shield(work, noticed.worker)
        complaint_notes.keep_shield(work, seal, shield)
    complaint_terms.begin_clocks(work)
    return identity


def _flags(noticed: Noticed) -> frozenset[Flag]:
    """The shield of its worker, and what its categories ask for, as an official who is accused."""
    shield = {Flag.PROTECTION} if noticed.worker else set()
    return propose(noticed.categories).flags | shield


def _receipt(work: Work, application: ApplicationId) -> str:
    """The number of the worker's case, which leads the handler to how they are reached."""
    return applications.get_application(work.session, application, reach=EVERYTHING).receipt or ""
