"""Proposals to take a right back that wait: listed with their term, and over by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.services.authorisations import right_of, tell_about
from app.services.reaching import reading
from app.services.request_terms import Asked, Term, term_of
from app.services.seeking import seek_cases
from app.services.work import Work
from app.storage import authorisations, revocations
from app.storage import waiting_revocations as rows
from app.storage.waiting_revocations import Waiting
from permits.audit import Act
from permits.deadlines import legal_day, start_of
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.revocations import LAPSES_AFTER, Outcome

LISTED = 200

BATCH = 100
"""Proposals that one transaction ends at most; the next minute goes on."""


@dataclass(frozen=True)
class WaitingRevocation:
    """A proposal of the own agency; `own`: who reads made it, so that a colleague confirms it."""

    waiting: Waiting
    own: bool
    working_days: int
    term: Term | None


def list_waiting(work: Work, text: str = "") -> Sequence[WaitingRevocation]:
    """What waits for a second official of the own agency, the oldest first; as `text` finds it."""
    check_permission(work.actor, Permission.AUTHORISATION_REVOKE)
    agency = work.actor.agency
    if agency is None:
        return []
    found = rows.list_waiting(
        work.session, agency, reach=reading(work), limit=LISTED, search=seek_cases(work, text)
    )
    between, today = work.ports.reference.calendar.working_days_between, legal_day(work.now)
    return [
        WaitingRevocation(
            one,
            one.proposed_by == work.actor.person,
            between(legal_day(one.proposed_at), today),
            term_of(work, one.programme, Asked.REVOCATION, one.proposed_at),
        )
        for one in found
    ]


def lapse_forgotten(work: Work, limit: int = BATCH) -> int:
    """A proposal on which nobody decided counts no more; returns how many there were.

    The right stands as it stood, its worker is told, and anybody may propose anew.
    """
    days, today = work.ports.reference.calendar.add_working_days, legal_day(work.now)
    due = rows.list_forgotten(work.session, start_of(days(today, -LAPSES_AFTER)), limit)
    for one in due:
        found = authorisations.lock_authorisation(work.session, one, reach=EVERYTHING)
        proposal = right_of(work, found).case.proposal
        if proposal is None:
            continue
        lapsed = replace(proposal, outcome=Outcome.LAPSED, decided_at=work.now)
        facts = {"agency": lapsed.agency.value, "outcome": lapsed.outcome.value}
        event = work.event(Act.REVOCATION_DROPPED, found.id, facts)
        after = revocations.drop_revocation(work.session, found, lapsed, event=event)
        tell_about(work, NoticeKind.REVOCATION_DROPPED, after, {"agency": lapsed.agency.value})
    return len(due)
