"""Granting the right and issuing its credential exactly once, in numbered steps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from app.services import faces, notices
from app.services.case import Case
from app.services.intending import Numbered, intend, sign_intended
from app.services.list_places import draw_places
from app.services.work import Work
from app.storage import applications, authorisations, credentials, outbox
from app.storage.outbox import Effect
from permits import permit_numbers
from permits.approvals import Decision
from permits.audit import Act
from permits.authorisations import Authorisation, AuthorisationId
from permits.clearances import Clearance, clear
from permits.deadlines import legal_day
from permits.errors import Conflict
from permits.issuing import (
    Credential,
    CredentialState,
    RevocationReason,
)
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.renewals import days_of


class Follows(NamedTuple):
    """The card that another one follows, and what happened to it."""

    card: Credential
    reason: RevocationReason


def grant(work: Work, case: Case, decisions: Sequence[Decision]) -> Credential:
    """Grant the right of an approved application and record the credential to be signed.

    1. the clearance: the approvals are checked once more; 2. the authorisation, which the
    database refuses where an approval is missing; 3. the number and the place in the status list;
    4. the exact bytes to be signed, checked for form and size; 5. the record of the intent and
    an effect for whoever signs. Nothing is signed here: a crash leaves a record, never an
    unknown permit.
    """
    clearance = clear(case.application, decisions, case.agencies)  # 1
    authorisation = _authorise(work, case, clearance, decisions)  # 2
    return _record(work, case, clearance, authorisation)  # 3 to 5


def issue_again(
    work: Work, case: Case, authorisation: Authorisation, follows: Follows
) -> Credential:
    """Record another credential of the same right, in the place of one that stands no more.

    The steps of `grant` but for the second: the right is there. What it says is what the agencies
    decided on, with a number and a place of its own.
    """
    clearance = clear(case.application, case.decisions, case.agencies)  # 1
    return _record(work, case, clearance, authorisation, follows)  # 3 to 5


def _authorise(
    work: Work, case: Case, clearance: Clearance, decisions: Sequence[Decision]
) -> Authorisation:
    application, offer = case.application, case.offer
    if offer is None:
        raise Conflict("not-cleared", reason="no-offer")
    starts, ends = days_of(offer, case.programme, legal_day(work.now), case.renewal)
    authorisation = Authorisation(
        AuthorisationId(work.new_id()),
        application.id,
        application.worker,
        application.programme,
        application.round,
        application.digest or "",
        starts,
        ends,
        work.now,
    )
    event = work.event(
        Act.AUTHORISATION_GRANTED,
        authorisation.id,
        {
            "application": str(application.id),
            "round": application.round,
            "digest": authorisation.digest,
        },
    )
    given = {decision.agency: decision for decision in decisions}
    approvals = [given[agency] for agency in clearance.agencies]
    authorisations.add_authorisation(
        work.session, authorisation, approvals, application.agency_set or 0, event=event
    )
    return authorisation


def _draw_number(work: Work) -> str:
    # 2.5e16 numbers: the UNIQUE constraint refuses the double that will not come.
    return permit_numbers.make(work.ports.chance.below(permit_numbers.CHANCES))


def _record(
    work: Work,
    case: Case,
    clearance: Clearance,
    authorisation: Authorisation,
    follows: Follows | None = None,
) -> Credential:
    number = _draw_number(work)

    def intended() -> Iterator[Credential]:
        for place in draw_places(work):
            credential = intend(work, case, clearance, authorisation, Numbered(number, place))
            yield _following(credential, follows) if follows else credential

    credential = next(one for one in intended() if _is_added(work, one))
    effect = Effect("sign-credential", f"sign:{credential.id}", {"id": str(credential.id)})
    outbox.put(work.session, effect, work.now)
    return credential


def _is_added(work: Work, credential: Credential) -> bool:
    facts = {
        "number": credential.number,
        "authorisation": str(credential.authorisation),
        "kid": credential.kid.hex(),
    }
    event = work.event(Act.CREDENTIAL_PREPARED, credential.id, facts)
    return credentials.add_credential(work.session, work.ports.vault, credential, event=event)


def _following(credential: Credential, follows: Follows) -> Credential:
    return replace(
        credential,
        replaces=follows.card.id,
        replacement=follows.card.replacement + 1,
        replacement_reason=follows.reason,
    )


def sign_pending(work: Work, limit: int = 50) -> int:
    """Sign what was recorded and that nobody else holds; returns how many were signed.

    Safe to run twice or be killed. One that cannot be signed stays pending and keeps no other
    waiting; its own effect tells of it (`sign_credential`).
    """
    check_permission(work.actor, Permission.CREDENTIAL_SIGN)
    waiting = credentials.lock_pending(work.session, limit)
    return sum(_is_signed_alone(work, credential) for credential in waiting)


def _is_signed_alone(work: Work, credential: UUID) -> bool:
    try:
        with work.session.begin_nested():
            sign_credential(work, credential)
    except Exception:  # noqa: BLE001  (whatever its key does, the others are signed)
        return False
    return True


def sign_credential(work: Work, credential: UUID) -> bool:
    """Sign one credential, or raise what stands against it; False where it is not pending.

    1. its row, held; 2. the key that was named when the bytes were fixed; 3. the signature over
    exactly the recorded bytes; 4. the text; 5. stored over `pending` only, so that there is never
    a second text; 6. the photo, where the programme asks for it; 7. the worker is told. The
    service's own part: Forbidden for everybody else.
    """
    check_permission(work.actor, Permission.CREDENTIAL_SIGN)
    found = credentials.lock_credential(  # 1
        work.session, work.ports.vault, credential, reach=EVERYTHING
    )
    if found.state is not CredentialState.PENDING:
        return False
    _sign_one(work, found)
    return True


def _sign_one(work: Work, credential: Credential) -> None:
    authorisation = authorisations.get_authorisation(
        work.session, credential.authorisation, reach=EVERYTHING
    )
    signed = sign_intended(work, credential, authorisation.programme)  # 2 to 4
    event = work.event(
        Act.CREDENTIAL_SIGNED,
        credential.id,
        {"number": credential.number, "kid": credential.kid.hex()},
    )
    vault = work.ports.vault
    credentials.save_credential(work.session, vault, credential, signed, event=event)  # 5
    faces.sign_face(work, signed, authorisation)  # 6
    application = applications.get_application(
        work.session, authorisation.application, reach=EVERYTHING
    )
    notices.tell_worker(  # 7
        work,
        NoticeKind.PERMIT_READY,
        application,
        {"number": permit_numbers.show(credential.number)},
        once=f"card-{credential.replacement}",
    )
