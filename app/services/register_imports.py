"""Registers of older permits: looked through, taken in, matched to people, and taken out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.services.applications import setting_of
from app.services.crews import read_sheet
from app.services.seeking import seek
from app.services.work import Work
from app.storage import namesakes, outbox, sessions
from app.storage import past_permits as kept
from app.storage import register_imports as registers
from app.storage.past_permits import KeptPermit
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Fault, Invalid, refuse_if
from permits.past_permits import Import, Standing, check_undo, find_person
from permits.past_rows import ReadRegister, Span, name_of, read_register
from permits.people import SYSTEM_PERSON, Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.retention_terms import PERMIT_KEPT
from permits.sheet_rows import Row, RowFault

__all__ = ["Import", "KeptPermit", "Standing"]

EFFECT = "match-register"
BATCH = 50
"""So many rows are compared in one transaction."""

COMPARED = 200
"""So many applications are looked at for one row; more share no name that tells people apart."""

SOURCE_LIMIT = 120
LISTED = 100
SHOWN = 500


@dataclass(frozen=True)
class ImportFile:
    """A register as its supervisor sees it: how its permits stand, and some or all of them."""

    found: Import
    counts: Mapping[Standing, int]
    permits: Sequence[KeptPermit]


def check_register(work: Work, programme: str, data: bytes) -> ReadRegister:
    """Look a register through and keep nothing of it: every fault by row and column.

    UnfitFile where the file is no spreadsheet, is too large, or holds malware; Outage where nobody
    can say. Invalid for a programme that is not known.
    """
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    return _read(work, programme, read_sheet(work, data))


def import_register(
    work: Work, import_: UUID, programme: str, source: str, rows: Sequence[Row]
) -> None:
    """Take in a register that was looked through; whose each permit was is found afterwards.

    The rows are looked through again: Invalid with the place of every fault, and nothing kept,
    where anything is wrong with them now. `import_` is the id that the form came with: sent twice,
    a register is taken in once.
    """
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    source = check_source(source)
    read = _read(work, programme, rows)
    found = Import(import_, programme, source, read.rows, work.actor.person, work.now)
    event = work.event(
        Act.REGISTER_IMPORTED, import_, {"programme": programme, "rows": len(read.permits)}
    )
    with work.attempt():
        permits = {
            name_of(permit, programme): KeptPermit(
                work.new_id(), import_, programme, permit, Standing.WAITING
            )
            for permit in read.permits
        }
        if not registers.add_import(work.session, work.ports.vault, found, permits, event=event):
            return
        if read.faults:
            raise Invalid([_placed(one) for one in read.faults])
        _leave_next(work, import_, 0)


def check_source(source: str) -> str:
    """What the register is called, so that people know where a permit was read; Invalid."""
    said = " ".join(source.split())
    refuse_if([Fault("missing", "source")] if not said else [])
    long = Fault("too-long", "source", {"limit": SOURCE_LIMIT})
    refuse_if([long] if len(said) > SOURCE_LIMIT else [])
    return said


def list_imports(work: Work) -> Sequence[Import]:
    """The registers that were taken in, the newest first."""
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    return registers.list_imports(work.session, LISTED)


def read_import(
    work: Work, import_: UUID, standing: Standing | None = None, text: str = ""
) -> ImportFile:
    """One of them with its permits, all or those that stand so; that it was read is logged."""
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    found = registers.get_import(work.session, import_)
    counts = kept.count_standings(work.session, import_)
    search = seek(work, text)
    permits = kept.list_permits(work.session, work.ports.vault, import_, standing, SHOWN, search)
    sessions.note_event(work.session, event=work.event(Act.REGISTER_READ, import_))
    return ImportFile(found, counts, permits)


def undo_import(work: Work, import_: UUID) -> Import:
    """Take all of it out again, matched or not; Conflict where it is too late, or was done."""
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    found = registers.get_import(work.session, import_, hold=True)
    check_undo(found, work.now)
    count = sum(kept.count_standings(work.session, import_).values())
    event = work.event(Act.REGISTER_UNDONE, import_, {"permits": count})
    registers.undo_import(work.session, import_, work.actor.person, work.now, event=event)
    return replace(found, undone_at=work.now)


def match_waiting(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: one batch of permits is compared, and the next is left to be done."""
    import_ = UUID(payload["import"])
    waiting = kept.lock_waiting(work.session, work.ports.vault, import_, BATCH)
    for one in waiting:
        _match(work, one)
    if len(waiting) == BATCH:
        _leave_next(work, import_, waiting[-1].permit.row)


def _match(work: Work, waiting: KeptPermit) -> None:
    """Whose it was, where that is certain; else it is left to an official, or it is nobody's."""
    said = waiting.permit.person
    found = namesakes.list_namesakes(
        work.session, work.ports.vault, said, reach=EVERYTHING, limit=COMPARED
    )
    standing, worker = find_person(said, [(one.worker, one.answers) for one in found])
    if len(found) == COMPARED and standing is Standing.MATCHED:
        standing, worker = Standing.UNSURE, None  # there may be others who were not looked at
    event = work.event(Act.PAST_PERMIT_COMPARED, waiting.id, {"standing": standing.value})
    by = SYSTEM_PERSON if worker else None
    kept.save_standing(work.session, waiting.id, standing, worker, by=by, now=work.now, event=event)


def _leave_next(work: Work, import_: UUID, after: int) -> None:
    payload = {"import": str(import_)}
    effect = outbox.Effect(EFFECT, f"{EFFECT}:{import_}:{after}", payload)
    outbox.put(work.session, effect, work.now)


def _read(work: Work, programme: str, rows: Sequence[Row]) -> ReadRegister:
    oldest = legal_day(PERMIT_KEPT.before(work.now))
    span = Span(oldest, legal_day(work.now))
    read = read_register(rows, setting_of(work, programme), span)
    names = {name_of(one, programme): one.row for one in read.permits}
    known = kept.list_known(work.session, work.ports.vault, names)
    again = [RowFault(names[name], Fault("past-known", "")) for name in known]
    if not again:
        return read
    wrong = {one.row for one in again}
    right = tuple(one for one in read.permits if one.row not in wrong)
    faults = tuple(sorted((*read.faults, *again), key=lambda one: one.row))
    return replace(read, permits=right, faults=faults)


def _placed(one: RowFault) -> Fault:
    """The fault with row and column in its field, such as "row-3.ends_on"."""
    return replace(one.fault, field=f"row-{one.row}.{one.fault.field}") if one.row else one.fault
