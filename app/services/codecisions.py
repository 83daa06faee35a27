"""What an employer wishes against a permit: passed on by an official, answered by the office.

No page of the agencies tells whether there is a complaint: every wish waits here alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.alerts import alert
from app.services.authorisations import lock_right
from app.services.complaint_parts import had_a_part
from app.services.work import Work
from app.storage import applications, authorisations, codecisions, permit_shields
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, NotFound, refuse_if
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.retaliation import (
    Codecision,
    CodecisionId,
    CodecisionState,
    Wish,
    check_answer,
    check_ask,
    find_faults,
)

LISTED = 200

NEEDED: dict[Wish, Permission] = {
    Wish.SUSPEND: Permission.AUTHORISATION_SUSPEND,
    Wish.REVOKE: Permission.AUTHORISATION_REVOKE,
}
"""Who could do it may pass on that it is wished."""


@dataclass(frozen=True)
class ListedCodecision:
    """A wish as the office reads it; `shielded` tells that a complaint protects the worker now."""

    codecision: Codecision
    receipt: str
    shielded: bool


def ask_codecision(
    work: Work, authorisation: UUID, wish: Wish, words: str, *, seen_version: int
) -> Codecision:
    """Pass on what an employer wishes; nothing changes until the office has answered.

    1. the right, held; 2. the words; 3. does the same wish wait already; 4. recorded.
    """
    right = lock_right(work, authorisation, NEEDED[wish], seen_version)  # 1
    agency = work.actor.agency
    if agency is None or right.case.own:
        raise Conflict("no-such-right-move", status="", action=wish.value)
    refuse_if(find_faults(words, "wish_words"))  # 2
    found = right.authorisation
    check_ask(wish, agency, list_of_right(work, found.id))  # 3
    asked = Codecision(
        CodecisionId(work.new_id()),
        found.id,
        found.worker,
        agency,
        wish,
        words.strip(),
        work.actor.person,
        work.now,
    )
    facts = {"agency": agency.value, "wish": wish.value}
    event = work.event(Act.CODECISION_ASKED, found.id, facts)
    codecisions.add_codecision(work.session, work.ports.vault, asked, event=event)  # 4
    return asked


def answer_codecision(work: Work, identity: UUID, why: str, *, agreed: bool) -> Codecision:
    """The office agrees or refuses, with its reason; a second answer is refused.

    Who passed the wish on is told that there is an answer; it stands in the case.

    Forbidden("has-a-part") for who decided on the permit before they came to the office.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    found = codecisions.find_codecision(work.session, work.ports.vault, identity, hold=True)
    if found is None:
        raise NotFound("no-such-codecision")
    check_answer(work.actor, found)
    right = authorisations.get_authorisation(work.session, found.authorisation, reach=EVERYTHING)
    if had_a_part(work, right):
        raise Forbidden("has-a-part")
    refuse_if(find_faults(why, "why"))
    answered = replace(
        found,
        state=CodecisionState.AGREED if agreed else CodecisionState.REFUSED,
        answered_by=work.actor.person,
        answered_at=work.now,
        why=why.strip(),
    )
    facts = {"wish": found.wish.value, "answer": answered.state.value}
    event = work.event(Act.CODECISION_ANSWERED, found.authorisation, facts)
    codecisions.answer_codecision(work.session, work.ports.vault, answered, event=event)
    link = f"{work.ports.public_url}/casos/{right.application}"
    alert(work, found.asked_by, NoticeKind.WISH_ANSWERED, link=link)
    return answered


def list_of_right(work: Work, authorisation: UUID) -> Sequence[Codecision]:
    """Every wish about a right that the caller may read, the newest first."""
    return codecisions.list_of_right(work.session, work.ports.vault, authorisation)


def list_waiting(work: Work) -> list[ListedCodecision]:
    """What the office has not answered; of the worker only the number of the case."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    waiting = codecisions.list_waiting(work.session, work.ports.vault, LISTED)
    today = legal_day(work.now)
    workers = {one.worker for one in waiting}
    shielded = permit_shields.list_shielded(work.session, workers, today) if waiting else set()
    return [_listed(work, one, shielded=one.worker in shielded) for one in waiting]


def _listed(work: Work, one: Codecision, *, shielded: bool) -> ListedCodecision:
    right = authorisations.get_authorisation(work.session, one.authorisation, reach=EVERYTHING)
    case = applications.get_application(work.session, right.application, reach=EVERYTHING)
    return ListedCodecision(one, case.receipt or "", shielded)
