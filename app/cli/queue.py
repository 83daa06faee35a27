"""`vereda queue`: an official's list, by the filter of the page, for who works at a console."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.clients import with_work
from app.cli.surroundings import say, show

if TYPE_CHECKING:
    from app.services.queues import QueuePage, Wanted
    from app.services.work import Work

TABLE = ("receipt", "status", "worker", "employer", "due", "held_by")
"""The columns for people; programs are told more."""


def queue(
    official: Annotated[
        str, typer.Option("--as", help="Whose list: their e-mail address, or phone with +.")
    ],
    words: Annotated[
        str,
        typer.Argument(
            metavar="FILTER",
            help="As the address of the page has it: 'estado=returned&q=gutierrez'; the whole "
            "address will do. None: what waits for the official's agency.",
        ),
    ] = "",
    view: Annotated[str, typer.Option(help="A saved view by its name; FILTER adds to it.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most rows.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List an official's cases within their bounds, due first; the log tells that it was read."""
    page, wanted, rows = with_work(lambda work: _read(work, official, view, words, limit))
    show(rows if as_json else [_short(row) for row in rows], as_json=as_json)
    _tell(page, wanted)


def _read(
    work: "Work", official: str, view: str, words: str, limit: int
) -> "tuple[QueuePage, Wanted, list[dict[str, Any]]]":
    """One page of the list; what was read is logged with it."""
    from app.services import named_lists, queues
    from app.web.queue_words import Words, read_filter, read_key, read_words

    desk = named_lists.at_desk(work, official)
    saved = read_filter(named_lists.find_view(desk, view).words) if view else Words()
    asked = saved.model_copy(update=read_filter(words).model_dump(exclude_unset=True))
    wanted, after = read_words(desk, asked), read_key(asked.desde)
    page = queues.list_queue(desk, queues.filter_of(desk, wanted), limit=limit, after=after)
    named_lists.note_reading(desk, len(page.rows))
    return page, wanted, [_row(desk, row) for row in page.rows]


def _row(desk: "Work", row: Any) -> dict[str, Any]:  # noqa: ANN401  (QueueRow, loaded late)
    """What the API tells this official of a case."""
    from app.services.deadlines import pauses
    from app.web.api.application_lines import line_of_row

    stands = pauses(desk, row.programme, row.submitted_at)
    line = line_of_row(row, desk.actor, desk.now, pauses=stands)
    return {
        "receipt": line.receipt,
        "status": line.status.value,
        "programme": line.programme,
        "worker": line.worker_name,
        "employer": line.employer_name,
        "due": line.due_at.isoformat() if line.due_at else None,
        "held_by": line.held_by,
        "application": str(line.id),
    }


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    """What fits in the line of a table."""
    day = str(row["due"] or "")[:10]
    return {name: row[name] or "" for name in TABLE} | {"due": day}


def _tell(page: "QueuePage", wanted: "Wanted") -> None:
    """How many there are, and the filter of the next page, beside the reply."""
    from app.services.queues import MOST_COUNTED
    from app.web.queue_words import address

    found = f"more than {MOST_COUNTED:,}" if page.total > MOST_COUNTED else f"{page.total:,}"
    forgiven = "; nothing is written so, these differ by a slip" if page.forgiven else ""
    say(f"{len(page.rows)} of {found}{forgiven}.")
    if page.next:
        say(f"More: '{address(wanted, page.next)}'")
