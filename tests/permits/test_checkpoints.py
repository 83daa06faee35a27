"""Checkpoints: notes that logs of others signed are read, ours are what the form asks."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from permits.checkpoints import Checkpoint, LogKeys, key_id, origin_of, read, sign, verifier_key
from permits.merkle import EMPTY_ROOT, leaf_hash
from permits.signing import NotTrusted
from tests.outside import MemorySigner

REKOR = (
    "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5"
    "AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc="
)
REKOR_NOTE = (
    "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n"
    "— rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq"
    "20uDLet7MCoTURUCRdxwWBHHufk=\n"
)
PIXEL = (
    "pixel6_transparency_log+91c16e30+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN+4x0Jk1yTwvLFI9A4NDdGZc"
    "X0aiWVdWM5XJVy0M4VWD3AvyW5Q6Hs9A0mcDkpUoYgn+KKPNzFC0H3nN3q6JQ8="
)
PIXEL_NOTE = (
    "DEFAULT\n10\nbsWRucJU5xJPHb5eBdOm6+DM+VelCZBuvtI3sHERJ9Y=\n\n"
    "— pixel6_transparency_log kcFuMDBFAiEAhqMAP8P6qf6QxtUJhzMhbN+MbZ9dwfUHzGQJmffJHtoCIGD0cNe47dHW"
    "BoPwYdgBCepB06/+g5O1FmYjXl06owL4\n"
)
ORIGIN = "vereda.example/audit"
HEAD = Checkpoint(ORIGIN, 7, leaf_hash(b"seven"))


def key_of(vkey: str) -> ec.EllipticCurvePublicKey:
    key = load_der_public_key(base64.b64decode(vkey.split("+", 2)[2])[1:])
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


def keys(*signers: MemorySigner) -> LogKeys:
    return LogKeys(ORIGIN, [signer.key.public_key() for signer in signers])


def signed(signer: MemorySigner, head: Checkpoint = HEAD) -> str:
    return sign(head, signer, signer.key.public_key())


@pytest.mark.parametrize("vkey", [REKOR, PIXEL])
def test_key_ids_are_those_of_logs_in_the_world(vkey: str) -> None:
    name, number, _ = vkey.split("+", 2)
    assert key_id(key_of(vkey)).hex() == number
    assert verifier_key(name, key_of(vkey)) == vkey


@pytest.mark.parametrize(
    ("vkey", "note", "origin", "size"),
    [(REKOR, REKOR_NOTE, "Rekor", 798034), (PIXEL, PIXEL_NOTE, "DEFAULT", 10)],
)
def test_notes_of_logs_in_the_world_hold(vkey: str, note: str, origin: str, size: int) -> None:
    """Their key's name is not their origin; ours is, so the name is put in its place here."""
    name = vkey.split("+", 1)[0]
    keyring = LogKeys(origin, [key_of(vkey)])
    renamed = note.replace(f"— {name} ", f"— {origin} ")
    opened = keyring.open(renamed)
    assert (opened.origin, opened.size) == (origin, size)
    assert base64.b64encode(opened.root).decode() == note.splitlines()[2]
    with pytest.raises(NotTrusted, match="bad-signature"):
        keyring.open(renamed.replace(str(size), str(size + 1)))


def test_a_note_of_ours_has_the_form_and_holds() -> None:
    signer = MemorySigner()
    note = signed(signer)
    text, line = note.split("\n\n")
    root = base64.b64encode(HEAD.root).decode()
    assert text == f"vereda.example/audit\n7\n{root}"
    dash, name, signature = line.removesuffix("\n").split(" ")
    assert (dash, name) == ("—", ORIGIN)
    assert base64.b64decode(signature)[:4] == key_id(signer.key.public_key())
    assert keys(MemorySigner(), signer).open(note) == read(note) == HEAD


def test_the_empty_log_and_the_origin() -> None:
    empty = Checkpoint(origin_of("https://vereda.example"), 0, EMPTY_ROOT)
    assert read(signed(MemorySigner(), empty)) == empty


def test_cosignatures_of_witnesses_are_passed_over() -> None:
    signer = MemorySigner()
    witness = f"— witness.example/w1 {base64.b64encode(bytes(76)).decode()}\n"
    assert keys(signer).open(signed(signer) + witness) == HEAD


def test_a_retired_key_still_opens_what_it_signed() -> None:
    old, new = MemorySigner(), MemorySigner()
    assert keys(new, old).open(signed(old)) == HEAD


def test_what_does_not_hold_is_refused_with_its_reason() -> None:
    signer, other = MemorySigner(), MemorySigner()
    note = signed(signer)
    twice = note + signed(signer, Checkpoint(ORIGIN, 8, HEAD.root)).split("\n\n")[1]
    elsewhere = Checkpoint("other.example/audit", 7, HEAD.root)
    for refused, reason in (
        (signed(other), "unknown-key"),
        (note.replace(f"— {ORIGIN}", "— other.example/audit"), "unknown-key"),
        (note.replace("\n7\n", "\n8\n"), "bad-signature"),
        (twice, "bad-signature"),
        (signed(signer, elsewhere), "wrong-origin"),
    ):
        with pytest.raises(NotTrusted, match=reason):
            keys(signer).open(refused)


LINE = f"— {ORIGIN} {base64.b64encode(bytes(70)).decode()}\n"
ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        f"{ORIGIN}\n7\n{ROOT}\n",
        f"{ORIGIN}\n7\n{ROOT}\n\n",
        f"{ORIGIN}\n7\n{ROOT}\n\n{LINE[:-1]}",
        f"{ORIGIN}\n7\n\n{LINE}",
        f"\n7\n{ROOT}\n\n{LINE}",
        f"{ORIGIN}\n07\n{ROOT}\n\n{LINE}",
        f"{ORIGIN}\n-7\n{ROOT}\n\n{LINE}",
        f"{ORIGIN}\n{'9' * 20}\n{ROOT}\n\n{LINE}",
        f"{ORIGIN}\n7\n{ROOT[:-4]}\n\n{LINE}",
        f"{ORIGIN}\n7\n{ROOT[:-2]}B=\n\n{LINE}",
        f"{ORIGIN}\n7\n{ROOT}\n\nmore\n\n{LINE}",
        f"{ORIGIN}\r\n7\n{ROOT}\n\n{LINE}",
        f"{ORIGIN}\n7\n{ROOT}\n\n{LINE}" + LINE * 16,
        f"{ORIGIN}\n7\n{ROOT}\n\n{LINE.replace('—', '-')}",
        f"{ORIGIN}\n7\n{ROOT}\n\n— {ORIGIN} AAAA\n",
        f"{ORIGIN}\n7\n{ROOT}\n" + "x" * 20_000 + f"\n\n{LINE}",
    ],
)
def test_what_is_no_note_is_malformed(note: str) -> None:
    with pytest.raises(NotTrusted, match="malformed"):
        read(note)


def test_extension_lines_are_read_over() -> None:
    assert read(f"{ORIGIN}\n7\n{ROOT}\nTimestamp: 1\n\n{LINE}") == Checkpoint(ORIGIN, 7, bytes(32))
