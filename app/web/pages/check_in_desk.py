"""For who protects workers during the job: alarms, calls, and how many answer by farm and week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import check_in_desk, contract_reports, wanted_cases
from app.services.check_in_desk import Desk, OpenedAlarm, Unanswered
from app.services.contract_reports import ReportedContract
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.check_ins import given
from app.web.pages.ethics import ToldFinding, tell
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from recruitment.check_ins import QUESTIONS

router = APIRouter(include_in_schema=False)

PATH = "/durante-el-trabajo"
ALARM = PATH + "/alarmas/{alarm:uuid}"
CALL = PATH + "/llamar/{check_in:uuid}"


@dataclass(frozen=True)
class DeskPage:
    """The desk; `done`: something was written down just now."""

    desk: Desk
    done: bool
    reported: Sequence[ReportedContract]


@dataclass(frozen=True)
class AlarmPage:
    """One alarm with what the rules say; `refusal` is the code of why it was not taken."""

    opened: OpenedAlarm
    findings: Sequence[ToldFinding]
    refusal: str = ""


@dataclass(frozen=True)
class CallPage:
    """Whom to call, and the questions."""

    called: Unanswered
    form: Form
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: QUESTIONS)


@router.get(PATH)
def show_desk(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """Alarms on top, then silent farms, then whom to call."""
    desk, reported = check_in_desk.read_desk(work), contract_reports.list_reported(work)
    return render(request, "check_ins/desk.html", DeskPage(desk, bool(hecho), reported))


@router.get(ALARM)
def open_alarm(request: Request, work: SignedInWork, alarm: UUID) -> Response:
    """One alarm with how its worker is called; that it was opened is logged."""
    return _alarm(request, work, alarm)


@router.post(ALARM)
def take_alarm(request: Request, work: SignedInWork, alarm: UUID) -> Response:
    """Somebody takes note; it leaves the list."""
    try:
        with work.attempt():
            wanted_cases.acknowledge(work, alarm)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "alarm")
        return _alarm(request, work, alarm, status_of(refusal), refusal.code)
    return RedirectResponse(f"{PATH}?hecho=1", 303)


@router.get(CALL)
def open_call(request: Request, work: SignedInWork, check_in: UUID) -> Response:
    """Whom to call and what to ask; logged."""
    return _call(request, work, check_in, Form())


@router.post(CALL)
def answer_by_phone(
    request: Request, work: SignedInWork, check_in: UUID, posted: Posted
) -> Response:
    """Write down what was told by telephone, or show the questions again with what was ticked."""
    typed = Form(forms.typed(posted))
    if i18n.pressed(request):
        return _call(request, work, check_in, typed)
    act = typed.value("act") == "yes"
    try:
        with work.attempt():
            check_in_desk.answer_by_phone(work, check_in, given(typed), act=act)
    except Invalid as invalid:
        return _call(request, work, check_in, Form(typed.values, invalid.faults), 422)
    return RedirectResponse(f"{PATH}?hecho=1", 303)


def _call(
    request: Request,
    work: Work,
    check_in: UUID,
    form: Form,
    status: int = 200,
) -> Response:
    page = CallPage(check_in_desk.open_call(work, check_in), form)
    return render(request, "check_ins/call.html", page, status)


def _alarm(
    request: Request, work: Work, alarm: UUID, status: int = 200, refusal: str = ""
) -> Response:
    opened = check_in_desk.open_alarm(work, alarm)
    locale = locale_of(request)
    told = [tell(locale, one) for one in opened.case.findings]
    return render(request, "check_ins/alarm.html", AlarmPage(opened, told, refusal), status)
