"""The second step of a sign-in: a code or a passkey; and the role, where somebody has several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import second_factors, sign_in
from app.services.sessions import SignIn, Stage
from app.services.sign_in import Held, Refusal
from app.services.work import Work
from app.web import browsers, forms, i18n
from app.web.demo_codes import shown_code
from app.web.dependencies import Posted, PublicWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.letting_in import FIRST_PAGE, let_in, onwards, stage_address, with_after
from app.web.pages.sign_in import STATUS, PasskeyAnswer, asked_to_wait, refused, told_to_wait
from app.web.templating import render
from app.web.turns import IN_TURN
from permits.people import Role

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class SecondStepPage:
    """`passkey`: one is held. `demo_code` is shown by the demonstration for its own accounts."""

    form: Form
    after: str
    passkey: bool
    refusal: str = ""
    demo_code: str = ""
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RolePage:
    """The roles to choose from, by code."""

    form: Form
    after: str
    roles: Sequence[str]


class Code(forms.Answers):
    """A code of the app or of the paper."""

    wording: ClassVar[Mapping[str, str]] = {"code.missing": N_("Escriba el código.")}
    code: str
    after: str = ""


class Choice(forms.Answers):
    """What somebody works as now."""

    wording: ClassVar[Mapping[str, str]] = {"role.missing": N_("Elija como qué trabaja ahora.")}
    role: Role
    after: str = ""


@router.get("/entrar/segundo-paso")
def ask_second(request: Request, work: PublicWork, siguiente: str = "") -> Response:
    """The form, for whoever gave the right password a moment ago."""
    held = sign_in.find_step(work, browsers.step_of(request), Stage.FACTOR)
    if held is None:
        return elsewhere(request, work, siguiente)
    return render(request, "sign_in/second.html", _page(request, work, held, Form(), siguiente))


@router.post("/entrar/segundo-paso", dependencies=IN_TURN)
def enter_second(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Go on with the right code; a passkey's answer comes in the same form."""
    token = browsers.step_of(request)
    held = sign_in.find_step(work, token, Stage.FACTOR)
    form = Form(forms.typed(posted), wording=Code.wording)
    after = form.value("after")
    if held is None:
        return elsewhere(request, work, after)
    if i18n.pressed(request):
        return render(request, "sign_in/second.html", _page(request, work, held, form, after))
    known = browsers.known_of(request)
    if form.value("credential"):
        answer = forms.check(PasskeyAnswer, posted)
        credential = "" if isinstance(answer, Form) else answer.credential.get_secret_value()
        signed_in = sign_in.enter_passkey(work, token, credential, known)
        return _answer(request, work, held, signed_in, after, "passkey-refused")
    typed = forms.check(Code, posted)
    if isinstance(typed, Form):
        page = _page(request, work, held, typed, after)
        return render(request, "sign_in/second.html", page, 422)
    signed_in = sign_in.enter_code(work, token, typed.code, known)
    return _answer(request, work, held, signed_in, after, "code-wrong")


@router.get("/entrar/puesto")
def ask_role(request: Request, work: PublicWork, siguiente: str = "") -> Response:
    """The roles that somebody holds, to choose one for this session."""
    held = sign_in.find_step(work, browsers.step_of(request), Stage.ROLE)
    if held is None:
        return elsewhere(request, work, siguiente)
    return render(request, "sign_in/role.html", _roles(held, Form(), siguiente))


@router.post("/entrar/puesto")
def choose_role(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Open the session in the chosen role."""
    token = browsers.step_of(request)
    held = sign_in.find_step(work, token, Stage.ROLE)
    form = Form(forms.typed(posted), wording=Choice.wording)
    after = form.value("after")
    if held is None:
        return elsewhere(request, work, after)
    choice = forms.check(Choice, posted)
    if isinstance(choice, Form):
        return render(request, "sign_in/role.html", _roles(held, choice, after), 422)
    opened = sign_in.choose_role(work, token, choice.role, browsers.known_of(request))
    if opened.refusal is not None:
        return refused(request, opened, Form(), after)
    return let_in(request, opened, after)


def elsewhere(request: Request, work: Work, after: str) -> Response:
    """Where somebody belongs whose sign-in does not wait for this: its own step, or the start."""
    if work.actor.role in FIRST_PAGE:
        return RedirectResponse(onwards(work.actor, after), 303)
    held = sign_in.find_step(work, browsers.step_of(request), *Stage)
    if held is not None:
        return RedirectResponse(stage_address(held.step.stage, after), 303)
    return RedirectResponse(with_after("/entrar", after), 303)


def _answer(
    request: Request, work: Work, held: Held, signed_in: SignIn, after: str, wrong: str
) -> Response:
    if signed_in.refusal is None:
        return let_in(request, signed_in, after)
    if signed_in.refusal is Refusal.STEP_OVER:
        again = refused(request, signed_in, Form(), after)
        browsers.forget_step(request, again)
        return again
    is_wrong = signed_in.refusal is Refusal.WRONG_CODE
    refusal = wrong if is_wrong else signed_in.refusal.value
    page = replace(
        _page(request, work, held, Form(), after, refusal), facts=told_to_wait(signed_in)
    )
    response = render(request, "sign_in/second.html", page, STATUS[signed_in.refusal])
    return asked_to_wait(response, signed_in)


def _page(
    request: Request, work: Work, held: Held, form: Form, after: str, refusal: str = ""
) -> SecondStepPage:
    owner = work.as_actor(held.account.actors[0]) if held.account.actors else work
    has_passkey = any(one.credential for one in second_factors.list_own(owner))
    shown = shown_code(request, work, held.step.person)
    return SecondStepPage(form, after, has_passkey, refusal, shown)


def _roles(held: Held, form: Form, after: str) -> RolePage:
    return RolePage(form, after, [actor.role.value for actor in held.account.actors])
