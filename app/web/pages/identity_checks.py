"""The document's own lines, which an official reads beside what was typed."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import identity_checks
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.pages import cases
from permits.applications import ApplicationId

router = APIRouter(include_in_schema=False)


@router.post(cases.PATH + "/documento/leer")
def propose_zone(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Show the case with what a machine reads in the pictures in the field; nothing is kept."""
    case, found = ApplicationId(application), list[str]()
    shown = cases.attempt(
        request,
        work,
        application,
        lambda: found.append(identity_checks.propose_zone(work, case)),
        "",
        Form(),
    )
    return cases.show(request, work, application, form=Form({"zone": found})) if found else shown


@router.post(cases.PATH + "/documento")
def compare_document(
    request: Request, work: SignedInWork, application: UUID, form: Posted
) -> Response:
    """Keep what the document says; what is wrong is told on the case's page."""
    typed = Form(forms.typed(form))
    zone, confirmed = typed.value("zone"), typed.value("confirmed") == "yes"

    def compare() -> None:
        case = ApplicationId(application)
        identity_checks.compare_document(work, case, zone, confirmed=confirmed)

    return cases.attempt(request, work, application, compare, "compared", typed)
