"""Every break-glass as the data-protection officer sees and judges it; never the file itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from app.services import break_glass, refusals
from app.services.break_glass import Opening, Told
from app.services.work import Work
from app.web import answers, forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid, refuse_if

router = APIRouter(include_in_schema=False)

PATH = "/proteccion-de-datos/aperturas"
ONE = PATH + "/{opening:uuid}"
VIEWS: Mapping[str, bool | None] = {"": False, "revisadas": True, "todas": None}
"""What the address asks for; without a word, what waits for a review."""


class Words(BaseModel):
    """The words of the address; `desde` is the key of a later page."""

    ver: str = ""
    desde: str = ""


class Review(forms.Answers):
    """What the officer says of an opening."""

    wording: ClassVar[Mapping[str, str]] = {
        "justified.missing": N_("Elija si estuvo justificada."),
        "note.missing": N_("Escriba por qué lo juzga así."),
    }
    justified: answers.YesNo
    note: str = ""


@dataclass(frozen=True)
class ListPage:
    """`view` is the word of the address; `next` the address of the page after, "" on the last."""

    openings: Sequence[Opening]
    waiting: int
    view: str
    next: str


@dataclass(frozen=True)
class OpeningPage:
    """`done` tells that the review was kept just now; `refusal` why it was not."""

    told: Told
    form: Form
    done: bool = False
    refusal: Conflict | None = None


@router.get(PATH)
def list_openings(
    request: Request, work: SignedInReading, words: Annotated[Words, Query()]
) -> Response:
    """What waits first; what was reviewed on its own page."""
    refuse_if([Fault("not-an-option", "ver")] if words.ver not in VIEWS else [])
    found = break_glass.list_openings(
        work, reviewed=VIEWS[words.ver], before=_read_key(words.desde)
    )
    after = ""
    if found.next is not None:
        key = f"{found.next[0].isoformat()}_{found.next[1]}"
        after = f"{PATH}?{urlencode({'ver': words.ver, 'desde': key})}"
    page = ListPage(found.openings, found.waiting, words.ver, after)
    return render(request, "openings/reviews.html", page)


@router.get(ONE)
def show_opening(
    request: Request, work: SignedInReading, opening: UUID, hecho: str = ""
) -> Response:
    """Who opened which file, when and why."""
    return _show(request, work, opening, Form(), done=hecho == "revisada")


@router.post(ONE)
def review_opening(request: Request, work: SignedInWork, opening: UUID, form: Posted) -> Response:
    """Keep what the officer says; it is said once."""
    given = forms.check(Review, form)
    if isinstance(given, Form):
        return _show(request, work, opening, given, 422)
    try:
        with work.attempt():
            break_glass.review_opening(work, opening, justified=given.justified, note=given.note)
    except Invalid as invalid:
        return _show(request, work, opening, forms.refused(Review, form, invalid), 422)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "review_opening")
        return _show(request, work, opening, Form(), status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{opening}?hecho=revisada", 303)


def _show(
    request: Request,
    work: Work,
    opening: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    told = break_glass.read_opening(work, opening)
    reviewed = told.opening.reviewed_at is not None
    page = OpeningPage(told, form, done and reviewed, refusal)
    return render(request, "openings/review.html", page, status)


def _read_key(text: str) -> tuple[datetime, UUID] | None:
    if not text:
        return None
    opened_at, _, identity = text.partition("_")
    try:
        instant, key = datetime.fromisoformat(opened_at), UUID(identity)
    except ValueError:
        raise Invalid([Fault("not-an-option", "desde")]) from None
    if instant.tzinfo is None:
        raise Invalid([Fault("not-an-option", "desde")])
    return instant, key
