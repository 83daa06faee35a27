"""Checking the whole log: every event against its leaf, every leaf against what was signed.

The tree is built again from the leaves, one page after the other, and compared on its way with
each kept node, each checkpoint of ours and each one that was exported. Run it in a transaction
that sees one moment (REPEATABLE READ), since the log grows meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from app.services.log_proofs import KeptLog
from app.services.ports import Anchor
from app.services.sealing import log_keys
from app.services.work import Work
from app.storage import checkpoints as kept
from app.storage import log_tree
from app.storage.checkpoints import Sealed
from app.storage.log_tree import Leaf
from permits.checkpoints import Checkpoint, Contradicted, LogKeys
from permits.damages import Damage, Kind, Teller, first_of
from permits.leaves import LoggedEvent, leaf_bytes
from permits.merkle import Frontier
from permits.signing import NotTrusted
from permits.tiles import HEIGHT, WIDTH, Missing

__all__ = ["LATEST", "MOST_DAMAGES", "LogReport", "check_log"]

PAGE = 64 * WIDTH
"""Leaves that are looked at together."""
NOTES = 2000
"""Checkpoints that are read together."""
MOST_DAMAGES = 1000
"""So many are told one by one; more are counted."""
LATEST = timedelta(hours=1)
"""No transaction of ours is open so long, and no two clocks of ours differ by so much."""

_MICROSECOND = timedelta(microseconds=1)

Progress = Callable[[int, int], None]
"""Told now and then how many leaves of how many were looked at."""


@dataclass(frozen=True)
class LogReport:
    """What a check saw; `exported` is None where nothing outside was compared."""

    events: int
    waiting: int
    checkpoints: int
    exported: int | None
    damages: tuple[Damage, ...]
    found: int

    @property
    def first(self) -> Damage | None:
        """The damage nearest to the beginning."""
        return first_of(self.damages)

    @property
    def is_well(self) -> bool:
        """Nothing is damaged, and where there is a second place it knew the log."""
        return not self.found and (self.exported != 0 or self.events == 0)


def check_log(
    work: Work, anchor: Anchor | None = None, progress: Progress = lambda done, size: None
) -> LogReport:
    """Recompute everything from the rows and tell what does not fit; see `Kind`.

    OSError where the second place does not answer: then nothing is known.
    """
    walk = _Walk(work, log_keys(work))
    exported = walk.read_anchor(anchor) if anchor else None
    size = log_tree.read_size(work.session)
    while walk.look_at_page():
        progress(walk.place, size)
    walk.end(size)
    waiting = walk.find_inserted()
    if anchor and walk.ask_anchor(anchor, size):
        exported = 1
    walk.find_reordered()
    damages = tuple(walk.damages)
    return LogReport(size, waiting, walk.signed, exported, damages, walk.found)


@dataclass
class _Altered:
    """An event that is not its leaf, to be looked at again when all are known."""

    place: int
    logged: LoggedEvent
    sealed: bytes
    made: bytes


@dataclass
class _Walk:
    """One walk from the first leaf to the last."""

    work: Work
    keys: LogKeys
    damages: list[Damage] = field(default_factory=list)
    found: int = 0
    signed: int = 0
    place: int = 0

    def __post_init__(self) -> None:
        self._frontier = Frontier(watch=self._compare_node)
        self._nodes: Mapping[tuple[int, int], bytes] = {}
        self._exported = list[Checkpoint]()
        self._sealed = self._read_sealed()
        self._next = next(self._sealed, None)
        self._agreed = {Teller.CHECKPOINT: 0, Teller.ANCHOR: 0}
        self._latest = -(2**63)
        self._whole = True
        self._from = log_tree.FIRST
        self._altered = list[_Altered]()

    def read_anchor(self, anchor: Anchor) -> int:
        """Read what was exported, the greatest first in the list, and return how many."""
        number = 0
        for note in anchor.notes():
            number += 1
            try:
                self._exported.append(self.keys.open(note))
            except NotTrusted:
                self._tell(Damage(Kind.FORGED, Teller.ANCHOR))
        self._exported.sort(key=lambda one: one.size, reverse=True)
        return number

    def look_at_page(self) -> bool:
        """Look at the leaves that come next; False where there is none."""
        page = log_tree.list_leaves(self.work.session, self._from, PAGE)
        if not page:
            return False
        self._from = page[-1].leaf + 1
        self._nodes = self._read_nodes(self.place, self._from)
        for leaf in page:
            if leaf.leaf < 0:  # nothing of ours
                self._tell(Damage(Kind.INSERTED, Teller.LEAF, event=leaf.event))
                continue
            if leaf.leaf != self.place:
                self._tell(Damage(Kind.REMOVED, Teller.LEAF, self.place, leaf.leaf - 1))
                self._whole = False  # no root after this can be made
            self.place = leaf.leaf + 1
            self._look_at_event(leaf)
            if self._whole:
                self._frontier.append(leaf.hash)
            self._compare_roots(self.place)
        return True

    def end(self, size: int) -> None:
        """After the last leaf: what was signed beyond it, and what stands there unsigned."""
        while self._next:
            self._tell(Damage(Kind.REMOVED, Teller.CHECKPOINT, size, self._next.size - 1))
            self._advance(self._next)
        for exported in self._exported:
            self._tell(Damage(Kind.REMOVED, Teller.ANCHOR, size, exported.size - 1))
        head = kept.find_head(self.work.session)
        signed = head.size if head else 0
        if signed < size:
            self._tell(Damage(Kind.INSERTED, Teller.LEAF, signed, size - 1))

    def find_inserted(self) -> int:
        """Find events that lack a leaf; returns how many just wait for theirs."""
        head = kept.find_head(self.work.session)
        below = head.sealed_below if head else 0
        if below > log_tree.read_horizon(self.work.session).next:
            below = 0  # copied from another server; the next sealing looks at all of them
        waiting = 0
        for event, xid in log_tree.list_without_leaf(self.work.session):
            if xid < below:
                self._tell(Damage(Kind.INSERTED, Teller.EVENT, event=event))
            else:
                waiting += 1
        return waiting

    def ask_anchor(self, anchor: Anchor, size: int) -> bool:
        """Whether a place that judges was asked; what it contradicts is told."""
        head = kept.find_head(self.work.session)
        if head is None:
            return False
        try:
            return anchor.confirm(head.note, KeptLog(self.work.session, head.size))
        except Contradicted as error:
            lost = error.size > size
            where = (size, error.size - 1) if lost else (0, error.size - 1)
            kind = Kind.REMOVED if lost else Kind.REWRITTEN
            self._tell(Damage(kind, Teller.ANCHOR, *where))
        except Missing:
            self._tell(Damage(Kind.REMOVED, Teller.NODE))
        return True

    def find_reordered(self) -> None:
        """Tell as reordered what stands at another's place, unchanged but for that."""
        for one in self._altered:
            for other in self._altered:
                moved = other.logged._replace(id=one.logged.id)
                if other is not one and (other.sealed == one.made or _hash(moved) == one.sealed):
                    damage = self.damages[one.place]
                    self.damages[one.place] = Damage(
                        Kind.REORDERED, damage.told_by, damage.leaf, damage.last, damage.event
                    )

    def _look_at_event(self, leaf: Leaf) -> None:
        logged = leaf.logged
        if logged is None:
            self._tell(Damage(Kind.REMOVED, Teller.EVENT, leaf.leaf, leaf.leaf, leaf.event))
            return
        made = sha256(b"\0" + leaf_bytes(logged)).digest()
        if made != leaf.hash:
            if self.found < MOST_DAMAGES and len(self._altered) < 100:
                self._altered.append(_Altered(len(self.damages), logged, leaf.hash, made))
            self._tell(Damage(Kind.ALTERED, Teller.EVENT, leaf.leaf, leaf.leaf, leaf.event))
        elif logged.at < self._latest:
            self._tell(Damage(Kind.BACK_DATED, Teller.EVENT, leaf.leaf, leaf.leaf, leaf.event))

    def _compare_roots(self, size: int) -> None:
        """Compare with what was signed for this size, here and elsewhere."""
        while self._next and self._next.size <= size:
            opened, sealed = self._open(self._next), self._next
            self._advance(sealed)
            self._compare(opened, size, Teller.CHECKPOINT)
        while self._exported and self._exported[-1].size <= size:
            self._compare(self._exported.pop(), size, Teller.ANCHOR)

    def _compare(self, signed: Checkpoint | None, size: int, teller: Teller) -> None:
        """Compare with the root as it is; since which leaf they differ is told by the same."""
        if signed is None or not self._whole:
            return
        if signed.size == size and signed.root == self._frontier.root():
            self._agreed[teller] = size
        else:
            self._tell(Damage(Kind.REWRITTEN, teller, self._agreed[teller], signed.size - 1))

    def _compare_node(self, level: int, index: int, made: bytes) -> None:
        if self._nodes.get((level // HEIGHT, index)) != made:
            first = index << level
            self._tell(Damage(Kind.ALTERED, Teller.NODE, first, first + (1 << level) - 1))

    def _open(self, sealed: Sealed) -> Checkpoint | None:
        try:
            opened = self.keys.open(sealed.note)
        except NotTrusted:
            opened = None
        if opened is None or opened.size != sealed.size:
            last = sealed.size - 1
            self._tell(Damage(Kind.FORGED, Teller.CHECKPOINT, last, last))
            return None
        return opened

    def _advance(self, sealed: Sealed) -> None:
        """Go on to the checkpoint after this one; what comes under it came after this one."""
        self.signed += 1
        self._latest = int((sealed.sealed_at - LATEST).timestamp() * 1_000_000)
        self._next = next(self._sealed, None)

    def _read_sealed(self) -> Iterator[Sealed]:
        size = 0
        while page := kept.list_checkpoints(self.work.session, size, NOTES):
            yield from page
            size = page[-1].size

    def _read_nodes(self, first: int, end: int) -> Mapping[tuple[int, int], bytes]:
        """The kept nodes that become complete within these leaves."""
        nodes, level, width = dict[tuple[int, int], bytes](), 1, WIDTH
        while end // width > 0:
            rows = log_tree.list_nodes(self.work.session, level, first // width, end // width)
            nodes |= {(level, index): hashed for index, hashed in rows.items()}
            level, width = level + 1, width * WIDTH
        return nodes

    def _tell(self, damage: Damage) -> None:
        self.found += 1
        if len(self.damages) < MOST_DAMAGES:
            self.damages.append(damage)


def _hash(event: LoggedEvent) -> bytes:
    return sha256(b"\0" + leaf_bytes(event)).digest()
