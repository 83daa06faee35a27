"""A worker's own payslips: seen, acknowledged, or contested line by line; and on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import payslip_papers, payslips, wage_runs
from app.services.payslips import FiledPayslip
from app.services.refusals import record_refusal
from app.services.wage_runs import ShortContract
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.ethics import ToldFinding, tell
from app.web.pages.prints import pdf
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid
from recruitment.payslips import Answer, Contested, Line

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/salarios"
Short = Annotated[str, StringConstraints(max_length=20)]


class AnswerForm(forms.Answers):
    """What the worker says: it is right, or which lines are not, with the own count of each."""

    wording: ClassVar[Mapping[str, str]] = {
        "answer.missing": N_("Elija si está bien o no."),
        "lines.missing": N_("Marque lo que no está bien."),
    }
    version: int
    answer: Answer
    lines: tuple[Line, ...] = ()
    words: Annotated[str, StringConstraints(max_length=300)] = ""
    own_days: Short = ""
    own_units: Short = ""
    own_rate: Short = ""
    own_top_up: Short = ""
    own_overtime: Short = ""
    own_deductions: Short = ""
    own_paid_on: Short = ""
    own_paid: Short = ""

    @property
    def contested(self) -> tuple[Contested, ...]:
        """The lines with what the worker counted."""
        return tuple(
            Contested(line, getattr(self, f"own_{line.value.replace('-', '_')}"))
            for line in self.lines
        )


@dataclass(frozen=True)
class OwnWagesPage:
    """Every payslip, the last period on top; `open` is the one that the form is about.

    `short` is what the contract lacks since the minimum wage was raised.
    """

    path: str
    back: str
    filed: Sequence[FiledPayslip]
    findings: Mapping[str, Sequence[ToldFinding]]
    form: Form
    open: str = ""
    done: str = ""
    refusal: Conflict | None = None
    lines: tuple[Line, ...] = tuple(Line)
    short: Sequence[ShortContract] = ()


@router.get(PATH)
def show_wages(
    request: Request,
    work: SignedInReading,
    application: UUID,
    periodo: str = "",
    hecho: str = "",
) -> Response:
    """What was paid, period by period."""
    return _show(request, work, application, Form(), periodo, done=hecho)


@router.post(PATH + "/{day}")
def answer_payslip(
    request: Request, work: SignedInWork, application: UUID, day: date, posted: Posted
) -> Response:
    """Keep what the worker says of one."""
    identity, period = ApplicationId(application), day.isoformat()
    payslips.list_own(work, identity)  # it is not there for anybody else
    said = forms.check(AnswerForm, posted)
    if isinstance(said, Form):
        return _show(request, work, application, said, period, 422)
    lines = said.contested
    try:
        with work.attempt():
            payslips.answer_own(work, identity, day, said.version, said.answer, lines, said.words)
    except Invalid as invalid:
        wrong = forms.refused(AnswerForm, posted, invalid)
        return _show(request, work, application, wrong, period, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "answer_payslip")
        status = status_of(refusal)
        return _show(request, work, application, Form(), period, status, refusal=refusal)
    done = said.answer.value
    return RedirectResponse(f"/mi-solicitud/{application}/salarios?hecho={done}", 303)


@router.get(PATH + "/{day}.pdf")
def print_payslip(
    request: Request, work: SignedInWork, application: UUID, day: date, idioma: str = ""
) -> Response:
    """The payslip on paper, in the language of the page or the one that was asked for."""
    code = idioma if idioma in {"es", "en"} else locale_of(request).language.code
    data = payslip_papers.print_own(work, ApplicationId(application), day, code)
    return pdf(data, "pago.pdf")


def _show(
    request: Request,
    work: Work,
    application: UUID,
    form: Form,
    period: str,
    status: int = 200,
    *,
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    filed = payslips.list_own(work, ApplicationId(application))
    spoken = locale_of(request)
    back = f"/mi-solicitud/{application}"
    found = {
        one.payslip.slip.first_day.isoformat(): [tell(spoken, finding) for finding in one.findings]
        for one in filed
    }
    page = OwnWagesPage(
        f"{back}/salarios",
        back,
        filed,
        found,
        form,
        period,
        done,
        refusal,
        short=wage_runs.list_own(work, ApplicationId(application)),
    )
    return render(request, "wages/own.html", page, status)
