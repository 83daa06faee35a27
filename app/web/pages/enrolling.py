"""The first second factor of an account: set up, confirmed, and codes on paper for bad days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import SecretStr

from app.services import one_time_codes, sign_in
from app.services.second_factors import Enrolment
from app.services.sessions import Stage
from app.services.sign_in import Held
from app.services.work import Work
from app.web import browsers, forms, i18n
from app.web.answers import YesNo
from app.web.dependencies import Posted, PublicWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.letting_in import let_in
from app.web.pages.second_step import elsewhere
from app.web.templating import render
from permits.errors import Fault, NotFound

router = APIRouter(include_in_schema=False)

APP_NAME = N_("Aplicación de códigos")
PASSKEY_NAME = N_("Llave de acceso")


@dataclass(frozen=True)
class EnrolPage:
    """The symbol and the secret; `form` holds the code that was typed."""

    form: Form
    after: str
    enrolment: Enrolment
    first: bool = True


@dataclass(frozen=True)
class CodesPage:
    """Ten codes, shown once; none where they were shown before and wait to be made anew."""

    form: Form
    after: str
    codes: Sequence[str] = ()
    first: bool = True


class FirstCode(forms.Answers):
    """The code that shows that the app works."""

    wording: ClassVar[Mapping[str, str]] = {
        "code.missing": N_("Escriba los seis números que muestra la aplicación."),
    }
    code: str
    after: str = ""


class NewPasskey(forms.Answers):
    """What the browser made; without JavaScript nothing is sent."""

    credential: SecretStr
    after: str = ""


class Kept(forms.Answers):
    """That the codes are kept."""

    wording: ClassVar[Mapping[str, str]] = {
        "kept.missing": N_("Marque que ya guardó los códigos."),
        "kept.not-an-option": N_("Marque que ya guardó los códigos."),
    }
    kept: YesNo
    after: str = ""
    shown: str = ""


@router.get("/entrar/inscripcion")
def show_enrolment(request: Request, work: PublicWork, siguiente: str = "") -> Response:
    """The symbol to read with an app, for whoever has no second factor yet."""
    held = sign_in.find_step(work, browsers.step_of(request), Stage.ENROL)
    if held is None:
        return elsewhere(request, work, siguiente)
    return _shown(request, work, held, Form(), siguiente)


@router.get("/entrar/inscripcion/simbolo.svg")
def draw_enrolment(request: Request, work: PublicWork) -> Response:
    """The symbol of that page."""
    held = sign_in.find_step(work, browsers.step_of(request), Stage.ENROL)
    if held is None:
        raise NotFound("no-such-page")
    return symbol(work, sign_in.begin_enrolment(work, held))


@router.post("/entrar/inscripcion")
def enrol(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Confirm the app by its code, or keep the passkey that the browser made."""
    token = browsers.step_of(request)
    held = sign_in.find_step(work, token, Stage.ENROL)
    form = Form(forms.typed(posted), wording=FirstCode.wording)
    after = form.value("after")
    if held is None:
        return elsewhere(request, work, after)
    if i18n.pressed(request):
        return _shown(request, work, held, form, after)
    say = locale_of(request).text
    if form.value("credential"):
        made = forms.check(NewPasskey, posted)
        answer = "" if isinstance(made, Form) else made.credential.get_secret_value()
        if sign_in.enrol_passkey(work, token, answer, say(PASSKEY_NAME)):
            return _codes(request, work, token, after)
        wrong = Fault("passkey-refused")
        return _shown(request, work, held, Form({}, (wrong,)), after, 422)
    typed = forms.check(FirstCode, posted)
    if isinstance(typed, Form):
        return _shown(request, work, held, typed, after, 422)
    if sign_in.enrol_app(work, token, typed.code, say(APP_NAME)):
        return _codes(request, work, token, after)
    again = Form({}, (Fault("code-wrong", "code"),), FirstCode.wording)
    return _shown(request, work, held, again, after, 422)


@router.get("/entrar/codigos")
def show_codes(request: Request, work: PublicWork, siguiente: str = "") -> Response:
    """What was shown is not shown again; new codes can be made."""
    if sign_in.find_step(work, browsers.step_of(request), Stage.CODES) is None:
        return elsewhere(request, work, siguiente)
    return render(request, "sign_in/codes.html", CodesPage(Form(), siguiente))


@router.post("/entrar/codigos/nuevos")
def make_codes(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Ten new codes; those that were shown before count no more."""
    after = Form(forms.typed(posted)).value("after")
    token = browsers.step_of(request)
    if sign_in.find_step(work, token, Stage.CODES) is None:
        return elsewhere(request, work, after)
    return _codes(request, work, token, after)


@router.post("/entrar/codigos")
def keep_codes(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Go in once the codes are kept; whoever lost them makes new ones."""
    form = Form(forms.typed(posted), wording=Kept.wording)
    after, token = form.value("after"), browsers.step_of(request)
    if sign_in.find_step(work, token, Stage.CODES) is None:
        return elsewhere(request, work, after)
    kept = forms.check(Kept, posted)
    if isinstance(kept, Form):
        page = CodesPage(kept, after, _shown_before(form))
        return render(request, "sign_in/codes.html", page, 422)
    opened = sign_in.keep_codes(work, token, browsers.known_of(request))
    if opened.refusal is not None:
        return render(request, "sign_in/codes.html", CodesPage(Form(), after), 422)
    return let_in(request, opened, after)


def symbol(work: Work, enrolment: Enrolment) -> Response:
    """The QR symbol of a secret as SVG; nobody keeps it."""
    return Response(work.ports.symbols.svg(enrolment.address), media_type="image/svg+xml")


def _shown_before(form: Form) -> list[str]:
    """The codes that the page carried along, so that a forgotten tick does not lose them."""
    typed = form.value("shown").split()[: one_time_codes.CODES]
    return [one_time_codes.written(code) for code in map(one_time_codes.paper_code, typed) if code]


def _codes(request: Request, work: Work, token: str, after: str) -> Response:
    made = sign_in.make_codes(work, token)
    return render(request, "sign_in/codes.html", CodesPage(Form(), after, made))


def _shown(
    request: Request,
    work: Work,
    held: Held,
    form: Form,
    after: str,
    status: int = 200,
) -> Response:
    page = EnrolPage(form, after, sign_in.begin_enrolment(work, held))
    return render(request, "sign_in/enrol.html", page, status)
