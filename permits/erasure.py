"""When a file may be erased: because its time is over, or because its worker wants it gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from permits.applications import Application, Status
from permits.deadlines import end_of
from permits.retention_terms import CLOSED_KEPT, DRAFT_KEPT, PERMIT_KEPT, Period


class Cause(StrEnum):
    """Why a file was erased."""

    TIME = "time"
    """Its time was over."""
    ASKED = "asked"
    """Its worker asked, and the law of the case allows it."""
    RESTORED = "restored"
    """A copy of before had brought it back."""


class Obstacle(StrEnum):
    """Why a file cannot be erased yet."""

    UNDER_WAY = "under-way"
    RECOURSE = "recourse"
    PERMIT = "permit"
    HELD = "held"


@dataclass(frozen=True)
class Erasure:
    """Whether the worker may have the file erased now; if not, why, and from when on it goes.

    `due_at` is when it goes by itself, None while nobody can tell.
    """

    obstacle: Obstacle | None
    allowed_from: datetime | None
    due_at: datetime | None


_CLOSED = frozenset({Status.REFUSED, Status.LAPSED, Status.WITHDRAWN})

RECOURSE: Mapping[Status, Period] = {
    Status.REFUSED: Period(days=90),
    Status.LAPSED: Period(days=30),
    Status.WITHDRAWN: Period(days=30),
}
"""So long a closed case is kept although its worker wants it gone: recourse and its decision
(Ley de Procedimiento Administrativo, recursos; the figures are to be confirmed by counsel)."""


def erasure_of(
    application: Application,
    changed_at: datetime,
    valid_until: date | None,
    now: datetime,
    *,
    held: bool = False,
    contested: bool = False,
) -> Erasure:
    """What may become of a file. A legal hold beats every right to have it gone.

    `contested`: a recourse waits for its answer, which needs the file.
    """
    due = _due_at(application, changed_at, valid_until)
    if held:
        return Erasure(Obstacle.HELD, None, None)
    if contested:
        return Erasure(Obstacle.RECOURSE, None, None)
    if application.round == 0:
        return Erasure(None, None, due)
    if application.status in _CLOSED:
        allowed = RECOURSE[application.status].after(changed_at)
        return Erasure(Obstacle.RECOURSE if now < allowed else None, allowed, due)
    if application.status is Status.APPROVED:
        return Erasure(Obstacle.PERMIT, due, due)
    return Erasure(Obstacle.UNDER_WAY, None, None)


def _due_at(
    application: Application, changed_at: datetime, valid_until: date | None
) -> datetime | None:
    if application.round == 0:
        return DRAFT_KEPT.after(changed_at)
    if application.status in _CLOSED:
        return CLOSED_KEPT.after(changed_at)
    if application.status is Status.APPROVED and valid_until is not None:
        return PERMIT_KEPT.after(end_of(valid_until))
    return None
