"""What handlers note beside a case: for the office, for oneself, and which shield is its own.

The complainant reads none of it: what they read is the conversation. All of it is sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.services.complaint_cases import load, open_words, seal_words
from app.services.complaint_keys import CaseSeal, open_case
from app.services.work import Work
from app.storage import complaint_steps
from app.storage.complaint_steps import SealedNote
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Fault, refuse_if
from permits.people import PersonId
from permits.retaliation import Shield
from recruitment.complaints.filed import WORDS_LIMIT
from recruitment.complaints.handling import check_handle


class NoteKind(StrEnum):
    """Who reads a note."""

    INTERNAL = "internal"
    PERSONAL = "personal"
    """Its author alone."""
    SHIELD = "shield"
    """Nobody: the id of the shield that the case opened."""


@dataclass(frozen=True)
class Note:
    """A note with its words."""

    kind: NoteKind
    author: PersonId
    written_on: date
    words: str


def add_note(work: Work, token: str, complaint: UUID, kind: NoteKind, words: str) -> None:
    """Keep a note; a form sent twice keeps it once.

    Invalid where there are no words, or for a kind that nobody writes by hand.
    """
    handled = load(work, complaint)
    check_handle(work.actor, handled.ties)
    faults = [] if words.strip() else [Fault("missing", "note")]
    if len(words) > WORDS_LIMIT:
        faults.append(Fault("too-long", "note", {"limit": WORDS_LIMIT}))
    if kind is NoteKind.SHIELD:
        faults.append(Fault("not-an-option", "kind"))
    refuse_if(faults)
    seal = open_case(work, token, handled.filed.id)
    same = Note(kind, work.actor.person, legal_day(work.now), words.strip())
    if same not in list_notes(work, seal):
        _keep(work, seal, kind, words.strip())


def list_notes(work: Work, seal: CaseSeal) -> Sequence[Note]:
    """What this handler may read of a case that is open, the oldest first."""
    found = (
        (one, NoteKind(one.kind))
        for one in complaint_steps.list_notes(work.session, seal.complaint)
    )
    return [
        Note(kind, one.author, one.written_on, _words(work, seal, one))
        for one, kind in found
        if kind is NoteKind.INTERNAL
        or (kind is NoteKind.PERSONAL and one.author == work.actor.person)
    ]


def keep_shield(work: Work, seal: CaseSeal, shield: Shield) -> None:
    """Remember, under the case's key, which shield is its own."""
    _keep(work, seal, NoteKind.SHIELD, str(shield.id))


def list_shields(work: Work, seal: CaseSeal) -> list[UUID]:
    """The shields that a case opened."""
    return [
        UUID(_words(work, seal, one))
        for one in complaint_steps.list_notes(work.session, seal.complaint)
        if one.kind == NoteKind.SHIELD.value
    ]


def _keep(work: Work, seal: CaseSeal, kind: NoteKind, words: str) -> None:
    identity = work.new_id()
    note = SealedNote(
        identity,
        seal.complaint,
        kind.value,
        work.actor.person,
        legal_day(work.now),
        seal_words(work, seal, "note", identity, words),
    )
    event = work.event(Act.COMPLAINT_NOTED, seal.complaint)
    complaint_steps.add_note(work.session, note, event=event)


def _words(work: Work, seal: CaseSeal, one: SealedNote) -> str:
    return open_words(work, seal, "note", one.id, one.sealed)
