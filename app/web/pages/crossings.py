"""A post's day: who came in and went out, and what somebody should look at, explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.services import crossings
from app.services.crossings import RecordedCrossing, Tally
from app.services.work import Work
from app.web.dependencies import SignedInReading
from app.web.forms import Form
from app.web.templating import render
from permits import permit_numbers
from permits.crossings import Direction
from permits.deadlines import legal_day
from permits.errors import Fault, Invalid, refuse_if
from permits.reach import posts_of
from permits.scans import Colour

router = APIRouter(include_in_schema=False)

PATH = "/puestos/pasos"
MARKED = "senales"
LATE = timedelta(minutes=10)
"""What arrives so long after it happened was written down without a network."""


class Words(BaseModel):
    """The words of the address; each may be absent. `desde` is the key of a later page."""

    dia: str = ""
    puesto: str = ""
    ver: str = ""
    desde: str = ""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    day: date
    post: str
    marked: bool


@dataclass(frozen=True)
class Line:
    """A crossing as a row; `late` where it arrived long after it happened."""

    recorded: RecordedCrossing
    number: str
    late: bool


@dataclass(frozen=True)
class DayPage:
    """`posts` pairs codes with names, empty where the person knows one post alone.

    `entries` and `exits` and the counts are of the whole day; addresses are "" where there is no
    such page.
    """

    form: Form
    day: date
    is_today: bool
    post: str
    post_name: str
    posts: Sequence[tuple[str, str]]
    names: dict[str, str]
    entries: int
    exits: int
    not_green: int
    offline: int
    marked: int
    lines: Sequence[Line]
    only_marked: bool
    all_href: str
    marked_href: str
    before: str
    after: str
    next: str


@router.get(PATH)
def show_day(request: Request, work: SignedInReading, words: Annotated[Words, Query()]) -> Response:
    """One day of one post, or of all for who knows all; what is not known is a fault."""
    wanted = _read(work, words)
    found = crossings.read_day(
        work,
        wanted.day,
        post=wanted.post or None,
        with_anomalies=wanted.marked,
        after=_read_key(words.desde),
    )
    today, names = legal_day(work.now), dict(work.ports.reference.posts)
    own = posts_of(work.actor)
    shown = wanted.post or next(iter(own or ()), "")
    page = DayPage(
        form=Form({"dia": (wanted.day.isoformat(),), "puesto": (wanted.post,)}),
        day=wanted.day,
        is_today=wanted.day == today,
        post=wanted.post,
        post_name=names.get(shown, ""),
        posts=list(names.items()) if own is None else [],
        names=names,
        **_counts(found.tallies),
        lines=[_line(each) for each in found.crossings],
        only_marked=wanted.marked,
        all_href=address(Wanted(wanted.day, wanted.post, marked=False)),
        marked_href=address(Wanted(wanted.day, wanted.post, marked=True)),
        before=address(_moved(wanted, -1)),
        after=address(_moved(wanted, 1)) if wanted.day < today else "",
        next=address(wanted, found.next) if found.next else "",
    )
    return render(request, "crossings/day.html", page)


def address(wanted: Wanted, after: tuple[datetime, UUID] | None = None) -> str:
    """The address of a day, with the key of the page where one is named."""
    words = {"dia": wanted.day.isoformat(), "puesto": wanted.post}
    if wanted.marked:
        words["ver"] = MARKED
    if after is not None:
        words["desde"] = f"{after[0].isoformat()}_{after[1]}"
    return f"{PATH}?{urlencode({name: word for name, word in words.items() if word})}"


def _moved(wanted: Wanted, days: int) -> Wanted:
    return Wanted(wanted.day + timedelta(days=days), wanted.post, wanted.marked)


def _read(work: Work, words: Words) -> Wanted:
    """The day, today unless one is named, not later; the post, and what to look at."""
    today = legal_day(work.now)
    day = _read_day(words.dia) if words.dia else today
    earliest = today - timedelta(days=366)
    checks = (
        (day is None or not earliest <= day <= today, "dia"),
        (bool(words.puesto) and words.puesto not in work.ports.reference.posts, "puesto"),
        (words.ver not in {"", MARKED}, "ver"),
    )
    refuse_if([Fault("not-an-option", field) for wrong, field in checks if wrong])
    return Wanted(day or today, words.puesto, words.ver == MARKED)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_key(text: str) -> tuple[datetime, UUID] | None:
    if not text:
        return None
    at, _, identity = text.partition("_")
    try:
        instant, key = datetime.fromisoformat(at), UUID(identity)
    except ValueError:
        raise Invalid([Fault("not-an-option", "desde")]) from None
    if instant.tzinfo is None:
        raise Invalid([Fault("not-an-option", "desde")])
    return instant, key


def _counts(tallies: Sequence[Tally]) -> dict[str, int]:
    def count(*wanted: Tally) -> int:
        return sum(tally.crossings for tally in wanted)

    return {
        "entries": count(*(t for t in tallies if t.direction is Direction.ENTRY)),
        "exits": count(*(t for t in tallies if t.direction is Direction.EXIT)),
        "not_green": count(*(t for t in tallies if t.verdict != Colour.GREEN.value)),
        "offline": sum(tally.offline for tally in tallies),
        "marked": sum(tally.with_anomalies for tally in tallies),
    }


def _line(recorded: RecordedCrossing) -> Line:
    crossing = recorded.crossing
    known = permit_numbers.is_number(crossing.number)
    number = permit_numbers.show(crossing.number) if known else crossing.number
    return Line(recorded, number, recorded.received_at - crossing.device_time > LATE)
