"""The papers of the way abroad: the worker's with who paid each; of a case the insurance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator

from app.services import travel_papers
from app.services.travel_papers import PaperSource, SeenPaper, TravelPapers
from app.services.work import Work
from app.web import forms
from app.web.answers import Amount, WrittenDate
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import sides
from app.web.pages.sides import Side, open_side
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid, NotFound
from recruitment.costs import CURRENCIES
from recruitment.ethics.words import Payer
from recruitment.travel_papers import Cover, Told, TravelPaperKind

router = APIRouter(include_in_schema=False)

OWN = sides.OWN + "/{application:uuid}/papeles-del-viaje"
CASE = sides.CASE + "/{application:uuid}/papeles-del-viaje"

COVER = ("insurer", "policy", "covers_from", "covers_until")


def _none(text: object) -> object:
    return None if text == "" else text


class PaperForm(forms.Answers):
    """One paper; `version` is what was looked at, 0 for none."""

    wording: ClassVar[Mapping[str, str]] = {
        "kind.missing": N_("Elija qué papel es."),
        "got_on.missing": N_("Escriba el día, el mes y el año."),
        "payer.missing": N_("Elija quién pagó."),
    }
    kind: TravelPaperKind
    version: int = 0
    got_on: WrittenDate
    payer: Payer
    amount: Annotated[Amount | None, BeforeValidator(_none)] = None
    currency: str = ""
    insurer: str = ""
    policy: str = ""
    covers_from: WrittenDate | None = None
    covers_until: WrittenDate | None = None

    @property
    def told(self) -> Told:
        """As the law reads it; a cover is told of an insurance alone, and whole or not at all."""
        cover = None
        if self.kind is TravelPaperKind.INSURANCE and self.covers_from and self.covers_until:
            named = self.insurer.strip(), self.policy.strip()
            if all(named):
                cover = Cover(*named, self.covers_from, self.covers_until)
        currency = self.currency if self.amount is not None else ""
        return Told(self.kind, self.got_on, self.payer, self.amount, currency, cover)


@dataclass(frozen=True)
class PapersPage:
    """What there is, and the form for one; `mine` are the papers that whoever looks may change."""

    side: Side
    path: str
    back: str
    found: TravelPapers
    person: UUID
    form: Form
    refusal: Conflict | None = None
    kinds: tuple[TravelPaperKind, ...] = tuple(TravelPaperKind)
    payers: tuple[Payer, ...] = tuple(Payer)
    currencies: tuple[str, ...] = CURRENCIES


@router.get(OWN)
def show_own(
    request: Request, work: SignedInWork, application: UUID, cambiar: str = ""
) -> Response:
    """The own papers, and the form."""
    return _show(request, work, application, kind=cambiar)


@router.get(CASE)
def show_case(
    request: Request, work: SignedInWork, application: UUID, cambiar: str = ""
) -> Response:
    """The papers of a case; that it was looked at stands in the log."""
    return _show(request, work, application, kind=cambiar)


@router.post(OWN)
def note_own(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """The worker notes a paper with who paid it."""
    return _note(request, work, application, posted)


@router.post(CASE)
def note_case(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """An official notes the insurance."""
    return _note(request, work, application, posted)


@router.post(OWN + "/{kind}/quitar")
def remove_own(
    request: Request, work: SignedInWork, application: UUID, kind: str, posted: Posted
) -> Response:
    """The worker takes an own paper out."""
    return _remove(request, work, application, kind, posted)


@router.post(CASE + "/{kind}/quitar")
def remove_case(
    request: Request, work: SignedInWork, application: UUID, kind: str, posted: Posted
) -> Response:
    """An official takes an insurance out that officials noted."""
    return _remove(request, work, application, kind, posted)


def _note(request: Request, work: Work, application: UUID, posted: Posted) -> Response:
    given = forms.check(PaperForm, posted)
    if isinstance(given, Form):
        return _show(request, work, application, given, 422)
    told, version, identity = given.told, given.version, ApplicationId(application)
    try:
        return _act(
            *(request, work, _page(request, work, application)),
            lambda: travel_papers.note_paper(work, identity, told, version),
            Form(forms.typed(posted)),
        )
    except Invalid as error:
        return _show(request, work, application, forms.refused(PaperForm, posted, error), 422)


def _remove(request: Request, work: Work, application: UUID, kind: str, posted: Posted) -> Response:
    page = _page(request, work, application)
    if kind not in set(TravelPaperKind):
        raise NotFound("no-such-travel-paper")
    if all(one.paper.told.kind != kind for one in page.found.papers):
        return RedirectResponse(page.path, 303)  # it is out already: pressed twice
    text = str(posted.get("version", ""))
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

    def act() -> None:
        travel_papers.remove_paper(work, ApplicationId(application), TravelPaperKind(kind), seen)

    return _act(request, work, page, act)


def _act(
    request: Request,
    work: Work,
    page: PapersPage,
    act: Callable[[], object],
    typed: Form | None = None,
) -> Response:
    application = page.found.application.id
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        return _show(request, work, application, typed, status_of(refusal), refusal)
    return RedirectResponse(page.path, 303)


def _show(
    request: Request,
    work: Work,
    application: UUID,
    form: Form | None = None,
    status: int = 200,
    refusal: Conflict | None = None,
    *,
    kind: str = "",
) -> Response:
    page = _page(request, work, application, form, refusal, kind)
    return render(request, page.side.template("travel_papers"), page, status)


def _page(
    request: Request,
    work: Work,
    application: UUID,
    form: Form | None = None,
    refusal: Conflict | None = None,
    kind: str = "",
) -> PapersPage:
    side = open_side(request, work, application)
    found = travel_papers.read_papers(work, ApplicationId(application))
    source = PaperSource.WORKER if side.own else PaperSource.OFFICIAL
    chosen = next(
        (o for o in found.papers if (o.paper.told.kind, o.paper.source) == (kind, source)), None
    )
    filled = form or (_filled(chosen) if chosen else Form({"version": ("0",)}))
    path, back = f"{side.back}/papeles-del-viaje", f"{side.back}/viaje"
    return PapersPage(side, path, back, found, work.actor.person, filled, refusal)


def _filled(seen: SeenPaper) -> Form:
    told, payment = seen.paper.told, seen.payment
    amount = payment.payment.amount if payment else told.amount
    currency = payment.payment.currency if payment else told.currency
    values: dict[str, str] = {
        "kind": told.kind,
        "version": str(seen.paper.version),
        "payer": told.payer,
        "amount": f"{amount:f}" if isinstance(amount, Decimal) else "",
        "currency": currency,
    }
    days = {"got_on": told.got_on}
    if told.cover is not None:
        values |= {"insurer": told.cover.insurer, "policy": told.cover.number}
        days |= {"covers_from": told.cover.first_day, "covers_until": told.cover.last_day}
    for name, day in days.items():
        values |= {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return Form({name: (value,) for name, value in values.items()})
