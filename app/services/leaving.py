"""The worker ends the own right before its last day; no reason is asked.

Nothing is held against them: no act of an official, no finding and no wait follows from it.
"""

from uuid import UUID

from app.services import quotas
from app.services.authorisations import Right, lock_right, publish_cards, right_of, tell_about
from app.services.revocations import end_cards
from app.services.work import Work
from app.storage import authorisations
from permits.audit import Act
from permits.authorisations import AuthorisationStatus
from permits.notices import NoticeKind
from permits.people import Permission
from permits.right_acts import check_end


def end_own_right(work: Work, authorisation: UUID, *, seen_version: int) -> Right:
    """End an own right.

    1. the right, held, as it was seen; 2. it is the worker's own, stands, and nobody proposes to
    take it back; 3. every card that stands ends, its places of the quotas are free; 4. the lists
    are signed anew and the worker is told.
    """
    right = lock_right(work, authorisation, Permission.APPLICATION_EDIT_OWN, seen_version)  # 1
    check_end(work.actor, right.case, work.now)  # 2
    found = right.authorisation
    end_cards(work, found)  # 3
    ended = {"status": AuthorisationStatus.ENDED.value, "ended_at": work.now}
    event = work.event(Act.AUTHORISATION_ENDED, found.id)
    after = authorisations.save_right(work.session, found, ended, event=event)
    quotas.give_back_of_right(work, found)
    right = right_of(work, after)
    publish_cards(work, right)  # 4
    tell_about(work, NoticeKind.RIGHT_ENDED, after)
    return right
