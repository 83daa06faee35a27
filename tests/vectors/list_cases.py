"""The cases of lists.json, base45.json and permit_numbers.json."""

import zlib
from collections.abc import Iterator
from typing import Any

import cbor2

from permits import base45, cose, permit_numbers, status_list, trust_list
from tests.vectors import forge
from tests.vectors.forge import DAY, ISSUER, NOW, Envelope, FixedKey

Case = dict[str, Any]


def list_vectors() -> dict[str, Any]:
    """Trust lists and status lists, taken and refused."""
    return {
        "trust_cases": list(_trust_cases()),
        "trust": trust_list.sign(forge.make_trust(), forge.ROOT).hex(),
        "status_cases": list(_status_cases()),
        "status_bits": _status_bits(),
    }


def _token(
    payload: bytes, key: FixedKey, typ: str | None, header: dict[int, Any] | None = None
) -> Envelope:
    protected = cbor2.dumps({1: -7, 4: key.kid, **({16: typ} if typ else {}), **(header or {})})
    return Envelope(payload, key, protected=protected)


def _trust_token(
    changes: dict[int, Any] | None = None,
    body: dict[int, Any] | None = None,
    *,
    key: FixedKey = forge.ROOT,
    typ: str | None = trust_list.TYPE,
    header: dict[int, Any] | None = None,
) -> bytes:
    token = trust_list.sign(forge.make_trust(), forge.ROOT)
    claims = cbor2.loads(cose.read_sign1(token).payload) | (changes or {})
    claims[-70_002] = {**claims[-70_002], **(body or {})}
    return _token(cose.dump(claims), key, typ, header).bytes()


def _first_key(changes: dict[int, Any]) -> dict[int, Any]:
    token = trust_list.sign(forge.make_trust(), forge.ROOT)
    keys = cbor2.loads(cose.read_sign1(token).payload)[-70_002][2]
    return {2: [{k: v for k, v in {**keys[0], **changes}.items() if v is not None}, *keys[1:]]}


def _trust_cases() -> Iterator[Case]:
    good = _trust_token()

    def case(name: str, token: bytes, expected: str, stored: bytes | None = None) -> Case:
        held = stored.hex() if stored is not None else None
        return {"name": name, "token": token.hex(), "stored": held, "expected": expected}

    yield case("good", good, "accepted")
    yield case("the standby root", _trust_token(key=forge.STANDBY_ROOT), "accepted")
    yield case("the same again", good, "accepted", good)
    later = trust_list.sign(forge.make_trust(8, NOW), forge.ROOT)
    yield case("a newer one", later, "accepted", good)
    yield case("an older version", good, "rolled-back", later)
    newer_but_lower = trust_list.sign(forge.make_trust(6, NOW), forge.ROOT)
    yield case("an older version, issued later", newer_but_lower, "rolled-back", good)
    early = trust_list.sign(forge.make_trust(7, NOW - 4 * DAY), forge.ROOT)
    yield case("the same version, issued earlier", early, "rolled-back", good)
    yield case("a foreign root", _trust_token(key=forge.FOREIGN_ROOT), "unknown-key")
    yield case("a key of the list itself", _trust_token(key=forge.PERMIT), "unknown-key")
    yield case("no kid", _trust_token(header={4: None}), "unknown-key")
    yield case("no type", _trust_token(typ=None), "wrong-type")
    yield case("type of a status list", _trust_token(typ=status_list.TYPE), "wrong-type")
    yield case("EdDSA", _trust_token(header={1: -8}), "wrong-type")
    yield case("crit", _trust_token(header={2: [16]}), "wrong-type")
    yield case("one bit of the signature", good[:-1] + bytes((good[-1] ^ 1,)), "bad-signature")
    yield case("a byte after it", good + b"\0", "malformed")
    yield case("no tag", good[1:], "malformed")
    yield case("tag 61", b"\xd8\x3d" + good, "malformed")
    yield case("cut", good[:-1], "malformed")
    yield case("empty", b"", "malformed")
    for name, changes in (("iat as text", {6: "x"}), ("iss missing", {1: 5}), ("exp", {4: -1})):
        yield case(name, _trust_token(changes), "wrong-claims")
    yield case("version as text", _trust_token(body={1: "8"}), "wrong-claims")
    for name, key in _bad_keys():
        yield case(f"key: {name}", _trust_token(body=_first_key(key)), "wrong-claims")


def _bad_keys() -> Iterator[tuple[str, dict[int, Any]]]:
    point = forge.PERMIT.public.public_numbers()
    x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
    yield "kid of another", {1: forge.STATUS.kid}
    yield "point not on the curve", {2: {1: 2, -1: 1, -2: x, -3: x}}
    yield "y compressed", {2: {1: 2, -1: 1, -2: x, -3: True}}
    yield "x of 31 bytes", {2: {1: 2, -1: 1, -2: x[1:], -3: y}}
    yield "curve P-384", {2: {1: 2, -1: 2, -2: x, -3: y}}
    yield "use 0", {4: 0}
    yield "use as an array", {4: [1]}
    yield "state 3", {8: 3}
    yield "no issuer", {3: None}
    yield "cutoff of an active key", {9: NOW}
    yield "countries as text", {7: "HND"}


def _status_token(
    changes: dict[int, Any] | None = None,
    *,
    key: FixedKey = forge.STATUS,
    typ: str | None = status_list.TYPE,
    header: dict[int, Any] | None = None,
) -> bytes:
    token = status_list.sign(forge.make_list(), forge.STATUS)
    claims = cbor2.loads(cose.read_sign1(token).payload) | (changes or {})
    return _token(cose.dump(claims), key, typ, header).bytes()


def _status_cases() -> Iterator[Case]:
    good = _status_token()

    def case(name: str, token: bytes, expected: str, held: bytes | None = None) -> Case:
        before = held.hex() if held is not None else None
        return {"name": name, "token": token.hex(), "held": before, "expected": expected}

    yield case("good", good, "accepted")
    yield case("the same again", good, "accepted", good)
    yield case("a newer one", _status_token({6: NOW}), "accepted", good)
    yield case("an older one", good, "rolled-back", _status_token({6: NOW}))
    yield case("a permit key", _status_token(key=forge.PERMIT), "unknown-key")
    yield case("the root key", _status_token(key=forge.ROOT), "unknown-key")
    yield case("the partner's key", _status_token(key=forge.PARTNERS_STATUS), "unknown-key")
    yield case("a uri elsewhere", _status_token({2: f"{forge.PARTNER}/st/1"}), "unknown-key")
    yield case("a uri that begins alike", _status_token({2: f"{ISSUER}.evil/st/1"}), "unknown-key")
    yield case("issued before the key's time", _status_token({6: NOW - 61 * DAY}), "unknown-key")
    yield case("no type", _status_token(typ=None), "wrong-type")
    yield case("type of a trust list", _status_token(typ=trust_list.TYPE), "wrong-type")
    yield case("EdDSA", _status_token(header={1: -8}), "wrong-type")
    yield case("one bit of the signature", good[:-1] + bytes((good[-1] ^ 1,)), "bad-signature")
    yield case("a byte after it", good + b"\0", "malformed")
    yield case("no tag", good[1:], "malformed")
    yield case("tag 61", b"\xd8\x3d" + good, "malformed")
    yield case("no uri", _status_token({2: b""}), "wrong-claims")
    yield case("no ttl", _status_token({65_534: "a day"}), "wrong-claims")
    for name, body in _bad_lists():
        yield case(name, _status_token({65_533: body}), "wrong-claims")
    one_bit = {"bits": 1, "lst": zlib.compress(bytes(64), 9)}
    yield case("one bit for each permit", _status_token({65_533: one_bit}), "accepted")


def _bad_lists() -> Iterator[tuple[str, object]]:
    packed = zlib.compress(bytes(64), 9)
    yield "bits 3", {"bits": 3, "lst": packed}
    yield "bits missing", {"lst": packed}
    yield "list missing", {"bits": 2}
    yield "list not deflated", {"bits": 2, "lst": bytes(64)}
    yield "bytes after the list", {"bits": 2, "lst": packed + b"\0"}
    yield "a list that inflates to 2 MiB", {"bits": 2, "lst": zlib.compress(bytes(2**21), 9)}
    yield "an array instead", [2, packed]


def _status_bits() -> list[Case]:
    """The examples of draft-ietf-oauth-status-list section 4.1, and 4 and 8 bits."""
    return [
        {
            "bits": 1,
            "packed": "b9a3",
            "statuses": [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1],
        },
        {"bits": 2, "packed": "c944f9", "statuses": [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]},
        {"bits": 4, "packed": "21f0", "statuses": [1, 2, 0, 15]},
        {"bits": 8, "packed": "0001ff", "statuses": [0, 1, 255]},
    ]


def base45_cases() -> dict[str, Any]:
    """The examples of RFC 9285, then edges."""
    pairs = [("BB8", b"AB"), ("%69 VD92EX0", b"Hello!!"), ("UJCLQE7W581", b"base-45")]
    pairs += [
        ("QED8WEX0", b"ietf!"),
        ("", b""),
        ("00", b"\0"),
        ("U5", b"\xff"),
        ("FGW", b"\xff\xff"),
    ]
    pairs += [(base45.encode(forge.noise(n)), forge.noise(n)) for n in (1, 2, 255, 256)]
    broken = ["0", "BB80", "GGW", ":::", "::", "V5", "BB8::"]
    foreign = ["bb8", "BB8\n", " bb", "BB8Ñ", "BB8=", "B_8", "\u0660\u0660"]
    return {
        "valid": [{"text": text, "bytes": data.hex()} for text, data in pairs],
        "invalid": [{"text": text, "code": "broken-groups"} for text in broken]
        + [{"text": text, "code": "foreign-characters"} for text in foreign],
    }


def number_cases() -> list[Case]:
    """Typed permit numbers, and what is understood."""
    numbers = [permit_numbers.make(n) for n in (0, 1, 31**11 - 1, 123_456_789_012_345)]
    good = [{"typed": number, "number": number} for number in numbers]
    number = numbers[-1]
    forgiven = [permit_numbers.show(number), number.lower(), f" {number[:6]} {number[6:]}"]
    refused = [number[:-1], number + "1", number[::-1], "", "O" * 12, "0" * 12, number[:-1] + "0"]
    return [
        *good,
        *({"typed": typed, "number": number} for typed in forgiven),
        *({"typed": typed, "number": None} for typed in refused),
    ]
