"""The worker's contract: read it, hear it, accept it, keep a copy, say that it is another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import contract_papers, contract_reports, contracts
from app.services.applications import read_own
from app.services.contract_checks import understands
from app.services.contracts import SeenContract
from app.services.wished_work import is_wish_waiting
from app.services.work import Work
from app.web import forms, i18n
from app.web.answers import YesNo
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.answered import work_place
from app.web.pages.prints import pdf
from app.web.pages.receptions import name_languages
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid
from recruitment.contracts import LANGUAGES, Reported

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/contrato"


class Accepted(forms.Answers):
    """The digest of what was read, and that it was heard."""

    wording: ClassVar[Mapping[str, str]] = {
        "digest.missing": N_("Lea el contrato otra vez y acéptelo abajo."),
        "heard_in.missing": N_("Elija en qué idioma lo escuchó."),
        "heard_in.not-understood": N_("Elija un idioma que usted entienda."),
        "deductions.missing": N_("Diga si acepta lo que le quitarían del salario."),
    }
    digest: str
    deductions: YesNo | None = None
    heard: str = ""
    heard_in: str = ""


class Other(forms.Answers):
    """What is other on arrival, and whether the complaints office is to act."""

    wording: ClassVar[Mapping[str, str]] = {"fields.missing": N_("Elija al menos una cosa.")}
    fields: tuple[Reported, ...] = ()
    act: str = ""


@dataclass(frozen=True)
class ContractPage:
    """The newest version with its place by name; `done` names what was just done.

    `languages`: of those it is written in, which the worker understands, by name. `wished`: it is
    that of the work to which they ask to change; `of_now`: it is not, though they ask for a change.
    """

    seen: SeenContract
    place: str
    path: str
    form: Form = field(default_factory=Form)
    refusal: Conflict | None = None
    done: str = ""
    reported: Sequence[Reported] = tuple(Reported)
    languages: Sequence[tuple[str, str]] = ()
    wished: bool = False
    of_now: bool = False

    @property
    def query(self) -> str:
        """What the address says for the contract of now."""
        return "ahora=si" if self.of_now else ""


@router.get(PATH)
def show_contract(
    request: Request, work: SignedInReading, application: UUID, hecho: str = "", ahora: str = ""
) -> Response:
    """Every term, what changed, who agreed, and the form to accept it."""
    page = replace(_page(request, work, application, ahora), done=hecho)
    return render(request, "permits/contract.html", page)


@router.post(PATH)
def accept_contract(
    request: Request, work: SignedInWork, application: UUID, posted: Posted, ahora: str = ""
) -> Response:
    """Accept the version that was shown; another one, or a worse one, is shown with the reason."""
    read_own(work, ApplicationId(application))  # it is not there for anybody else
    given = forms.check(Accepted, posted)
    if isinstance(given, Form):
        return _again(request, work, application, given, ahora)
    try:
        with work.attempt():
            _accept(work, ApplicationId(application), given, of_now=bool(ahora))
    except Invalid as error:
        return _again(request, work, application, forms.refused(Accepted, posted, error), ahora)
    except Conflict as refusal:
        return _refused(request, work, application, refusal, ahora)
    return _done(application, "aceptado", ahora)


def _done(application: UUID, said: str, ahora: str) -> Response:
    place = f"/mi-solicitud/{application}/contrato?hecho={said}"
    return RedirectResponse(f"{place}&ahora=si" if ahora else place, 303)


def _accept(work: Work, own: ApplicationId, given: Accepted, *, of_now: bool) -> None:
    heard, told = given.heard == "yes", given.heard_in or None
    contracts.accept_own(
        work,
        own,
        given.digest,
        heard=heard,
        heard_in=told,
        deductions=given.deductions,
        of_now=of_now,
    )


@router.post(PATH + "/otro")
def report_contract(
    request: Request, work: SignedInWork, application: UUID, posted: Posted, ahora: str = ""
) -> Response:
    """Say what is other on arrival; SETRASS reads it, and a case is opened where that is ticked."""
    read_own(work, ApplicationId(application))  # it is not there for anybody else
    given = forms.check(Other, posted)
    if isinstance(given, Form):
        return _again(request, work, application, given, "si")
    try:
        with work.attempt():
            identity, act = ApplicationId(application), given.act == "yes"
            contract_reports.report_own(work, identity, frozenset(given.fields), act=act)
    except Invalid as error:
        return _again(request, work, application, forms.refused(Other, posted, error), "si")
    except Conflict as refusal:
        return _refused(request, work, application, refusal, "si")
    return _done(application, "contado", ahora)


@router.get(PATH + ".pdf")
def print_contract(
    work: SignedInReading, application: UUID, idioma: str = "es", ahora: str = ""
) -> Response:
    """The worker's copy, in Spanish or in another language of the pages."""
    identity, language = ApplicationId(application), i18n.locale_for(idioma).language.code
    data = contract_papers.print_own(work, identity, language, of_now=bool(ahora))
    return pdf(data, "contrato.pdf")


def _again(request: Request, work: Work, application: UUID, form: Form, ahora: str) -> Response:
    page = replace(_page(request, work, application, ahora), form=form)
    return render(request, "permits/contract.html", page, 422)


def _refused(
    request: Request, work: Work, application: UUID, refusal: Conflict, ahora: str
) -> Response:
    page = replace(_page(request, work, application, ahora), refusal=refusal)
    return render(request, "permits/contract.html", page, status_of(refusal))


def _page(request: Request, work: Work, application: UUID, ahora: str) -> ContractPage:
    """`ahora` asks for the contract of the work of now, where another one is asked for."""
    identity = ApplicationId(application)
    seen = contracts.read_own_contract(work, identity, of_now=bool(ahora))
    asked = is_wish_waiting(work, seen.case)
    place = work_place(work.ports.reference, seen.offer.department, seen.offer.municipality)
    spoken = name_languages(work, locale_of(request), understands(seen.case) & LANGUAGES)
    path = f"/mi-solicitud/{application}/contrato"
    return ContractPage(
        seen,
        place,
        path,
        languages=spoken,
        wished=asked and not ahora,
        of_now=asked and bool(ahora),
    )
