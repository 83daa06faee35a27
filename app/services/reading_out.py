"""The messages of a case, read out by telephone to the person who asks for them (N6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.services import throttling
from app.services.case_messages import SeenMessage, list_of_case
from app.services.phone_codes import NOBODYS
from app.services.throttling import Limit, allow_try
from app.services.tracking import NOBODY
from app.services.work import Work
from app.storage import tracking
from permits.audit import Act
from permits.people import Permission
from permits.policies import check_permission
from permits.tracking import Claim, fits

CALLS = Limit("messages-read-out", 30, timedelta(hours=1))
"""Of one operator: a busy line, and no fishing."""

WRONG_WORDS = Limit("receipt-read-out", 10, timedelta(days=1))
"""Wrong words at one receipt told to operators, apart from those that strangers type on the public
page: whoever uses those up leaves the person who calls without an answer otherwise.
"""


@dataclass(frozen=True)
class ReadOut:
    """What is read out; None where the number or what was said is wrong. `wait` in seconds."""

    messages: Sequence[SeenMessage] | None = None
    wait: int = 0


def read_out(work: Work, receipt: str, claim: Claim) -> ReadOut:
    """The messages of who tells the receipt, the end of the phone, and the day of birth.

    Both are asked for, one more than for the bare state (`tracking.track`). A wrong word is as an
    unknown receipt; either stands in the log with who asked. Nothing of the file is told.
    """
    check_permission(work.actor, Permission.APPLICATION_ASSIST)
    if not allow_try(work, CALLS, str(work.actor.person)):
        return ReadOut(wait=CALLS.wait(work.now))
    tries = throttling.count(work, (WRONG_WORDS, receipt))
    if tries.wait:
        return ReadOut(wait=tries.wait)
    found = tracking.find_standing(work.session, receipt)
    known = found or NOBODY
    right = bool(claim.ending and claim.born) and fits(claim, known.phone, known.born)
    own = found.application if found and right else None
    event = work.event(Act.MESSAGES_READ_OUT, own or NOBODYS, {"found": own is not None})
    tracking.note_call(work.session, event=event)
    if own is None:
        return ReadOut()
    throttling.were_right(work, tries)
    return ReadOut(list_of_case(work, own))
