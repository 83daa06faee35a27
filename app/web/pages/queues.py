"""The officials' queue: filters that live in the address, what is due first on top."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.services import queues
from app.services.deadlines import Term, term_of
from app.services.queues import Due, QueueRow, Wanted
from app.services.work import Work
from app.web.dependencies import SignedInReading
from app.web.forms import Form
from app.web.i18n import N_
from app.web.templating import render
from permits.applications import Status
from permits.errors import Fault, Invalid, refuse_if
from permits.people import SUPERVISOR_OF
from permits.recommendations import Step

router = APIRouter(include_in_schema=False)

PATH = "/bandeja"
EXPORT = f"{PATH}/exportar"
STATUSES = tuple(status for status in Status if status is not Status.DRAFT)
DUE_WORDS: Mapping[str, Due] = {"pronto": Due.SOON, "vencidas": Due.LATE}
STEP_WORDS: Mapping[str, Step] = {"recomendar": Step.RECOMMEND, "decidir": Step.DECIDE}
EVERYTHING, MINE, ME = "todas", "mia", "yo"
LONGEST_SEARCH = 100
"""Letters of a search; what comes after is not looked at."""

VIEWS: Mapping[str, tuple[str, Wanted]] = {
    "turn": (N_("Mi turno"), Wanted(mine=True)),
    "soon": (N_("Por vencer"), Wanted(mine=True, due=Due.SOON)),
    "late": (N_("Vencidas"), Wanted(mine=True, due=Due.LATE)),
    "asked": (N_("Con preguntas"), Wanted(frozenset({Status.ASKED}))),
    "returned": (N_("Devueltas"), Wanted(frozenset({Status.RETURNED}))),
    "all": (N_("Todas"), Wanted()),
}
"""The quick views, in their order; the first is what an official sees first."""

EMPTY: Mapping[str, str] = {
    "turn": N_("No hay casos que esperen a su institución."),
    "soon": N_("Ningún caso de su institución está por vencer."),
    "late": N_("Ningún caso de su institución está vencido."),
    "asked": N_("Nadie tiene preguntas por responder."),
    "returned": N_("Ningún caso espera la respuesta de la persona."),
    "all": N_("Todavía no hay solicitudes enviadas."),
    "": N_("Ningún caso cumple estos filtros."),
}


@dataclass(frozen=True)
class View:
    """A quick view: its Spanish name, its address, how many cases, whether it is the one shown."""

    name: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True)
class Line:
    """A row with the state of its clock."""

    row: QueueRow
    term: Term | None
    held_by_me: bool


@dataclass(frozen=True)
class Chip:
    """An active filter: its kind and value are codes, `href` shows the list without it."""

    kind: str
    value: str
    href: str


@dataclass(frozen=True)
class QueuePage:
    """`form` holds the filter as chosen; `first` and `next` are addresses, "" where none.

    `programmes` pairs codes with names in the language of the page. `empty` is the Spanish
    sentence for a list without rows. A count beyond `most` says no more. `export` is the address
    that exports this very list. `overdue` counts the late cases of the own agency, for its
    supervisors, on top of every other list; else 0.
    """

    form: Form
    views: Sequence[View]
    chips: Sequence[Chip]
    lines: Sequence[Line]
    total: int
    forgiven: bool
    first: str
    next: str
    programmes: Sequence[tuple[str, str, str]]
    empty: str
    export: str
    most: int
    overdue: int


class Words(BaseModel):
    """The words of the address; each may be absent. `desde` is the key of a later page."""

    estado: str = ""
    programa: str = ""
    espera: str = ""
    tengo: str = ""
    vence: str = ""
    paso: str = ""
    q: str = ""
    desde: str = ""


@router.get(PATH)
def show_queue(
    request: Request, work: SignedInReading, words: Annotated[Words, Query()]
) -> Response:
    """One page of the list; words that are not known are faults and never ignored."""
    queues.check_desk(work)
    wanted = read_words(work, words)
    page = queues.list_queue(
        work,
        queues.filter_of(work, wanted),
        after=_read_key(words.desde),
        beside=[queues.filter_of(work, view) for _, view in VIEWS.values()],
    )
    current = next((key for key, (_, view) in VIEWS.items() if view == wanted), "")
    context = QueuePage(
        form=Form(_typed(wanted)),
        views=_views(wanted, page.beside),
        chips=_chips(wanted),
        lines=[_line(work, row) for row in page.rows],
        total=page.total,
        forgiven=page.forgiven,
        first=address(wanted) if words.desde else "",
        next=address(wanted, page.next) if page.next else "",
        programmes=[
            (one.code, one.name_es, one.name_en) for one in work.ports.reference.programmes.values()
        ],
        empty=EMPTY[current],
        export=address(wanted, path=EXPORT),
        most=queues.MOST_COUNTED,
        overdue=_overdue(work, current, page.beside),
    )
    return render(request, "queues/list.html", context)


def read_words(work: Work, words: Words) -> Wanted:
    """The filter of the address; whose turn is asked for unless a status is, or everything."""
    known = {status.value: status for status in STATUSES}
    checks: Mapping[str, Collection[str]] = {
        "estado": known,
        "programa": work.ports.reference.programmes,
        "espera": {MINE, EVERYTHING},
        "tengo": {ME},
        "vence": DUE_WORDS,
        "paso": STEP_WORDS,
    }
    asked = {name: getattr(words, name) for name in checks}
    refuse_if(
        [
            Fault("not-an-option", name)
            for name, word in asked.items()
            if word and word not in checks[name]
        ]
    )
    return Wanted(
        frozenset({known[words.estado]}) if words.estado else frozenset(),
        words.programa or None,
        words.espera == MINE or not (words.espera or words.estado),
        words.tengo == ME,
        DUE_WORDS.get(words.vence),
        words.q.strip()[:LONGEST_SEARCH],
        STEP_WORDS.get(words.paso),
    )


def _words(wanted: Wanted) -> dict[str, str]:
    """The words of the address that ask for this filter, none that would say nothing."""
    words = {
        "estado": min(wanted.statuses).value if wanted.statuses else "",
        "programa": wanted.programme or "",
        "tengo": ME if wanted.held else "",
        "vence": next((word for word, due in DUE_WORDS.items() if due is wanted.due), ""),
        "paso": next((word for word, step in STEP_WORDS.items() if step is wanted.step), ""),
        "q": wanted.text,
    }
    if wanted.mine is bool(wanted.statuses):  # not what is meant where nothing is said
        words["espera"] = MINE if wanted.mine else EVERYTHING
    return {name: word for name, word in words.items() if word}


def address(wanted: Wanted, after: tuple[datetime, UUID] | None = None, *, path: str = PATH) -> str:
    """The address of a list, with the key of the page where one is named."""
    words = _words(wanted)
    if after is not None:
        words["desde"] = f"{after[0].isoformat()}_{after[1]}"
    return f"{path}?{urlencode(words)}" if words else path


def _read_key(text: str) -> tuple[datetime, UUID] | None:
    if not text:
        return None
    due_at, _, identity = text.partition("_")
    try:
        instant, key = datetime.fromisoformat(due_at), UUID(identity)
    except ValueError:
        raise Invalid([Fault("not-an-option", "desde")]) from None
    if instant.tzinfo is None:
        raise Invalid([Fault("not-an-option", "desde")])
    return instant, key


def _typed(wanted: Wanted) -> dict[str, Sequence[str]]:
    """What the filter form shows as chosen; it always says whose turn is asked for."""
    words = {**_words(wanted), "espera": MINE if wanted.mine else EVERYTHING}
    return {name: (word,) for name, word in words.items()}


def _views(wanted: Wanted, counts: Sequence[int]) -> list[View]:
    return [
        View(name, address(view), count, view == wanted)
        for (name, view), count in zip(VIEWS.values(), counts, strict=True)
    ]


def _overdue(work: Work, current: str, counts: Sequence[int]) -> int:
    supervises = work.actor.role in SUPERVISOR_OF.values()
    return counts[list(VIEWS).index("late")] if supervises and current != "late" else 0


def _chips(wanted: Wanted) -> list[Chip]:
    chips = [
        Chip("status", status.value, address(replace(wanted, statuses=frozenset())))
        for status in sorted(wanted.statuses)
    ]
    without = {
        "programme": (wanted.programme or "", replace(wanted, programme=None)),
        "mine": (MINE if wanted.mine else "", replace(wanted, mine=False)),
        "held": (ME if wanted.held else "", replace(wanted, held=False)),
        "due": (wanted.due.value if wanted.due else "", replace(wanted, due=None)),
        "step": (wanted.step.value if wanted.step else "", replace(wanted, step=None)),
        "text": (wanted.text, replace(wanted, text="")),
    }
    chips += [Chip(kind, value, address(rest)) for kind, (value, rest) in without.items() if value]
    return chips


def _line(work: Work, row: QueueRow) -> Line:
    term = term_of(work, row.programme, row.status, row.submitted_at, row.due_at, row.answer_from)
    return Line(row, term, row.held_by == work.actor.person)
