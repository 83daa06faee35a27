"""Rows of reference lists: proposed by one administrator, approved by another, from a day.

The lists lie in a folder and no table (as `app.services.minimum_wages`): the event is written
first, the file inside the same transaction. Site and worker take a change up without a restart.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from app.services.list_ports import Shelf
from app.services.work import Work
from app.storage import audit
from app.storage import dated_changes as rows
from permits import dated_changes, reference_lists
from permits.audit import Act
from permits.dated_changes import ChangeKind, ChangeState, DatedChange
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from permits.reference_lists import SHAPES, ListName, key_of, subject_of

LISTS = uuid5(NAMESPACE_URL, "urn:vereda:reference-lists")
"""What the log's events of a loaded list are about."""


@dataclass(frozen=True)
class SeenList:
    """A list as it counts today, with what waits and what was decided, the newest first."""

    name: ListName
    rows: Mapping[str, Mapping[str, str]]
    waiting: tuple[DatedChange, ...]
    history: tuple[DatedChange, ...]


def read_list(work: Work, name: ListName) -> SeenList:
    """One list, for who may change it."""
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    changes = [
        one
        for one in rows.list_changes(work.session, ChangeKind.LISTED)
        if one.subject.startswith(f"{name.value}:")
    ]
    waiting = tuple(one for one in changes if one.state is ChangeState.PROPOSED)
    history = tuple(one for one in changes if one.state is not ChangeState.PROPOSED)
    return SeenList(name, _shelf(work).rows(name), waiting, history)


def propose_row(
    work: Work, name: ListName, row: Mapping[str, str], source: str, valid_from: date
) -> DatedChange:
    """Leave a row for a second administrator; Conflict where one with its key waits already.

    Invalid with every fault of the row and its frame.
    """
    rows.lock_kind(work.session, ChangeKind.LISTED)
    seen = read_list(work, name)
    told = {column: row.get(column, "").strip() for column in SHAPES[name].columns}
    faults = dated_changes.find_faults(source, valid_from, legal_day(work.now))
    faults += reference_lists.find_faults(name, told, _shelf(work).known())
    now = seen.rows.get(key_of(name, told))
    if now is not None and all(now.get(column, "") == told[column] for column in told):
        faults.append(Fault("nothing-changed", SHAPES[name].needed[0]))
    refuse_if(faults)
    subject = subject_of(name, told)
    if any(one.subject == subject for one in seen.waiting):
        raise Conflict("proposal-waits")
    change = DatedChange(
        work.new_id(),
        ChangeKind.LISTED,
        subject,
        told,
        source.strip(),
        valid_from,
        work.actor.person,
        work.now,
    )
    facts = {"kind": change.kind.value, "subject": subject, "since": valid_from.isoformat()}
    event = work.event(Act.REFERENCE_PROPOSED, change.id, facts)
    rows.add_change(work.session, change, event=event)
    return change


def decide_row(work: Work, change: UUID, state: ChangeState) -> DatedChange:
    """Approve, reject or take back a proposal; an approved one lies in the folder at once.

    One after the other: the folder gets the whole list, and would lose what another approves.
    """
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    rows.lock_kind(work.session, ChangeKind.LISTED)
    found = rows.lock_change(work.session, ChangeKind.LISTED, change)
    after = dated_changes.decided(found, work.actor, state, work.now, legal_day(work.now))
    facts = {"kind": found.kind.value, "subject": found.subject, "outcome": state.value}
    event = work.event(Act.REFERENCE_DECIDED, found.id, facts)
    rows.save_decision(work.session, after, event=event)
    if state is ChangeState.APPROVED:
        _shelf(work).put_changes(rows.list_approved(work.session, ChangeKind.LISTED))
    return after


def load_list(work: Work, shelf: Shelf, name: ListName, text: str, count: int) -> None:
    """Let a whole list count from now on, in the place of the program's own; an operator's act.

    It was read and checked before (`list_shelf.read_table`). What two people agreed on stands over
    it, each row from its day.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    facts: dict[str, str | int] = {"list": name.value, "digest": digest, "rows": count}
    audit.append(work.session, work.event(Act.REFERENCE_LOADED, LISTS, facts))
    shelf.put_list(name, text)


def find_list(name: str) -> ListName:
    """A list by its name; NotFound where there is none."""
    if name not in set(ListName):
        raise NotFound("no-such-list")
    return ListName(name)


def _shelf(work: Work) -> Shelf:
    found = work.ports.reference.lists
    if found is None:
        raise Conflict("no-lists-folder")
    return found
