"""The employer's other phone: its number, and the codes that both phones got."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import registered_phones
from app.services.phone_codes import PER_PHONE
from app.services.registered_phones import TypedCodes
from app.services.registrations import Mine
from app.web import forms
from app.web.dependencies import Posted, PublicReading, PublicWork, address_of
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.registering import HERE, Number, guarded, token_of
from app.web.problems import answer, status_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid
from permits.phone_codes import LIFETIME

router = APIRouter(include_in_schema=False)

PHONE = HERE + "/telefono"
CODES = PHONE + "/codigos"


class Codes(forms.Answers):
    """What both messages said."""

    wording: ClassVar[Mapping[str, str]] = {
        "old.missing": N_("Escriba el código que llegó a su teléfono de ahora."),
        "new.missing": N_("Escriba el código que llegó al teléfono nuevo."),
    }
    old: str
    new: str


@dataclass(frozen=True)
class PhonePage:
    """The field for the new number; `ending` of the one that it has."""

    form: Form
    ending: str


@dataclass(frozen=True)
class CodesPage:
    """The fields for both codes, each with the end of its number."""

    form: Form
    old: str
    new: str
    minutes: int = int(LIFETIME.total_seconds()) // 60
    refusal: Conflict | None = None


@router.get(PHONE)
def ask_number(request: Request, work: PublicReading) -> Response:
    """The field for the new number."""
    return guarded(request, work, lambda mine: _number(request, mine, Form()))


@router.post(PHONE)
def send_codes(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Have a code sent to each of the two phones."""

    def then(mine: Mine) -> Response:
        said = forms.check(Number, posted)
        if isinstance(said, Form):
            return _number(request, mine, said, 422)
        language, token = locale_of(request).language.code, token_of(request)
        try:
            with work.attempt():
                sent = registered_phones.ask_codes(
                    work, token, said.phone, language, address_of(request)
                )
        except Invalid as invalid:
            return _number(request, mine, forms.refused(Number, posted, invalid), 422)
        if not sent:
            return answer(request, 429, "too-many-codes", {}, (), PER_PHONE.wait(work.now))
        return RedirectResponse(CODES, 303)

    return guarded(request, work, then)


@router.get(CODES)
def ask_codes(request: Request, work: PublicReading) -> Response:
    """The fields for both codes; without an open request the number is asked again."""

    def then(mine: Mine) -> Response:
        new = registered_phones.find_new_phone(work, token_of(request))
        return _codes(request, mine, new, Form()) if new else RedirectResponse(PHONE, 303)

    return guarded(request, work, then)


@router.post(CODES)
def take_codes(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Change the phone: every browser is let out, and the new phone comes in with a code."""

    def then(mine: Mine) -> Response:
        new = registered_phones.find_new_phone(work, token_of(request))
        if new is None:
            return RedirectResponse(PHONE, 303)
        said = forms.check(Codes, posted)
        if isinstance(said, Form):
            return _codes(request, mine, new, said, 422)
        typed = TypedCodes(said.old, said.new)
        try:
            with work.attempt():
                changed = registered_phones.change_own(
                    work, token_of(request), typed, address_of(request)
                )
        except Conflict as refusal:
            form = Form(forms.typed(posted))
            return _codes(request, mine, new, form, status_of(refusal), refusal)
        if not changed:
            wrong = Form({}, (Fault("message-code-wrong", "old"),), Codes.wording)
            return _codes(request, mine, new, wrong, 422)
        return RedirectResponse(HERE, 303)

    return guarded(request, work, then)


def _number(request: Request, mine: Mine, form: Form, status: int = 200) -> Response:
    page = PhonePage(form, mine.registration.phone[-3:])
    return render(request, "registrations/phone.html", page, status)


def _codes(
    request: Request,
    mine: Mine,
    new: str,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    page = CodesPage(form, mine.registration.phone[-3:], new[-3:], refusal=refusal)
    return render(request, "registrations/phone_codes.html", page, status)
