"""Proofs by the API, judged by a verifier that shares nothing with the service.

It knows the specifications only: C2SP signed-note and tlog-checkpoint, RFC 9162, RFC 8949; of the
service it is given one line, the key.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import cbor2
import httpx2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tests.web.api.operations import draft
from tests.web.api.world import AUDITOR, World

pytestmark = [pytest.mark.feature("D2"), pytest.mark.promise("P11")]

CHECKPOINT, KEYS = "/api/v1/audit/checkpoint", "/api/v1/audit/keys"


@dataclass(frozen=True)
class Outsider:
    """Somebody with the log's key and the specifications."""

    vkey: str

    def open(self, note: str) -> tuple[int, bytes]:
        """Size and root of a note whose signature holds."""
        name, number, encoded = self.vkey.split("+", 2)
        kind, spki = base64.b64decode(encoded)[:1], base64.b64decode(encoded)[1:]
        assert (kind, hashlib.sha256(spki).hexdigest()[:8]) == (b"\x02", number)
        text, line = note.split("\n\n")
        dash, signer, blob = line.rstrip("\n").split(" ")
        raw = base64.b64decode(blob)
        assert (dash, signer, raw[:4].hex()) == ("\u2014", name, number)
        key = load_der_public_key(spki)
        assert isinstance(key, ec.EllipticCurvePublicKey)
        key.verify(raw[4:], (text + "\n").encode(), ec.ECDSA(SHA256()))
        origin, size, root = text.split("\n")
        assert origin == name == "vereda.example/audit"
        return int(size), base64.b64decode(root)


def climb(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """The root that a path leads to, by taking the tree apart from its top (RFC 9162 2.1.3.1)."""
    if size == 1:
        assert path == []
        return leaf
    half = 1
    while half * 2 < size:
        half *= 2
    *below, top = path
    if index < half:
        return pair(climb(index, half, leaf, below), top)
    return pair(top, climb(index - half, size - half, leaf, below))


def grow(old: int, size: int, root: bytes, path: list[bytes]) -> tuple[bytes, bytes]:
    """The old and the new root that a consistency path leads to (RFC 9162 2.1.4.1)."""

    def walk(m: int, n: int, known: bool, parts: list[bytes]) -> tuple[bytes, bytes]:
        if m == n:
            if known:
                assert parts == []
                return root, root
            (only,) = parts
            return only, only
        half = 1
        while half * 2 < n:
            half *= 2
        *below, top = parts
        if m <= half:
            before, after = walk(m, half, known, below)
            return before, pair(after, top)
        before, after = walk(m - half, n - half, False, below)
        return pair(top, before), pair(top, after)

    return walk(old, size, True, path)


def pair(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def unhex(parts: list[str]) -> list[bytes]:
    return [bytes.fromhex(part) for part in parts]


@pytest.fixture
def ask(world: World) -> Callable[[str], httpx2.Response]:
    """The API as an auditor asks it."""
    auditor = world.caller(AUDITOR)
    return lambda path: auditor.get(f"/api/v1/audit/{path}")


def outsider_of(world: World) -> Outsider:
    (vkey,) = world.caller(None).get(KEYS).text.splitlines()
    return Outsider(vkey)


def test_every_event_is_proved_to_an_outsider(
    world: World, ask: Callable[[str], httpx2.Response]
) -> None:
    for _ in range(3):
        world.live(draft)
    size = world.seal()
    outsider = outsider_of(world)
    acts = set()
    for leaf in range(size):
        proof = ask(f"events/{leaf}/proof").json()
        data = bytes.fromhex(proof["data"])
        signed, root = outsider.open(proof["checkpoint"])
        hashed = hashlib.sha256(b"\x00" + data).digest()
        assert climb(leaf, signed, hashed, unhex(proof["path"])) == root
        form, event, act, *_ = cbor2.loads(data)
        assert (form, event, proof["leaf"]) == (1, proof["event"], leaf)
        acts.add(act)
        other = hashlib.sha256(b"\x00" + data + b"x").digest()
        assert climb(leaf, signed, other, unhex(proof["path"])) != root
    assert {"application:start", "vacancy:add"} <= acts


def test_the_log_is_proved_to_have_only_grown(
    world: World, ask: Callable[[str], httpx2.Response]
) -> None:
    sizes, kept = list[int](), list[str]()
    for _ in range(4):
        world.live(draft)
        sizes.append(world.seal())
        kept.append(world.caller(None).get(CHECKPOINT).text)
    outsider = outsider_of(world)
    opened = [outsider.open(note) for note in kept]
    assert [size for size, _ in opened] == sizes
    for at, (old, before) in enumerate(opened):
        for new, after in opened[at:]:
            proof = ask(f"consistency?from={old}&to={new}").json()
            assert outsider.open(proof["older"]) == (old, before)
            assert outsider.open(proof["newer"]) == (new, after)
            assert grow(old, new, before, unhex(proof["path"])) == (before, after)


def test_a_forged_checkpoint_is_seen_by_the_outsider(world: World) -> None:
    world.live(draft)
    world.seal()
    note = world.caller(None).get(CHECKPOINT).text
    size = outsider_of(world).open(note)[0]
    with pytest.raises(InvalidSignature):
        outsider_of(world).open(note.replace(f"\n{size}\n", f"\n{size + 1}\n"))


def test_what_is_not_there_is_said(world: World, ask: Callable[[str], httpx2.Response]) -> None:
    empty = world.caller(None).get(CHECKPOINT)
    assert (empty.status_code, empty.json()["code"]) == (404, "no-checkpoint-yet")
    world.live(draft)
    size = world.seal()
    told = {
        path: (reply := ask(path)).json().get("code", reply.status_code)
        for path in (
            f"events/{size}/proof",
            "events/9223372036854775807/proof",
            f"consistency?from={size}&to={size + 1}",
            f"consistency?from={size - 1}&to={size}",
            f"consistency?from=9223372036854775807&to={size}",
        )
    }
    assert list(told.values()) == ["no-such-leaf"] * 2 + ["no-such-checkpoint"] * 3
    for path in ("events/-1/proof", "events/x/proof", "consistency", "consistency?from=0&to=1"):
        assert ask(path).status_code == 422
    assert ask(f"events/{2**63}/proof").status_code == 422
