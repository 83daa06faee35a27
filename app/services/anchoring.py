"""Sending the log's checkpoints to a second place, and telling how the log stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services.log_proofs import KeptLog
from app.services.work import Work
from app.storage import checkpoints, log_tree
from app.storage.checkpoints import Export
from app.storage.database import Session
from permits.checkpoints import Contradicted

__all__ = [
    "LogStanding",
    "export_checkpoint",
    "find_log_troubles",
    "list_log_troubles",
    "read_log_standing",
]

EXPORT_EVERY = timedelta(seconds=30)
"""A busy log has a checkpoint a second; so often one leaves."""
UNSEALED_AFTER = timedelta(minutes=1)
"""Sealing takes seconds; after this something is wrong."""
UNEXPORTED_AFTER = timedelta(minutes=5)
"""The longest that a checkpoint may be known to nobody else (protection.md P11)."""


@dataclass(frozen=True)
class LogStanding:
    """How far the log is sealed and its checkpoints sent; instants are those of the oldest."""

    sealed: int
    unsealed_since: datetime | None
    exported: int
    unexported_since: datetime | None


def export_checkpoint(work: Work) -> int:
    """Send the newest checkpoint if it is not there yet; 1 where something was sent.

    0 also within `EXPORT_EVERY` of the one before.
    `Contradicted` where the place knows another log, or we remember having sent more than there
    is; OSError to be tried again.
    """
    head = checkpoints.find_head(work.session)
    anchor = work.ports.anchor
    last = checkpoints.find_last_export(work.session, anchor.place)
    if last and (head is None or last.size > head.size):
        raise Contradicted(last.size)
    if head is None or (last and last.size == head.size):
        return 0
    if last and work.now - last.exported_at < EXPORT_EVERY:
        return 0
    answer = anchor.put(head.note, KeptLog(work.session, head.size))
    export = Export(anchor.place, head.size, work.now, answer)
    checkpoints.add_export(work.session, export)
    return 1


def read_log_standing(session: Session, place: str) -> LogStanding:
    """How the log stands, and its second place as far as we remember."""
    head = checkpoints.find_head(session)
    last = checkpoints.find_last_export(session, place)
    exported = last.size if last else 0
    unsent = checkpoints.find_checkpoint(session, exported + 1)
    return LogStanding(
        sealed=head.size if head else 0,
        unsealed_since=log_tree.find_oldest_waiting(session, head.sealed_below if head else 0),
        exported=exported,
        unexported_since=unsent.sealed_at if unsent else None,
    )


def find_log_troubles(work: Work) -> list[str]:
    """What takes longer than it should, one line each; empty if all is well."""
    return list_log_troubles(read_log_standing(work.session, work.ports.anchor.place), work.now)


def list_log_troubles(standing: LogStanding, now: datetime) -> list[str]:
    """What of it takes longer than it should, each with the instant since when; empty if well."""
    troubles = []
    unsealed, unexported = standing.unsealed_since, standing.unexported_since
    if unsealed and now - unsealed > UNSEALED_AFTER:
        troubles.append(f"log not sealed since {unsealed.isoformat(timespec='seconds')}")
    if unexported and now - unexported > UNEXPORTED_AFTER:
        since = unexported.isoformat(timespec="seconds")
        troubles.append(f"checkpoints not exported since {since}")
    return troubles
