"""The Merkle tree of RFC 6962 (RFC 9162 section 2.1): roots, proofs, and how each is checked.

Leaves are counted from 0. A tree of n leaves splits at the largest power of two below n; a subtree
of 2**level leaves that begins at a multiple of its size is complete, never changes once it is
full, and is named by (level, index): it holds the leaves index * 2**level up to, not including,
(index + 1) * 2**level. Nothing here reads or keeps anything: a proof asks for the complete
subtrees that it needs through a `Complete`.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""

Complete = Callable[[int, int], bytes]
"""Gives the hash of a complete subtree by (level, index)."""

Span = tuple[int, int]
"""Leaves from the first number up to, not including, the second."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf's bytes: SHA-256 of 0x00 and the bytes."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256 of 0x01, the left and the right hash."""
    return sha256(b"\1" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: at most one complete subtree of each level."""

    def __init__(
        self,
        size: int = 0,
        hashes: Sequence[bytes] = (),
        watch: Callable[[int, int, bytes], None] | None = None,
    ) -> None:
        """Begin at a tree of `size` leaves, whose complete subtrees from left are `hashes`.

        `watch` is told of every eighth level's nodes as they become complete: level, index, hash.
        ValueError where the number of hashes does not fit the size.
        """
        if len(hashes) != size.bit_count():
            raise ValueError("as many hashes as complete subtrees")
        self.size = size
        self._hashes = list(hashes)
        self._watch = watch

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        size, hashes, level = self.size, self._hashes, 0
        while size & 1:  # as many trailing ones, as many pairs that are complete now
            leaf = sha256(b"\1" + hashes.pop() + leaf).digest()
            size >>= 1
            level += 1
            if self._watch and not level & 7:
                self._watch(level, size, leaf)
        hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        if not self._hashes:
            return EMPTY_ROOT
        *others, root = self._hashes
        for left in reversed(others):
            root = sha256(b"\1" + left + root).digest()
        return root

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The complete subtrees from left to right, largest first."""
        return tuple(self._hashes)


def complete_spans(start: int, end: int) -> list[Span]:
    """Return the complete subtrees, left to right, that a span of one tree is made of.

    `start` must be a multiple of the smallest power of two that is no smaller than the span, as
    in every span of a proof.
    """
    spans = []
    while start < end:
        size = 1 << ((end - start).bit_length() - 1)
        spans.append((start, start + size))
        start += size
    return spans


def span_root(span: Span, complete: Complete) -> bytes:
    """Return the root over the leaves of a span (RFC 9162: MTH(D[a:b])); an empty one has none.

    ValueError for an empty span.
    """
    parts = [
        complete((end - start).bit_length() - 1, start // (end - start))
        for start, end in complete_spans(*span)
    ]
    if not parts:
        raise ValueError("an empty span")
    *others, root = parts
    for left in reversed(others):
        root = node_hash(left, root)
    return root


def tree_root(size: int, complete: Complete) -> bytes:
    """Return the root of the first `size` leaves."""
    return span_root((0, size), complete) if size else EMPTY_ROOT


def prove_inclusion(leaf: int, size: int, complete: Complete) -> list[bytes]:
    """Return the audit path of a leaf in the tree of `size` leaves, from the leaf upwards.

    RFC 9162 section 2.1.3.1. ValueError unless 0 <= leaf < size.
    """
    if not 0 <= leaf < size:
        raise ValueError("no such leaf in this tree")
    spans, (start, end) = list[Span](), (0, size)
    while end - start > 1:
        middle = start + _split(end - start)
        if leaf < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return [span_root(span, complete) for span in reversed(spans)]


def prove_consistency(old: int, size: int, complete: Complete) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is a beginning of that of `size` leaves.

    RFC 9162 section 2.1.4.1; empty where they are the same tree. ValueError unless
    0 < old <= size (nothing is to be proved of an empty tree).
    """
    if not 0 < old <= size:
        raise ValueError("an older tree has one leaf or more, and no more than the newer")
    if old == size:
        return []
    spans, (start, end), known = list[Span](), (0, size), True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start, known = middle, False
    if not known:
        spans.append((start, end))
    return [span_root(span, complete) for span in reversed(spans)]


def verify_inclusion(
    leaf: int, size: int, hashed: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the leaf of this hash stands at this place of the tree (RFC 9162 2.1.3.2)."""
    if not 0 <= leaf < size or any(len(part) != HASH_SIZE for part in (hashed, *proof)):
        return False
    place, last, found = leaf, size - 1, hashed
    for part in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(part, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, part)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Whether a tree of `old` leaves is a beginning of one of `size` (RFC 9162 2.1.4.2).

    The empty tree is a beginning of every tree; its root must be `EMPTY_ROOT`, its proof empty.
    """
    if not 0 <= old <= size or any(len(part) != HASH_SIZE for part in proof):
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if old == size:
        return not proof and old_root == root
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(part, before), node_hash(part, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, part)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == root


def _split(size: int) -> int:
    """The largest power of two below `size`, which is two or more."""
    return 1 << ((size - 1).bit_length() - 1)
