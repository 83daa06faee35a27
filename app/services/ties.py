"""What ties an official to a case: their document in it, their hand in it, who holds it."""

from app.services.accounts import IDENTITY
from app.services.work import Work
from app.storage import accounts, preparers
from app.storage.preparers import Reader
from permits.applications import Application
from permits.identity_documents import normalise
from permits.people import AGENCY_OF, Agency, PersonId
from permits.policies import NO_TIES, Ties


def reader_of(work: Work, document_number: object) -> Reader | None:
    """Who reads a case that names this document; None for whom there can be no tie."""
    if work.actor.agency is None:
        return None
    named = identity_of(work, str(document_number)) if document_number else None
    return Reader(work.actor.person, named)


def identity_of(work: Work, number: str) -> bytes:
    """The keyed hash by which the account of who holds a document is known."""
    return work.ports.vault.index(IDENTITY, normalise(number))


def ties_of(
    work: Work,
    application: Application,
    document_number: object,
    known: tuple[bool, bool] | None = None,
) -> Ties:
    """The ties of who acts; nobody but officials of the agencies can have any.

    `known` tells whether the document is theirs and whether they prepared the case, where that was
    read already.

    One natural person has one account, found by the keyed hash of the identity document: an
    official who applies as a worker is known by that document, whatever the ids say.
    """
    reader = reader_of(work, document_number)
    if reader is None:
        return NO_TIES
    holder = application.held_by
    own, prepared = known or preparers.read_ties(
        work.session, application.id, reader.person, reader.identity_index
    )
    return Ties(
        own,
        _agency_of(work, holder) if holder not in {None, work.actor.person} else None,
        prepared=prepared,
    )


def _agency_of(work: Work, person: PersonId | None) -> Agency | None:
    """The agency that a holder speaks for now; None where they speak for none any more."""
    account = accounts.find_account_of(work.session, person) if person else None
    agencies = {AGENCY_OF[role] for role in account.roles & set(AGENCY_OF)} if account else set()
    return min(agencies, default=None)
