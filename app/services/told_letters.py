"""The letters of what happened to a case and its right beside a decision: lapsed, asked, dropped.

A case has one such letter at a time: that of where it stands now.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from app.services import info_requests
from app.services.answer_terms import reinstate_until
from app.services.authorisations import Right
from app.services.case import Case
from app.services.work import Work
from permits import permit_numbers
from permits.answer_terms import answer_by
from permits.applications import Status
from permits.authorisations import STANDING, RightEnding
from permits.deadlines import end_of, legal_day
from permits.info_requests import waiting
from permits.issuing import BY_OFFICIALS, Credential, CredentialState, RevocationReason
from permits.people import Agency
from permits.prints import Measure, PrintedMeasure
from permits.revocations import Outcome, Revocation

DROPPED = frozenset({Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.LAPSED})
"""How a proposal to take a right back came to nothing."""

BY_OFFICE = frozenset({*BY_OFFICIALS, RevocationReason.FRAUD})
"""Why an office took a card out of use while its right stood; `fraud` as it was done once."""


def printed_about(
    work: Work, case: Case, measure: Measure, agency: Agency | None, at: datetime, note: str = ""
) -> PrintedMeasure:
    """A letter of a measure with what every one of them tells; the rest is the caller's."""
    return PrintedMeasure(
        measure=measure,
        receipt=case.application.receipt or "",
        full_name=case.answers.full_name,
        programme=case.programme,
        agency=agency,
        decided_on=legal_day(at),
        grounds=(),
        note=note,
        until=None,
        link=f"{work.ports.public_url}/mi-solicitud",
        printed_at=work.now,
    )


def told_of_case(work: Work, case: Case) -> PrintedMeasure | None:
    """What the letter of a case without a right tells: lapsed, barred or asked; None for others."""
    found = case.application
    if found.status is Status.LAPSED and found.lapsed_at:
        printed = printed_about(work, case, Measure.LAPSED, None, found.lapsed_at)
        return replace(printed, until=reinstate_until(work, case))
    if found.status is Status.RETURNED and found.barred_at:
        printed = printed_about(work, case, Measure.BARRED, Agency.SETRASS, found.barred_at)
        return replace(printed, until=_answer_by(work, case, found.barred_at))
    asked = waiting(found, info_requests.list_requests(work, found.id))
    if asked is None:
        return None
    texts = [one.question.text for one in asked.items]
    return printed_questions(work, case, asked.agency, asked.asked_at, texts)


def printed_questions(
    work: Work, case: Case, agency: Agency, at: datetime, questions: Sequence[str]
) -> PrintedMeasure:
    """Questions to the worker with the last day to answer, also before they are asked."""
    printed = printed_about(work, case, Measure.ASKED, agency, at)
    return replace(printed, until=_answer_by(work, case, at), questions=tuple(questions))


def told_of_right(work: Work, case: Case, right: Right) -> PrintedMeasure | None:
    """What the letter of a right tells that stands or ended by time: unused, a card, a proposal.

    None where nothing of these happened to it, or something of more weight waits or came later.
    """
    found = right.authorisation
    if found.ending is RightEnding.UNUSED and found.ended_at:
        return printed_about(work, case, Measure.UNUSED, None, found.ended_at)
    waits = right.case.proposal is not None or right.case.suspension is not None
    if waits or right.case.status(work.now) not in STANDING:
        return None
    card = right.credentials[0]
    # What ended with another act (a key given up, another employer) is told by that.
    if card.state is CredentialState.REVOKED and card.revocation_reason in BY_OFFICE:
        return printed_card(work, case, card)
    last = right.revocations[0] if right.revocations else None
    return _dropped(work, case, last, right)


def printed_card(work: Work, case: Case, card: Credential) -> PrintedMeasure:
    """A card that an office took out of use, also before it did."""
    printed = printed_about(work, case, Measure.CARD_REVOKED, None, card.revoked_at or work.now)
    grounds = (card.revocation_reason,) if card.revocation_reason else ()
    return replace(printed, grounds=grounds, number=permit_numbers.show(card.number))


def printed_drop(work: Work, case: Case, found: Revocation) -> PrintedMeasure:
    """The end of a proposal to take a right back, also before it is recorded."""
    at = found.decided_at or work.now
    return printed_about(work, case, Measure.DROPPED, found.agency, at)


def _dropped(
    work: Work, case: Case, found: Revocation | None, right: Right
) -> PrintedMeasure | None:
    """Only the newest is told: a suspension that ended later has its own letter."""
    if found is None or found.outcome not in DROPPED or found.decided_at is None:
        return None
    paused = right.suspensions[0] if right.suspensions else None
    if paused and (paused.ended_at or end_of(paused.until)) > found.decided_at:
        return None
    return printed_drop(work, case, found)


def _answer_by(work: Work, case: Case, at: datetime) -> date:
    calendar = work.ports.reference.calendar
    return answer_by(case.application, at, case.programme.clocks, calendar)
