"""What was sent to people, for the demonstration, where no SMS leaves the machine."""

from app.services.work import Work
from app.storage import outbox
from app.storage.outbox import Message
from permits.notices import ABOUT_COMPLAINTS
from permits.people import Permission
from permits.policies import check_permission

__all__ = ["PAGE", "Message", "list_messages"]

PAGE = 100


def list_messages(work: Work, recipient: str | None = None, *, everybody: bool) -> list[Message]:
    """The newest messages, of one recipient where one is named.

    They carry resume codes: `everybody` is true in the demonstration alone, where the page stands
    in for the phones; else only an administrator reads them, and none that tells of a complaint.
    """
    if everybody:
        return outbox.list_messages(work.session, PAGE, recipient or None)
    check_permission(work.actor, Permission.OUTBOX_READ)
    silent = sorted(one.value for one in ABOUT_COMPLAINTS)
    return outbox.list_messages(work.session, PAGE, recipient or None, silent)
