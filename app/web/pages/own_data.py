"""What is kept about the worker, who looked at it, and what they can do about it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import erasing, own_data, whatsapp
from app.services.own_data import Overview, OwnFile
from app.services.prints import print_own_data
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.problems import answer
from app.web.templating import render
from permits.applications import ApplicationId
from permits.data_requests import WORDS_LIMIT, RequestKind
from permits.errors import NotFound
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False, prefix="/mis-datos")

HERE = "/mis-datos"
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=WORDS_LIMIT)]


class Asked(forms.Answers):
    """What is wrong, in the worker's own words."""

    wording: ClassVar[Mapping[str, str]] = {"words.missing": N_("Escriba qué está mal.")}
    words: Words


class Way(forms.Answers):
    """How notices come."""

    wording: ClassVar[Mapping[str, str]] = {
        "channel.missing": N_("Elija por dónde le avisamos."),
    }
    channel: Literal["sms", "whatsapp"]


@dataclass(frozen=True)
class OwnDataPage:
    """Everything of `Overview`; `asked` tells that an erasure is under way, `now` what is over."""

    overview: Overview
    asked: bool
    now: datetime


@dataclass(frozen=True)
class FilePage:
    """One application, before it is erased or while a correction is asked for."""

    file: OwnFile
    form: Form


@router.get("")
def show_own_data(request: Request, work: SignedInReading, borrado: str = "") -> Response:
    """What is kept until when, who looked, what was accepted, and what was asked."""
    page = OwnDataPage(own_data.read_overview(work), borrado == "si", work.now)
    return render(request, "own_data/own.html", page)


@dataclass(frozen=True)
class CopyPage:
    """The two forms of the copy; nothing of it stands on the page."""


@router.get("/copia")
def offer_copy(request: Request, work: ProvenWork) -> Response:
    """The links to the copy; here leads a proof that a download asked for (`proof_page`)."""
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    return render(request, "own_data/copy.html", CopyPage())


@router.get("/copia.json")
def download_json(work: ProvenWork) -> Response:
    """All of it for a computer, pictures included."""
    told = asdict(own_data.read_own_data(work, "json"))
    text = json.dumps(told, default=_plain, ensure_ascii=False, indent=1)
    return _download(text.encode(), "application/json", "mis-datos.json")


@router.get("/copia.pdf")
def download_pdf(request: Request, work: ProvenWork) -> Response:
    """All of it to read and print."""
    made = print_own_data(work, locale_of(request).language.code)
    return _download(made, "application/pdf", "mis-datos.pdf")


@router.post("/avisos")
def choose_channel(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """By WhatsApp from now on, or by SMS again; pressed twice, it is chosen once."""
    chosen = forms.check(Way, posted)
    if isinstance(chosen, Form):
        return answer(request, 422, "invalid", {}, chosen.faults)
    whatsapp.choose_channel(work, whatsapp=chosen.channel == "whatsapp")
    return RedirectResponse(HERE, 303)


@router.post("/consentimientos/{consent:uuid}/retirar")
def withdraw_consent(work: SignedInWork, consent: UUID) -> Response:
    """Take a consent back; pressed twice, it is taken back once."""
    own_data.withdraw_consent(work, consent)
    return RedirectResponse(HERE, 303)


@router.get("/{application:uuid}/borrar")
def ask_erasure(request: Request, work: SignedInReading, application: UUID) -> Response:
    """What happens, before it happens; or why it cannot happen yet."""
    return render(request, "own_data/erase.html", FilePage(_file(work, application), Form()))


@router.post("/{application:uuid}/borrar")
def erase(work: ProvenWork, application: UUID) -> Response:
    """Have it erased; the worker process does it at once."""
    erasing.erase_own(work, application)
    return RedirectResponse(f"{HERE}?borrado=si", 303)


@router.get("/{application:uuid}/corregir")
def ask_correction(request: Request, work: SignedInReading, application: UUID) -> Response:
    """A draft or a returned application is corrected by hand; else the office is asked."""
    found = _file(work, application)
    if found.correctable:
        return RedirectResponse(f"/solicitud/{application}", 303)
    return render(request, "own_data/correct.html", FilePage(found, Form()))


@router.post("/{application:uuid}/corregir")
def send_correction(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Leave the request for the office."""
    found = _file(work, application)
    given = forms.check(Asked, posted)
    if isinstance(given, Form):
        return render(request, "own_data/correct.html", FilePage(found, given), 422)
    own_data.ask_office(work, ApplicationId(application), RequestKind.CORRECTION, given.words)
    return RedirectResponse(HERE, 303)


def _file(work: SignedInReading, application: UUID) -> OwnFile:
    for file in own_data.read_overview(work).files:
        if file.application.id == application:
            return file
    raise NotFound("no-such-application")


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def _download(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)
