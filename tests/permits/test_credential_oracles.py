"""Other people's software reads what we issue, and we read what it issues."""

import fcntl
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import claim169
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from permits import (
    base45,
    cose,
    credentials,
    permit_claims,
    qr,
    scans,
    signing,
    status_list,
    trust_list,
)
from permits.status_list import StatusLists
from tests.permits.samples import CLAIMS, at, clearance
from tests.vectors import forge

ROOT = Path(__file__).parents[2]
CLAIM_169 = ROOT / "tests" / "vectors" / "claim169"

# `cwt` and `claim169` read the clock of the machine; for them the permit ends in the year 2100.
LASTING = replace(CLAIMS, issued_at=at(1_500_000_000), valid_from=at(1_500_000_000))
LASTING = replace(LASTING, expires=at(4_102_444_800))

Order = dict[str, str]


def issue() -> str:
    prepared = credentials.prepare(clearance(), LASTING, forge.PERMIT.kid)
    return credentials.seal(prepared, forge.PERMIT.sign(prepared.message))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def envelope_of(text: str) -> bytes:
    envelope = qr.inflate(base45.decode(text), qr.MAX_INFLATED)
    assert envelope is not None
    return envelope


def test_claim169_reads_what_we_issue() -> None:
    read = claim169.decode_with_ecdsa_p256(issue(), point(forge.PERMIT.public))

    assert read.is_verified()
    assert read.claim169.to_dict() == {
        "id": "2345678900101",
        "fullName": "María Fernanda López Xitumul",
        "dateOfBirth": "19900411",
        "gender": 2,
        "nationality": "GTM",
        "countryOfIssuance": "GTM",
    }
    meta = read.cwt_meta
    assert (meta.issuer, meta.subject) == (CLAIMS.issuer, CLAIMS.number)
    assert (meta.not_before, meta.expires_at) == (1_500_000_000, 4_102_444_800)
    assert claim169.inspect(issue()).key_id == forge.PERMIT.kid


def test_claim169_refuses_it_under_another_key() -> None:
    with pytest.raises(claim169.SignatureError):
        claim169.decode_with_ecdsa_p256(issue(), point(forge.STRANGER.public))


def test_we_read_what_claim169_issues() -> None:
    identity = claim169.Claim169Input(id="7", full_name="Ana", date_of_birth="19900411", gender=2)
    meta = claim169.CwtMetaInput(issuer=forge.ISSUER, expires_at=4_102_444_800)
    secret = forge.PERMIT.private.private_numbers().private_value.to_bytes(32, "big")

    read = qr.read(claim169.encode_with_ecdsa_p256(identity, meta, secret))

    assert signing.verify_es256(forge.PERMIT.public, read.to_be_signed, read.signature)
    claims = cose.load(read.payload)
    assert claims == {
        1: forge.ISSUER,
        4: 4_102_444_800,
        169: {1: "7", 4: "Ana", 8: "19900411", 9: 2},
    }
    # It is no permit: it names no key and has no permit claim.
    trust = forge.make_trust()
    assert (
        scans.verdict(
            claim169.encode_with_ecdsa_p256(identity, meta, secret),
            trust,
            StatusLists(),
            at(forge.NOW),
        ).reason
        is scans.Reason.NOT_OURS
    )


def _vector(name: str) -> dict[str, Any]:
    path = next(CLAIM_169.glob(f"*/{name}.json"))
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


ALL = sorted(path.stem for path in CLAIM_169.glob("*/*.json"))


def test_the_signed_vector_of_the_claim169_project_holds_under_its_key() -> None:
    vector = _vector("ecdsa-p256-signed")
    public = bytes.fromhex(vector["signing_key"]["public_key_hex"])
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)

    read = qr.read(vector["qr_data"])

    assert cose.is_plain_es256(read.headers)
    assert signing.verify_es256(key, read.to_be_signed, read.signature)
    assert not signing.verify_es256(forge.PERMIT.public, read.to_be_signed, read.signature)
    assert cose.load(read.payload)[169] == {1: "ID-ECDSA-001", 4: "ECDSA Test Person"}


def test_what_each_vector_is_told() -> None:
    reasons = {
        name: scans.verdict(
            _vector(name)["qr_data"], forge.make_trust(), StatusLists(), at(1_780_000_000)
        ).reason.value
        for name in ALL
    }

    assert reasons == {
        **dict.fromkeys(ALL, "unsupported-version"),  # EdDSA, most with an empty signature
        "ecdsa-p256-signed": "not-ours",  # names no key
        "bad-base45": "not-ours",
        "bad-zlib": "unreadable",
        "not-cose": "not-ours",
        "encrypted-aes256": "not-ours",
        "encrypted-signed": "not-ours",
    }
    assert len(ALL) == 18


EMPTY = ["claim169-example", "demographics-full", "expired", "minimal", "missing-169"]
EMPTY += ["not-yet-valid", "refugee-identity", "unknown-fields", "with-all-biometrics"]
EMPTY += ["with-face", "with-fingerprints"]


@pytest.mark.parametrize("name", EMPTY)
def test_vectors_without_a_signature_verify_under_no_key(name: str) -> None:
    read = qr.read(_vector(name)["qr_data"])

    assert read.signature == b""
    assert not signing.verify_es256(forge.PERMIT.public, read.to_be_signed, read.signature)


@pytest.mark.parametrize(
    ("name", "reason"), [("expired", "expired"), ("not-yet-valid", "not-yet-valid")]
)
def test_the_times_of_vectors_are_refused_once_the_rest_is_ours(name: str, reason: str) -> None:
    """The vector's times in a permit of ours, on a fixed day; its own envelope is not signed."""
    theirs = cose.load(qr.read(_vector(name)["qr_data"]).payload)
    times = {key: theirs[key] for key in (4, 5) if key in theirs}

    told = scans.verdict(
        forge.permit(changes=times).text(), forge.make_trust(), StatusLists(), at(forge.NOW)
    )

    assert told.reason.value == reason


@pytest.fixture(scope="session")
def cwt_python() -> Path:
    """Python of an environment with PyPI `cwt`, made once from its lock file."""
    folder = ROOT / ".venv-cwt"
    python = folder / "bin" / "python"
    uv = Path(sys.executable).with_name("uv")
    with (ROOT / "requirements-cwt.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test workers at once make it only once
        ready = folder / ".ready"
        if not ready.exists():
            subprocess.run([uv, "venv", "--quiet", "--clear", folder], check=True)
            install = [str(uv), "pip", "install", "--quiet", "--python", str(python)]
            subprocess.run([*install, "--require-hashes", "-r", lock.name], check=True)
            ready.touch()
    return python


def ask_cwt(python: Path, *orders: Order) -> list[dict[str, str]]:
    done = subprocess.run(
        [python, "-I", Path(__file__).with_name("cwt_oracle.py")],
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, str]] = json.loads(done.stdout)
    return answers


def key_order(key: forge.FixedKey) -> Order:
    numbers = key.public.public_numbers()
    return {"kid": key.kid.hex(), "x": f"{numbers.x:064x}", "y": f"{numbers.y:064x}"}


@pytest.mark.promise("P9")
@pytest.mark.asvs("1.5.3")
def test_cwt_reads_what_we_issue_and_refuses_what_is_bent(cwt_python: Path) -> None:
    good = envelope_of(issue())
    bent = good[:-1] + bytes((good[-1] ^ 1,))
    key = key_order(forge.PERMIT)
    stranger = {**key_order(forge.STRANGER), "kid": key["kid"]}

    read, refused, strange = ask_cwt(
        cwt_python,
        {"decode": good.hex(), **key},
        {"decode": bent.hex(), **key},
        {"decode": good.hex(), **stranger},
    )

    payload = qr.read(issue()).payload
    assert read == {
        "payload": payload.hex(),
        "claims": payload.hex(),
        "protected": cose.protected_header(forge.PERMIT.kid).hex(),
        "unprotected": "a0",
    }
    assert [refused, strange] == [{"error": "VerifyError"}] * 2


def test_cwt_reads_our_lists(cwt_python: Path) -> None:
    lasting = replace(forge.make_list(1_500_000_000), expires=4_102_444_800)
    statuses = status_list.sign(lasting, forge.STATUS)
    trust = replace(forge.make_trust(issued_at=1_500_000_000), expires=4_102_444_800)
    signed = trust_list.sign(trust, forge.ROOT)

    answers = ask_cwt(
        cwt_python,
        {"decode": statuses.hex(), **key_order(forge.STATUS)},
        {"decode": signed.hex(), **key_order(forge.ROOT)},
    )

    payloads = [cose.read_sign1(token).payload.hex() for token in (statuses, signed)]
    assert [answer["claims"] for answer in answers] == payloads


def test_we_read_what_cwt_issues(cwt_python: Path) -> None:
    claims = forge.claims()
    secret = f"{forge.PERMIT.private.private_numbers().private_value:064x}"
    order = {"encode": cbor2.dumps(claims).hex(), "d": secret, **key_order(forge.PERMIT)}

    (answer,) = ask_cwt(cwt_python, order)

    text = qr.write(bytes.fromhex(answer["token"]))
    lists = StatusLists().taking(forge.make_list())
    told = scans.verdict(text, forge.make_trust(), lists, at(forge.NOW))
    assert (told.reason, told.claims) == (scans.Reason.OK, CLAIMS)
    assert permit_claims.read_claims(qr.read(text).payload) == CLAIMS
