"""Reference lists: one administrator proposes a row from a day on, a second approves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.services import reference_lists as lists
from app.services.reference_lists import SeenList
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.pages.texts import VERDICTS
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import PersonId
from permits.reference_lists import SHAPES, VALUE_LIMIT, ListName
from recruitment.exchange_rates import Rate

router = APIRouter(include_in_schema=False)

PATH = "/administracion/listas"
ONE = PATH + "/{name}"
MOST_SHOWN = 25


class Frame(forms.Answers):
    """Every column that any list has, the first day, and where the row comes from."""

    day: str = ""
    reason: str = ""
    called_off: str = ""
    country: str = ""
    code: str = ""
    name: str = ""
    name_es: str = ""
    name_en: str = ""
    department: str = ""
    neighbour: str = ""
    across: str = ""
    opens: str = ""
    closes: str = ""
    latitude: str = ""
    longitude: str = ""
    note: str = ""
    currency: str = ""
    lempiras: str = ""
    phone: str = ""
    ended: str = ""
    valid_from: WrittenDate
    source: str = ""


@dataclass(frozen=True)
class ListsPage:
    """The names of the lists."""

    names: Sequence[ListName]


@dataclass(frozen=True)
class ListPage:
    """A list as it counts, its first rows that were searched for; `reader` may be who proposed.

    `old` are the newest rates of exchange where they have grown old, on the page of their list.
    """

    form: Form
    query: Form
    seen: SeenList
    columns: Sequence[str]
    free: Sequence[str]
    found: Sequence[Mapping[str, str]]
    total: int
    reader: PersonId
    done: str = ""
    refusal: Conflict | Forbidden | None = None
    limit: int = VALUE_LIMIT
    old: Sequence[Rate] = ()


@router.get(PATH)
def show_lists(request: Request, work: SignedInReading) -> Response:
    """Which lists there are."""
    lists.read_list(work, ListName.CLOSURES)
    return render(request, "reference_lists/all.html", ListsPage(tuple(ListName)))


@router.get(ONE)
def show_list(
    request: Request,
    work: SignedInReading,
    name: str,
    q: Annotated[str, Query(max_length=100)] = "",
    hecho: str = "",
) -> Response:
    """What counts today, what waits, and the form for a row."""
    return _show(request, work, name, query=q, done=hecho)


@router.post(ONE)
def propose_row(request: Request, work: SignedInWork, name: str, posted: Posted) -> Response:
    """Leave a row for the second administrator."""
    listed, given = lists.find_list(name), forms.check(Frame, posted)
    if isinstance(given, Form):
        return _show(request, work, name, 422, form=given)
    row = {column: getattr(given, column) for column in SHAPES[listed].columns}
    try:
        with work.attempt():
            lists.propose_row(work, listed, row, given.source, given.valid_from)
    except Invalid as invalid:
        return _show(request, work, name, 422, form=forms.refused(Frame, posted, invalid))
    except Conflict as refusal:
        typed = Form(forms.typed(posted))
        return _show(request, work, name, status_of(refusal), form=typed, refusal=refusal)
    return RedirectResponse(f"{PATH}/{name}?hecho=propuesto", 303)


@router.post(ONE + "/{change:uuid}/{verdict}")
def decide_row(
    request: Request, work: ProvenWork, name: str, change: UUID, verdict: str
) -> Response:
    """Approve or reject a colleague's proposal, or take back the own one."""
    if verdict not in VERDICTS:
        raise NotFound("no-such-dated-change")
    try:
        with work.attempt():
            lists.decide_row(work, change, VERDICTS[verdict])
    except (Conflict, Forbidden) as refusal:
        return _show(request, work, name, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{name}?hecho={verdict}", 303)


def _show(
    request: Request,
    work: Work,
    name: str,
    status: int = 200,
    *,
    form: Form | None = None,
    query: str = "",
    done: str = "",
    refusal: Conflict | Forbidden | None = None,
) -> Response:
    listed, wanted = lists.find_list(name), query.strip().lower()
    seen, shape = lists.read_list(work, listed), SHAPES[listed]
    rows = [row for row in seen.rows.values() if _says(row, wanted, shape.columns)]
    old: Sequence[Rate] = ()
    if listed is ListName.EXCHANGE_RATES:  # hundreds of days: the newest are looked for
        rows.sort(key=itemgetter("day"), reverse=True)
        old = work.ports.reference.exchange_rates.list_old(legal_day(work.now))
    page = ListPage(
        form or Form(),
        Form({"q": [query]}),
        seen,
        shape.columns,
        shape.free,
        rows[:MOST_SHOWN],
        len(rows),
        work.actor.person,
        done if done in {"propuesto", *VERDICTS} else "",
        refusal,
        old=old,
    )
    return render(request, "reference_lists/one.html", page, status)


def _says(row: Mapping[str, str], wanted: str, columns: Sequence[str]) -> bool:
    return not wanted or any(wanted in row.get(column, "").lower() for column in columns)
