"""The letters about a right as drafts, from the forms that would send them."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import measure_drafts
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.prints import pdf
from app.web.pages.rights import RIGHT, RevocationForm, SuspensionForm
from permits.applications import ApplicationId
from permits.errors import Invalid

router = APIRouter(include_in_schema=False)

NAME = "borrador.pdf"


@router.post(RIGHT + "/suspender/borrador.pdf")
def preview_suspension(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if the right were suspended as the form says."""
    answers = forms.check(SuspensionForm, posted)
    if isinstance(answers, Form):
        raise Invalid(answers.faults)
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_suspension(work, case, answers.pause, language), NAME)


@router.post(RIGHT + "/proponer/borrador.pdf")
def preview_proposal(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if the revocation were proposed as the form says."""
    answers = forms.check(RevocationForm, posted)
    if isinstance(answers, Form):
        raise Invalid(answers.faults)
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_proposal(work, case, answers.proposal, language), NAME)


@router.post(RIGHT + "/confirmar/borrador.pdf")
def preview_confirmation(request: Request, work: SignedInWork, application: UUID) -> Response:
    """What the worker would get if the proposal were confirmed."""
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_confirmation(work, case, language), NAME)


@router.post(RIGHT + "/descartar/borrador.pdf")
def preview_drop(request: Request, work: SignedInWork, application: UUID) -> Response:
    """What the worker would get if the proposal were dropped."""
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_drop(work, case, language), NAME)
