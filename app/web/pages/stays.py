"""Who is inside while the permit ends, or after it: renewal is offered first, nobody is accused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.services import stays
from app.web.dependencies import SignedInReading
from app.web.forms import Form
from app.web.templating import render
from permits import permit_numbers
from permits.deadlines import legal_day
from permits.errors import Fault, Invalid, refuse_if
from permits.people import Permission
from permits.reach import posts_of
from permits.stays import ASK_AFTER, OFFER_AHEAD, Standing, Stay

router = APIRouter(include_in_schema=False)

PATH = "/puestos/no-han-salido"
VIEWS: Mapping[str, Standing] = {"": Standing.NOT_EXITED, "por-terminar": Standing.ENDING}
"""What the address asks for; without a word, whose permit is over."""


class Words(BaseModel):
    """The words of the address; `desde` is the key of a later page."""

    ver: str = ""
    puesto: str = ""
    desde: str = ""


@dataclass(frozen=True)
class Line:
    """A stay as a row; `days` until the last day, negative once it is over."""

    stay: Stay
    number: str
    days: int
    case: str


@dataclass(frozen=True)
class StaysPage:
    """`view` is the word of the address; `posts` empty where the person knows one post alone."""

    form: Form
    view: str
    post: str
    posts: Sequence[tuple[str, str]]
    names: Mapping[str, str]
    counts: Mapping[str, int]
    most: int
    hrefs: Mapping[str, str]
    lines: Sequence[Line]
    next: str
    offer_days: int = OFFER_AHEAD.days
    ask_days: int = ASK_AFTER.days


@router.get(PATH)
def list_stays(
    request: Request, work: SignedInReading, words: Annotated[Words, Query()]
) -> Response:
    """One page of the list; who reads files gets the way to the case."""
    reference, own = work.ports.reference, posts_of(work.actor)
    checks = (
        (words.ver not in VIEWS, "ver"),
        (bool(words.puesto) and words.puesto not in reference.posts, "puesto"),
    )
    refuse_if([Fault("not-an-option", field) for wrong, field in checks if wrong])
    found = stays.list_stays(
        work, VIEWS[words.ver], post=words.puesto or None, after=_read_key(words.desde)
    )
    today = legal_day(work.now)
    reads = work.actor.can(Permission.APPLICATION_READ)
    page = StaysPage(
        form=Form({"puesto": (words.puesto,), "ver": (words.ver,)}),
        view=words.ver,
        post=words.puesto,
        posts=list(reference.posts.items()) if own is None else [],
        names=reference.posts,
        counts={"": found.not_exited, "por-terminar": found.ending},
        most=stays.MOST_COUNTED,
        hrefs={view: address(view, words.puesto) for view in VIEWS},
        lines=[_line(stay, today, reads=reads) for stay in found.stays],
        next=address(words.ver, words.puesto, found.next) if found.next else "",
    )
    return render(request, "stays/list.html", page)


def address(view: str, post: str, after: tuple[date, UUID] | None = None) -> str:
    """The address of a list, with the key of the page where one is named."""
    words = {"ver": view, "puesto": post}
    if after is not None:
        words["desde"] = f"{after[0].isoformat()}_{after[1]}"
    told = {name: word for name, word in words.items() if word}
    return f"{PATH}?{urlencode(told)}" if told else PATH


def _line(stay: Stay, today: date, *, reads: bool) -> Line:
    known = permit_numbers.is_number(stay.number)
    return Line(
        stay,
        permit_numbers.show(stay.number) if known else stay.number,
        (stay.valid_until - today).days,
        f"/casos/{stay.application}" if reads else "",
    )


def _read_key(text: str) -> tuple[date, UUID] | None:
    if not text:
        return None
    day, _, identity = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(identity)
    except ValueError:
        raise Invalid([Fault("not-an-option", "desde")]) from None
