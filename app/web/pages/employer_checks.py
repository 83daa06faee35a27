"""SETRASS's desk for employers who register: what was told, what registries say, the decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import (
    assessments,
    employer_checks,
    employer_papers,
    refusals,
    registered_phones,
    registry_checks,
    standings,
)
from app.services.employer_checks import RegistrationFile, RegistrationPage
from app.services.work import Work
from app.web import forms
from app.web.answers import Phone
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.farm_maps import FarmMap, map_of
from app.web.pages.marks import read_mark, write_mark
from app.web.pages.places import places_of
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from permits.people import Permission
from permits.policies import check_permission
from recruitment.assessments import Assessment, Audit, Criterion
from recruitment.employer_papers import Paper
from recruitment.registrations import (
    NOTE_LIMIT,
    Evidence,
    Judgement,
    RegistrationAction,
    RegistrationStatus,
)
from recruitment.registries import OF_EMPLOYERS, RegistryInfo
from recruitment.standings import StandingOf

router = APIRouter(include_in_schema=False)

NOTHING = Form()
PATH = "/registros-de-empleadores"
ONE = PATH + "/{registration:uuid}"


class JudgementForm(forms.Answers):
    """What the official says; `version` is what they looked at."""

    wording: ClassVar[Mapping[str, str]] = {
        "action.missing": N_("Elija qué decide."),
        "note.missing": N_("Escriba qué tiene que cambiar, o por qué no se admite."),
    }
    action: RegistrationAction
    note: Annotated[str, StringConstraints(max_length=NOTE_LIMIT)] = ""
    evidence: tuple[Evidence, ...] = ()
    version: int


class PhoneForm(forms.Answers):
    """Another phone, and what was seen of who asks for it; `version` is what they looked at."""

    wording: ClassVar[Mapping[str, str]] = {
        "phone.missing": N_("Escriba el teléfono nuevo."),
        "evidence.missing": N_("Elija el papel que usted vio."),
    }
    phone: Phone
    evidence: Evidence
    version: int


class AuditForm(forms.Answers):
    """What the official found of a criterion; `version` is what they looked at."""

    wording: ClassVar[Mapping[str, str]] = {}
    criterion: Criterion
    said: Audit
    version: int


@dataclass(frozen=True)
class ListPage:
    """Registrations that stand so, the oldest first; `more` is the address of the next page."""

    status: RegistrationStatus
    statuses: Sequence[RegistrationStatus]
    items: RegistrationPage
    more: str
    form: Form


@dataclass(frozen=True)
class FilePage:
    """One registration with everything to look at."""

    file: RegistrationFile
    form: Form
    infos: Mapping[str, RegistryInfo]
    towns: Mapping[str, str]
    map: FarmMap
    evidence: Sequence[Evidence]
    standing: StandingOf | None
    assessments: Sequence[Assessment]
    papers: Sequence[Paper]
    done: str = ""
    refusal: Conflict | None = None
    phone: Form = NOTHING


@router.get(PATH)
def list_registrations(
    request: Request,
    work: SignedInReading,
    estado: str = "under-review",
    desde: str = "",
    q: Typed = "",
) -> Response:
    """What waits, or what was decided."""
    shown = [one for one in RegistrationStatus if one is not RegistrationStatus.DRAFT]
    status = next((one for one in shown if one.value == estado), shown[0])
    items = employer_checks.list_registrations(work, status, read_mark(desde), text=q)
    words = {"estado": status.value, "q": q, "desde": write_mark(items.more) if items.more else ""}
    more = f"{PATH}?{urlencode(words)}" if items.more else ""
    page = ListPage(status, shown, items, more, searched(q))
    return render(request, "employer_checks/list.html", page)


@router.get(ONE)
def show_registration(
    request: Request, work: SignedInWork, registration: UUID, hecho: str = ""
) -> Response:
    """One; that it was opened is logged."""
    return _show(request, work, registration, Form(), done=hecho)


@router.post(ONE + "/decidir")
def judge(request: Request, work: SignedInWork, registration: UUID, posted: Posted) -> Response:
    """Verify, return or refuse."""
    said = forms.check(JudgementForm, posted)
    if isinstance(said, Form):
        return _show(request, work, registration, said, 422)
    judgement = Judgement(said.action, said.note, said.evidence)
    try:
        return _act(
            request,
            work,
            registration,
            lambda: employer_checks.judge(work, registration, judgement, said.version),
            said.action.value,
            Form(forms.typed(posted)),
        )
    except Invalid as invalid:
        wrong = forms.refused(JudgementForm, posted, invalid)
        return _show(request, work, registration, wrong, 422)


@router.post(ONE + "/preguntar")
def ask_again(request: Request, work: SignedInWork, registration: UUID) -> Response:
    """Ask the registries anew."""
    return _act(
        request,
        work,
        registration,
        lambda: registry_checks.ask_again(work, registration),
        "ask",
        Form(),
    )


@router.post(ONE + "/telefono")
def change_phone(
    request: Request, work: SignedInWork, registration: UUID, posted: Posted
) -> Response:
    """Give the registration another phone; whoever was in with the old one is out."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    said = forms.check(PhoneForm, posted)
    if isinstance(said, Form):
        return _show(request, work, registration, NOTHING, 422, phone=said)
    try:
        return _act(
            request,
            work,
            registration,
            lambda: registered_phones.change_at_office(
                work, registration, said.phone, said.evidence, said.version
            ),
            "phone",
            NOTHING,
        )
    except Invalid as invalid:
        wrong = forms.refused(PhoneForm, posted, invalid)
        return _show(request, work, registration, NOTHING, 422, phone=wrong)


@router.post(ONE + "/iris")
def audit(request: Request, work: SignedInWork, registration: UUID, posted: Posted) -> Response:
    """Confirm or reject a criterion of the self-assessment."""
    said = forms.check(AuditForm, posted)
    if isinstance(said, Form):
        return _show(request, work, registration, said, 422)
    file = employer_checks.read_registration(work, registration)
    employer = file.registration.employer or registration
    return _act(
        request,
        work,
        registration,
        lambda: assessments.audit_criterion(
            work, employer, said.criterion, said.said, said.version
        ),
        "audit",
        Form(),
    )


def _act(
    request: Request,
    work: Work,
    registration: UUID,
    act: Callable[[], object],
    done: str,
    form: Form,
) -> Response:
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, done)
        return _show(request, work, registration, form, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{registration}?hecho={done}", 303)


def _show(
    request: Request,
    work: Work,
    registration: UUID,
    form: Form,
    status: int = 200,
    *,
    done: str = "",
    refusal: Conflict | None = None,
    phone: Form = NOTHING,
) -> Response:
    file = employer_checks.read_registration(work, registration)
    employer = file.registration.employer
    page = FilePage(
        file,
        form,
        {one.value: work.ports.reference.registries[one] for one in OF_EMPLOYERS},
        places_of(work.ports.reference, "HND"),
        map_of(work, file.farms),
        tuple(Evidence),
        standings.of_employer(work, employer) if employer else None,
        assessments.list_of(work, employer) if employer else (),
        employer_papers.list_papers(work, file.registration.id) if employer else (),
        done,
        refusal,
        phone,
    )
    return render(request, "employer_checks/registration.html", page, status)
