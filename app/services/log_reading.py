"""The log read by who watches over it, a page at a time; every reading is an event itself."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.services import log_proofs
from app.services.log_proofs import Inclusion
from app.services.sealing import log_keys
from app.services.work import Work
from app.storage import checkpoints, log_lines, sessions
from app.storage.checkpoints import Sealed
from app.storage.log_lines import LogFilter, LogLine
from permits.audit import Act
from permits.checkpoints import Checkpoint
from permits.errors import Fault, NotFound, refuse_if
from permits.merkle import leaf_hash, verify_inclusion
from permits.people import SYSTEM_PERSON, Permission
from permits.policies import check_permission
from permits.signing import NotTrusted
from permits.tiles import Missing

__all__ = ["Entry", "LogFilter", "LogLine", "LogPage", "find_seal", "read_entry", "read_log"]

PAGE = 50
"""Events on a page of the screen."""


@dataclass(frozen=True)
class LogPage:
    """Events, the newest first; `next` is the key of the page after, None on the last.

    `passed_over` are the numbers of those that no seal holds although it should.
    """

    lines: list[LogLine]
    next: int | None
    passed_over: frozenset[int] = frozenset()


class Standing(StrEnum):
    """Whether an event, as it stands, leads to the signed root."""

    WAITS = "waits"
    """It is not sealed yet."""
    NOT_ASKED = "not-asked"
    """Proofs are for auditors."""
    HOLDS = "holds"
    BROKEN = "broken"
    """It was changed or put in since, or the tree was: `vereda audit verify` tells which."""


@dataclass(frozen=True)
class Entry:
    """One event and how it stands; `proof` and what is signed where they could be made."""

    line: LogLine
    standing: Standing
    proof: Inclusion | None = None
    signed: Checkpoint | None = None


def read_log(work: Work, wanted: LogFilter, limit: int, before: int | None = None) -> LogPage:
    """One page of the log; what was asked by stands in the log, and how much was seen.

    An event whose transaction goes on may appear later among those that were read.
    """
    check_permission(work.actor, Permission.ACCESS_LOG_READ)
    if wanted.since and wanted.before and wanted.before <= wanted.since:
        refuse_if([Fault("ends-before-it-begins", "before")])
    head = checkpoints.find_head(work.session)  # first: what it covers has its leaf in what follows
    found = log_lines.list_lines(work.session, wanted, limit + 1, before)
    shown = found[:limit]
    _note(work, wanted.subject or wanted.person, _asked_by(wanted), len(shown))
    passed_over = frozenset(line.id for line in shown if _is_passed_over(line, head))
    return LogPage(shown, shown[-1].id if len(found) > limit else None, passed_over)


def read_entry(work: Work, event: int) -> Entry:
    """One event; NotFound("no-such-event"). Its proof is for who may ask for proofs."""
    check_permission(work.actor, Permission.ACCESS_LOG_READ)
    head = checkpoints.find_head(work.session)
    line = log_lines.find_line(work.session, event)
    if line is None:
        raise NotFound("no-such-event")
    _note(work, line.subject, ["event"], 1)
    if not work.actor.can(Permission.AUDIT_READ):
        return Entry(line, Standing.NOT_ASKED)
    if line.leaf is not None:
        return _proved(work, line, line.leaf)
    return Entry(line, Standing.BROKEN if _is_passed_over(line, head) else Standing.WAITS)


def find_seal(work: Work) -> Sealed | None:
    """The newest seal over the log."""
    check_permission(work.actor, Permission.ACCESS_LOG_READ)
    return checkpoints.find_head(work.session)


def _is_passed_over(line: LogLine, head: Sealed | None) -> bool:
    """Whether it has no leaf although all of its time have: it was put in, or its leaf is gone."""
    return line.leaf is None and head is not None and line.xid < head.sealed_below


def _proved(work: Work, line: LogLine, leaf: int) -> Entry:
    try:
        proof = log_proofs.prove_inclusion(work, leaf)
        signed = log_keys(work).open(proof.checkpoint)
    except (NotFound, NotTrusted, Missing):
        return Entry(line, Standing.BROKEN)
    hashed = leaf_hash(proof.data)
    holds = verify_inclusion(proof.leaf, signed.size, hashed, proof.path, signed.root)
    return Entry(line, Standing.HOLDS if holds else Standing.BROKEN, proof, signed)


def _asked_by(wanted: LogFilter) -> list[str]:
    named = {
        "subject": wanted.subject,
        "person": wanted.person,
        "act": wanted.acts,
        "since": wanted.since,
        "before": wanted.before,
    }
    return [name for name, value in named.items() if value]


def _note(work: Work, about: UUID | None, by: list[str], events: int) -> None:
    event = work.event(Act.LOG_READ, about or SYSTEM_PERSON, {"by": by, "events": events})
    sessions.note_event(work.session, event=event)
