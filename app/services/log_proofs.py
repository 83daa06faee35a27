"""Proofs about the log for whoever audits it: what is in it, and that it only grew."""

from dataclasses import dataclass

from app.services.sealing import tiles_of
from app.services.work import Work
from app.storage import checkpoints, log_tree
from app.storage.checkpoints import Sealed
from app.storage.database import Session
from permits import merkle
from permits.checkpoints import origin_of, verifier_key
from permits.errors import NotFound
from permits.leaves import leaf_bytes
from permits.people import Permission
from permits.policies import check_permission
from permits.signing import KeyUse

__all__ = [
    "Consistency",
    "Inclusion",
    "KeptLog",
    "get_checkpoint",
    "list_keys",
    "prove_consistency",
    "prove_inclusion",
]


@dataclass(frozen=True)
class Inclusion:
    """That an event stands at its place under a checkpoint; `data` is the leaf itself."""

    leaf: int
    event: int
    data: bytes
    path: list[bytes]
    checkpoint: str


@dataclass(frozen=True)
class Consistency:
    """That the log of `older` leaves is the beginning of the log of `newer` leaves."""

    older: str
    newer: str
    path: list[bytes]


@dataclass(frozen=True)
class KeptLog:
    """The log at its newest checkpoint, as `permits.checkpoints.Growth`."""

    session: Session
    size: int

    def root_at(self, size: int) -> bytes:
        """The root that the log had at a smaller size."""
        return merkle.tree_root(size, tiles_of(self.session).complete)

    def prove_from(self, size: int) -> list[bytes]:
        """The consistency proof from a smaller size to the present one."""
        return merkle.prove_consistency(size, self.size, tiles_of(self.session).complete)


def get_checkpoint(work: Work) -> str:
    """The newest checkpoint, as a signed note; NotFound("no-checkpoint-yet")."""
    return _head(work).note


def list_keys(work: Work) -> list[str]:
    """The keys that may have signed checkpoints, the oldest first, as other programs take them."""
    origin = origin_of(work.ports.issuer)
    return [verifier_key(origin, key) for key in work.ports.keys.publics(KeyUse.LOG)]


def prove_inclusion(work: Work, leaf: int) -> Inclusion:
    """Prove that a leaf is under the newest checkpoint, for auditors.

    NotFound("no-such-leaf"), also where the event is gone that the leaf was made of.
    """
    check_permission(work.actor, Permission.AUDIT_READ)
    head = _head(work)
    found = log_tree.list_leaves(work.session, leaf, 1) if leaf < head.size else []
    if not found or found[0].leaf != leaf or found[0].logged is None:
        raise NotFound("no-such-leaf")
    path = merkle.prove_inclusion(leaf, head.size, tiles_of(work.session).complete)
    return Inclusion(leaf, found[0].event, leaf_bytes(found[0].logged), path, head.note)


def prove_consistency(work: Work, older: int, newer: int) -> Consistency:
    """Prove that the checkpoint of `older` leaves is continued by that of `newer`, for auditors.

    NotFound("no-such-checkpoint") unless both sizes are those of checkpoints and in this order.
    """
    check_permission(work.actor, Permission.AUDIT_READ)
    first, second = (_checkpoint(work, size) for size in (older, newer))
    if older > newer:
        raise NotFound("no-such-checkpoint")
    path = merkle.prove_consistency(older, newer, tiles_of(work.session).complete)
    return Consistency(first.note, second.note, path)


def _head(work: Work) -> Sealed:
    head = checkpoints.find_head(work.session)
    if head is None:
        raise NotFound("no-checkpoint-yet")
    return head


def _checkpoint(work: Work, size: int) -> Sealed:
    found = checkpoints.find_checkpoint(work.session, size)
    if found is None or found.size != size:
        raise NotFound("no-such-checkpoint")
    return found
