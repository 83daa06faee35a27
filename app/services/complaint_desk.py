"""The desk of the handlers: one case with all of it, for who may handle it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services import (
    complaint_evidence,
    complaint_keys,
    complaint_notes,
    complaint_remedies,
    complaint_talk,
)
from app.services.complaint_cases import Handled, load, step_words
from app.services.complaint_hands import find_office
from app.services.complaint_notes import Note
from app.services.complaint_places import list_choices
from app.services.complaint_remedies import ShownRemedy
from app.services.complaint_talk import Conversation
from app.services.complaint_terms import ShownClock, list_clocks, shown
from app.services.work import Work
from app.storage import (
    accounts,
    complaints,
    employers,
)
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid
from permits.people import Permission, PersonId
from permits.policies import check_permission
from recruitment.complaints.custody import Held, Reason
from recruitment.complaints.evidence import Copy
from recruitment.complaints.filed import Evidence
from recruitment.complaints.handling import (
    check_handle,
    may_exclude,
    may_take,
    next_actions,
    reference_of,
)
from recruitment.complaints.moves import KEPT, Action
from recruitment.complaints.places import Place
from recruitment.complaints.referrals import propose_targets
from recruitment.complaints.words import ReferralTarget
from recruitment.employers import is_abroad


@dataclass(frozen=True)
class Content:
    """What only an unlocked handler reads of a case."""

    conversation: Conversation
    notes: Sequence[Note]
    words: Mapping[UUID, str]
    remedies: Sequence[ShownRemedy]
    evidence: Sequence[Held] = ()


@dataclass(frozen=True)
class OpenedCase:
    """A case on the desk; `content` is None until the handler has typed their phrase.

    `colleagues` handle complaints too and have no part in this one; `places` are farms that may
    be named in it.
    """

    handled: Handled
    reference: str
    clocks: tuple[ShownClock, ...]
    actions: tuple[Action, ...]
    may_take: bool
    is_mine: bool
    may_assign: bool
    may_exclude: bool
    colleagues: Sequence[tuple[PersonId, str]]
    names: Mapping[UUID, str]
    employer: str
    department: str
    targets: tuple[ReferralTarget, ...]
    content: Content | None
    locked_because: str = ""
    tax_number: str = ""
    places: Sequence[Place] = ()

    @property
    def farm(self) -> str:
        """The farm that stands in clear, by name."""
        named = (one.name for one in self.places if one.farm == self.handled.filed.farm)
        return next(named, "")


def find_employer(work: Work, tax_number: str) -> UUID | None:
    """The employer of a tax number; None where none was written, Invalid for an unknown one."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    if not tax_number.strip():
        return None
    digits = "".join(letter for letter in tax_number if letter.isdigit())
    found = employers.find_by_tax_number(work.session, digits)
    if found is None:
        raise Invalid([Fault("unknown-tax-number", "tax_number")])
    return found[0]


def read_evidence(
    work: Work, token: str, complaint: UUID, file: UUID, why: Reason
) -> tuple[str, Copy]:
    """A copy of a piece without what tells on people, and its media type; `why` it is opened.

    Where it could not be made so, `clean` is False: the caller says so before showing it.
    """
    handled = load(work, complaint)
    check_handle(work.actor, handled.ties)
    seal = complaint_keys.open_case(work, token, handled.filed.id)
    piece, copy = complaint_evidence.read_copy(work, seal, file, why)
    made_anew = piece.kind is Evidence.PHOTO and copy.clean
    media = "image/jpeg" if made_anew else piece.media_type
    return media, copy


def check_evidence(work: Work, complaint: UUID) -> None:
    """Whether the actor may open evidence of this case; refused as `read_evidence` refuses."""
    check_handle(work.actor, load(work, complaint).ties)


def open_on_desk(work: Work, token: str, complaint: UUID) -> OpenedCase:
    """One case; that it was opened stands in the log once its content is read.

    Forbidden("has-a-part") for who said that they have a part in it.
    """
    handled = load(work, complaint)
    check_handle(work.actor, handled.ties)
    content, because = None, ""
    try:
        content = _content(work, token, handled)
    except Conflict as refusal:
        because = refusal.code
    filed = handled.filed
    ties = handled.ties
    employer = employers.find_employer(work.session, filed.employer) if filed.employer else None
    abroad = employer is not None and is_abroad(employer.department)
    supervises = work.actor.can(Permission.COMPLAINT_SUPERVISE) and filed.status in KEPT
    return OpenedCase(
        handled,
        reference_of(filed.id),
        shown(work, list_clocks(work, filed.id)),
        next_actions(work.actor, ties, handled.state, legal_day(work.now)),
        may_take(work.actor, ties, handled.state),
        filed.handler == work.actor.person,
        supervises,
        may_exclude(work.actor, ties),
        list_colleagues(work, ties.out),
        accounts.list_names(work.session, _people(handled)),
        employer.name if employer else "",
        work.ports.reference.departments.get(filed.department or "", ""),
        propose_targets(filed.categories, filed.flags, abroad=abroad),
        content,
        because,
        places=list_choices(work, filed),
        tax_number=(employer.tax_number or "") if employer else "",
    )


def list_colleagues(
    work: Work, out: Collection[PersonId] = frozenset()
) -> list[tuple[PersonId, str]]:
    """Who handles complaints now, by name, but for these."""
    every = find_office(work).accounts
    named = [(person, one.name) for person, one in every.items() if person not in out]
    return sorted(named, key=lambda one: (one[1], one[0]))


def _people(handled: Handled) -> set[UUID]:
    """Whose names the page of a case tells."""
    steps, holder = handled.steps, handled.filed.handler
    named = {one.person for one in steps} | {one.about for one in steps if one.about}
    return {UUID(str(one)) for one in named} | ({holder} if holder else set())


def _content(work: Work, token: str, handled: Handled) -> Content:
    seal = complaint_keys.open_case(work, token, handled.filed.id)
    event = work.event(Act.COMPLAINT_OPENED, handled.filed.id)
    complaints.note_opening(work.session, event=event)
    return Content(
        complaint_talk.read_conversation(work, seal),
        complaint_notes.list_notes(work, seal),
        step_words(work, seal, handled.steps),
        complaint_remedies.list_shown(work, seal, handled),
        complaint_evidence.list_held(work, seal),
    )
