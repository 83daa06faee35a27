"""A mission's room: the vacancies of its country that wait, and its yes or no with grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import attestations, refusals
from app.services.attestations import VacancyToAttest, Word
from app.services.vacancies import ListedVacancy
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from permits.people import Permission
from permits.policies import check_permission
from recruitment.attestations import LONGEST_GROUNDS, Attestation

router = APIRouter(include_in_schema=False)

PATH = "/atestaciones"
ONE = PATH + "/{vacancy:uuid}"


class WordForm(forms.Answers):
    """Yes or no, and why; `seen` is the digest of what was read, with one `id` it is said once."""

    wording: ClassVar[Mapping[str, str]] = {
        "agrees.missing": N_("Elija sí o no."),
        "grounds.missing": N_("Escriba por qué."),
    }
    agrees: Literal["yes", "no"]
    grounds: Annotated[str, StringConstraints(max_length=LONGEST_GROUNDS)]
    seen: Annotated[str, StringConstraints(max_length=64)]
    id: UUID


@dataclass(frozen=True)
class ListPage:
    """What waits; `done`: a word was just said."""

    items: Sequence[ListedVacancy]
    done: bool = False


@dataclass(frozen=True)
class OnePage:
    """One vacancy with its employer; `genuine` are the words whose signature holds."""

    found: VacancyToAttest
    form: Form
    id: UUID
    genuine: Sequence[Attestation]
    refusal: Conflict | None = None


@router.get(PATH)
def list_waiting(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """What waits for this country's word."""
    page = ListPage(attestations.list_waiting(work), bool(hecho))
    return render(request, "attestations/list.html", page)


@router.get(ONE)
def show_vacancy(request: Request, work: SignedInWork, vacancy: UUID) -> Response:
    """One; that it was opened is logged."""
    return _show(request, work, vacancy, Form())


@router.post(ONE)
def attest(request: Request, work: ProvenWork, vacancy: UUID, form: Posted) -> Response:
    """Say yes or no, after a fresh proof of who this is."""
    check_permission(work.actor, Permission.VACANCY_ATTEST)
    said = forms.check(WordForm, form)
    if isinstance(said, Form):
        return _show(request, work, vacancy, said, 422)
    word = Word(said.id, said.agrees == "yes", said.grounds, said.seen)
    try:
        with work.attempt():
            attestations.attest(work, vacancy, word)
    except Invalid as invalid:
        return _show(request, work, vacancy, forms.refused(WordForm, form, invalid), 422)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "attest")
        typed = Form(forms.typed(form))
        return _show(request, work, vacancy, typed, status_of(refusal), refusal)
    return RedirectResponse(f"{PATH}?hecho=si", 303)


def _show(
    request: Request,
    work: Work,
    vacancy: UUID,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    found = attestations.read_vacancy(work, vacancy)
    genuine = [one for one in found.given if attestations.is_genuine(work, one)]
    page = OnePage(found, form, work.new_id(), genuine, refusal)
    return render(request, "attestations/one.html", page, status)
