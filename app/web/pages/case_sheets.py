"""Ticked cases as sheets to print, one a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import case_sheets
from app.services.case import Case
from app.services.queues import check_desk
from app.services.work import Work
from app.web import forms, queue_words
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages import answered, queues
from app.web.pages.answered import Row, Said
from app.web.pages.assigning import picked
from app.web.queue_words import address, wanted_of
from app.web.templating import render
from permits.errors import Invalid

router = APIRouter(include_in_schema=False)

PATH = f"{queue_words.PATH}/imprimir"


@dataclass(frozen=True)
class Sheet:
    """A case, the name of its programme, and what was answered in words."""

    case: Case
    programme: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class SheetsPage:
    """The sheets, when they were made, and the list to go back to."""

    sheets: Sequence[Sheet]
    made_at: datetime
    back: str


@router.post(PATH)
def print_cases(request: Request, work: SignedInWork, form: Posted) -> Response:
    """One sheet for each ticked case; the log tells of every one."""
    typed = Form(forms.typed(form))
    wanted = wanted_of(work, typed.value("words"))
    try:
        chosen = [application for application, _ in picked(typed.chosen("cases"))]
        cases = case_sheets.read_sheets(work, chosen)
    except Invalid as invalid:
        return queues.show(request, work, wanted, 422, form=Form(typed.values, invalid.faults))
    page = SheetsPage(_sheets(request, work, cases), work.now, address(wanted))
    return render(request, "queues/sheets.html", page)


@router.get(PATH)
def leave(work: SignedInReading) -> Response:
    """A page that was loaded anew leads back to the queue."""
    check_desk(work)
    return RedirectResponse(queue_words.PATH, 303)


def _sheets(request: Request, work: Work, cases: Sequence[Case]) -> list[Sheet]:
    locale, reference = locale_of(request), work.ports.reference
    return [
        Sheet(
            case,
            answered.programme_name(case.programme, locale),
            answered.rows(Said(case, reference, locale, work.actor)),
        )
        for case in cases
    ]
