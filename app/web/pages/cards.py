"""Cards printed by the batch: ordered, watched while they are drawn, taken, said to be printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from app.services import card_batches
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, OFFERED, locale_of
from app.web.pages.answered import programme_names
from app.web.problems import status_of
from app.web.templating import render
from permits.card_batches import (
    KEPT,
    MOST_CARDS,
    BatchAction,
    BatchCard,
    BatchState,
    CardBatch,
)
from permits.errors import Conflict
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = "/tarjetas"
BATCH = PATH + "/{batch:uuid}"


class Order(forms.Answers):
    """Which cards, and how many at most; `batch` is the id that the form came with."""

    wording: ClassVar[Mapping[str, str]] = {
        "programme.missing": N_("Elija el programa."),
        **dict.fromkeys(
            ("most.missing", "most.not-a-whole-number", "most.too-small", "most.too-large"),
            N_("Escriba cuántas tarjetas, de 1 a 1000."),
        ),
    }
    programme: str
    language: str
    most: int = Field(ge=1, le=MOST_CARDS)
    batch: UUID


@dataclass(frozen=True)
class CardsPage:
    """The batches of the office; `waiting` counts by programme the permits without a card."""

    form: Form
    batches: Sequence[CardBatch]
    waiting: Sequence[tuple[str, int]]
    names: Mapping[str, str]
    batch: UUID
    languages: Sequence[tuple[str, str]]
    most: int = MOST_CARDS
    refusal: str = ""


@dataclass(frozen=True)
class BatchPage:
    """One batch. `gone`: cards whose permit stands no more. `mine`: the reader ordered it."""

    batch: CardBatch
    programme: str
    cards: Sequence[BatchCard]
    path: str
    gone: Sequence[BatchCard] = field(default_factory=list)
    mine: bool = False
    days: int = KEPT.days


@router.get(PATH)
def list_batches(request: Request, work: SignedInReading) -> Response:
    """What was ordered lately, and how many permits are on no card yet."""
    return render(
        request, "cards/list.html", _page(request, work, Form({"most": (str(MOST_CARDS),)}))
    )


@router.post(PATH)
def order_batch(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Order a batch; sent twice, it is one."""
    check_permission(work.actor, Permission.CARD_PRINT)
    answers = forms.check(Order, posted)
    if isinstance(answers, Form):
        return render(request, "cards/list.html", _page(request, work, answers), 422)
    try:
        with work.attempt():
            found = card_batches.order_batch(
                work, answers.batch, answers.programme, answers.language, answers.most
            )
    except Conflict as refusal:
        page = _page(request, work, Form(forms.typed(posted)), refusal.code)
        return render(request, "cards/list.html", page, status_of(refusal))
    return RedirectResponse(f"{PATH}/{found.id}", 303)


@router.get(BATCH)
def show_batch(request: Request, work: SignedInReading, batch: UUID) -> Response:
    """How far the drawing is; then the file, and whether it was printed."""
    found, cards = card_batches.read_batch(work, batch)
    programme = _names(request, work)[found.programme]
    gone = [card for card in cards if not card.stands]
    mine = found.ordered_by == work.actor.person
    page = BatchPage(found, programme, cards, f"{PATH}/{batch}", gone, mine)
    return render(request, "cards/batch.html", page)


@router.get(BATCH + "/tarjetas.pdf")
def take_file(work: ProvenWork, batch: UUID) -> Response:
    """The cards as one PDF, two or three pages each, in the order of the list."""
    headers = {
        "Content-Disposition": 'attachment; filename="tarjetas.pdf"',
        "Cache-Control": "no-store",
    }
    data = card_batches.take_file(work, batch)
    return Response(data, media_type="application/pdf", headers=headers)


@router.post(BATCH + "/impresas")
def confirm_printed(work: SignedInWork, batch: UUID) -> Response:
    """Every card of the list came out well."""
    return _settle(work, batch, BatchAction.CONFIRM)


@router.post(BATCH + "/descartar")
def discard(work: SignedInWork, batch: UUID) -> Response:
    """The cards are not to be printed; their permits wait for another batch."""
    return _settle(work, batch, BatchAction.DISCARD)


def _settle(work: Work, batch: UUID, action: BatchAction) -> Response:
    found, _ = card_batches.read_batch(work, batch)
    wanted = {BatchAction.CONFIRM: BatchState.PRINTED, BatchAction.DISCARD: BatchState.DISCARDED}
    if found.state is not wanted[action]:  # pressed twice, it is done once
        card_batches.settle_batch(work, batch, action)
    return RedirectResponse(f"{PATH}/{batch}", 303)


def _page(request: Request, work: Work, form: Form, refusal: str = "") -> CardsPage:
    return CardsPage(
        form,
        card_batches.list_batches(work),
        [
            (programme, count)
            for programme, count in card_batches.count_waiting(work).items()
            if count
        ],
        _names(request, work),
        uuid4(),
        [(language.code, language.autonym) for language in OFFERED],
        refusal=refusal,
    )


def _names(request: Request, work: Work) -> Mapping[str, str]:
    return programme_names(work.ports.reference.programmes.values(), locale_of(request))
