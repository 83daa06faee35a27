"""Recovery at an office: the facilitator's counter, the supervisors' list, and the objection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import recoveries
from app.services.phone_codes import PER_PHONE
from app.services.recoveries import SEARCHES, ToDecide
from app.services.work import Work
from app.web import forms, i18n
from app.web.answers import Phone, WrittenDate
from app.web.dependencies import (
    Posted,
    ProvenWork,
    PublicReading,
    PublicWork,
    SignedInReading,
    SignedInWork,
    address_of,
)
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.phone_codes import Typed
from app.web.problems import answer
from app.web.templating import render
from permits.errors import Fault, Invalid
from permits.identity_documents import IdentityKind
from permits.people import Permission
from permits.policies import check_permission
from permits.recoveries import Compared, Recovery, RecoveryId, RecoveryRefusal

router = APIRouter(include_in_schema=False)

DESK, LIST = "/recuperacion", "/recuperaciones"


class InHand(forms.Answers):
    """The document that the person shows, and the day of birth."""

    wording: ClassVar[Mapping[str, str]] = {
        "number.missing": N_("Escriba el número del documento."),
        "born.missing": N_("Escriba el día, el mes y el año en que nació."),
    }
    kind: IdentityKind
    number: str
    born: WrittenDate


class Seen(forms.Answers):
    """What was compared, and the phone that the person has now."""

    wording: ClassVar[Mapping[str, str]] = {"phone.missing": N_("Escriba el número nuevo.")}
    compared: tuple[Compared, ...] = ()
    phone: Phone


class Ruling(forms.Answers):
    """What the supervisor says; a refusal names its reason."""

    wording: ClassVar[Mapping[str, str]] = {"reason.missing": N_("Elija por qué no.")}
    decision: str
    reason: RecoveryRefusal | None = None


@dataclass(frozen=True)
class SearchPage:
    """The counter's first page; `nobody` says that nothing fits."""

    form: Form
    nobody: bool = False


@dataclass(frozen=True)
class DeskPage:
    """One recovery at the counter; `code` is the new resume code, shown this once."""

    form: Form
    recovery: Recovery
    name: str
    over: bool
    code: str = ""


@dataclass(frozen=True)
class WaitingPage:
    """What waits for a supervisor, and what the phones of before have stopped."""

    waiting: Sequence[Recovery]
    objected: Sequence[Recovery]


@dataclass(frozen=True)
class DecidePage:
    """A recovery, the file beside it, and the two ways."""

    form: Form
    found: ToDecide


@dataclass(frozen=True)
class ObjectionPage:
    """Whether the link still works, and whether it was used just now."""

    open: bool
    done: bool = False


@router.get(DESK)
def ask_document(request: Request, work: SignedInReading) -> Response:
    """The document in hand and the day of birth."""
    check_permission(work.actor, Permission.WORKER_RECOVER)
    return render(request, "recoveries/search.html", SearchPage(Form()))


@router.post(DESK)
def look_up(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Begin with the one person that fits exactly; where nobody does, that is all that is said."""
    answers = forms.check(InHand, posted)
    if isinstance(answers, Form):
        return render(request, "recoveries/search.html", SearchPage(answers), 422)
    found = recoveries.look_up(work, answers.kind, answers.number, answers.born)
    if found.too_many:
        return answer(request, 429, "too-many-tries", {}, (), SEARCHES.wait(work.now))
    if found.recovery is None:
        page = SearchPage(Form(forms.typed(posted)), nobody=True)
        return render(request, "recoveries/search.html", page, 422)
    return RedirectResponse(f"{DESK}/{found.recovery.id}", 303)


@router.get(DESK + "/{recovery:uuid}")
def show_desk(request: Request, work: SignedInReading, recovery: UUID) -> Response:
    """Where the recovery stands, for the facilitator who began it."""
    return _desk(request, work, recovery, Form())


@router.post(DESK + "/{recovery:uuid}")
def confirm(request: Request, work: SignedInWork, recovery: UUID, posted: Posted) -> Response:
    """Say what was compared and send a code to the new phone."""
    answers = forms.check(Seen, posted)
    if isinstance(answers, Form):
        return _desk(request, work, recovery, answers, 422)
    asker = (locale_of(request).language.code, address_of(request))
    try:
        sent = recoveries.ask(work, RecoveryId(recovery), answers.compared, answers.phone, asker)
    except Invalid as error:
        return _desk(request, work, recovery, forms.refused(Seen, posted, error), 422)
    if not sent:
        return answer(request, 429, "too-many-codes", {}, (), PER_PHONE.wait(work.now))
    return RedirectResponse(f"{DESK}/{recovery}#codigo", 303)


@router.post(DESK + "/{recovery:uuid}/codigo")
def prove(request: Request, work: SignedInWork, recovery: UUID, posted: Posted) -> Response:
    """The code that the person reads from their phone."""
    answers = forms.check(Typed, posted)
    if isinstance(answers, Form):
        return _desk(request, work, recovery, answers, 422)
    if not recoveries.prove_phone(work, RecoveryId(recovery), answers.code):
        wrong = Form({}, (Fault("message-code-wrong", "code"),), Typed.wording)
        return _desk(request, work, recovery, wrong, 422)
    return RedirectResponse(f"{DESK}/{recovery}", 303)


@router.post(DESK + "/{recovery:uuid}/mostrar")
def show_code(request: Request, work: SignedInWork, recovery: UUID) -> Response:
    """The new resume code, once, for the person to write down."""
    code = recoveries.show_code(work, RecoveryId(recovery))
    return _desk(request, work, recovery, Form(), code=f"{code[:4]} {code[4:]}")


@router.get(LIST)
def list_waiting(request: Request, work: SignedInReading) -> Response:
    """For the supervisors of both agencies."""
    page = WaitingPage(recoveries.list_waiting(work), recoveries.list_objected(work))
    return render(request, "recoveries/list.html", page)


@router.get(LIST + "/{recovery:uuid}")
def show_decision(request: Request, work: SignedInWork, recovery: UUID) -> Response:
    """The request with the file beside it; opening it is logged."""
    found = recoveries.read_to_decide(work, RecoveryId(recovery))
    return render(request, "recoveries/decide.html", DecidePage(Form(), found))


@router.post(LIST + "/{recovery:uuid}")
def decide(request: Request, work: ProvenWork, recovery: UUID, posted: Posted) -> Response:
    """Approve, or refuse with a reason."""
    answers = forms.check(Ruling, posted)
    missing = not isinstance(answers, Form) and answers.decision == "refuse" and not answers.reason
    if isinstance(answers, Form) or missing:
        fault = Form(forms.typed(posted), (Fault("missing", "reason"),), Ruling.wording)
        form = answers if isinstance(answers, Form) else fault
        found = recoveries.read_to_decide(work, RecoveryId(recovery))
        return render(request, "recoveries/decide.html", DecidePage(form, found), 422)
    if answers.decision == "approve":
        recoveries.approve(work, RecoveryId(recovery))
    elif answers.reason is not None:
        recoveries.refuse(work, RecoveryId(recovery), answers.reason)
    return RedirectResponse(LIST, 303)


@router.get("/no-fui-yo/{link}")
def ask_objection(request: Request, work: PublicReading, link: str) -> Response:
    """What the phone of before is sent: one button that puts everything back."""
    page = ObjectionPage(recoveries.find_objection(work, link))
    return render(request, "recoveries/objection.html", page)


@router.post("/no-fui-yo/{link}")
def object_to(request: Request, work: PublicWork, link: str, posted: Posted) -> Response:
    """Put everything back."""
    if i18n.pressed(request):
        page = ObjectionPage(recoveries.find_objection(work, link))
        return render(request, "recoveries/objection.html", page)
    recoveries.object_to(work, link)
    return render(request, "recoveries/objection.html", ObjectionPage(open=False, done=True))


def _desk(
    request: Request,
    work: Work,
    recovery: UUID,
    form: Form,
    status: int = 200,
    code: str = "",
) -> Response:
    found = recoveries.read_own(work, RecoveryId(recovery))
    name = recoveries.name_of(work, found)
    page = DeskPage(form, found, name, found.is_over(work.now), code)
    return render(request, "recoveries/desk.html", page, status)
