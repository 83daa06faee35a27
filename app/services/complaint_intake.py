"""Cases that nobody had to file: what a check-in asks for, and a fee that an official established.

They are sealed to the office as any other, and their worker is shielded from the first moment. No
number leads to them: the worker is reached as the check-in or the diary says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.services import complaint_notes, complaint_shields, complaint_terms, wanted_cases
from app.services.complaint_filing import HOUR_KEPT, full_hour, seal_case
from app.services.complaint_numbers import NumberKeys
from app.services.wanted_cases import WantedCase
from app.services.work import Work
from app.storage import applications, complaint_groups, complaints
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.people import PersonId
from permits.reach import EVERYTHING
from recruitment.complaints.filed import ComplaintId, Filed, Told
from recruitment.complaints.words import Category, Filing, Flag, Severity
from recruitment.ethics.rules import RuleId

OF_RULE: dict[RuleId, Category] = {
    RuleId.R30: Category.FEE_CHARGED,
    RuleId.R32: Category.DEBT,
    RuleId.R33: Category.DOCUMENT_RETAINED,
    RuleId.R34: Category.WAGE_UNPAID,
    RuleId.R35: Category.MOVEMENT,
    RuleId.R36: Category.VIOLENCE,
}
"""What the finding of a rule is about; all others are read by a person."""


@dataclass(frozen=True)
class Noticed:
    """A case that the service opens: how grave, about what, whose, and what is told of it."""

    severity: Severity
    categories: tuple[Category, ...]
    words: str
    employer: UUID | None = None
    worker: PersonId | None = None
    application: ApplicationId | None = None


def take_wanted(work: Work) -> int:
    """The task of the minute: each case that a check-in asked for becomes a complaint, once.

    Nothing is taken while the office has no keys; it waits, and its alarm was told already.
    """
    if complaint_groups.find_group(work.session) is None:
        return 0
    waiting = wanted_cases.lock_untaken(work)
    for case in waiting:
        wanted_cases.take_up(work, case, open_case(work, _noticed(case)))
    return len(waiting)


def open_from_fee(
    work: Work, worker: PersonId, application: ApplicationId, employer: UUID | None, act: str
) -> None:
    """An official established that a fee was taken (R30): the office takes care of the worker.

    Nothing where the office has no keys yet.
    """
    if complaint_groups.find_group(work.session) is None:
        return
    words = f"R30: {act}"
    open_case(
        work,
        Noticed(Severity.S2, (Category.FEE_CHARGED,), words, employer, worker, application),
    )


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
        flags=frozenset({Flag.PROTECTION}) if noticed.worker else frozenset(),
        employer=noticed.employer,
        hour=full_hour(work.now) if grave else None,
    )
    chance = work.ports.chance
    nobody = NumberKeys(chance.token(32), chance.token(32))  # no number leads to it
    complaints.add_complaint(work.session, filed)
    seal = seal_case(work, filed, Told(noticed.words, about=_receipt(work, noticed)), nobody)
    if noticed.worker is not None:
        shield = complaint_shields.begin_shield(work, noticed.worker)
        complaint_notes.keep_shield(work, seal, shield)
    complaint_terms.begin_clocks(work)
    return identity


def _noticed(case: WantedCase) -> Noticed:
    rules = [one.rule for one in case.findings]
    answers = (f"{name}: {code}" for name, code in case.wanted.told)
    return Noticed(
        Severity(case.wanted.grade.value),
        _categories(rules),
        "\n".join([*(rule.value for rule in rules), *answers]) or case.wanted.ground.value,
        case.employer,
        case.worker,
        ApplicationId(case.application) if case.application else None,
    )


def _categories(rules: Iterable[RuleId]) -> tuple[Category, ...]:
    found = {OF_RULE[one] for one in rules if one in OF_RULE}
    return tuple(one for one in Category if one in found) or (Category.OTHER,)


def _receipt(work: Work, noticed: Noticed) -> str:
    """The number of the worker's case, which leads the handler to how they are reached."""
    if noticed.application is None:
        return ""
    found = applications.get_application(work.session, noticed.application, reach=EVERYTHING)
    return found.receipt or ""
