"""R05: an agent's mark rings at once, by day and by night, for who protects and who clears it."""

from app.services import notices
from app.services.work import Work
from app.storage import accounts
from permits.age_marks import AgeMark
from permits.deadlines import LEGAL_ZONE
from permits.notices import Notice, NoticeKind
from permits.people import ROLE_PERMISSIONS, Permission, Role

CLEARING = [one for one in Role if Permission.AGE_CLEAR in ROLE_PERMISSIONS[one]]


def ring(work: Work, mark: AgeMark) -> None:
    """One message for each who is told, once a mark, without a name, a number or the sign.

    Whoever is on duty for children is called as for a minor at a post (R05, Convention 182); the
    officials who clear marks are led to the list, where one of them says that they saw it.
    """
    _call_duty(work, mark)
    link = f"{work.ports.public_url}/parece-menor"
    for account in accounts.list_holders(work.session, CLEARING):
        if account.disabled or not (account.email or account.phone):
            continue
        key = f"{NoticeKind.AGE_MARKED.value}:{mark.id}:{account.person}"
        phone = None if account.email else account.phone
        notices.leave(
            work, Notice(NoticeKind.AGE_MARKED, "es", key, phone, account.email, {"link": link})
        )


def _call_duty(work: Work, mark: AgeMark) -> None:
    """`post` is that of the agent, "" for who works at none: then SETRASS is called."""
    duty = work.ports.child_duty
    if duty.email is None and duty.phone is None:
        return
    seen_at = mark.marked_at.astimezone(LEGAL_ZONE)
    facts = {
        "post": work.ports.reference.posts.get(work.actor.post or "", ""),
        "day": seen_at.date().isoformat(),
        "hour": f"{seen_at:%H:%M}",
    }
    key = f"{NoticeKind.CHILD_MARKED.value}:{mark.id}"
    notices.leave(work, Notice(NoticeKind.CHILD_MARKED, "es", key, duty.phone, duty.email, facts))
