"""Taking a right back: proposed by one official, confirmed or dropped, and all its cards end."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import quotas
from app.services.authorisations import (
    Right,
    lock_right,
    publish_cards,
    right_of,
    tell_about,
)
from app.services.rights_before import list_going_on
from app.services.work import Work
from app.storage import codecisions, credentials, permit_shields, revocations
from permits.audit import Act, AuditEvent
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.errors import refuse_if
from permits.issuing import STANDING, CredentialAction, RevocationReason, move_credential
from permits.notices import NoticeKind
from permits.people import Agency, Permission
from permits.retaliation import Origin, Wish, check_no_retaliation
from permits.revocations import (
    URGENT,
    Hearing,
    Outcome,
    Revocation,
    RevocationGround,
    RevocationId,
    find_faults,
)
from permits.right_acts import check_confirm, check_drop, check_propose


@dataclass(frozen=True)
class Proposal:
    """What an official says who proposes to take a right back."""

    grounds: tuple[RevocationGround, ...]
    heard: Hearing
    hearing: str
    note: str
    origin: Origin


def propose_revocation(
    work: Work, authorisation: UUID, said: Proposal, *, seen_version: int
) -> Right:
    """Propose to take a right back; nothing changes for its cards until another confirms.

    1. the right, held; 2. what `plan_proposal` asks; 3. recorded, and the worker is told.
    """
    right = lock_right(work, authorisation, Permission.AUTHORISATION_REVOKE, seen_version)  # 1
    proposal, found = plan_proposal(work, right, said), right.authorisation  # 2
    facts = {
        "agency": proposal.agency.value,
        "grounds": [ground.value for ground in proposal.grounds],
        "heard": said.heard.value,
        "origin": said.origin.value,
    }
    event = work.event(Act.REVOCATION_PROPOSED, found.id, facts)
    vault = work.ports.vault
    after = revocations.add_revocation(work.session, vault, found, proposal, event=event)  # 3
    told = {"agency": proposal.agency.value, "note": proposal.note}
    tell_about(work, NoticeKind.REVOCATION_PROPOSED, after, told)
    return right_of(work, after)


def plan_proposal(work: Work, right: Right, said: Proposal) -> Revocation:
    """A proposal as it would be recorded now; nothing is written.

    1. may this official; 2. coded grounds of the own agency, and the worker was heard; 3. does
    the second office agree to what an employer wishes.
    """
    agency = check_propose(work.actor, right.case, work.now)  # 1
    refuse_if(find_faults(agency, said.grounds, said.hearing, said.note))  # 2
    found = right.authorisation
    _check_wish(work, said.origin, agency, found, said.grounds)  # 3
    return Revocation(
        RevocationId(work.new_id()),
        found.id,
        found.worker,
        agency,
        tuple(sorted(set(said.grounds))),
        said.origin,
        said.heard,
        said.hearing.strip(),
        said.note.strip(),
        work.actor.person,
        work.now,
    )


def confirm_revocation(work: Work, authorisation: UUID, *, seen_version: int) -> Right:
    """Take a right back, as the second official of the agency that proposed it.

    1. the right, held; 2. what `plan_confirmation` asks; 3. every card that stands ends; 4. the
    right is revoked, which the database refuses without the confirmed proposal of two people, and
    with a card that stands; its places of the quotas are free again; 5. the lists are signed anew
    and the worker is told; 6. so with every right that goes on from it.
    """
    right = lock_right(work, authorisation, Permission.AUTHORISATION_REVOKE, seen_version)  # 1
    confirmed, found = plan_confirmation(work, right), right.authorisation  # 2
    end_cards(work, found)  # 3
    event = _event_of(work, confirmed)
    after = revocations.confirm_revocation(  # 4
        work.session, found, confirmed, right.case.suspension, event=event
    )
    ended = _follow(work, after, confirmed)  # 5
    _take_along(work, after, confirmed)  # 6
    return ended


def _event_of(work: Work, confirmed: Revocation) -> AuditEvent:
    facts = {
        "agency": confirmed.agency.value,
        "grounds": [ground.value for ground in confirmed.grounds],
        "proposed_by": str(confirmed.proposed_by),
    }
    return work.event(Act.AUTHORISATION_REVOKED, confirmed.authorisation, facts)


def _follow(work: Work, after: Authorisation, confirmed: Revocation) -> Right:
    quotas.give_back_of_right(work, after)
    ended = right_of(work, after)
    publish_cards(work, ended)
    told = {"agency": confirmed.agency.value, "note": confirmed.note}
    tell_about(work, NoticeKind.RIGHT_REVOKED, after, told)
    return ended


def _take_along(work: Work, taken: Authorisation, confirmed: Revocation) -> None:
    """A renewal that was granted meanwhile is lost with the right that it goes on from."""
    for later in list_going_on(work, taken, lock=True):
        along = replace(
            confirmed,
            id=RevocationId(work.new_id()),
            authorisation=later.id,
            follows=confirmed.id,
        )
        end_cards(work, later)
        running = right_of(work, later).case.suspension
        after = revocations.take_along(
            work.session, work.ports.vault, later, along, running, event=_event_of(work, along)
        )
        _follow(work, after, along)


def plan_confirmation(work: Work, right: Right) -> Revocation:
    """The proposal that waits, confirmed as it would be now; nothing is written.

    1. may this official; 2. does the second office agree still.
    """
    proposal = check_confirm(work.actor, right.case, work.now)  # 1
    _check_wish(work, proposal.origin, proposal.agency, right.authorisation, proposal.grounds)  # 2
    return replace(
        proposal,
        outcome=Outcome.CONFIRMED,
        decided_by=work.actor.person,
        decided_at=work.now,
    )


def drop_revocation(work: Work, authorisation: UUID, *, seen_version: int) -> Right:
    """Withdraw an own proposal, or reject a colleague's; the right stands."""
    right = lock_right(work, authorisation, Permission.AUTHORISATION_REVOKE, seen_version)
    dropped, found = plan_drop(work, right), right.authorisation
    facts = {"agency": dropped.agency.value, "outcome": dropped.outcome.value}
    event = work.event(Act.REVOCATION_DROPPED, found.id, facts)
    after = revocations.drop_revocation(work.session, found, dropped, event=event)
    tell_about(work, NoticeKind.REVOCATION_DROPPED, after, {"agency": dropped.agency.value})
    return right_of(work, after)


def plan_drop(work: Work, right: Right) -> Revocation:
    """The proposal that waits, dropped as it would be now; nothing is written."""
    outcome, proposal = check_drop(work.actor, right.case), right.case.proposal
    assert proposal is not None  # noqa: S101  (held by check_drop)
    return replace(proposal, outcome=outcome, decided_by=work.actor.person, decided_at=work.now)


def _check_wish(
    work: Work,
    origin: Origin,
    agency: Agency,
    found: Authorisation,
    grounds: Collection[RevocationGround],
) -> None:
    wishes = codecisions.list_of_right(work.session, work.ports.vault, found.id)
    shields = permit_shields.list_shields(work.session, found.worker, legal_day(work.now))
    check_no_retaliation(
        origin,
        Wish.REVOKE,
        agency,
        wishes,
        work.now,
        shielded=bool(shields),
        urgent=bool(URGENT & set(grounds)),
    )


def end_cards(work: Work, found: Authorisation) -> None:
    """Revoke what stands of a right; a card that waits for its signature never gets one."""
    vault, reason = work.ports.vault, RevocationReason.AUTHORISATION_ENDED
    for card in credentials.list_of_right(work.session, vault, found.id, hold=True):
        if card.state not in STANDING:
            continue
        after = replace(
            card,
            state=move_credential(card.state, CredentialAction.REVOKE),
            revoked_at=work.now,
            revocation_reason=reason,
        )
        facts = {"number": card.number, "reason": reason.value}
        event = work.event(Act.CREDENTIAL_REVOKED, card.id, facts)
        credentials.save_credential(work.session, vault, card, after, event=event)
