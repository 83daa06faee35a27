"""Break-glass: a file beyond one's bounds, opened for a stated reason, for an hour, to read."""

from datetime import datetime, timedelta

from permits.errors import Fault, Forbidden, refuse_if
from permits.people import Actor, Permission, PersonId
from permits.policies import check_permission

LASTS = timedelta(hours=1)
SHORTEST_REASON, LONGEST_TEXT = 20, 1000
"""Characters: too short a reason is none, and a note is no file."""


def check_open(actor: Actor, worker: PersonId, reason: str) -> None:
    """Who may open a file beyond their bounds, and with what reason; nobody their own."""
    check_permission(actor, Permission.APPLICATION_BREAK_GLASS)
    if actor.person == worker:
        raise Forbidden("own-case")
    refuse_if(_text_faults("reason", reason, SHORTEST_REASON))


def check_look(actor: Actor, opener: PersonId, ends_at: datetime, now: datetime) -> None:
    """Only who opened it reads it, and only until it ends."""
    check_permission(actor, Permission.APPLICATION_BREAK_GLASS)
    if actor.person != opener:
        raise Forbidden("opened-by-another")
    if now >= ends_at:
        raise Forbidden("opening-is-over")


def check_review(actor: Actor, opener: PersonId, note: str) -> None:
    """The data-protection officer judges every opening, with a sentence of why."""
    check_permission(actor, Permission.BREAK_GLASS_REVIEW)
    if actor.person == opener:
        raise Forbidden("own-opening")
    refuse_if(_text_faults("note", note, 1))


def _text_faults(field: str, text: str, shortest: int) -> list[Fault]:
    if not text:
        return [Fault("missing", field)]
    if len(text) < shortest:
        return [Fault("too-short", field, {"limit": shortest})]
    return [Fault("too-long", field, {"limit": LONGEST_TEXT})] if len(text) > LONGEST_TEXT else []
