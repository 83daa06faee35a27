"""The tree against the vectors of Certificate Transparency and a naive tree written apart."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.merkle import (
    EMPTY_ROOT,
    Complete,
    Frontier,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    span_root,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Leaves and roots of the test suite of Certificate Transparency's reference implementation."""

_A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
_G = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"

INCLUSION = {
    (0, 1): [],
    (0, 8): [_A, _B, _C],
    (5, 8): [_D, _E, ROOTS[3]],
    (2, 3): [ROOTS[1]],
    (1, 5): [ROOTS[0], _B, _D],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [_A, _B, _C],
    (6, 8): [_F, _E, ROOTS[3]],
    (2, 5): [_B, _D],
    (6, 7): [_F, _G, ROOTS[3]],
}


def naive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1, read off the page."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def naive_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 9162 section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive(leaves[:k])]


def naive_subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162 section 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [naive(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive(leaves[:k])]


def complete_of(leaves: list[bytes]) -> Complete:
    return lambda level, index: naive(leaves[index << level : (index + 1) << level])


def some(size: int) -> list[bytes]:
    return [f"leaf {n}".encode() for n in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf_hash(leaf))
    assert frontier.root().hex() == ROOTS[size - 1]
    assert tree_root(size, complete_of(LEAVES)).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("leaf", "size"), INCLUSION)
def test_inclusion_proofs_are_those_of_certificate_transparency(leaf: int, size: int) -> None:
    proof = prove_inclusion(leaf, size, complete_of(LEAVES))
    assert [part.hex() for part in proof] == INCLUSION[leaf, size]
    root = bytes.fromhex(ROOTS[size - 1])
    assert verify_inclusion(leaf, size, leaf_hash(LEAVES[leaf]), proof, root)


@pytest.mark.parametrize(("old", "size"), CONSISTENCY)
def test_consistency_proofs_are_those_of_certificate_transparency(old: int, size: int) -> None:
    proof = prove_consistency(old, size, complete_of(LEAVES))
    assert [part.hex() for part in proof] == CONSISTENCY[old, size]
    roots = (bytes.fromhex(ROOTS[old - 1]), bytes.fromhex(ROOTS[size - 1]))
    assert verify_consistency(old, size, proof, *roots)


def test_the_empty_tree() -> None:
    assert tree_root(0, complete_of([])) == Frontier().root() == EMPTY_ROOT == naive([])
    assert verify_consistency(0, 3, [], EMPTY_ROOT, naive(some(3)))
    assert not verify_consistency(0, 3, [], naive(some(1)), naive(some(3)))
    assert not verify_inclusion(0, 0, leaf_hash(b""), [], EMPTY_ROOT)


@given(st.integers(1, 300), st.data())
def test_a_proof_of_any_leaf_is_the_naive_one_and_fits_nothing_else(
    size: int, data: st.DataObject
) -> None:
    leaf = data.draw(st.integers(0, size - 1))
    leaves = some(size)
    proof = prove_inclusion(leaf, size, complete_of(leaves))
    root, hashed = naive(leaves), leaf_hash(leaves[leaf])
    assert proof == naive_path(leaf, leaves)
    assert verify_inclusion(leaf, size, hashed, proof, root)
    for other in {leaf - 1, leaf + 1, leaf ^ 2, 0} - {leaf}:
        assert not verify_inclusion(other, size, hashed, proof, root)
    assert not verify_inclusion(leaf, size, leaf_hash(b"another"), proof, root)
    assert not verify_inclusion(leaf, size, hashed, [*proof, root], root)
    assert not verify_inclusion(leaf, size, hashed, [root, *proof], root)
    assert not verify_inclusion(leaf, size, hashed, [*proof, b""], root)
    for at in range(len(proof)):
        bent = bytes([proof[at][0] ^ 8]) + proof[at][1:]
        assert not verify_inclusion(leaf, size, hashed, [*proof[:at], bent, *proof[at + 1 :]], root)
        assert not verify_inclusion(leaf, size, hashed, [*proof[:at], *proof[at + 1 :]], root)


@given(st.integers(1, 300), st.data())
def test_a_proof_between_any_two_trees_is_the_naive_one_and_fits_nothing_else(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, size))
    leaves = some(size)
    proof = prove_consistency(old, size, complete_of(leaves))
    before, root = naive(leaves[:old]), naive(leaves)
    assert proof == naive_subproof(old, leaves, True)
    assert verify_consistency(old, size, proof, before, root)
    forged = naive([b"other", *leaves[1:old]])
    assert not verify_consistency(old, size, proof, forged, root)
    assert not verify_consistency(old, size, proof, before, forged)
    assert not verify_consistency(old, size, [*proof, root], before, root)
    assert not verify_consistency(size + 1, size, proof, before, root)
    if old < size:
        assert not verify_consistency(old, size, [], before, root)
        assert not verify_consistency(old, size, proof, root, before)
    for at in range(len(proof)):
        bent = bytes([proof[at][0] ^ 16]) + proof[at][1:]
        assert not verify_consistency(
            old, size, [*proof[:at], bent, *proof[at + 1 :]], before, root
        )


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_frontier_goes_on_where_another_stopped(first: int, more: int) -> None:
    leaves, frontier = some(first + more), Frontier()
    for leaf in leaves[:first]:
        frontier.append(leaf_hash(leaf))
    second = Frontier(frontier.size, frontier.hashes)
    for leaf in leaves[first:]:
        second.append(leaf_hash(leaf))
    assert (second.size, second.root()) == (first + more, naive(leaves))


def test_what_no_tree_can_prove_is_refused() -> None:
    complete = complete_of(some(4))
    for leaf in (-1, 4):
        with pytest.raises(ValueError, match="no such leaf"):
            prove_inclusion(leaf, 4, complete)
    for old in (0, 5):
        with pytest.raises(ValueError, match="an older tree"):
            prove_consistency(old, 4, complete)
    with pytest.raises(ValueError, match="empty"):
        span_root((2, 2), complete)
    with pytest.raises(ValueError, match="complete subtrees"):
        Frontier(3, [EMPTY_ROOT])
