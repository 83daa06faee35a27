"""Sealing the log: events get their place in the tree, and each batch a signed checkpoint.

Events are committed in another order than that of their ids, so a batch takes only what is
certain: events of transactions below the lowest one that is still open. Leaves are numbered
densely in the order of transactions, all in one transaction with the checkpoint: after a crash
either all of a batch is there or nothing, and the next run begins where the last one ended.
"""

from collections.abc import Sequence

from app.services.work import Work
from app.storage import checkpoints as kept
from app.storage import log_tree
from app.storage.checkpoints import Sealed
from app.storage.database import Session
from app.storage.log_tree import Horizon
from permits import checkpoints
from permits.checkpoints import Checkpoint, LogKeys, origin_of
from permits.leaves import LoggedEvent, leaf_bytes
from permits.merkle import Frontier, complete_spans, leaf_hash
from permits.signing import KeyUse, kid_of
from permits.tiles import WIDTH, Tiles, next_rows

__all__ = ["BATCH", "LogDamaged", "log_keys", "seal_events", "tiles_of"]

BATCH = 10_000
"""Events under one checkpoint, at most."""


class LogDamaged(Exception):
    """The kept tree is not the one of its newest checkpoint; nothing more is sealed upon it."""


def seal_events(work: Work, batch: int = BATCH) -> int:
    """Seal what waits, `batch` events at most; returns how many.

    0 where nothing is certain yet, or somebody else seals. `LogDamaged`, or `tiles.Missing`.
    """
    if not log_tree.lock_log(work.session):
        return 0
    head = kept.find_head(work.session)
    events, below = _next_batch(work.session, head, batch)
    if events:
        _seal(work, head, events, below)
    return len(events)


def log_keys(work: Work) -> LogKeys:
    """The keys that may have signed our checkpoints."""
    return LogKeys(origin_of(work.ports.issuer), work.ports.keys.publics(KeyUse.LOG))


def tiles_of(session: Session) -> Tiles:
    """The kept tree."""
    return Tiles(lambda level, tile: log_tree.read_tile(session, level, tile * WIDTH, WIDTH))


def _next_batch(session: Session, head: Sealed | None, limit: int) -> tuple[list[LoggedEvent], int]:
    """The next events in their order, and below which transaction all are sealed with them."""
    horizon = log_tree.read_horizon(session)
    since = head.sealed_below if head else 0
    if since > horizon.next:
        return _batch_after_move(session, horizon, since, limit)
    found = log_tree.list_unsealed(session, since, horizon.lowest, limit)
    # A full batch may end in the middle of a transaction, whose others follow with the next.
    below = found[-1][0] if len(found) == limit else horizon.lowest
    return [event for _, event in found], below


def _batch_after_move(
    session: Session, horizon: Horizon, since: int, limit: int
) -> tuple[list[LoggedEvent], int]:
    """The same on a server whose transactions have lower numbers than those of the copy.

    Until nothing of the copy waits any more, the next run looks at everything once more.
    """
    found = log_tree.list_unsealed_after_move(session, horizon, limit)
    below = since if len(found) == limit else horizon.lowest
    return [event for _, event in found], below


def _seal(work: Work, head: Sealed | None, events: Sequence[LoggedEvent], below: int) -> None:
    session, first = work.session, head.size if head else 0
    tiles = tiles_of(session)
    frontier = _frontier(tiles, first)
    if head and checkpoints.read(head.note).root != frontier.root():
        raise LogDamaged
    hashes = [leaf_hash(leaf_bytes(event)) for event in events]
    for hashed in hashes:
        frontier.append(hashed)
    log_tree.add_leaves(session, first, [event.id for event in events], hashes)
    _keep_nodes(session, tiles, first, hashes)
    note = _sign(work, frontier)
    kept.add_checkpoint(session, Sealed(frontier.size, note, work.now, below))


def _frontier(tiles: Tiles, size: int) -> Frontier:
    spans = [
        tiles.complete((end - start).bit_length() - 1, start // (end - start))
        for start, end in complete_spans(0, size)
    ]
    return Frontier(size, spans)


def _keep_nodes(session: Session, tiles: Tiles, first: int, rows: Sequence[bytes]) -> None:
    """Keep every node of the higher levels that these leaves make complete."""
    level = 0
    while rows:
        standing = tiles.row(level, first // WIDTH) if first % WIDTH else []
        first, rows = next_rows(standing, rows, first)
        level += 1
        if rows:
            log_tree.add_nodes(session, level, first, rows)


def _sign(work: Work, frontier: Frontier) -> str:
    keys = work.ports.keys
    signer = keys.signer(KeyUse.LOG)
    public = next(key for key in keys.publics(KeyUse.LOG) if kid_of(key) == signer.kid)
    head = Checkpoint(origin_of(work.ports.issuer), frontier.size, frontier.root())
    return checkpoints.sign(head, signer, public)
