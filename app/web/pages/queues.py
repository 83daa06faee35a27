"""The officials' queue: filters that live in the address, what is due first on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.services import assigning, queues, saved_views
from app.services.assigning import Colleague
from app.services.deadlines import Term, term_of
from app.services.queue_steps import steps_of
from app.services.queues import Due, QueueRow, Wanted
from app.services.saved_views import SavedView
from app.services.work import Work
from app.services.work_places import work_places
from app.web.dependencies import SignedInReading
from app.web.forms import Form
from app.web.i18n import N_
from app.web.queue_words import (
    EVERYTHING,
    EXPORT,
    ME,
    MINE,
    PATH,
    YES,
    Words,
    address,
    due_word,
    read_key,
    read_words,
    words_of,
    words_to_save,
)
from app.web.templating import render
from permits.applications import Status
from permits.errors import Conflict
from permits.next_actions import NextAction
from permits.people import SUPERVISOR_OF, Agency, PersonId
from permits.programme_agencies import every_asked

router = APIRouter(include_in_schema=False)

VIEWS: Mapping[str, tuple[str, Wanted]] = {
    "turn": (N_("Mi turno"), Wanted(mine=True)),
    "new": (N_("Nuevo para mí"), Wanted(mine=True, unseen=True)),
    "soon": (N_("Por vencer"), Wanted(mine=True, due=Due.SOON)),
    "late": (N_("Vencidas"), Wanted(mine=True, due=Due.LATE)),
    "asked": (N_("Con preguntas"), Wanted(frozenset({Status.ASKED}))),
    "returned": (N_("Devueltas"), Wanted(frozenset({Status.RETURNED}))),
    "all": (N_("Todas"), Wanted()),
}
"""The quick views, in their order; the first is what an official sees first."""

EMPTY: Mapping[str, str] = {
    "turn": N_("No hay casos que esperen a su institución."),
    "new": N_("Ningún caso cambió desde que usted lo vio."),
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
    """A row with the state of its clock, and what the official who looks may do next, if any."""

    row: QueueRow
    term: Term | None
    held_by_me: bool
    step: NextAction | None


@dataclass(frozen=True)
class Chip:
    """An active filter: its kind and value are codes, `href` shows the list without it."""

    kind: str
    value: str
    href: str


@dataclass(frozen=True)
class Desk:
    """Whom cases may be given to, the views with a name, and this filter as one may be saved."""

    colleagues: Sequence[Colleague]
    saved: Sequence[SavedView]
    words: str
    reader: PersonId
    refusal: Conflict | None


@dataclass(frozen=True)
class QueuePage:
    """`form` holds the filter as chosen; `first` and `next` are addresses, "" where none.

    `programmes` pairs codes with names in the language of the page, `places` those that may be
    chosen; `place` names the chosen one. `empty` is the Spanish sentence for a list
    without rows. A count beyond `most` says no more.
    `export` is the address that exports this very list. `overdue` counts the late cases of the own
    agency, for its supervisors, on top of every other list; else 0. `desk` stands beside the list.
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
    places: Sequence[tuple[str, str]]
    place: str
    empty: str
    wanted: Wanted
    export: str
    most: int
    overdue: int
    desk: Desk
    agencies: Sequence[Agency]

    @property
    def due_day(self) -> date | None:
        """Only what is due before it is shown."""
        return self.wanted.due if isinstance(self.wanted.due, date) else None


@router.get(PATH)
def show_queue(
    request: Request, work: SignedInReading, words: Annotated[Words, Query()]
) -> Response:
    """One page of the list; words that are not known are faults and never ignored."""
    queues.check_desk(work)
    return show(request, work, read_words(work, words), after=read_key(words.desde))


def show(
    request: Request,
    work: Work,
    wanted: Wanted,
    status: int = 200,
    *,
    after: tuple[datetime, UUID] | None = None,
    form: Form | None = None,
    refusal: Conflict | None = None,
) -> Response:
    """The list with what was typed beside it, or why that was refused."""
    page = queues.list_queue(
        work,
        queues.filter_of(work, wanted),
        after=after,
        beside=[queues.filter_of(work, view) for _, view in VIEWS.values()],
    )
    current = next((key for key, (_, view) in VIEWS.items() if view == wanted), "")
    typed, places = form or Form(), work_places(work)
    context = QueuePage(
        form=Form({**typed.values, **_typed(wanted)}, typed.faults),
        views=_views(wanted, page.beside),
        chips=_chips(wanted),
        lines=_lines(work, page.rows),
        total=page.total,
        forgiven=page.forgiven,
        first=address(wanted) if after else "",
        next=address(wanted, page.next) if page.next else "",
        programmes=_programmes(work),
        places=places.choices(wanted.place),
        place=places.name_of(wanted.place),
        empty=EMPTY[current],
        wanted=wanted,
        export=address(wanted, path=EXPORT),
        most=queues.MOST_COUNTED,
        overdue=_overdue(work, current, page.beside),
        desk=_desk(work, wanted, refusal),
        agencies=every_asked(work.ports.reference.programmes.values()),
    )
    return render(request, "queues/list.html", context, status)


def _programmes(work: Work) -> list[tuple[str, str, str]]:
    known = work.ports.reference.programmes.values()
    return [(one.code, one.name_es, one.name_en) for one in known]


def _desk(work: Work, wanted: Wanted, refusal: Conflict | None) -> Desk:
    colleagues, saved = assigning.list_colleagues(work), saved_views.list_views(work)
    return Desk(colleagues, saved, words_to_save(wanted), work.actor.person, refusal)


def _typed(wanted: Wanted) -> dict[str, Sequence[str]]:
    """What the filter form shows as chosen; it always says whose turn is asked for."""
    turn = wanted.turn.value if wanted.turn else EVERYTHING
    words = {**words_of(wanted), "espera": MINE if wanted.mine else turn}
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
        Chip("status", status.value, address(_without(wanted, status)))
        for status in sorted(wanted.statuses)
    ]
    without = {
        "programme": (wanted.programme or "", replace(wanted, programme=None)),
        "mine": (MINE if wanted.mine else "", replace(wanted, mine=False)),
        "held": (ME if wanted.held else "", replace(wanted, held=False)),
        "turn": (wanted.turn or "", replace(wanted, turn=None)),
        "due": (due_word(wanted.due), replace(wanted, due=None)),
        "step": (wanted.step.value if wanted.step else "", replace(wanted, step=None)),
        "unseen": (YES if wanted.unseen else "", replace(wanted, unseen=False)),
        "place": (wanted.place, replace(wanted, place="")),
        "since": (str(wanted.since or ""), replace(wanted, since=None)),
        "until": (str(wanted.until or ""), replace(wanted, until=None)),
        "text": (wanted.text, replace(wanted, text="")),
    }
    chips += [Chip(kind, value, address(rest)) for kind, (value, rest) in without.items() if value]
    return chips


def _without(wanted: Wanted, status: Status) -> Wanted:
    """Without one of its statuses; the others, and whose turn is asked for, stay."""
    return replace(wanted, statuses=wanted.statuses - {status})


def _lines(work: Work, rows: Sequence[QueueRow]) -> list[Line]:
    steps = steps_of(work, rows)
    return [_line(work, row, steps.get(row.id)) for row in rows]


def _line(work: Work, row: QueueRow, step: NextAction | None) -> Line:
    days = row.submitted_at, row.due_at, row.answer_from, row.paused_at
    term = term_of(work, row.programme, row.status, *days)
    return Line(row, term, row.held_by == work.actor.person, step)
