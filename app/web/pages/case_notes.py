"""A note that an official writes beside a case."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import case_notes
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.pages import cases
from permits.applications import ApplicationId

router = APIRouter(include_in_schema=False)


@router.post(cases.PATH + "/notas")
def add_note(request: Request, work: SignedInWork, application: UUID, form: Posted) -> Response:
    """Keep the note, for the own agency or for both; what is wrong is told on the case's page."""
    typed = Form(forms.typed(form))
    words, shared = typed.value("words").replace("\r\n", "\n"), typed.value("shared") == "yes"

    def add() -> None:
        case_notes.add_note(work, ApplicationId(application), words, shared=shared)

    return cases.attempt(request, work, application, add, "note", typed)
