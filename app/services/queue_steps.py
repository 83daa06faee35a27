"""What the rows of a list offer the official who looks: the next act of each, by one statement."""

from collections.abc import Mapping, Sequence
from functools import cache
from uuid import UUID

from app.services.case import programme_of
from app.services.ties import identity_of
from app.services.work import Work
from app.storage.queue_turns import RowTurn, Said, read_turns
from app.storage.queues import QueueRow
from app.storage.sealed import DOCUMENT
from permits.applications import Application, ApplicationId
from permits.approvals import Decision
from permits.deadlines import legal_day
from permits.next_actions import NextAction, next_step
from permits.people import PersonId
from permits.policies import Ties, Turn
from permits.programmes import Programme
from permits.recommendations import Advice, Recommendation
from permits.watch import OPEN as OPEN_CHECK


def steps_of(work: Work, rows: Sequence[QueueRow]) -> Mapping[UUID, NextAction]:
    """By case, what `permits.next_actions.next_step` offers; cases that want nothing are left out.

    Judged as the case itself is. Where the service knows the document of the official who looks,
    the number of each row's is opened and hashed to tell their own case, and is shown to nobody.
    """
    programmes = cache(lambda code, day: programme_of(work, code, day))
    known = frozenset(work.ports.reference.programmes)
    turns = read_turns(work.session, [row.id for row in rows], work.actor.person)
    steps = {
        row.id: next_step(
            work.actor,
            _turn(work, row, turns[row.id], programmes(row.programme, legal_day(row.submitted_at))),
        )
        for row in rows
        if row.id in turns and row.programme in known
    }
    return {case: step for case, step in steps.items() if step is not None}


def _turn(work: Work, row: QueueRow, seen: RowTurn, programme: Programme) -> Turn:
    held = row.held_by not in {None, work.actor.person}
    unasked = seen.check is None and work.ports.watch is not None
    return Turn(
        _application(row, seen),
        tuple(_decision(row, said) for said in seen.decided),
        seen.agencies,
        programme.sequential,
        Ties(
            own=_is_own(work, row, seen),
            holder=seen.holder if held else None,
            check_open=unasked or seen.check in OPEN_CHECK,
            looked_again=work.actor.person in seen.checked_by,
            decided_before=seen.decided_before,
            prepared=seen.prepared,
        ),
        Advice(programme.recommended, tuple(_advice(row, said) for said in seen.advised)),
        programme.sealed,
    )


def _is_own(work: Work, row: QueueRow, seen: RowTurn) -> bool:
    """Whether the case names the reader's own document (`ties.ties_of`).

    A hash that stood beside both would be one statement's work, too, and tell whoever copies the
    database which official applied: the same number has another hash in each place.
    """
    if seen.number_sealed is None:
        return False
    number = work.ports.vault.open(DOCUMENT, row.id, seen.number_sealed)
    return identity_of(work, number) == seen.identity_index


def _application(row: QueueRow, seen: RowTurn) -> Application:
    return Application(
        ApplicationId(row.id),
        PersonId(seen.worker),
        row.programme,
        row.status,
        row.round,
        row.version,
        held_by=row.held_by,
        held_by_name=row.held_by_name,
    )


def _decision(row: QueueRow, said: Said) -> Decision:
    """Who said what for whom; whose turn it is rests on nothing else of it."""
    return Decision(
        row.id, row.round, "", said.agency, said.official, said.opinion, row.submitted_at
    )


def _advice(row: QueueRow, said: Said) -> Recommendation:
    return Recommendation(
        row.id, row.round, "", said.agency, said.official, said.opinion, "", row.submitted_at
    )
