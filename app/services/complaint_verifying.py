"""What the complainant says of a remedy, under their number: that it came, or that it did not.

Nobody says it in their name. As all that they do, it is told to the log by the day.
"""

from uuid import UUID

from app.services import complaint_talk
from app.services.complaint_keys import CaseSeal
from app.services.complaint_remedies import moved, open_remedy
from app.services.work import Work
from app.storage import complaint_remedies as rows
from app.storage import complaints
from permits.errors import Fault, NotFound, Stale, refuse_if
from recruitment.complaints.filed import Filed
from recruitment.complaints.moves import DECIDED, UNDER_WAY
from recruitment.complaints.remedies import (
    COUNTED,
    MOVES,
    WORDS_LIMIT,
    Remedy,
    RemedyAction,
    RemedyState,
    Verifier,
    list_own_moves,
    move_remedy,
)

SAID = frozenset({RemedyAction.VERIFY, RemedyAction.DISPUTE})


def list_told(
    work: Work, seal: CaseSeal, filed: Filed
) -> list[tuple[Remedy, tuple[RemedyAction, ...]]]:
    """The remedies that the complainant reads, each with what they may say of it now.

    None before a second person approved the finding. Once the case is over they are read only:
    who does not agree appeals.
    """
    if filed.status not in DECIDED:
        return []
    held = rows.list_remedies(work.session, filed.id)
    read = [open_remedy(work, seal, one) for one in held if one.state in COUNTED]
    return [(one, list_own_moves(one) if filed.status in UNDER_WAY else ()) for one in read]


def say(
    work: Work, seal: CaseSeal, identity: UUID, action: RemedyAction, words: str, *, seen: int
) -> None:
    """Confirm or dispute a remedy; `seen` is its version, and saying the same twice says it once.

    Invalid("complaint-not-now") where it is not theirs to say now; Stale where it changed
    meanwhile, also by a handler to the same state: their own word is not yet said, and not lost.
    NotFound for a remedy of another case.
    """
    if len(words) > WORDS_LIMIT:
        refuse_if([Fault("too-long", "words", {"limit": WORDS_LIMIT})])
    filed = complaints.get_complaint(work.session, seal.complaint, hold=True)
    held = rows.list_remedies(work.session, filed.id, hold=True)
    before = next((one for one in held if one.id == identity), None)
    if before is None:
        raise NotFound("no-such-remedy")
    again = before.version == seen + 1 and before.state in _after(action)
    if again and complaint_talk.was_said(work, seal, words.strip(), action):
        return  # pressed twice, or the reply was lost
    if before.version != seen:
        raise Stale("changed-meanwhile")
    allowed = {one.id: moves for one, moves in list_told(work, seal, filed)}
    if action not in SAID or action not in allowed.get(identity, ()):
        refuse_if([Fault("complaint-not-now", "remedy")])
    remedy = open_remedy(work, seal, before)
    state = move_remedy(remedy, action, Verifier.COMPLAINANT)
    rows.save_said(work.session, moved(work, before, state, Verifier.COMPLAINANT))
    complaint_talk.add_word(work, seal, words.strip(), action)


def _after(action: RemedyAction) -> set[RemedyState]:
    return {after for (_, done), after in MOVES.items() if done is action}
