"""Step 8 of reading: payloads that a trusted key signed and that are no permit all the same."""

from collections.abc import Iterator

import cbor2

from permits import cose
from tests.vectors import forge
from tests.vectors.forge import permit


def bad_payloads() -> Iterator[tuple[str, bytes]]:
    """Name and payload."""
    payload, whole = permit().payload, forge.claims()
    yield "not CBOR", b"\xff"
    yield "empty", b""
    yield "a list", cbor2.dumps([1, 2])
    yield "bytes after the map", payload + b"\0"
    yield "duplicate key", bytes((payload[0] + 1,)) + payload[1:] + b"\x02\x61A"
    yield "indefinite map", b"\xbf" + payload[1:] + b"\xff"
    yield "indefinite text", payload.replace(b"\x63GTM", b"\x7f\x63GTM\xff", 1)
    yield "text that is not UTF-8", payload.replace(b"GTM", b"G\xffM", 1)
    exp = b"\x04\x1a"
    yield "exp as an integer by tag", payload.replace(exp, b"\x04\xc2\x44", 1)
    yield "exp as a date by tag", payload.replace(exp, b"\x04\xc1\x1a", 1)
    yield "exp as a float", payload.replace(exp, b"\x04\xfa", 1)
    yield "the whole under a tag", b"\xd9\xd9\xf7" + payload
    yield "the whole under tag 61", b"\xd8\x3d" + payload
    for name, one in (("true", b"\xf5"), ("1.0", b"\xf9\x3c\0")):
        yield f"iss under {name}", payload.replace(b"\x01\x76", one + b"\x76", 1)
    for name, strange in (("a date", "c100"), ("a set", "d9010280"), ("shared", "82d81c80d81d00")):
        bent = bytes((payload[0] + 1,)) + payload[1:] + b"\x18\x63" + bytes.fromhex(strange)
        yield f"a claim that is not known, with {name} by tag", bent
    identity = cose.dump(whole[169])
    yield "169 under a tag", payload.replace(b"\x18\xa9", b"\x18\xa9\xd9\xd9\xf7", 1)
    deep = b"\x81" * 17 + b"\0"
    yield "169 in bytes, too deep", cose.dump({**whole, 169: b"\xa1\x18\x63" + deep})
    doubled = bytes((identity[0] + 1,)) + identity[1:] + b"\x04\x61A"
    yield "169 in bytes with a duplicate key", cose.dump({**whole, 169: doubled})
    yield "169 in bytes with bytes after it", cose.dump({**whole, 169: identity + b"\0"})
    yield "169 in bytes, not a map", cose.dump({**whole, 169: b"\x80"})
    yield "169 as text", cose.dump({**whole, 169: "Ana"})
    for key in (1, 2, 4, 5, 6, 169, 65_535, -70_001):
        yield f"{key} missing", permit(changes={key: None}).payload
    for key in (1, 4, 8, 9, 13, 23):
        yield f"169/{key} missing", permit(identity={key: None}).payload
    for key in range(1, 9):
        yield f"permit/{key} missing", permit(permit={key: None}).payload
    yield from _wrong_types()


def _wrong_types() -> Iterator[tuple[str, bytes]]:
    for name, changes in (
        ("iss is a number", {1: 7}),
        ("sub is empty", {2: ""}),
        ("exp is text", {4: "2027"}),
        ("exp is below zero", {4: -1}),
        ("exp is after the year 9999", {4: 253_402_300_800}),
        ("nbf is true", {5: True}),
        ("iat is bytes", {6: b""}),
    ):
        yield name, permit(changes=changes).payload
    for name, identity in (
        ("document number is a number", {1: 2345678900101}),
        ("name is bytes", {4: b"Ana"}),
        ("name has 257 characters", {4: "A" * 257}),
        ("date of birth with hyphens", {8: "1990-4-1"}),
        ("date of birth that does not exist", {8: "19900230"}),
        ("date of birth as a week", {8: "1990W041"}),
        ("sex 0", {9: 0}),
        ("sex 4", {9: 4}),
    ):
        yield name, permit(identity=identity).payload
    for name, bent in (
        ("schema is text", {1: "1"}),
        ("departments is text", {6: "HN-CP"}),
        ("departments of numbers", {6: [1]}),
        ("agencies is a map", {7: {1: "inm"}}),
        ("conditions below zero", {8: -1}),
        ("posts is text", {9: "corinto"}),
    ):
        yield name, permit(permit=bent).payload
    yield "index below zero", permit(index=-1).payload
    yield "index is text", permit(index="7").payload
    yield "uri is missing", permit(changes={65_535: {"status_list": {"idx": 1}}}).payload
