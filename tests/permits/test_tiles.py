"""A tree kept as every eighth level gives the same roots and proofs as one kept whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.merkle import (
    Frontier,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from permits.tiles import WIDTH, Missing, Tiles, next_rows, tile_root

HASHES = [leaf_hash(str(n).encode()) for n in range(WIDTH * WIDTH + 2 * WIDTH + 77)]


def kept(size: int) -> list[list[bytes]]:
    """The kept levels of a tree of `size` leaves."""
    levels = [HASHES[:size]]
    while len(levels[-1]) >= WIDTH:
        below = levels[-1]
        levels.append(
            [tile_root(below[at : at + WIDTH]) for at in range(0, len(below) - WIDTH + 1, WIDTH)]
        )
    return levels


class Shelf:
    """Tiles in memory that count how often they are read."""

    def __init__(self, size: int) -> None:
        self.levels = kept(size)
        self.reads = list[tuple[int, int]]()

    def read(self, level: int, tile: int) -> list[bytes]:
        self.reads.append((level, tile))
        rows = self.levels[level] if level < len(self.levels) else []
        return rows[tile * WIDTH : (tile + 1) * WIDTH]


def root_of(size: int) -> bytes:
    frontier = Frontier()
    for hashed in HASHES[:size]:
        frontier.append(hashed)
    return frontier.root()


SIZES = (1, 2, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_537, len(HASHES))


@pytest.mark.parametrize("size", SIZES)
def test_the_root_of_any_size(size: int) -> None:
    assert tree_root(size, Tiles(Shelf(len(HASHES)).read).complete) == root_of(size)


@pytest.mark.parametrize("size", SIZES)
def test_proofs_hold_and_read_few_tiles(size: int) -> None:
    root = root_of(size)
    for leaf in {0, size // 3, size - 1}:
        shelf = Shelf(size)
        proof = prove_inclusion(leaf, size, Tiles(shelf.read).complete)
        assert verify_inclusion(leaf, size, HASHES[leaf], proof, root)
        assert len(shelf.reads) == len(set(shelf.reads)) <= 2 * len(shelf.levels)
    for old in {1, size // 2 + 1, size}:
        shelf = Shelf(size)
        proof = prove_consistency(old, size, Tiles(shelf.read).complete)
        assert verify_consistency(old, size, proof, root_of(old), root)
        assert len(shelf.reads) == len(set(shelf.reads)) <= 2 * len(shelf.levels)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 700), min_size=1, max_size=6))
def test_levels_grow_by_batches_of_any_size(batches: list[int]) -> None:
    level, above = list[bytes](), list[bytes]()
    for batch in batches:
        first = len(level)
        new = HASHES[first : first + batch]
        at, made = next_rows(level[first - first % WIDTH :], new, first)
        assert at == len(above)
        level += new
        above += made
    assert [level, above] == [*kept(len(level)), []][:2]


def test_a_tile_that_lost_a_row_is_no_tile() -> None:
    shelf = Shelf(WIDTH)
    shelf.levels[0].pop()
    with pytest.raises(Missing):
        Tiles(shelf.read).complete(7, 1)
    with pytest.raises(ValueError, match="256"):
        tile_root(HASHES[:255])
    with pytest.raises(ValueError, match="open tile"):
        next_rows(HASHES[:3], HASHES[:5], 4)
