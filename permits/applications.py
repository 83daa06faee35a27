"""The life of an application: what it says, its statuses and the only moves between them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Conflict
from permits.people import PersonId

ApplicationId = NewType("ApplicationId", UUID)


class Status(StrEnum):
    """Few statuses; whose turn it is follows from the decisions of the round.

    `asked`: the worker answers questions, and the round goes on; `returned`: the worker corrects,
    and hands in a round anew.
    """

    DRAFT = "draft"
    UNDER_REVIEW = "under-review"
    ASKED = "asked"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What can be done to an application; RETURN, APPROVE and REFUSE follow from decisions,
    REOPEN from a recourse, BAR from what became of the employer."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ASK = "ask"
    ANSWER = "answer"
    RETURN = "return"
    APPROVE = "approve"
    REFUSE = "refuse"
    LAPSE = "lapse"
    REINSTATE = "reinstate"
    REOPEN = "reopen"
    BAR = "bar"


MOVES: Mapping[tuple[Status, Action], Status] = {
    (Status.DRAFT, Action.SUBMIT): Status.UNDER_REVIEW,
    (Status.DRAFT, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.UNDER_REVIEW, Action.APPROVE): Status.APPROVED,
    (Status.UNDER_REVIEW, Action.REFUSE): Status.REFUSED,
    (Status.UNDER_REVIEW, Action.RETURN): Status.RETURNED,
    (Status.UNDER_REVIEW, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.UNDER_REVIEW, Action.ASK): Status.ASKED,
    (Status.UNDER_REVIEW, Action.BAR): Status.RETURNED,
    (Status.ASKED, Action.BAR): Status.RETURNED,
    (Status.ASKED, Action.ANSWER): Status.UNDER_REVIEW,
    (Status.ASKED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.ASKED, Action.LAPSE): Status.LAPSED,
    (Status.RETURNED, Action.SUBMIT): Status.UNDER_REVIEW,
    (Status.RETURNED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.RETURNED, Action.LAPSE): Status.LAPSED,
    (Status.LAPSED, Action.REINSTATE): Status.RETURNED,
    (Status.REFUSED, Action.REOPEN): Status.UNDER_REVIEW,
}

EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
"""While an application stands here its worker may change the answers."""

WITH_WORKER = frozenset({Status.ASKED, Status.RETURNED})
"""What was handed in waits here for its worker, who has a time to answer."""

OPEN = frozenset({Status.DRAFT, Status.UNDER_REVIEW, Status.ASKED, Status.RETURNED})
"""Statuses of a case under way; a recourse alone opens again what was refused, and the worker what
lapsed."""


@dataclass(frozen=True)
class Application:
    """One worker's request under one programme.

    `round` counts submissions (0 before the first); a decision belongs to one round and counts in
    no other. `version` grows by one with every write and is what If-Match compares. `digest` is
    that of the content handed in for the current round, None in a draft. `held_by` is the
    official who works on the case now. `renews` is the right that a renewal goes on from,
    `restores` the right whose revocation a recourse overturned.
    `lapsed_at` is when it last lapsed, `reinstated_at` when its worker took it up again.
    `assisted_by` is the facilitator who began it for a worker beside them. `barred_at` is when the
    present round came back because its employer may not hire. `worker_number` is the one that the
    case was given (`permits.worker_numbers`); it may lead to an older one of the same person.
    `agency_set` is the number of the set of agencies that the present round was opened with, None
    in a draft.
    """

    id: ApplicationId
    worker: PersonId
    programme: str
    status: Status
    round: int
    version: int
    digest: str | None = None
    receipt: str | None = None
    submitted_at: datetime | None = None
    due_at: datetime | None = None
    held_by: PersonId | None = None
    held_by_name: str = ""
    held_since: datetime | None = None
    renews: UUID | None = None
    lapsed_at: datetime | None = None
    reinstated_at: datetime | None = None
    assisted_by: PersonId | None = None
    barred_at: datetime | None = None
    restores: UUID | None = None
    worker_number: str | None = None
    agency_set: int | None = None


def move(status: Status, action: Action) -> Status:
    """Return the status after `action`; Conflict("no-such-move") where the table has none."""
    try:
        return MOVES[status, action]
    except KeyError:
        raise Conflict("no-such-move", status=status.value, action=action.value) from None


def clock_runs(status: Status, *, pauses: bool) -> bool:
    """Whether the statutory clock runs: under review, and with the worker where nothing pauses it.

    `pauses` is what the programme says (`Clocks.question_pauses`), alike of questions and returns.
    """
    return status is Status.UNDER_REVIEW or (status in WITH_WORKER and not pauses)


def risks_deemed_grant(
    status: Status,
    due_at: datetime | None,
    at: datetime,
    *,
    pauses: bool,
    paused_at: datetime | None = None,
) -> bool:
    """Whether the statutory clock ran out while nobody decided (afirmativa ficta).

    Ley de Procedimiento Administrativo, art. 29: what is not decided in time counts as granted.
    Whether it holds for acts of migration is to be confirmed; so it is a flag and no status, and
    no permit follows from it (domain 4.2). The last day itself is in time; so is a case that waits
    for its worker, where its clock stands still meanwhile. `paused_at` is since when it waits: what
    was asked after the end undoes nothing.
    """
    if due_at is None:
        return False
    if clock_runs(status, pauses=pauses):
        return at >= due_at
    return status in WITH_WORKER and paused_at is not None and paused_at >= due_at


def released(application: Application) -> Application:
    """The application in nobody's hands."""
    return replace(application, held_by=None, held_by_name="", held_since=None)


def moved(application: Application, action: Action) -> Application:
    """The application after `action`; Conflict("no-such-move") where the table has none.

    A hold belongs to the review that it was taken in: who held the case holds it no more.
    """
    return replace(released(application), status=move(application.status, action))


def canonical(content: Mapping[str, object]) -> str:
    """The one writing of what is decided on: JSON with sorted keys and no white space.

    Only text, integers, booleans, None, lists and mappings. A float or a date is a TypeError: two
    writings of one value would have two digests.
    """
    _refuse_ambiguous(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Mapping[str, object]) -> str:
    """SHA-256 (hex) over the canonical text of what is decided on, in UTF-8."""
    return digest_of(canonical(content))


def digest_of(text: str) -> str:
    """The same of a text that is written already."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_ambiguous(value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("keys of decided content are text")
            _refuse_ambiguous(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_ambiguous(inner)
    elif not isinstance(value, str | int | None):
        raise TypeError(f"{type(value).__name__} has no canonical form in decided content")
