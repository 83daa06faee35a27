"""SETRASS keeps the lists of other registries, judges warnings and writes measures down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints
from starlette.datastructures import UploadFile

from app.services import offer_checks, refusals, registries, standings
from app.services.registries import Brought, RegistryState
from app.services.standings import Against
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.marks import read_mark, write_mark
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid, NotFound
from permits.people import Permission
from permits.policies import check_permission
from recruitment.recruiters import LicenceKey
from recruitment.registries import COLUMNS, Registry, normal_number
from recruitment.scam_checks import Report, ReportState
from recruitment.standings import REFERENCE_LIMIT, Measure, MeasureKind

router = APIRouter(include_in_schema=False)

LISTS, REPORTS, MEASURES = "/listas-de-registros", "/avisos-de-ofertas", "/medidas"


class ImportForm(forms.Answers):
    """A list as it was sent over, with the day it is of and who signed it there."""

    wording: ClassVar[Mapping[str, str]] = {
        "registry.missing": N_("Elija de qué registro es la lista."),
        "as_of.missing": N_("Escriba de qué día es la lista."),
        "signer.missing": N_("Escriba quién firmó la lista en la otra institución."),
    }
    registry: Registry
    as_of: WrittenDate
    signer: Annotated[str, StringConstraints(max_length=registries.SIGNER_LIMIT)]
    digest: Annotated[str, StringConstraints(max_length=64)] = ""


class MeasureForm(forms.Answers):
    """What an authority has established; of one `id` it is written once."""

    wording: ClassVar[Mapping[str, str]] = {
        "kind.missing": N_("Elija qué se estableció."),
        "reference.missing": N_("Escriba el número del acta o la resolución."),
        "starts_on.missing": N_("Escriba desde qué día."),
    }
    kind: MeasureKind
    reference: Annotated[str, StringConstraints(max_length=REFERENCE_LIMIT)]
    starts_on: WrittenDate
    ends_on: WrittenDate | None = None
    id: UUID | None = None


@dataclass(frozen=True)
class ListsPage:
    """Every registry as it stands here; `done` is the one that was brought just now."""

    form: Form
    states: Sequence[RegistryState]
    done: str = ""
    columns: Sequence[str] = COLUMNS


@dataclass(frozen=True)
class ReportsPage:
    """Warnings that wait, and those that the public is told; `more…` lead to the next of each."""

    items: Sequence[Report]
    confirmed: Sequence[Report]
    more: str = ""
    more_confirmed: str = ""
    done: str = ""
    refusal: Conflict | None = None


@dataclass(frozen=True)
class MeasuresPage:
    """The measures against one; `query` names whom, for the addresses of the page."""

    form: Form
    query: str
    measures: Sequence[Measure]
    id: UUID
    kinds: Sequence[MeasureKind] = tuple(MeasureKind)
    refusal: Conflict | None = None


@router.get(LISTS)
def list_registries(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """How fresh each list is, and the form for another."""
    return _lists(request, work, Form(), done=hecho)


@router.post(LISTS)
def import_list(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Take a list in, whole or not at all."""
    said = forms.check(ImportForm, posted)
    file = posted.get("file")
    data = file.file.read(registries.MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
    if isinstance(said, Form):
        missing = () if data else (Fault("file-empty", "file"),)
        form = Form(said.values, (*said.faults, *missing), said.wording)
        return _lists(request, work, form, 422)
    brought = Brought(data, said.as_of, said.signer, said.digest)
    try:
        with work.attempt():
            registries.import_list(work, said.registry, brought)
    except Invalid as invalid:
        return _lists(request, work, forms.refused(ImportForm, posted, invalid), 422)
    return RedirectResponse(f"{LISTS}?hecho={said.registry.value}", 303)


@router.get(REPORTS)
def list_reports(
    request: Request,
    work: SignedInReading,
    hecho: str = "",
    desde: str = "",
    confirmados: str = "",
) -> Response:
    """Warnings that wait for somebody to look, and those that were confirmed, by pages of 50."""
    return _reports(request, work, desde=desde, confirmados=confirmados, done=hecho)


@router.post(REPORTS + "/{report:uuid}/{state}")
def judge_report(
    request: Request, work: SignedInWork, report: UUID, state: str, posted: Posted
) -> Response:
    """Confirm it, which tells the public, or dismiss it; `seen` is how it stood on the page."""
    if state not in {ReportState.CONFIRMED.value, ReportState.DISMISSED.value}:
        raise NotFound("no-such-report")
    told = posted.get("seen") == ReportState.CONFIRMED.value
    seen = ReportState.CONFIRMED if told else ReportState.RECEIVED
    try:
        with work.attempt():
            offer_checks.judge_report(work, report, ReportState(state), seen)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, state)
        return _reports(request, work, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{REPORTS}?hecho={state}", 303)


def _reports(
    request: Request,
    work: Work,
    status: int = 200,
    *,
    desde: str = "",
    confirmados: str = "",
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    waiting = offer_checks.list_reports(work, read_mark(desde))
    told = offer_checks.list_confirmed(work, read_mark(confirmados))
    page = ReportsPage(
        waiting.items,
        told.items,
        f"{REPORTS}?desde={write_mark(waiting.more)}" if waiting.more else "",
        f"{REPORTS}?confirmados={write_mark(told.more)}#confirmados" if told.more else "",
        done,
        refusal,
    )
    return render(request, "registries/reports.html", page, status)


@router.get(MEASURES)
def list_measures(
    request: Request,
    work: SignedInReading,
    empleador: UUID | None = None,
    registro: str = "",
    licencia: str = "",
) -> Response:
    """The measures against an employer, or against a recruiter by licence."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    against, query = _against(empleador, registro, licencia)
    return _measures(request, work, against, query, Form())


@router.post(MEASURES)
def record_measure(
    request: Request,
    work: SignedInWork,
    posted: Posted,
    empleador: UUID | None = None,
    registro: str = "",
    licencia: str = "",
) -> Response:
    """Write another down."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    against, query = _against(empleador, registro, licencia)
    said = forms.check(MeasureForm, posted)
    if isinstance(said, Form):
        return _measures(request, work, against, query, said, 422)
    identity = said.id or work.new_id()
    measure = Measure(identity, said.kind, said.reference, said.starts_on, said.ends_on)
    try:
        with work.attempt():
            standings.record_measure(work, against, measure)
    except Invalid as invalid:
        wrong = forms.refused(MeasureForm, posted, invalid)
        return _measures(request, work, against, query, wrong, 422)
    return RedirectResponse(f"{MEASURES}?{query}", 303)


@router.post(MEASURES + "/{measure:uuid}/saldar")
def settle_measure(
    request: Request,
    work: SignedInWork,
    measure: UUID,
    empleador: UUID | None = None,
    registro: str = "",
    licencia: str = "",
) -> Response:
    """Paid, remedied or lifted from today."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    against, query = _against(empleador, registro, licencia)
    try:
        with work.attempt():
            standings.settle_measure(work, against, measure)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "settle")
        return _measures(request, work, against, query, Form(), 409, refusal)
    return RedirectResponse(f"{MEASURES}?{query}", 303)


def _against(employer: UUID | None, registry: str, number: str) -> tuple[Against, str]:
    """Whom the address names; NotFound where it names nobody."""
    if employer is not None:
        return Against(employer), f"empleador={employer}"
    licence = normal_number(number)
    if registry not in set(Registry) or not licence:
        raise NotFound("no-such-recruiter")
    key = LicenceKey(Registry(registry), licence)
    return Against(licence=key), f"registro={registry}&licencia={licence}"


def _lists(
    request: Request, work: Work, form: Form, status: int = 200, *, done: str = ""
) -> Response:
    page = ListsPage(form, registries.list_states(work), done)
    return render(request, "registries/lists.html", page, status)


def _measures(
    request: Request,
    work: Work,
    against: Against,
    query: str,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    found = standings.list_measures(work, against)
    page = MeasuresPage(form, query, found, work.new_id(), refusal=refusal)
    return render(request, "registries/measures.html", page, status)
