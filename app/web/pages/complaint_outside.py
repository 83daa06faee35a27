"""What an institution outside sees where the whole complaints office has a part in a case.

Who holds the address reads which cases wait and how grave they are, no more, and says that the
institution knows: only a press says so, for mail servers open links by themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import complaint_outside
from app.services.complaint_outside import Alone
from app.services.work import Work
from app.web import forms
from app.web.forms import Form
from app.web.i18n import N_
from app.web.private_forms import NamelessWork, PrivateForm
from app.web.templating import render
from permits.errors import Invalid, NotFound

router = APIRouter(include_in_schema=False)

ONE = "/remisiones/aviso/{address}"


class Taken(forms.Answers):
    """The cases that the page showed, and the institution's own number for them."""

    wording: ClassVar[Mapping[str, str]] = {
        "cases.missing": N_("Ya no hay casos por confirmar. Recargue la página."),
    }
    cases: tuple[UUID, ...]
    number: Annotated[str, StringConstraints(max_length=200)] = ""


@dataclass(frozen=True)
class OutsidePage:
    """What waits; `cases` is None where the address opens nothing any more."""

    address: str
    form: Form
    cases: Sequence[Alone] | None = None

    @property
    def waiting(self) -> Sequence[Alone]:
        """Those that nobody outside knows of yet."""
        return [one for one in self.cases or () if one.taken_on is None]


@router.get(ONE)
def show(request: Request, work: NamelessWork, address: str) -> Response:
    """What waits, and what to do about it; opening it says nothing."""
    return _show(request, work, address, Form())


@router.post(ONE)
def take(request: Request, work: NamelessWork, address: str, posted: PrivateForm) -> Response:
    """The institution knows: it is told of these no more."""
    answers = forms.check(Taken, posted)
    if isinstance(answers, Form):
        return _show(request, work, address, answers, 422)
    try:
        with work.attempt():
            complaint_outside.take(work, address, answers.cases, answers.number)
    except Invalid as invalid:
        return _show(request, work, address, forms.refused(Taken, posted, invalid), 422)
    except NotFound:
        return _show(request, work, address, Form())
    return RedirectResponse(request.url.path, 303)


def _show(request: Request, work: Work, address: str, form: Form, status: int = 200) -> Response:
    try:
        page = OutsidePage(address, form, complaint_outside.read_outside(work, address))
    except NotFound:  # no refusal is logged: an old address is nobody's fault
        page, status = OutsidePage(address, form), 404
    response = render(request, "complaint_desk/outside.html", page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
