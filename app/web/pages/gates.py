"""A farm's gate, opened by a foreman's link: entries and exits, and nothing else."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import foreman_links
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, PublicWork
from app.web.forms import Form
from app.web.pages.farm_gates import GatePage, MovementForm, blank, faults_of, status_of, wrong
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import NotFound
from recruitment.farm_register import Belonging

router = APIRouter(include_in_schema=False)

LINK = "/porton/{token}"


@dataclass(frozen=True)
class GateOrNone:
    """`gate` is None where the link is wrong, ended or over."""

    gate: GatePage | None

    @property
    def form(self) -> Form:
        """What was typed, for the list of faults on top."""
        return self.gate.form if self.gate else Form()


@router.get(LINK)
def show_gate(
    request: Request, work: PublicWork, token: str, hecho: str = "", sentido: str = "entry"
) -> Response:
    """The form and who is inside; a dead link says how to go on."""
    done = [Belonging(one) for one in hecho.split(",") if one in set(Belonging)]
    form = blank(work, "exit" if sentido == "exit" else "entry")
    return _show(request, work, token, form, done=tuple(done))


@router.post(LINK)
def record_at_gate(request: Request, work: PublicWork, token: str, posted: Posted) -> Response:
    """Record who passes; what a phone kept without a network comes the same way, once."""
    said = forms.check(MovementForm, posted)
    if isinstance(said, Form):
        return _show(request, work, token, said, 422)
    try:
        answers = foreman_links.record_at_gate(work, token, said.sent(work.now))
    except NotFound:
        return _show(request, work, token, Form())
    if faults := faults_of(answers):
        return _show(request, work, token, wrong(forms.typed(posted), faults), status_of(faults))
    done = ",".join(sorted({one.belonging.value for one in answers if one.belonging}))
    there = f"{request.url.path}?hecho={done}&sentido={said.direction.value}"
    return _private(RedirectResponse(there, 303))


def _show(
    request: Request,
    work: Work,
    token: str,
    form: Form,
    status: int = 200,
    *,
    done: tuple[Belonging, ...] = (),
) -> Response:
    page = None
    try:
        gate = foreman_links.open_gate(work, token)
    except NotFound:
        status = 404
    else:
        given = form if form.value("id") else Form({**blank(work).values, **form.values})
        page = GatePage(f"/porton/{token}", gate.register, given, legal_day(work.now), done=done)
    shown = render(request, "farms/gate.html", GateOrNone(page), status)
    return _private(shown)


def _private(response: Response) -> Response:
    """The address is the key: no other page is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
