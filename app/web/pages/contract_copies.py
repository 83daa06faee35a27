"""The employer's contracts of a vacancy, and the marks of workers before a witness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import contract_checks, contract_marks, contract_papers, contracts
from app.services.contract_marks import Marking
from app.services.contract_papers import EmployersContract
from app.services.work import Work
from app.web import forms, i18n
from app.web.answers import YesNo
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.ethics import ToldFinding, tell
from app.web.pages.prints import pdf
from app.web.pages.receptions import name_languages
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid, NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.tracking import read_receipt
from recruitment.contracts import LANGUAGES

router = APIRouter(include_in_schema=False)

OWN = "/mis-vacantes/{vacancy:uuid}/contratos"
MARKS = "/marcas-de-contratos"


class Marked(forms.Answers):
    """Whose mark was made, and under which text."""

    wording: ClassVar[Mapping[str, str]] = {
        "receipt.missing": N_("Escriba el número de recibo."),
        "digest.missing": N_("Busque otra vez el contrato y léalo."),
        "heard_in.missing": N_("Elija en qué idioma lo leyó."),
        "heard_in.not-understood": N_("La persona no habla ese idioma. Léalo en uno que entienda."),
        "deductions.missing": N_("Diga si la persona acepta lo que le quitarían del salario."),
    }
    receipt: str
    digest: str
    heard_in: str = ""
    deductions: YesNo | None = None
    crew: UUID | None = None


@dataclass(frozen=True)
class EmployersPage:
    """Those who agreed to a contract; `drawn` counts what was offered anew just now.

    `blocked` counts newest versions that nobody can accept, and `against` is what was found.
    """

    vacancy: UUID
    contracts: Sequence[EmployersContract]
    blocked: int
    against: Sequence[ToldFinding]
    drawn: int | None = None


@dataclass(frozen=True)
class MarkPage:
    """What is read out to who came with a receipt; `unknown`: no contract waits under it.

    `crew` is the list on which they just agreed to their application. `languages` are those in
    which it may have been read out, with their names: the worker's and those it is written in.
    """

    receipt: str
    marking: Marking | None
    form: Form = field(default_factory=Form)
    unknown: bool = False
    refusal: Conflict | None = None
    done: bool = False
    crew: UUID | None = None
    languages: Sequence[tuple[str, str]] = ()


@router.get(OWN)
def list_contracts(
    request: Request, work: SignedInReading, vacancy: UUID, nuevos: int | None = None
) -> Response:
    """Who agreed to a contract for this vacancy, each with a copy to keep."""
    listed = contract_papers.list_for_employer(work, vacancy)
    blocked, locale = contract_checks.list_blocked(work, vacancy), locale_of(request)
    found = dict.fromkeys(tell(locale, each) for one in blocked for each in one.findings)
    page = EmployersPage(vacancy, listed, len(blocked), list(found), nuevos)
    return render(request, "own_vacancies/contracts.html", page)


@router.post(OWN)
def offer_anew(work: SignedInWork, vacancy: UUID) -> Response:
    """Offer the vacancy's terms of today to who has a contract; the same terms are offered once."""
    drawn = contracts.draw_anew(work, vacancy)
    return RedirectResponse(f"/mis-vacantes/{vacancy}/contratos?nuevos={drawn}", 303)


@router.get(OWN + "/{contract:uuid}.pdf")
def print_contract(
    work: SignedInWork, vacancy: UUID, contract: UUID, idioma: str = "es"
) -> Response:
    """The employer's copy; a contract is named by the application that it belongs to."""
    language = i18n.locale_for(idioma).language.code
    identity = ApplicationId(contract)
    printed = contract_papers.print_for_employer(work, vacancy, identity, language)
    return pdf(printed, "contrato.pdf")


@router.get(MARKS)
def find_contract(
    request: Request,
    work: SignedInWork,
    recibo: str = "",
    hecho: str = "",
    lista: UUID | None = None,
) -> Response:
    """The contract of who came with a receipt, to be read out."""
    check_permission(work.actor, Permission.CREW_WITNESS)
    page = MarkPage(read_receipt(recibo), None, Form({"recibo": (recibo,)}), crew=lista)
    return _show(request, work, replace(page, done=bool(hecho)))


@router.post(MARKS)
def record_mark(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Record the mark that was made before the witness."""
    check_permission(work.actor, Permission.CREW_WITNESS)
    said = forms.check(Marked, posted)
    if isinstance(said, Form):
        return _show(request, work, MarkPage(read_receipt(said.value("receipt")), None, said), 422)
    page = MarkPage(read_receipt(said.receipt), None, crew=said.crew)
    try:
        with work.attempt():
            told = (said.digest, said.heard_in, said.deductions)
            contract_marks.witness_acceptance(work, page.receipt, *told)
    except Invalid as error:
        faulty = replace(page, form=forms.refused(Marked, posted, error))
        return _show(request, work, faulty, 422)
    except Conflict as refusal:
        return _show(request, work, replace(page, refusal=refusal), status_of(refusal))
    listed = f"&lista={said.crew}" if said.crew else ""
    return RedirectResponse(f"{MARKS}?recibo={page.receipt}&hecho=1{listed}", 303)


def _show(request: Request, work: Work, page: MarkPage, status: int = 200) -> Response:
    if page.receipt:
        try:
            marking = contract_marks.read_for_witness(work, page.receipt)
            spoken = name_languages(work, locale_of(request), marking.languages | LANGUAGES)
            page = replace(page, marking=marking, languages=spoken)
        except NotFound:
            page, status = replace(page, unknown=True), 404
    return render(request, "contracts/mark.html", page, status)
