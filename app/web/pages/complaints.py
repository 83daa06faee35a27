"""Telling what happened, without an account: the form, and the number that leads back to it.

Every answer goes by POST and no page is kept by the browser; titles and addresses say nothing of
what it is about. No cookie but the language is set or read, nothing is logged, and what one
address may ask is counted in this process's memory alone.
"""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import complaint_numbers
from app.services.complaint_filing import file_complaint
from app.services.outages import Outage
from app.services.work import Work
from app.web import forms, i18n
from app.web.complaint_pace import find_haste
from app.web.dependencies import address_of, now_of
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages import complaint_farms
from app.web.pages.complaint_forms import (
    Answered,
    NumberPage,
    StartPage,
    TellPage,
    sent_of,
)
from app.web.private_forms import IN_PRIVATE_TURN, NamelessWork, PrivateForm
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid
from recruitment.complaints.filed import show_number

router = APIRouter(include_in_schema=False)

PATH = "/consulta"
TELL = PATH + "/contar"


@router.get(PATH)
def start(request: Request) -> Response:
    """The way in: who reads it, where else one may go at any time, and the two doors."""
    return render(request, "complaints/start.html", StartPage())


@router.get(TELL)
def ask(request: Request, work: NamelessWork) -> Response:
    """The form, with a fresh number in its ticket; nothing is written anywhere."""
    return _form(request, work, Form())


@router.post(TELL, dependencies=IN_PRIVATE_TURN)
def take(request: Request, work: NamelessWork, posted: PrivateForm) -> Response:
    """Keep what was told, and show its number once it is kept; of the same form the same one."""
    form = Form(forms.typed(posted), wording=Answered.wording)
    if i18n.pressed(request):
        return _form(request, work, form)
    if complaint_farms.SOUGHT in posted:
        request.app.state.complaints.take(address_of(request), now_of(request))
        return _form(request, work, form, seeks=True)
    answers = forms.check(Answered, posted)
    if isinstance(answers, Form):
        return _form(request, work, _with_missing(answers), 422)
    request.app.state.complaints.take(address_of(request), now_of(request))
    ticket = complaint_numbers.read_ticket(work, answers.ticket)
    if fault := find_haste(request, ticket):
        return _form(request, work, _wrong(form, fault), 422)
    assert ticket is not None  # noqa: S101  no ticket is a fault
    try:
        with work.attempt():
            sent = sent_of(answers, posted, locale_of(request).language.code)
            file_complaint(work, ticket, sent)
    except Invalid as invalid:
        return _form(request, work, forms.refused(Answered, posted, invalid), 422)
    except Outage as outage:
        return _form(request, work, _wrong(form, Fault(outage.code, "files")), 503)
    except Conflict as conflict:
        if conflict.code == "form-used":
            return _form(request, work, _used(form, ticket.digits), 422)
        return _form(request, work, _wrong(form, Fault(conflict.code)), 503)
    return render(
        request, "complaints/number.html", NumberPage(show_number(ticket.digits).split(" "))
    )


def _with_missing(form: Form) -> Form:
    """The faults of the shape, and with them what the law would say next."""
    if form.chosen("categories"):
        return form
    missing = Fault("complaint-about-missing", "categories")
    return Form(form.values, (*form.faults, missing), form.wording)


def _wrong(form: Form, fault: Fault) -> Form:
    return Form(form.values, (fault,), form.wording)


def _used(form: Form, digits: str) -> Form:
    """What was typed, in a form of its own: the one before is kept, and its number told again."""
    values = {name: texts for name, texts in form.values.items() if name != "ticket"}
    return _wrong(
        Form(values, wording=form.wording),
        Fault("complaint-form-used", "", {"number": show_number(digits)}),
    )


def _form(
    request: Request, work: Work, form: Form, status: int = 200, *, seeks: bool = False
) -> Response:
    """The form with all that was typed; its ticket stays, unless it is none of ours any more.

    `seeks`: farms are looked for by the name that was typed.
    """
    ticket = form.value("ticket")
    if complaint_numbers.read_ticket(work, ticket) is None:
        ticket = complaint_numbers.make_ticket(work)
    departments = sorted(work.ports.reference.departments.items(), key=lambda one: one[1])
    own = [one for one in departments if one[0].startswith("HN-")]
    places = complaint_farms.chosen(work, form)
    if seeks:
        form, places = complaint_farms.seek(work, form)
        status = 422 if form.faults else 200
    page = TellPage(form, ticket, own, places=places, sought=seeks and not form.faults)
    return render(request, "complaints/tell.html", page, status)
