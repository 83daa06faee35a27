"""Which files a person may know of: how far each role reaches, and what lies within."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from permits.applications import Status
from permits.people import AGENCY_OF, Actor, Agency, PersonId, Role


class Whose(StrEnum):
    """Whose files a person may know of; every kind but the first leaves out what was erased."""

    EVERYTHING = "everything"
    OWN = "own"
    ASSISTED = "assisted"
    SUBMITTED = "submitted"
    DEPARTMENT = "department"
    EMPLOYER = "employer"
    COUNTRY = "country"
    ASKED = "asked"
    NONE = "none"


DECIDED = frozenset({Status.APPROVED, Status.REFUSED})
"""What a partner authority may know of: an application that is under way is nobody's abroad."""

ROWS: Mapping[Role, Whose] = {
    **dict.fromkeys(Role, Whose.NONE),
    **dict.fromkeys(AGENCY_OF, Whose.SUBMITTED),
    Role.WORKER: Whose.OWN,
    Role.FACILITATOR: Whose.ASSISTED,
    Role.EMPLOYER: Whose.EMPLOYER,
    Role.PARTNER_AUTHORITY: Whose.COUNTRY,
    Role.CONSULATE_OFFICER: Whose.ASKED,
    Role.CONSULATE_SUPERVISOR: Whose.ASKED,
    Role.SYSTEM: Whose.EVERYTHING,
}
"""How far a role reaches; an official with a department reaches to its borders.

A facilitator knows of a registration that they began until it is handed in, and then no more."""


@dataclass(frozen=True)
class Reach:
    """The bounds of one person, for queries to be composed from.

    `department` is where the work of the named vacancy is, `employer` whose vacancy it is,
    `country` the nationality that was answered, `agency` the one that the case is sent to.
    `opened` are files beyond the bounds that the person may read for a stated reason
    (break-glass), and never write.
    """

    whose: Whose
    person: PersonId | None = None
    department: str | None = None
    employer: UUID | None = None
    country: str | None = None
    agency: Agency | None = None
    opened: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class File:
    """What places an application; `department` and `employer` are those of its vacancy.

    `agencies` are those that decide on it.
    """

    id: UUID
    worker: PersonId
    status: Status
    submitted: bool
    department: str | None = None
    employer: UUID | None = None
    nationality: str | None = None
    erased: bool = False
    assisted_by: PersonId | None = None
    agencies: tuple[Agency, ...] = ()


EVERYTHING = Reach(Whose.EVERYTHING)
"""For what the service does in its own name, never for a person's request."""

NOTHING = Reach(Whose.NONE)


def reach_of(actor: Actor) -> Reach:
    """How far this person reaches; a role whose bound is missing reaches nothing."""
    whose = ROWS[actor.role]
    if whose is Whose.SUBMITTED and actor.department is not None:
        return Reach(Whose.DEPARTMENT, actor.person, department=actor.department)
    if whose is Whose.EMPLOYER and actor.employer is None:
        return NOTHING
    if whose in {Whose.COUNTRY, Whose.ASKED} and actor.country is None:
        return NOTHING
    agency = actor.agency if whose is Whose.ASKED else None
    return Reach(whose, actor.person, employer=actor.employer, country=actor.country, agency=agency)


def opening(reach: Reach, files: frozenset[UUID]) -> Reach:
    """The same reach, with files that were opened for a reason; for reading alone."""
    return replace(reach, opened=files)


def covers(reach: Reach, file: File) -> bool:
    """Whether a file lies within; storage says the same in SQL (app/storage/reaching.py)."""
    if reach.whose is Whose.EVERYTHING:
        return True
    if file.erased:
        return False
    if reach.whose is Whose.OWN:
        return reach.person == file.worker
    if reach.whose is Whose.ASSISTED:
        return file.status is Status.DRAFT and reach.person == file.assisted_by
    if not file.submitted:
        return False
    within = {
        Whose.SUBMITTED: True,
        Whose.DEPARTMENT: file.department is not None and reach.department == file.department,
        Whose.EMPLOYER: file.employer is not None and reach.employer == file.employer,
        Whose.COUNTRY: reach.country == file.nationality and file.status in DECIDED,
        Whose.ASKED: reach.country == file.nationality and reach.agency in file.agencies,
    }.get(reach.whose, False)
    return within or file.id in reach.opened


POSTS: frozenset[Role] = frozenset({Role.BORDER_AGENT, Role.POST_SUPERVISOR})


def posts_of(actor: Actor) -> frozenset[str] | None:
    """The posts whose crossings a person may know of; None for all, empty for none.

    Who works at a post knows that one; officials of the agencies of
    Honduras know all.
    """
    if ROWS[actor.role] in {Whose.SUBMITTED, Whose.EVERYTHING}:
        return None
    if actor.role in POSTS and actor.post is not None:
        return frozenset({actor.post})
    return frozenset()
