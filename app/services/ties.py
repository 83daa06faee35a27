"""What ties an official to a case: their own document in it, and whose colleague holds it."""

from app.services.accounts import IDENTITY
from app.services.work import Work
from app.storage import accounts
from app.storage.case_files import Reader
from permits.applications import Application
from permits.identity_documents import normalise
from permits.people import AGENCY_OF, Agency, PersonId
from permits.policies import NO_TIES, Ties


def reader_of(work: Work, document_number: object) -> Reader | None:
    """Who reads a case that names this document; None for whom it can be no tie."""
    if work.actor.agency is None or not document_number:
        return None
    return Reader(work.actor.person, identity_of(work, str(document_number)))


def identity_of(work: Work, number: str) -> bytes:
    """The keyed hash by which the account of who holds a document is known."""
    return work.ports.vault.index(IDENTITY, normalise(number))


def ties_of(
    work: Work, application: Application, document_number: object, own: bool | None = None
) -> Ties:
    """The ties of who acts; nobody but officials of the agencies can have any.

    `own` is whether the document is theirs, where that was read already.

    One natural person has one account, found by the keyed hash of the identity document: an
    official who applies as a worker is known by that document, whatever the ids say.
    """
    if work.actor.agency is None:
        return NO_TIES
    holder = application.held_by
    return Ties(
        _is_own(work, document_number) if own is None else own,
        _agency_of(work, holder) if holder not in {None, work.actor.person} else None,
    )


def _is_own(work: Work, document_number: object) -> bool:
    reader = reader_of(work, document_number)
    return reader is not None and accounts.is_of(work.session, reader.person, reader.identity_index)


def _agency_of(work: Work, person: PersonId | None) -> Agency | None:
    """The agency that a holder speaks for now; None where they speak for none any more."""
    account = accounts.find_account_of(work.session, person) if person else None
    agencies = {AGENCY_OF[role] for role in account.roles & set(AGENCY_OF)} if account else set()
    return min(agencies, default=None)
