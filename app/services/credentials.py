"""Credentials after issuing: read by their worker and the agencies, revoked when one is lost."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.services import notices
from app.services.case import load_case, programme_of
from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, authorisations, credentials, outbox
from permits import permit_numbers
from permits.applications import ApplicationId
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.errors import Fault, Forbidden, Hidden, Stale, refuse_if
from permits.issuing import (
    BY_OFFICIALS,
    Credential,
    CredentialAction,
    RevocationReason,
    move_credential,
)
from permits.notices import NoticeKind
from permits.people import Permission, Role
from permits.policies import check_permission
from permits.programmes import Programme
from permits.visibility import Group, sees


@dataclass(frozen=True)
class Permit:
    """A credential with the right that it carries."""

    credential: Credential
    authorisation: Authorisation
    programme: Programme


def read_credential(work: Work, credential: UUID, form: str) -> Permit:
    """A credential, for its worker and the agencies; `form` (json, page, svg, card) is logged."""
    reach, vault = reading(work), work.ports.vault
    found = credentials.get_credential(work.session, vault, credential, reach=reach)
    authorisation = authorisations.get_authorisation(work.session, found.authorisation, reach=reach)
    _check_read(work, authorisation, "no-such-credential")
    event = work.event(Act.CREDENTIAL_READ, found.id, {"form": form})
    credentials.note_reading(work.session, event=event)
    return Permit(found, authorisation, programme_of(work, authorisation.programme))


def find_permit_of(work: Work, application: UUID) -> Permit | None:
    """The newest credential of an application within reach, if one was ever prepared.

    None too for who may not know the permit's number.
    """
    identity = ApplicationId(application)
    found = applications.get_application(work.session, identity, reach=reading(work))
    authorisation = authorisations.find_of_application(work.session, found.id)
    if authorisation is None or not sees(work.actor, Group.NUMBER):
        return None
    credential = credentials.find_standing(work.session, work.ports.vault, authorisation.id)
    if credential is None:
        return None
    return Permit(credential, authorisation, programme_of(work, authorisation.programme))


def revoke_credential(
    work: Work, credential: UUID, reason: RevocationReason, *, seen_version: int
) -> Credential:
    """Revoke a carrier: a lost or stolen card. The right behind it stands.

    Its place in the status list is published as invalid by an effect of the same transaction; its
    worker has the next card at once. Nobody does so in their own case. Conflict where it is
    revoked or replaced already; Stale where it changed meanwhile.
    """
    check_permission(work.actor, Permission.CREDENTIAL_REVOKE)
    _check_reason(reason)
    before = credentials.lock_credential(
        work.session, work.ports.vault, credential, reach=writing(work)
    )
    authorisation = authorisations.get_authorisation(
        work.session, before.authorisation, reach=writing(work)
    )
    case = load_case(work, authorisation.application)
    if case.ties.own:
        raise Forbidden("own-case")
    if before.version != seen_version:
        raise Stale("changed-meanwhile")
    after = plan_card(work, before, reason)
    facts = {"number": before.number, "reason": reason.value}
    event = work.event(Act.CREDENTIAL_REVOKED, before.id, facts)
    vault = work.ports.vault
    after = credentials.save_credential(work.session, vault, before, after, event=event)
    key = f"publish:{before.status_list}:{before.id}"
    effect = outbox.Effect("publish-status-list", key, {"list": before.status_list})
    outbox.put(work.session, effect, work.now)
    told = {"number": permit_numbers.show(before.number)}
    notices.tell_worker(work, NoticeKind.CREDENTIAL_REVOKED, case.application, told)
    return after


def plan_card(work: Work, card: Credential, reason: RevocationReason) -> Credential:
    """A card revoked as it would be now; nothing is written. Conflict where it stands no more."""
    _check_reason(reason)
    return replace(
        card,
        state=move_credential(card.state, CredentialAction.REVOKE),
        revoked_at=work.now,
        revocation_reason=reason,
    )


def _check_reason(reason: RevocationReason) -> None:
    refuse_if([] if reason in BY_OFFICIALS else [Fault("unknown-value", "reason")])


def _check_read(work: Work, authorisation: Authorisation, code: str) -> None:
    own = work.actor.role is Role.WORKER and work.actor.person == authorisation.worker
    if not own and not work.actor.can(Permission.CREDENTIAL_READ):
        raise Hidden(code)
