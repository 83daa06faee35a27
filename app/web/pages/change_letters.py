"""The letters of a changed employer or identity data: to take, and as drafts from the desk."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import change_letters
from app.web.dependencies import Posted, SignedInWork
from app.web.i18n import locale_of
from app.web.pages.cases import PATH as CASE
from app.web.pages.employer_changes import ChangeDecision, ChangeVerdict
from app.web.pages.identity_changes import DataVerdict
from app.web.pages.prints import pdf, read_draft
from permits.applications import ApplicationId

router = APIRouter(include_in_schema=False)

NAME = "borrador.pdf"


@router.get("/mi-solicitud/{application:uuid}/cambios/{change:uuid}/carta.pdf")
def show_letter(request: Request, work: SignedInWork, application: UUID, change: UUID) -> Response:
    """The letter of what became of one wish."""
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(change_letters.print_change(work, case, change, language), "cambio.pdf")


@router.post(CASE + "/empleador/borrador.pdf")
def preview_employer(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if SETRASS decided as the form says."""
    answers = read_draft(ChangeDecision, posted)
    draft = change_letters.preview_employer(
        work,
        ApplicationId(application),
        answers.change_note.replace("\r\n", "\n"),
        locale_of(request).language.code,
        granted=answers.change_verdict is ChangeVerdict.GRANT,
        seen=answers.digest,
    )
    return pdf(draft, NAME)


@router.post(CASE + "/datos/borrador.pdf")
def preview_identity(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if the agency said of the data what the form says."""
    answers = read_draft(DataVerdict, posted)
    draft = change_letters.preview_identity(
        work,
        ApplicationId(application),
        answers.data_note.replace("\r\n", "\n"),
        locale_of(request).language.code,
        granted=answers.data_verdict is ChangeVerdict.GRANT,
        seen=answers.digest,
    )
    return pdf(draft, NAME)
