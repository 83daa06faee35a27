"""What a restore undoes of revocations and suspensions, told before and done again afterwards.

A backup knows nothing of what came after it: a card that was taken back would count again. What
does not count is told to another place while the service runs, and ended again before anybody is
let in. It was decided and told to the worker once: nobody decides anew, and nobody is told twice.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from app.services import quotas
from app.services.authorisations import Right, right_of
from app.services.leaving import TOLD as ENDED_BY
from app.services.work import Work
from app.storage import authorisations, credentials, endings, suspensions
from permits.audit import Act
from permits.authorisations import OVER, AuthorisationStatus
from permits.deadlines import legal_day
from permits.endings import Ended, EndedCard, Leaving, Place
from permits.errors import NotFound
from permits.issuing import (
    STANDING,
    Credential,
    CredentialAction,
    RevocationReason,
    move_credential,
)
from permits.people import SYSTEM_PERSON
from permits.reach import EVERYTHING
from permits.revocations import Revocation
from permits.suspensions import Suspension


@dataclass(frozen=True)
class EndedAgain:
    """How many cards, rights and suspensions were ended again, and places of unknown cards.

    `by_hand` are the rights whose officials are not known here, so that two others must act, and
    those that ended without them while an act of officials, undone since, stands here again.
    """

    cards: int = 0
    places: int = 0
    rights: int = 0
    suspensions: int = 0
    by_hand: tuple[UUID, ...] = ()


def list_ended(work: Work) -> Ended:
    """Everything that does not count now and has not run out by its days."""
    day = legal_day(work.now)
    return Ended(
        endings.list_ended_cards(work.session, work.now),
        endings.list_ending_revocations(work.session, day),
        endings.list_running_suspensions(work.session, day),
        endings.list_leavings(work.session, day),
    )


def end_again(work: Work, ended: Ended) -> EndedAgain:
    """Do once more what `ended` tells; what stands already is left as it is.

    1. each card, or its place where the card is not known; 2. rights, by the two people who took
    them back; 3. suspensions whose days are not over; 4. rights that ended by their workers or by
    time, as of that instant. The lists are for the caller to publish.
    """
    cards = places = 0
    for card in ended.cards:  # 1
        known = credentials.find_by_number(work.session, work.ports.vault, card.number)
        if known is None:
            places += _keep_place(work, card)
        elif card.reason is not None:
            cards += _end_card(work, known, card.reason)
    taken = {one.authorisation: _take_back(work, one) for one in ended.revocations}  # 2
    paused = {one.authorisation: _pause(work, one) for one in ended.suspensions}  # 3
    left = {one.authorisation: _leave(work, one) for one in ended.leavings}  # 4
    results = [*taken.items(), *paused.items(), *left.items()]
    by_hand = tuple(right for right, done in results if done is None)
    rights = sum(done is True for done in (*taken.values(), *left.values()))
    return EndedAgain(cards, places, rights, sum(d is True for d in paused.values()), by_hand)


def _keep_place(work: Work, card: EndedCard) -> bool:
    facts = {"list": card.list, "index": card.index}
    event = work.event(Act.PLACE_ENDED, SYSTEM_PERSON, facts)
    place = Place(card.list, card.index, card.status, card.until)
    return endings.keep_place(work.session, place, event=event)


def _end_card(work: Work, card: Credential, reason: RevocationReason) -> bool:
    if card.state not in STANDING:
        return False
    state = move_credential(card.state, CredentialAction.REVOKE)
    after = replace(card, state=state, revoked_at=work.now, revocation_reason=reason)
    facts = {"number": card.number, "reason": reason.value}
    event = work.event(Act.CREDENTIAL_REVOKED, card.id, facts)
    credentials.save_credential(work.session, work.ports.vault, card, after, event=event)
    return True


def _take_back(work: Work, told: Revocation) -> bool | None:
    """True where the right was taken back, False where nothing is left to do, None by hand."""
    right = _find(work, told.authorisation)
    if right is None or right.authorisation.stored in OVER:
        return False
    for card in right.credentials:
        _end_card(work, card, RevocationReason.AUTHORISATION_ENDED)
    people = {told.proposed_by} | ({told.decided_by} if told.decided_by else set())
    if not endings.is_posted(work.session, people, told.agency):
        return None
    facts = {
        "agency": told.agency.value,
        "grounds": [ground.value for ground in told.grounds],
        "proposed_by": str(told.proposed_by),
    }
    event = work.event(Act.AUTHORISATION_REVOKED, told.authorisation, facts)
    running = right.case.suspension
    endings.repeat_revocation(work.session, right.authorisation, told, running, event=event)
    quotas.give_back_of_right(work, right.authorisation)
    return True


def _pause(work: Work, told: Suspension) -> bool | None:
    right = _find(work, told.authorisation)
    over = legal_day(work.now) > told.until
    if right is None or over or right.authorisation.stored is not AuthorisationStatus.GRANTED:
        return False
    if not endings.is_posted(work.session, {told.official}, told.agency):
        return None
    facts = {
        "agency": told.agency.value,
        "reason": told.reason.value,
        "origin": told.origin.value,
        "until": told.until.isoformat(),
    }
    event = work.event(Act.AUTHORISATION_SUSPENDED, told.authorisation, facts)
    suspensions.start_suspension(work.session, right.authorisation, told, event=event)
    return True


def _leave(work: Work, told: Leaving) -> bool | None:
    """As `_take_back`; by hand where it is suspended here, or somebody proposes to take it back."""
    right = _find(work, told.authorisation)
    if right is None or right.authorisation.stored in OVER:
        return False
    for card in right.credentials:
        _end_card(work, card, RevocationReason.AUTHORISATION_ENDED)
    if right.authorisation.stored is not AuthorisationStatus.GRANTED or right.case.proposal:
        return None
    status, ending = AuthorisationStatus.ENDED.value, told.ending.value
    ended = {"status": status, "ending": ending, "ended_at": told.ended_at}
    event = work.event(ENDED_BY[told.ending][0], told.authorisation)
    authorisations.save_right(work.session, right.authorisation, ended, event=event)
    quotas.give_back_of_right(work, right.authorisation)
    return True


def _find(work: Work, authorisation: UUID) -> Right | None:
    try:
        found = authorisations.lock_authorisation(work.session, authorisation, reach=EVERYTHING)
    except NotFound:
        return None
    return right_of(work, found)
