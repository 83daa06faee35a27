"""Notes that officials write beside a case, for their own agency or for both."""

from app.services.reaching import writing
from app.services.ties import ties_of
from app.services.work import Work
from app.storage import case_notes, drafts
from permits.applications import ApplicationId
from permits.audit import Act
from permits.case_notes import CaseNote, check_note, find_faults
from permits.errors import refuse_if
from permits.policies import check_review


def add_note(work: Work, application: ApplicationId, words: str, *, shared: bool) -> CaseNote:
    """Write a note; the log tells that there is one, and not what it says."""
    check_review(work.actor)
    vault = work.ports.vault
    found, draft = drafts.read_whole(work.session, vault, application, reach=writing(work))
    agency = check_note(
        work.actor, found, ties_of(work, found, draft.answers.get("document_number"))
    )
    refuse_if(find_faults(words))
    note = CaseNote(
        work.new_id(), found.id, agency, work.actor.person, shared, words.strip(), work.now
    )
    event = work.event(Act.CASE_NOTED, found.id, {"shared": shared})
    case_notes.add_note(work.session, vault, note, event=event)
    return note


def list_notes(work: Work, application: ApplicationId) -> list[CaseNote]:
    """What the actor's agency may read of a case that was opened, newest first."""
    if work.actor.agency is None:
        return []
    return case_notes.list_notes(work.session, work.ports.vault, application, work.actor.agency)
