"""The letter of an approval: for its worker and the agencies, and as a draft for who decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.services import applications, credentials, texts
from app.services.case import Case
from app.services.credentials import Permit
from app.services.seen_cases import case_as_seen
from app.services.work import Work
from permits.applications import ApplicationId, Status
from permits.approvals import Decision, Opinion
from permits.authorisations import OVER, status_on
from permits.deadlines import legal_day
from permits.errors import Conflict
from permits.issuing import CredentialState
from permits.people import Role
from permits.prints import PrintedApproval
from permits.programme_rules import LetterKind
from permits.renewals import days_of
from permits.visibility import Group, check_sees


def print_approval(work: Work, application: ApplicationId, language: str) -> bytes:
    """The letter of an approved application as PDF; an official's reading is logged.

    NotFound for everybody but its worker and the agencies. Conflict("no-letter") where it is not
    approved, where the right was ended or taken back, and where the programme sends none.
    """
    if work.actor.role is Role.WORKER:
        case = applications.read_own(work, application)
    else:
        case = applications.read_application(work, application, "letter")
        check_sees(work.actor, Group.NOTES)
    permit = credentials.find_permit_of(work, application)
    if permit is None or not has_letter(work, case, permit):
        raise Conflict("no-letter", status=case.application.status.value)
    return texts.printer(work).approval(_of_right(work, case, permit), language)


def has_letter(work: Work, case: Case, permit: Permit | None) -> bool:
    """Whether there is a letter of approval to take: also on a right that has expired."""
    if permit is None or case.application.status is not Status.APPROVED:
        return False
    over = status_on(permit.authorisation, legal_day(work.now)) in OVER
    return not over and permit.programme.letter(LetterKind.APPROVED) is not None


def draft_of(work: Work, case: Case, planned: Decision) -> PrintedApproval:
    """What the letter would say if this approval were the last one.

    Conflict("no-letter") where the programme sends none, or no work is named.
    """
    if case.offer is None or case.programme.letter(LetterKind.APPROVED) is None:
        raise Conflict("no-letter", status=case.application.status.value)
    days = days_of(case.offer, case.programme, legal_day(work.now), case.renewal)
    known = case_as_seen(work.actor, case).decisions  # what is sealed is in no draft
    printed = _printed(work, case, (*known, planned), days, None)
    return replace(printed, draft=True)


def _of_right(work: Work, case: Case, permit: Permit) -> PrintedApproval:
    right, card = permit.authorisation, permit.credential
    decisions = case_as_seen(work.actor, case).decisions
    number = card.number if card.state is CredentialState.ISSUED else None
    return _printed(work, case, decisions, (right.valid_from, right.valid_until), number)


def _printed(
    work: Work,
    case: Case,
    decisions: Sequence[Decision],
    days: tuple[date, date],
    number: str | None,
) -> PrintedApproval:
    if case.offer is None:
        raise Conflict("content-missing")
    offer, places = case.offer, work.ports.reference
    agencies = case.agencies
    approvals = [one for one in decisions if one.opinion is Opinion.APPROVE]
    towns = places.municipalities.get(case.programme.destination, {})
    return PrintedApproval(
        receipt=case.application.receipt or "",
        full_name=case.answers.full_name,
        programme=case.programme,
        approvals=tuple(
            (one.agency, legal_day(one.decided_at))
            for one in sorted(approvals, key=lambda one: agencies.index(one.agency))
        ),
        first_day=days[0],
        last_day=days[1],
        department=places.departments.get(offer.department, ""),
        municipality=towns.get(offer.municipality, ""),
        offer=offer,
        digest=case.application.digest or "",
        number=number,
        check=f"{work.ports.public_url}/v",
        printed_at=work.now,
    )
