"""A new card for a right that stands: the old one ends, the new one carries the same right."""

from dataclasses import replace
from uuid import UUID

from app.services import issuing, notices
from app.services.authorisations import publish_cards, right_of
from app.services.case import Case, load_case
from app.services.credentials import Permit
from app.services.issuing import Follows
from app.services.reaching import writing
from app.services.work import Work
from app.storage import authorisations, credentials
from permits import permit_numbers
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.errors import Conflict, Forbidden, Stale
from permits.issuing import (
    Credential,
    CredentialAction,
    CredentialState,
    RevocationReason,
    move_credential,
)
from permits.notices import NoticeKind
from permits.people import Permission, Role
from permits.policies import check_permission
from permits.replacements import check_replace, is_ended_by_office


def replace_credential(
    work: Work, credential: UUID, reason: RevocationReason, *, seen_version: int
) -> Permit:
    """End a card that was lost, stolen or damaged, and record the next one of the same right.

    1. who may never do this learns nothing; 2. the right, held, and its cards with it: of two who
    ask at once one finds the other's; 3. it is the newest card, as it was seen; 4. may it be
    replaced, by this person; 5. the old one is `replaced`, unless it was revoked before; 6. the
    new one by the numbered steps of issuing; 7. the lists are signed anew and the worker is told.
    """
    check_permission(work.actor, Permission.CREDENTIAL_REPLACE)  # 1
    before = _lock_newest(work, credential)  # 2
    if before.id != credential:
        raise Conflict("already-replaced")
    if before.version != seen_version:  # 3
        raise Stale("changed-meanwhile")
    reach = writing(work)
    authorisation = authorisations.get_authorisation(
        work.session, before.authorisation, reach=reach
    )
    case = load_case(work, authorisation.application)
    if case.ties.own and work.actor.role is not Role.WORKER:
        raise Forbidden("own-case")
    check_replace(work.actor, before, authorisation, reason, work.now)  # 4
    if is_ended_by_office(before):
        reason = before.revocation_reason or reason
    end_card(work, before, reason)  # 5
    issued = issuing.issue_again(work, case, authorisation, Follows(before, reason))  # 6
    publish_cards(work, right_of(work, authorisation), about=str(issued.id))  # 7
    notices.tell_worker(
        work,
        NoticeKind.CREDENTIAL_REPLACED,
        case.application,
        {"number": permit_numbers.show(before.number)},
        once=f"card-{issued.replacement}",
    )
    return Permit(issued, authorisation, case.programme)


def _lock_newest(work: Work, credential: UUID) -> Credential:
    """The newest card of the right that this card belongs to, with the right's row held."""
    reach, vault = writing(work), work.ports.vault
    asked = credentials.get_credential(work.session, vault, credential, reach=reach)
    held = authorisations.lock_authorisation(work.session, asked.authorisation, reach=reach)
    return credentials.list_of_right(work.session, vault, held.id, hold=True)[0]


def reissue(work: Work, case: Case, right: Authorisation, reason: RevocationReason) -> Credential:
    """The next card of a right that stands, in the place of one that says what was so before.

    Conflict where the newest card is not signed yet. One that was revoked, as lost for instance,
    holds up nothing: the right stands.
    """
    cards = credentials.list_of_right(work.session, work.ports.vault, right.id, hold=True)
    newest = cards[0]
    if newest.state is CredentialState.PENDING:
        raise Conflict("permit-not-ready")
    end_card(work, newest, reason)
    issued = issuing.issue_again(work, case, right, Follows(newest, reason))
    publish_cards(work, right_of(work, right), about=str(issued.id))
    return issued


def end_card(work: Work, before: Credential, reason: RevocationReason) -> None:
    """A card that stands is replaced; one that was revoked before stays as it is."""
    if before.state is not CredentialState.ISSUED:
        return
    after = replace(before, state=move_credential(before.state, CredentialAction.REPLACE))
    facts = {
        "number": before.number,
        "reason": reason.value,
        "replacement": before.replacement + 1,
    }
    event = work.event(Act.CREDENTIAL_REPLACED, before.id, facts)
    credentials.save_credential(work.session, work.ports.vault, before, after, event=event)
