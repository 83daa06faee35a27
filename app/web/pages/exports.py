"""The officials' list as a file for a spreadsheet: said before it is made, and remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.services import exports, queues
from app.services.deadlines import term_of
from app.services.queues import QueueRow
from app.services.work import Work
from app.web.dependencies import ProvenWork
from app.web.i18n import N_, Locale, locale_of
from app.web.pages.answered import programme_names
from app.web.queue_words import EXPORT, PATH, Words, address, read_words
from app.web.spreadsheets import csv_of
from app.web.templating import render
from app.web.wording import say
from permits.deadlines import legal_day

router = APIRouter(include_in_schema=False)

FILE = f"{PATH}/casos.csv"
FILE_NAME = N_("casos")

COLUMNS = (
    N_("Caso"),
    N_("Persona"),
    N_("Empleador"),
    N_("Programa"),
    N_("Último día"),
    N_("Estado"),
    N_("Lo tiene"),
)
"""What the list on the screen shows and no more: no document, no phone, no birth."""


@dataclass(frozen=True)
class ExportPage:
    """How many cases the file would have, the columns in Spanish, and its address."""

    total: int
    most: int
    columns: tuple[str, ...]
    file: str
    back: str


@router.get(EXPORT)
def offer_export(request: Request, work: ProvenWork, words: Annotated[Words, Query()]) -> Response:
    """What will be in the file, and who is told; here leads a proof that the file asked for."""
    wanted = read_words(work, words)
    page = ExportPage(
        exports.count_export(work, queues.filter_of(work, wanted)),
        exports.MOST_ROWS,
        COLUMNS,
        address(wanted, path=FILE),
        address(wanted),
    )
    return render(request, "queues/export.html", page)


@router.post(FILE)
def download_export(
    request: Request, work: ProvenWork, words: Annotated[Words, Query()]
) -> Response:
    """The list as CSV in the language of the pages; by POST: no link of others makes one."""
    rows = exports.export_queue(work, queues.filter_of(work, read_words(work, words)))
    locale = locale_of(request)
    programmes = programme_names(work.ports.reference.programmes.values(), locale)
    data = csv_of(
        [locale.text(column) for column in COLUMNS],
        (_cells(work, locale, programmes, row) for row in rows),
    )
    name = f"{locale.text(FILE_NAME)}-{legal_day(work.now)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


def _cells(
    work: Work, locale: Locale, programmes: Mapping[str, str], row: QueueRow
) -> tuple[str, ...]:
    days = row.submitted_at, row.due_at, row.answer_from, row.paused_at
    term = term_of(work, row.programme, row.status, *days)
    last_day = term.last_day if term else None
    return (
        row.receipt,
        row.worker_name,
        row.employer_name or locale.text(N_("Todavía sin empleador")),
        programmes.get(row.programme, row.programme),
        last_day.isoformat() if last_day else "",
        say(locale, "case-status", row.status.value),
        row.held_by_name if row.held_by else "",
    )
