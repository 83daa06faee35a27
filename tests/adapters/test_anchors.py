"""Second places: a real folder, a real S3 server and a witness written from its specification."""

import base64
import hashlib
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import boto3  # type: ignore[import-untyped]
import pytest
from moto.server import ThreadedMotoServer

from app.adapters.anchors import KeptCheckpoints, WitnessAnchor, open_anchor
from app.adapters.outbound import Outbound
from permits.checkpoints import Checkpoint, Contradicted, sign
from permits.merkle import Frontier, leaf_hash, prove_consistency
from tests.outside import MemorySigner

pytestmark = [pytest.mark.feature("D2"), pytest.mark.promise("P11")]

S3 = {"region": "us-east-1", "access_key_id": "test", "secret_access_key": "test"}
SIGNER = MemorySigner()
ORIGIN = "vereda.example/audit"


@dataclass
class Log:
    """A log in memory, whose leaves are numbers."""

    leaves: list[bytes] = field(default_factory=list)

    def grow(self, number: int, salt: str = "") -> "Log":
        self.leaves += [leaf_hash(f"{salt}{n}".encode()) for n in range(number)]
        return self

    def root_at(self, size: int) -> bytes:
        frontier = Frontier()
        for leaf in self.leaves[:size]:
            frontier.append(leaf)
        return frontier.root()

    def prove_from(self, size: int) -> list[bytes]:
        def complete(level: int, index: int) -> bytes:
            return Log(self.leaves[index << level : (index + 1) << level]).root_at(1 << level)

        return prove_consistency(size, len(self.leaves), complete)

    @property
    def note(self) -> str:
        size = len(self.leaves)
        head = Checkpoint(ORIGIN, size, self.root_at(size))
        return sign(head, SIGNER, SIGNER.key.public_key())


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> KeptCheckpoints:
    if request.param == "folder":
        return kept(f"file://{tmp_path}/kept%20here")
    endpoint: str = request.getfixturevalue("endpoint")
    bucket = f"b-{uuid4().hex}"
    boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=S3["region"],
        aws_access_key_id=S3["access_key_id"],
        aws_secret_access_key=S3["secret_access_key"],
    ).create_bucket(Bucket=bucket)
    return kept(f"s3://{bucket}/vereda/checkpoints", {**S3, "endpoint": endpoint})


def kept(url: str, s3: dict[str, str] | None = None) -> KeptCheckpoints:
    anchor = open_anchor(url, s3 or {}, Outbound())
    assert isinstance(anchor, KeptCheckpoints)
    assert anchor.place == url
    return anchor


def test_checkpoints_are_kept_in_their_order_and_once(place: KeptCheckpoints) -> None:
    log, notes = Log(), list[str]()
    assert list(place.notes()) == []
    for number in (5, 7, 90):
        notes.append(log.grow(number).note)
        assert place.put(notes[-1], log) == ""
        assert place.put(log.note, log) == ""  # signed once more: the first one stays
    assert list(place.notes()) == notes
    assert place.confirm(log.note, log) is False


def test_a_log_that_was_cut_or_rewritten_is_refused(place: KeptCheckpoints) -> None:
    log = Log().grow(10)
    place.put(log.note, log)
    for other in (Log().grow(9), Log().grow(10, "x"), Log().grow(3).grow(30, "x")):
        with pytest.raises(Contradicted) as refused:
            place.put(other.note, other)
        assert refused.value.size == 10
    assert list(place.notes()) == [next(place.notes())]
    log.grow(1)
    place.put(log.note, log)


def test_a_bucket_that_is_not_there_is_tried_again_later(endpoint: str) -> None:
    place = kept("s3://no-such-bucket/x", {**S3, "endpoint": endpoint})
    with pytest.raises(OSError, match="Error"):
        place.put(Log().grow(1).note, Log().grow(1))


def test_what_is_no_checkpoint_is_passed_over_by_its_name_and_told_by_its_content(
    tmp_path: Path,
) -> None:
    place, log = kept(tmp_path.as_uri()), Log().grow(2)
    (tmp_path / "README").write_text("hands off", encoding="utf-8")
    place.put(log.note, log)
    assert len(list(place.notes())) == 1
    (tmp_path / f"{3:020d}.txt").write_bytes(b"\xff no note")
    assert [note.endswith("no note") for note in place.notes()] == [False, True]
    with pytest.raises(OSError, match="is no checkpoint"):
        place.put(log.note, log)


def test_the_folder_and_its_files_are_their_owners_alone(tmp_path: Path) -> None:
    place, log = kept(f"file://{tmp_path}/new/deep"), Log().grow(2)
    place.put(log.note, log)
    (only,) = (tmp_path / "new" / "deep").iterdir()
    assert only.name == "00000000000000000002.txt"
    assert stat.S_IMODE(only.stat().st_mode) == 0o600
    assert stat.S_IMODE(only.parent.stat().st_mode) == 0o700


class Witness(BaseHTTPRequestHandler):
    """A witness after c2sp.org/tlog-witness, with a tree of its own that trusts nothing of ours."""

    size = 0
    root = hashlib.sha256(b"").digest()
    answer: int | None = None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path != "/w/add-checkpoint" or self.answer:
            return self._say(self.answer or 404)
        head, _, note = body.partition("\n\n")
        word, old, *proof = head.replace("\n", " ").split(" ")
        origin, size, root = note.split("\n")[:3]
        assert (word, origin, "\n\n— " in note) == ("old", ORIGIN, True)
        new, hashed = int(size), base64.b64decode(root)
        kind = type(self)
        if int(old) > new:
            return self._say(400)
        if int(old) != kind.size or (new == kind.size and hashed != kind.root):
            return self._say(409, f"{kind.size}\n")
        path = [base64.b64decode(part) for part in proof]
        if kind.size and not follows(kind.size, new, path, kind.root, hashed):
            return self._say(422)
        kind.size, kind.root = new, hashed
        return self._say(200, "— witness.example/w1 AAAAAAAA\n")

    def _say(self, status: int, text: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


def follows(old: int, new: int, proof: list[bytes], before: bytes, after: bytes) -> bool:
    """RFC 6962 section 2.1.2 read backwards: rebuild both roots from the proof, recursively."""
    parts = list(proof)

    def rebuild(m: int, n: int, known: bool) -> tuple[bytes, bytes]:
        if m == n:
            same = before if known else parts.pop(0)
            return same, same
        k = 1
        while k * 2 < n:
            k *= 2
        if m <= k:
            small, large = rebuild(m, k, known)
            return small, pair(large, parts.pop(0))
        small, large = rebuild(m - k, n - k, False)
        left = parts.pop(0)
        return pair(left, small), pair(left, large)

    def pair(left: bytes, right: bytes) -> bytes:
        return hashlib.sha256(b"\x01" + left + right).digest()

    try:
        return rebuild(old, new, True) == (before, after) and not parts
    except IndexError:
        return False


@pytest.fixture
def witness() -> Iterator[tuple[WitnessAnchor, type[Witness]]]:
    kind = type("OneWitness", (Witness,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    origin = f"http://127.0.0.1:{server.server_port}"
    anchor = open_anchor(f"{origin}/w", {}, Outbound([origin]))
    assert isinstance(anchor, WitnessAnchor)
    yield anchor, kind
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_witness_is_shown_that_the_log_only_grew(
    witness: tuple[WitnessAnchor, type[Witness]],
) -> None:
    anchor, kind = witness
    log = Log()
    for number in (1, 1, 5, 1, 92):
        log.grow(number)
        assert anchor.put(log.note, log) == "— witness.example/w1 AAAAAAAA\n"
        assert (kind.size, kind.root) == (len(log.leaves), log.root_at(len(log.leaves)))
    assert anchor.confirm(log.note, log) is True
    assert list(anchor.notes()) == []


def test_a_process_that_begins_anew_asks_the_witness_what_it_knows(
    witness: tuple[WitnessAnchor, type[Witness]],
) -> None:
    anchor, kind = witness
    kind.size, kind.root = 6, Log().grow(6).root_at(6)
    log = Log().grow(10)
    assert anchor.put(log.note, log)
    assert kind.size == 10


def test_a_witness_finds_a_log_that_was_cut_or_rewritten(
    witness: tuple[WitnessAnchor, type[Witness]],
) -> None:
    anchor, kind = witness
    log = Log().grow(10)
    anchor.put(log.note, log)
    for other in (Log().grow(9), Log().grow(10, "x"), Log().grow(3).grow(30, "x")):
        with pytest.raises(Contradicted) as refused:
            anchor.confirm(other.note, other)
        assert refused.value.size == 10
    assert kind.size == 10


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_witness_that_fails_is_asked_again_later(
    witness: tuple[WitnessAnchor, type[Witness]], status: int
) -> None:
    anchor, kind = witness
    kind.answer = status
    log = Log().grow(1)
    with pytest.raises(OSError, match=str(status)):
        anchor.put(log.note, log)
    kind.answer = None
    assert anchor.put(log.note, log)


def test_a_place_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="file://"):
        open_anchor("ftp://x", {}, Outbound())
