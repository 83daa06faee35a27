"""Break-glass: a file beyond one's bounds is opened, everybody concerned is told, it is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.services import credentials, documents, notices
from app.services.case import Case, load_case
from app.services.credentials import Permit
from app.services.reaching import reading
from app.services.seen_cases import case_as_seen, seal_of
from app.services.throttling import Limit, allow_try
from app.services.work import Work
from app.storage import accounts, applications, openings, people
from app.storage import approvals as decisions
from app.storage.documents import Document
from app.storage.openings import NOTE, REASON
from app.storage.openings import Opening as Opening
from permits.applications import ApplicationId
from permits.approvals import Decision
from permits.audit import Act, Fact
from permits.errors import Conflict, NotFound
from permits.notices import Notice, NoticeKind
from permits.openings import LASTS, check_look, check_open, check_review
from permits.people import Permission, PersonId, Role
from permits.policies import check_permission
from permits.submissions import DocumentKind
from permits.visibility import visible_decisions

PURPOSE = "break-glass"
"""What the log says of every look through an opening; the person sees it too (N8)."""

PER_OFFICIAL = Limit("break-glass", 10)
"""Files, or guesses at receipt numbers, of one official in a quarter of an hour."""

PAGE = 25


@dataclass(frozen=True)
class OpenedFile:
    """A file as it is read through an opening: nothing in it can be acted on."""

    opening: Opening
    reason: str
    case: Case
    decisions: tuple[Decision, ...]
    names: Mapping[UUID, str]
    permit: Permit | None

    @property
    def files(self) -> tuple[Document, ...]:
        """The files in the order in which a document is looked at: front, back, photo."""
        order = list(DocumentKind)
        return tuple(sorted(self.case.documents, key=lambda file: order.index(file.kind)))


@dataclass(frozen=True)
class Told:
    """An opening as its reviewer reads it, the texts opened."""

    opening: Opening
    reason: str
    note: str


@dataclass(frozen=True)
class OpeningPage:
    """The newest openings; `next` is the key of the page after, `waiting` counts all unreviewed."""

    openings: list[Opening]
    waiting: int
    next: tuple[datetime, UUID] | None


def open_file(work: Work, receipt: str, reason: str) -> Opening:
    """Open a submitted file by its receipt number; the data-protection officers hear of it at once.

    NotFound for an unknown number, Conflict("too-many-tries") after ten in a quarter of an hour.
    A file that the official holds open already is not opened twice.
    """
    check_permission(work.actor, Permission.APPLICATION_BREAK_GLASS)
    if not allow_try(work, PER_OFFICIAL, str(work.actor.person)):
        raise Conflict("too-many-tries")
    application, worker, number = _find(work, receipt)
    check_open(work.actor, worker, reason)
    if _is_within(work, application):
        raise Conflict("file-within-reach")
    for opening in openings.list_openings(work.session, PAGE, person=work.actor.person):
        if opening.application == application and work.now < opening.ends_at:
            return opening
    identity = work.new_id()
    opening = Opening(
        identity,
        work.actor.person,
        work.actor.role,
        application,
        work.ports.vault.seal(REASON, identity, reason),
        work.now,
        work.now + LASTS,
        work.actor.name,
        number,
    )
    facts = {"opening": str(identity), "purpose": PURPOSE}
    event = work.event(Act.APPLICATION_BROKEN_INTO, application, facts)
    openings.add_opening(work.session, opening, event=event)
    _alert(work, opening)
    return opening


def read_opened(work: Work, opening: UUID) -> OpenedFile:
    """The file behind an own opening that is not over; each look stands in the log."""
    found = _look(work, opening)
    event = work.event(Act.APPLICATION_READ, found.application, {"purpose": PURPOSE})
    people.note_reading(work.session, event=event)
    inside = work.reading_opened(found.application)
    case = load_case(inside, found.application)
    every = decisions.list_decisions(work.session, found.application)
    seen = visible_decisions(work.actor, every, seal_of(case))
    return OpenedFile(
        found,
        work.ports.vault.open(REASON, found.id, found.reason),
        case_as_seen(work.actor, case),
        tuple(seen),
        accounts.list_names(work.session, {decision.official for decision in seen}),
        credentials.find_permit_of(inside, found.application),
    )


def read_opened_document(work: Work, opening: UUID, document: UUID) -> tuple[Document, bytes]:
    """A picture of that file; the log says who looked."""
    application = _look(work, opening).application
    return documents.read_document(work.reading_opened(application), application, document)


def list_own(work: Work) -> list[Opening]:
    """What the official opened, the newest first."""
    check_permission(work.actor, Permission.APPLICATION_BREAK_GLASS)
    return openings.list_openings(work.session, PAGE, person=work.actor.person)


def list_openings(
    work: Work, *, reviewed: bool | None = None, before: tuple[datetime, UUID] | None = None
) -> OpeningPage:
    """Every opening for the data-protection officer, a page at a time."""
    check_permission(work.actor, Permission.BREAK_GLASS_REVIEW)
    found = openings.list_openings(work.session, PAGE + 1, reviewed=reviewed, before=before)
    shown = found[:PAGE]
    last = (shown[-1].opened_at, shown[-1].id) if len(found) > PAGE else None
    return OpeningPage(shown, openings.count_unreviewed(work.session), last)


def read_opening(work: Work, opening: UUID) -> Told:
    """One opening with its reason; not the file, which the reviewer has no need to see."""
    check_permission(work.actor, Permission.BREAK_GLASS_REVIEW)
    found = _get(work, opening)
    vault = work.ports.vault
    note = vault.open(NOTE, found.id, found.note) if found.note is not None else ""
    return Told(found, vault.open(REASON, found.id, found.reason), note)


def review_opening(work: Work, opening: UUID, *, justified: bool, note: str) -> None:
    """Say whether it was justified and why; Conflict where somebody said so before."""
    check_permission(work.actor, Permission.BREAK_GLASS_REVIEW)
    found = _get(work, opening)
    check_review(work.actor, found.person, note)
    facts: dict[str, Fact] = {"application": str(found.application), "justified": justified}
    event = work.event(Act.BREAK_GLASS_REVIEWED, found.id, facts)
    sealed = work.ports.vault.seal(NOTE, found.id, note)
    first = openings.review_opening(
        work.session,
        found,
        work.actor.person,
        work.now,
        justified=justified,
        note=sealed,
        event=event,
    )
    if not first:
        raise Conflict("already-reviewed")


def _find(work: Work, written: str) -> tuple[ApplicationId, PersonId, str]:
    """A file, its worker and its number, by the number as people write it, with blanks or none."""
    digits = "".join(c for c in written if c.isascii() and c.isdigit())
    receipt = f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
    found = openings.find_file(work.session, receipt)
    if found is None:
        raise NotFound("no-such-application")
    return *found, receipt


def _is_within(work: Work, application: ApplicationId) -> bool:
    """Whether the official may read the file as it is: then there is no glass to break."""
    try:
        applications.get_application(work.session, application, reach=reading(work))
    except NotFound:
        return False
    return True


def _get(work: Work, opening: UUID) -> Opening:
    found = openings.find_opening(work.session, opening)
    if found is None:
        raise NotFound("no-such-opening")
    return found


def _look(work: Work, opening: UUID) -> Opening:
    check_permission(work.actor, Permission.APPLICATION_BREAK_GLASS)
    found = _get(work, opening)
    check_look(work.actor, found.person, found.ends_at, work.now)
    return found


def _alert(work: Work, opening: Opening) -> None:
    """One notice to each data-protection officer whose account is open; no name, no reason."""
    link = f"{work.ports.public_url}/proteccion-de-datos/aperturas/{opening.id}"
    for account in accounts.list_accounts(work.session, Role.DATA_PROTECTION_OFFICER):
        if not account.disabled:
            key = f"{NoticeKind.BREAK_GLASS_OPENED.value}:{opening.id}:{account.person}"
            facts = {"receipt": opening.receipt, "link": link}
            phone = None if account.email else account.phone
            kind = NoticeKind.BREAK_GLASS_OPENED
            notices.leave(work, Notice(kind, "es", key, phone, account.email, facts))
