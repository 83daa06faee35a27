"""An employer that may not hire: why, by whom, and what becomes of the cases that name it.

The permit is the worker's, not the farm's: what stands goes on. Who waits chooses another employer.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import Action, Application, Status, moved
from permits.errors import Conflict
from permits.findings import Finding, Severity
from permits.people import Actor, Permission, PersonId
from permits.policies import check_permission

SOURCE = "R30, R40; OIT, Principios generales, 7"
"""Until counsel names the article by which SETRASS bars an employer."""

COMES_BACK_AFTER = 5
"""Working days that a rule may stand against a work before who waits for it chooses another."""


class Hindrance(StrEnum):
    """Why nobody is approved for a work, the gravest first; each is the code of a finding.

    BARRED: SETRASS lets its employer hire no more. STOPPED: an order, a fine unpaid, a grave
    complaint that was upheld or the tax office stops it for now (R24, R25). BLOCKED: since it was
    published, a rule was found to stand against the work, and nobody set it aside.
    """

    BARRED = "employer-barred"
    STOPPED = "employer-stopped"
    BLOCKED = "vacancy-blocked"


FOR_NOW = frozenset({Hindrance.STOPPED, Hindrance.BLOCKED})
"""What may end by itself; meanwhile nobody sends an application for the work again."""


OPEN = frozenset({Status.UNDER_REVIEW, Status.ASKED})
"""What was handed in and waits here comes back; a draft or a returned case is with its worker."""


class BarReason(StrEnum):
    """Why an employer may not hire."""

    FEE_CHARGED = "fee-charged"
    CHILD_LABOUR = "child-labour"
    FALSE_CONTRACT = "false-contract"
    DOCUMENTS_KEPT = "documents-kept"
    COURT_ORDER = "court-order"


@dataclass(frozen=True)
class EmployerBar:
    """From when an employer may not hire; `lifted_at` is None while it stands."""

    id: UUID
    employer: UUID
    reason: BarReason
    barred_by: PersonId
    barred_at: datetime
    lifted_by: PersonId | None = None
    lifted_at: datetime | None = None


def check_bar(actor: Actor, standing: EmployerBar | None) -> None:
    """A supervisor of SETRASS bars whom nobody has barred; Conflict("already-barred") else."""
    check_permission(actor, Permission.EMPLOYER_BAR)
    if standing is not None:
        raise Conflict("already-barred")


def check_lift(actor: Actor, standing: EmployerBar | None) -> EmployerBar:
    """Return the bar that stands and may be lifted; Conflict("not-barred") where there is none."""
    check_permission(actor, Permission.EMPLOYER_BAR)
    if standing is None:
        raise Conflict("not-barred")
    return standing


def come_back(application: Application, now: datetime, due_at: datetime | None) -> Application:
    """An open case in its worker's hands, to choose another employer.

    `due_at` is the end of the agencies' term as it stands now: it stops from here, like after any
    return. Conflict("no-such-move") for a case that is not open.
    """
    return replace(moved(application, Action.BAR), barred_at=now, due_at=due_at)


def find_hindrance(hindrance: Hindrance | None) -> list[Finding]:
    """What stands against any approval of a work.

    Whoever is barred gets its cases taken at once. For what may end sooner they stay open for
    `COMES_BACK_AFTER`, and no agency approves them meanwhile.
    """
    if hindrance is None:
        return []
    return [Finding(hindrance.value, Severity.BLOCK, SOURCE, field="vacancy")]
