"""Telling what happened by a program, without an account: the same door as the page, and as silent.

The number rides in the body and never in an address. No cookie and no token is read, nothing is
logged, no Idempotency-Key is kept: the form that was opened first makes sending it again harmless.
"""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.datastructures import FormData

from app.services import complaint_numbers, complaint_talk
from app.services.complaint_evidence import Received
from app.services.complaint_filing import Sent, file_complaint
from app.services.complaint_keys import CaseSeal
from app.services.complaint_talk import Conversation
from app.services.outages import Outage
from app.services.work import Work
from app.web.api.access import ApiLocale
from app.web.api.complaint_replies import (
    FILES,
    CaseReply,
    ComplaintInput,
    FormReply,
    MessageInput,
    MessageReply,
    NumberInput,
    NumberReply,
    PieceReply,
)
from app.web.complaint_pace import find_haste
from app.web.dependencies import address_of, now_of
from app.web.documentation import refusals
from app.web.private_forms import (
    IN_PRIVATE_TURN,
    IN_TURN_ALONE,
    NamelessWork,
    PrivateForm,
    files_of,
)
from permits.errors import Conflict, DomainError, Fault, Invalid, NotFound
from recruitment.complaints.filed import Told, read_number, show_number
from recruitment.complaints.words import Filing
from recruitment.complaints.words import Request as Wish

router = APIRouter(tags=["protection"], responses=refusals(422, 429))

PATH = "/consultations"


@router.post(
    PATH + "/forms", operation_id="openComplaintForm", summary="Open the form of a complaint"
)
def open_form(work: NamelessWork) -> FormReply:
    """Nothing is written anywhere. In a flood a form must be a minute old before it is sent."""
    return FormReply(form=complaint_numbers.make_ticket(work))


@router.post(
    PATH,
    operation_id="fileComplaint",
    summary="File a complaint",
    status_code=201,
    responses=refusals(503),
    dependencies=IN_TURN_ALONE,
)
def file(
    body: ComplaintInput, request: Request, work: NamelessWork, locale: ApiLocale
) -> NumberReply:
    """Kept once for each form; something else with the same form is refused.

    The number is told in the reply and nowhere else.
    """
    request.app.state.complaints.take(address_of(request), now_of(request))
    if body.filing is Filing.CHECK_IN:
        raise Invalid([Fault("not-an-option", "filing")])
    ticket = complaint_numbers.read_ticket(work, body.form)
    fault = find_haste(request, ticket)
    if fault or ticket is None:
        raise Invalid([fault or Fault("complaint-form-old", "form")])
    try:
        file_complaint(work, ticket, _sent(body, locale.language.code))
    except Conflict as conflict:  # kept out of the log, as all that is told here
        if conflict.code == "form-used":
            raise Invalid([Fault("complaint-form-taken", "form")]) from None
        raise Outage(conflict.code) from None
    return NumberReply(number=show_number(ticket.digits))


@router.post(
    PATH + "/read",
    operation_id="readComplaint",
    summary="Read a complaint by its number",
    dependencies=IN_TURN_ALONE,
)
def read(body: NumberInput, request: Request, work: NamelessWork) -> CaseReply:
    """A number that is none is answered after the same time."""
    return _case(work, _opened(request, work, body.number))


@router.post(
    PATH + "/messages",
    operation_id="answerComplaint",
    summary="Add to a complaint by its number",
    dependencies=IN_TURN_ALONE,
)
def answer(body: MessageInput, request: Request, work: NamelessWork) -> CaseReply:
    """Sent again with the same `after` and words, it is added once."""
    seal = _opened(request, work, body.number)
    _tell(work, seal, body.words.strip(), body.asks, body.after)
    return _case(work, seal)


@router.post(
    PATH + "/files",
    operation_id="addComplaintFiles",
    summary="Add photos, papers or voices to a complaint",
    openapi_extra=FILES,
    responses=refusals(400, 503),
    dependencies=IN_PRIVATE_TURN,
)
def add_files(request: Request, work: NamelessWork, posted: PrivateForm) -> CaseReply:
    """Sealed on their way; the original is kept as it came. By `after` added once."""
    seal = _opened(request, work, _text(posted, "number"))
    after = _text(posted, "after") or "0"
    if not (after.isascii() and after.isdigit() and len(after) < 5):
        raise Invalid([Fault("malformed", "after")])
    files = [Received("files", read) for read in files_of(posted, "files")]
    if not files:
        raise Invalid([Fault("missing", "files")])
    _tell(work, seal, "", None, int(after), files)
    return _case(work, seal)


def _opened(request: Request, work: Work, typed: str) -> CaseSeal:
    request.app.state.complaints.take(address_of(request), now_of(request))
    digits = read_number(typed)
    found = complaint_numbers.open_by_number(work, digits) if digits else None
    if found is None:
        raise _wrong()
    return found.seal


def _tell(
    work: Work,
    seal: CaseSeal,
    words: str,
    asks: Wish | None,
    after: int,
    files: Sequence[Received] = (),
) -> None:
    try:
        complaint_talk.tell(work, seal, words, asks, files, after)
    except (NotFound, Conflict):  # damaged: nothing of it goes to the log of refusals
        raise _wrong() from None


def _case(work: Work, seal: CaseSeal) -> CaseReply:
    try:
        talk = complaint_talk.read_conversation(work, seal)
    except (NotFound, Conflict):  # shredded meanwhile
        raise _wrong() from None
    return _told(work, talk)


def _told(work: Work, talk: Conversation) -> CaseReply:
    names = MessageReply.model_fields
    return CaseReply(
        status=talk.filed.status,
        received_on=talk.filed.received_on,
        messages=[
            MessageReply(**{name: getattr(one, name) for name in names}) for one in talk.messages
        ],
        files=[
            PieceReply(
                place=one.place, kind=one.kind, media_type=one.media_type, size_bytes=one.size
            )
            for one in talk.pieces
        ],
        may_ask=list(complaint_talk.list_requests(work, talk.filed)),
        outcome=talk.outcome,
        appeal_until=talk.appeal_until,
    )


def _sent(body: ComplaintInput, language: str) -> Sent:
    told = Told(
        body.words.strip(),
        frozenset(body.signs),
        body.employer,
        body.place,
        body.when,
        body.name,
        body.reach,
        body.about,
        language,
    )
    categories = tuple(dict.fromkeys(body.categories))
    return Sent(body.filing, categories, told, body.department or None)


def _text(posted: FormData, name: str) -> str:
    value = posted.get(name)
    return value if isinstance(value, str) else ""


def _wrong() -> DomainError:
    return Invalid([Fault("complaint-number-wrong", "number")])
