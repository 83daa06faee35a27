"""A right ends before its last day without anybody's taking it back: by its worker, or by time.

Nothing is held against a worker for it: no act of an official, no finding and no wait follows.
"""

from collections.abc import Mapping
from uuid import UUID

from app.services import quotas
from app.services.authorisations import Right, lock_right, publish_cards, right_of, tell_about
from app.services.revocations import end_cards
from app.services.work import Work
from app.storage import authorisations
from permits.audit import Act
from permits.authorisations import AuthorisationStatus, RightEnding
from permits.notices import NoticeKind
from permits.people import Permission
from permits.right_acts import check_end

TOLD: Mapping[RightEnding, tuple[Act, NoticeKind]] = {
    RightEnding.WORKER: (Act.AUTHORISATION_ENDED, NoticeKind.RIGHT_ENDED),
    RightEnding.UNUSED: (Act.AUTHORISATION_LAPSED, NoticeKind.RIGHT_LAPSED),
}
"""How the log and the worker are told of each ending."""


def end_own_right(work: Work, authorisation: UUID, *, seen_version: int) -> Right:
    """End an own right; no reason is asked.

    1. the right, held, as it was seen; 2. it is the worker's own, stands, and nobody proposes to
    take it back; 3. it ends.
    """
    right = lock_right(work, authorisation, Permission.APPLICATION_EDIT_OWN, seen_version)  # 1
    check_end(work.actor, right.case, work.now)  # 2
    return end_right(work, right, RightEnding.WORKER)  # 3


def end_right(work: Work, right: Right, ending: RightEnding) -> Right:
    """End a right that is held and that may end.

    1. every card that stands ends, its places of the quotas are free; 2. the lists are signed anew
    and the worker is told.
    """
    act, kind = TOLD[ending]
    found = right.authorisation
    end_cards(work, found)  # 1
    status = AuthorisationStatus.ENDED.value
    ended = {"status": status, "ending": ending.value, "ended_at": work.now}
    event = work.event(act, found.id)
    after = authorisations.save_right(work.session, found, ended, event=event)
    quotas.give_back_of_right(work, found)
    right = right_of(work, after)
    publish_cards(work, right)  # 2
    tell_about(work, kind, after)
    return right
