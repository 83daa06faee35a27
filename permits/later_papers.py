"""Papers that come after an application was handed in: as a photo, or shown at an office.

Neither is part of what is decided on: the digest stands, and so does what was decided (decision
88). A photo is kept beside it, marked as later, as answers to questions are. That a paper was seen
is noted by the official who saw it. Who was decided on already is asked for nothing more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import Application, ApplicationId, Status
from permits.errors import Conflict, Forbidden
from permits.people import Actor, Agency, Permission, PersonId
from permits.policies import Ties, check_own, check_permission, check_read, check_review
from permits.programmes import Programme

MOST = 6
"""Photos of later papers that a case holds: what a programme asks for, and some more."""


class LaterPaper(StrEnum):
    """A paper that is promised; the first two are also asked for as photos, the last is any."""

    IDENTITY_FRONT = "identity-front"
    IDENTITY_BACK = "identity-back"
    CRIMINAL_RECORD = "criminal-record"
    HEALTH_CERTIFICATE = "health-certificate"
    WORK_EXPERIENCE = "work-experience"
    OTHER = "other"


OF_ROUND = frozenset({LaterPaper.IDENTITY_FRONT, LaterPaper.IDENTITY_BACK})
"""What was seen of these counts in its round alone: the next may name another document."""

UNDECIDED = frozenset({Status.UNDER_REVIEW, Status.ASKED})
"""While a case stands here a photo of a paper is taken in; what came back is mended itself."""

SHOWN_IN = UNDECIDED | {Status.RETURNED}


@dataclass(frozen=True)
class ShownPaper:
    """That an official saw a paper, in which round, and when; `id` names the note."""

    id: UUID
    application: ApplicationId
    round: int
    paper: LaterPaper
    agency: Agency
    official: PersonId
    shown_at: datetime


@dataclass(frozen=True)
class LaterPapers:
    """What the checks know of them: the day of each, and for which agency it was seen."""

    shown: Mapping[str, tuple[date, Agency]]
    came: Mapping[str, date]


NONE_LATER = LaterPapers({}, {})


def papers_of(programme: Programme) -> tuple[LaterPaper, ...]:
    """Those that a programme asks for, in the order in which they are told."""
    asked = {kind.value for kind in programme.documents}
    asked |= {paper.kind.value for paper in programme.papers}
    return tuple(paper for paper in LaterPaper if paper.value in asked)


def check_own_case(actor: Actor, application: Application) -> None:
    """Whether it is the worker's own, and Conflict where it is decided or back with them."""
    check_own(actor, application)
    if application.status not in UNDECIDED:
        raise Conflict("not-under-review", status=application.status.value)


def check_add(actor: Actor, application: Application, came: int) -> None:
    """Whether the worker may hand in one more photo; `came` is how many there are.

    Conflict where it is decided or back with them, and where there are enough.
    """
    check_own_case(actor, application)
    if came >= MOST:
        raise Conflict("too-many-later-papers", limit=MOST)


def check_show(actor: Actor, application: Application, ties: Ties) -> Agency:
    """The agency for which an official notes that they saw a paper, whoever's turn it is.

    Nobody notes it in their own case, nor in one that is over.
    """
    agency = check_review(actor)
    check_permission(actor, Permission.APPLICATION_HOLD)
    check_read(actor, application)
    if actor.person == application.worker or ties.own:
        raise Forbidden("own-case")
    if application.status not in SHOWN_IN:
        raise Conflict("not-under-review", status=application.status.value)
    return agency


def counting(shown: Iterable[ShownPaper], round_: int) -> tuple[ShownPaper, ...]:
    """What was seen and counts in a round, in the order of the papers."""
    counts = [one for one in shown if one.paper not in OF_ROUND or one.round == round_]
    order = list(LaterPaper)
    return tuple(sorted(counts, key=lambda one: order.index(one.paper)))


def to_show(programme: Programme, shown: Collection[ShownPaper]) -> tuple[LaterPaper, ...]:
    """The programme's papers that nobody has seen yet."""
    seen = {one.paper for one in shown}
    return tuple(paper for paper in papers_of(programme) if paper not in seen)
