"""Paper to print: the card, the sheet and the letter as PDF."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import approval_letters, prints, recourse_letters
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form, T
from app.web.i18n import locale_of
from app.web.pages.verdicts import Verdict
from permits.applications import ApplicationId
from permits.errors import Invalid

router = APIRouter(include_in_schema=False)


@router.get("/mi-permiso/{credential:uuid}/tarjeta.pdf")
def show_card(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """The ID-1 card, two pages."""
    language = locale_of(request).language.code
    return pdf(prints.print_card(work, credential, language), "tarjeta.pdf")


@router.get("/mi-permiso/{credential:uuid}/hoja.pdf")
def show_sheet(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """The A4 sheet with every term, the rights and a card to cut out."""
    language = locale_of(request).language.code
    return pdf(prints.print_sheet(work, credential, language), "hoja.pdf")


@router.get("/mi-solicitud/{application:uuid}/carta.pdf")
def show_letter(request: Request, work: SignedInWork, application: UUID) -> Response:
    """The letter of a refusal or a return."""
    language = locale_of(request).language.code
    return pdf(prints.print_letter(work, ApplicationId(application), language), "carta.pdf")


@router.get("/mi-solicitud/{application:uuid}/reclamos/{appeal:uuid}/carta.pdf")
def show_answer(request: Request, work: SignedInWork, application: UUID, appeal: UUID) -> Response:
    """The letter of what a recourse came to."""
    language, identity = locale_of(request).language.code, ApplicationId(application)
    return pdf(recourse_letters.print_answer(work, identity, appeal, language), "respuesta.pdf")


@router.get("/mi-solicitud/{application:uuid}/aprobacion.pdf")
def show_approval(request: Request, work: SignedInWork, application: UUID) -> Response:
    """The letter of an approval."""
    language, identity = locale_of(request).language.code, ApplicationId(application)
    return pdf(approval_letters.print_approval(work, identity, language), "aprobacion.pdf")


@router.post("/casos/{application}/borrador.pdf")
def preview_letter(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """What the worker would get if it were decided as it stands in the form; nothing is decided."""
    answers = read_draft(Verdict, posted)
    language, identity = locale_of(request).language.code, ApplicationId(application)
    draft = prints.preview_letter(work, identity, answers.ruling, language)
    return pdf(draft, "borrador.pdf")


def read_draft(model: type[T], posted: Posted) -> T:
    """What a form says that is drafted before it is sent; Invalid with every fault of it.

    A draft is no page: there is nothing to show the faults on again.
    """
    answers = forms.check(model, posted)
    if isinstance(answers, Form):
        raise Invalid(answers.faults)
    return answers


def pdf(data: bytes, name: str) -> Response:
    """A paper as it is sent; the name tells nothing of a person."""
    # A shared phone keeps no copy in the browser's cache.
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(data, media_type="application/pdf", headers=headers)
