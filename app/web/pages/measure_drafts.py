"""The letters of measures as drafts, from the forms that would send them."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import measure_drafts
from app.web.dependencies import Posted, SignedInWork
from app.web.i18n import locale_of
from app.web.pages.cases import PATH as CASE
from app.web.pages.info_requests import typed
from app.web.pages.prints import pdf, read_draft
from app.web.pages.rights import CARD, RIGHT, CardRevocation, RevocationForm, SuspensionForm
from permits.applications import ApplicationId

router = APIRouter(include_in_schema=False)

NAME = "borrador.pdf"


@router.post(RIGHT + "/suspender/borrador.pdf")
def preview_suspension(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if the right were suspended as the form says."""
    answers = read_draft(SuspensionForm, posted)
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_suspension(work, case, answers.pause, language), NAME)


@router.post(RIGHT + "/proponer/borrador.pdf")
def preview_proposal(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if the revocation were proposed as the form says."""
    answers = read_draft(RevocationForm, posted)
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


@router.post(RIGHT + "/restablecer/borrador.pdf")
def preview_reinstatement(request: Request, work: SignedInWork, application: UUID) -> Response:
    """What the worker would get if the suspension were lifted."""
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_reinstatement(work, case, language), NAME)


@router.post(CARD + "/revocar/borrador.pdf")
def preview_card(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if the card were revoked for the reason of the form."""
    answers = read_draft(CardRevocation, posted)
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_card(work, case, answers.reason, language), NAME)


@router.post(CASE + "/preguntar/borrador.pdf")
def preview_questions(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if the questions of the form were asked."""
    language, case = locale_of(request).language.code, ApplicationId(application)
    return pdf(measure_drafts.preview_questions(work, case, typed(posted), language), NAME)
