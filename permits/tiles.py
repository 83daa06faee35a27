"""How a Merkle tree is kept: leaf hashes, and of the nodes only every eighth level.

A row of level 0 is a leaf hash; a row of level k + 1 is the root over 256 complete neighbours of
level k. So a row is written once, when it is complete, and for each 256 leaves there is little
more than one row besides; any other node follows from at most 256 neighbours (a tile, as in
C2SP tlog-tiles). A proof reads two tiles of each level at most.
"""

from collections.abc import Callable, Sequence

from permits.merkle import node_hash

HEIGHT = 8
"""Levels of the tree from one kept level to the next."""
WIDTH = 1 << HEIGHT
"""Neighbours that make a row of the next kept level."""

ReadTile = Callable[[int, int], Sequence[bytes]]
"""Gives the rows of a kept level from index * WIDTH on: WIDTH of them, or as many as there are."""


class Missing(Exception):
    """A row that should be kept is not there."""


class Tiles:
    """Complete subtrees of one tree, from its tiles; each tile is read once."""

    def __init__(self, read: ReadTile) -> None:
        self._read = read
        self._rows: dict[tuple[int, int], list[list[bytes]]] = {}

    def complete(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree, as `merkle.Complete`; `Missing` where it lacks."""
        kept, height = divmod(level, HEIGHT)
        tile, place = divmod(index << height, WIDTH)
        rows = self._tile(kept, tile)
        try:
            return rows[height][place >> height]
        except IndexError:
            raise Missing(f"level {kept}, row {index << height}") from None

    def row(self, kept: int, tile: int) -> list[bytes]:
        """Return what stands in a tile of a kept level."""
        return self._tile(kept, tile)[0]

    def _tile(self, kept: int, tile: int) -> list[list[bytes]]:
        """The rows of a tile, and above them the hashes of each of its complete pairs."""
        if (kept, tile) not in self._rows:
            self._rows[kept, tile] = pyramid(self._read(kept, tile))
        return self._rows[kept, tile]


def pyramid(row: Sequence[bytes]) -> list[list[bytes]]:
    """Return a row of neighbours and, level by level, the hashes of its complete pairs."""
    levels = [list(row)]
    while len(levels) < HEIGHT:
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([node_hash(left, right) for left, right in pairs])
    return levels


def tile_root(row: Sequence[bytes]) -> bytes:
    """Return the row of the next kept level over `WIDTH` neighbours."""
    if len(row) != WIDTH:
        raise ValueError("a tile has 256 rows")
    left, right = pyramid(row)[-1]
    return node_hash(left, right)


def next_rows(kept: Sequence[bytes], rows: Sequence[bytes], first: int) -> tuple[int, list[bytes]]:
    """Return where the next kept level goes on, and its rows that are complete now.

    `kept` are the rows that stood in the last, open tile before; `rows` are the new ones, of which
    the first has the index `first`.
    """
    if first % WIDTH != len(kept):
        raise ValueError("the open tile does not fit its rows")
    whole = [*kept, *rows]
    full = len(whole) // WIDTH
    made = [tile_root(whole[at * WIDTH : (at + 1) * WIDTH]) for at in range(full)]
    return first // WIDTH, made
