"""Paper for those without a phone: the card, the sheet, and the letter about a decision."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from app.services import applications, credentials, faces, own_data, texts
from app.services.approval_letters import draft_of
from app.services.approvals import Ruling
from app.services.authorisations import right_of
from app.services.case import Case, load_case
from app.services.credentials import Permit
from app.services.seen_cases import seal_of
from app.services.told_letters import printed_about, told_of_case, told_of_right
from app.services.work import Work
from permits.answer_terms import answer_by
from permits.appeals import RecourseTerms, refusal_of, terms_from
from permits.applications import ApplicationId, Status
from permits.approvals import Decision, Opinion, find_faults
from permits.authorisations import AuthorisationStatus
from permits.deadlines import end_of, legal_day
from permits.errors import Conflict, refuse_if
from permits.identity_documents import IdentityKind
from permits.issuing import CredentialState
from permits.people import Permission, Role
from permits.permit_claims import read_claims
from permits.policies import check_decide, check_permission
from permits.prints import (
    Measure,
    PrintedDecision,
    PrintedLook,
    PrintedMeasure,
    PrintedOwnData,
    PrintedPermit,
)
from permits.programme_rules import LetterKind
from permits.revocations import Revocation
from permits.submissions import DocumentKind
from permits.suspensions import Suspension
from permits.visibility import Group, check_sees, visible_decisions

BARE_IN_LINKS = "$*+-./:"
"""Signs of Base45 that stand in an address as they are; blank and percent are escaped, and the
readers undo it (app/web/scanner/input.js)."""

LETTER_OF = {Status.REFUSED: Opinion.REFUSE, Status.RETURNED: Opinion.RETURN}


def print_card(work: Work, credential: UUID, language: str) -> bytes:
    """The ID-1 card as PDF, two pages, for its worker and the agencies; the log says who.

    NotFound for everybody else; Conflict("permit-not-ready") before it is signed and
    Conflict("permit-not-standing") once it is revoked or replaced.
    """
    permit = credentials.read_credential(work, credential, "card")
    return work.ports.prints.cards([printed_permit(work, permit)], language)


def print_sheet(work: Work, credential: UUID, language: str) -> bytes:
    """The A4 sheet as PDF, for whom and when a card is."""
    permit = credentials.read_credential(work, credential, "sheet")
    return work.ports.prints.sheet(printed_permit(work, permit), language)


def print_own_data(work: Work, language: str) -> bytes:
    """All that is kept about the signed-in worker as PDF; that it was taken is logged."""
    told = own_data.read_own_data(work, "pdf")
    looks = [
        PrintedLook(look.at, look.role.value, look.act.value, look.purpose) for look in told.looks
    ]
    tables = dict(told.tables)
    tables["applications"] = [_asked(work, row, language) for row in tables["applications"]]
    return work.ports.prints.own_data(PrintedOwnData(tables, looks, work.now), language)


def _asked(work: Work, row: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A row with the answers to the programme's own questions under their words, not their ids.

    What was answered to a question that is asked no more keeps its id.
    """
    programme = work.ports.reference.programmes.get(row["programme"])
    known = {one.id: one for one in programme.versions.questions} if programme else {}
    told = {}
    for name, value in (row["answers"] or {}).get("extra", {}).items():
        asked = known.get(name)
        words = asked.choices(language).get(value, value) if asked else value
        told[asked.label(language) if asked else name] = words
    return {**row, "answers": {**row["answers"], "extra": told}} if told else row


def print_letter(work: Work, application: ApplicationId, language: str) -> bytes:
    """The letter of where an application stands as PDF, for its worker and the agencies.

    Of a refused or returned one with its reasons, of one that is asked, barred or lapsed; of an
    approved one about its right, where something became of it. NotFound for everybody else;
    Conflict("no-letter") where there is none. An official's reading is logged.
    """
    if work.actor.role is Role.WORKER:
        case = applications.read_own(work, application)
    else:
        case = applications.read_application(work, application, "letter")
        check_sees(work.actor, Group.NOTES)
    if case.application.status is Status.APPROVED:
        return texts.printer(work).measure(_measure(work, case), language)
    if told := told_of_case(work, case):
        return texts.printer(work).measure(told, language)
    return texts.printer(work).letter(_decision(work, case), language)


def preview_letter(work: Work, application: ApplicationId, ruling: Ruling, language: str) -> bytes:
    """The letter that a ruling would send, by the paper's own template, a draft on every page.

    For who may decide the case now, as `approvals.decide_application` asks; nothing is decided,
    and the reading is logged. Conflict("no-letter") where the programme sends none.
    """
    check_permission(work.actor, Permission.APPLICATION_DECIDE)
    case = applications.read_application(work, application, "letter")
    found, agency = case.application, check_decide(work.actor, case.turn, ruling.opinion)
    opinion, grounds, note = ruling.opinion, ruling.grounds, ruling.note
    refuse_if(find_faults(agency, opinion, grounds, note))
    by, digest = work.actor.person, found.digest or ""
    planned = Decision(found.id, found.round, digest, agency, by, opinion, work.now, grounds, note)
    if opinion is Opinion.APPROVE:
        return texts.printer(work).approval(draft_of(work, case, planned), language)
    printed = replace(_printed_decision(work, case, planned), draft=True)
    return texts.printer(work).letter(printed, language)


def printed_permit(work: Work, permit: Permit) -> PrintedPermit:
    """What a permit says on paper.

    Conflict("permit-not-ready") before it is signed, "permit-not-standing" once it is revoked or
    replaced, "content-missing" where its file does not tell the terms.
    """
    text = _text(permit)
    case = load_case(work, permit.authorisation.application)
    if case.offer is None:
        raise Conflict("content-missing")
    places, offer = work.ports.reference, case.offer
    towns = places.municipalities.get(case.programme.destination, {})
    return PrintedPermit(
        claims=read_claims(permit.credential.payload),
        text=text,
        link=f"{work.ports.public_url}/v#{quote(text, safe=BARE_IN_LINKS)}",
        first_day=permit.authorisation.valid_from,
        last_day=permit.authorisation.valid_until,
        programme=permit.programme,
        document_kind=IdentityKind(case.answers.document_kind or ""),
        department=places.departments.get(offer.department, ""),
        municipality=towns.get(offer.municipality, ""),
        receipt=case.application.receipt or "",
        offer=offer,
        printed_at=work.now,
        photo=_photo(work, case),
        face=faces.face_of(work, permit.credential),
    )


def _text(permit: Permit) -> str:
    found = permit.credential
    if found.state is CredentialState.PENDING:
        raise Conflict("permit-not-ready")
    if found.state is not CredentialState.ISSUED or found.text is None:
        raise Conflict("permit-not-standing")
    return found.text


def _photo(work: Work, case: Case) -> bytes | None:
    for document in case.documents:
        if document.kind is DocumentKind.PHOTO:
            return work.ports.objects.get(document.object_key)
    return None


def _decision(work: Work, case: Case) -> PrintedDecision:
    return _printed_decision(work, case, _told(work, case))


def _printed_decision(work: Work, case: Case, found: Decision) -> PrintedDecision:
    decided_on = legal_day(found.decided_at)
    last = None
    if found.opinion is Opinion.RETURN:
        calendar = work.ports.reference.calendar
        last = answer_by(case.application, found.decided_at, case.programme.clocks, calendar)
    return PrintedDecision(
        receipt=case.application.receipt or "",
        full_name=case.answers.full_name,
        programme=case.programme,
        agency=found.agency,
        opinion=found.opinion,
        decided_on=decided_on,
        grounds=found.grounds,
        note=found.note,
        answer_by=last,
        link=f"{work.ports.public_url}/mi-solicitud",
        printed_at=work.now,
        recourse=_recourse(work, case, _contested_at(case, found)),
    )


def _contested_at(case: Case, found: Decision) -> datetime | None:
    """From when a refusal may be contested: the one that settled the round, or a planned one."""
    if found.opinion is not Opinion.REFUSE:
        return None
    return (refusal_of(case.application, case.decisions) or found).decided_at


def _recourse(work: Work, case: Case, at: datetime | None) -> RecourseTerms | None:
    if at is None:
        return None
    return terms_from(at, case.programme.clocks, work.ports.reference.calendar)


def _measure(work: Work, case: Case) -> PrintedMeasure:
    """What became of the right, the newest first: ended, to be ended, suspended, given back."""
    permit = credentials.find_permit_of(work, case.application.id)
    if permit is None:
        raise Conflict("no-letter", status=case.application.status.value)
    right = right_of(work, permit.authorisation)
    status = right.case.status(work.now)
    revoked, paused = right.revoked, right.suspensions[:1]
    if status is AuthorisationStatus.REVOKED and revoked is not None:
        return printed_revocation(work, case, Measure.REVOKED, revoked)
    if right.case.proposal is not None:
        return printed_revocation(work, case, Measure.PROPOSED, right.case.proposal)
    if told := told_of_right(work, case, right):
        return told
    if not paused or status is AuthorisationStatus.ENDED:
        raise Conflict("no-letter", status=case.application.status.value)
    suspended = status is AuthorisationStatus.SUSPENDED
    measure = Measure.SUSPENDED if suspended else Measure.REINSTATED
    if case.programme.letter(LetterKind(measure.value)) is None:
        raise Conflict("no-letter", status=case.application.status.value)
    return printed_suspension(work, case, measure, paused[0])


def printed_revocation(
    work: Work, case: Case, measure: Measure, found: Revocation
) -> PrintedMeasure:
    """A proposed or a confirmed revocation as its letter tells it, also before it is recorded."""
    at = found.decided_at or found.proposed_at
    printed = printed_about(work, case, measure, found.agency, at, found.note)
    lost_at = at if measure is Measure.REVOKED else None
    return replace(printed, grounds=found.grounds, recourse=_recourse(work, case, lost_at))


def printed_suspension(
    work: Work, case: Case, measure: Measure, found: Suspension
) -> PrintedMeasure:
    """A suspension, or its end, as its letter tells it, also before it is recorded."""
    if measure is Measure.SUSPENDED:
        begun = found.suspended_at
        printed = printed_about(work, case, measure, found.agency, begun, found.note)
        return replace(printed, grounds=(found.reason,), until=found.until)
    at = found.ended_at or end_of(found.until)
    return printed_about(work, case, measure, found.agency, at, found.note)


def _told(work: Work, case: Case) -> Decision:
    """The decision that settled the round, as this reader may see it; of two alike, both as one."""
    wanted = LETTER_OF.get(case.application.status)
    seen = visible_decisions(work.actor, case.decisions, seal_of(case))
    said = [decision for decision in seen if decision.opinion is wanted]
    if not said:
        raise Conflict("no-letter", status=case.application.status.value)
    grounds = tuple(ground for one in said for ground in one.grounds)
    return replace(said[0], grounds=grounds, note="\n\n".join(d.note for d in said if d.note))
