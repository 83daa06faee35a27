"""The cases of verdicts.json: every reason, every step, every way of bending a credential."""

import zlib
from collections.abc import Iterator

import cbor2

from permits import base45, cose, permit_numbers
from tests.vectors import forge
from tests.vectors.case import GOOD, NUMBER, Case, case
from tests.vectors.claims_cases import bad_payloads
from tests.vectors.envelope_cases import envelope_cases
from tests.vectors.forge import CUTOFF, DAY, NOW, Envelope, permit
from tests.vectors.policy_cases import policy_cases


def all_cases() -> list[Case]:
    """Every case, names unique."""
    cases = [
        *_reasons(),
        *_texts(),
        *(case(name, text, reason) for name, text, reason in envelope_cases()),
        *_keys(),
        *_signatures(),
        *_claims(),
        *policy_cases(),
    ]
    assert len({c["name"] for c in cases}) == len(cases)
    return cases


def _reasons() -> Iterator[Case]:
    yield case("accepted", GOOD, "ok")
    yield case("accepted, issued with stored blocks", forge.pack(permit().bytes(), 0), "ok")
    grouped = "-".join((NUMBER[:4], NUMBER[4:8], NUMBER[8:]))
    yield case("typed number", NUMBER, "typed-number")
    yield case("typed number in groups, lower case", f" {grouped.lower()} ", "typed-number")
    yield case("typed number, no lists at hand", grouped, "typed-number", trust=None, lists=())
    wrong = NUMBER[:-1] + ("3" if NUMBER[-1] != "3" else "4")
    yield case("typed number with a wrong check character", wrong, "unreadable")
    yield case("typed number with two characters swapped", _swap(NUMBER), "unreadable")
    yield case("no trust list at hand", GOOD, "unknown-key", trust=None)


def _swap(number: str) -> str:
    at = next(i for i in range(11) if number[i] != number[i + 1])
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _texts() -> Iterator[Case]:
    packed = zlib.compress(permit().bytes(), 9)
    yield case("empty text", "", "unreadable")
    yield case("4,297 characters", "A" * 4_297, "unreadable")
    yield case("some address", "https://example.org/permiso", "not-ours")
    yield case("lower case", GOOD.lower(), "not-ours")
    yield case("white space at the end", GOOD + "\n", "not-ours")
    yield case("not ASCII", GOOD + "Ñ", "not-ours")
    yield case("another prefix", "HC1:" + GOOD, "unreadable")
    yield case("last characters missing", GOOD[:-5], "unreadable")
    yield case("half of it", GOOD[: len(GOOD) // 2], "unreadable")
    yield case("a group above FFFF", ":::" + GOOD[3:], "unreadable")
    yield case("a single character left over", GOOD[: len(GOOD) // 3 * 3 - 2], "unreadable")
    yield case("inflates to 1 MiB", base45.encode(zlib.compress(bytes(2**20), 9)), "unreadable")
    yield case("inflates to 65,536 bytes", _padded(65_536).text(), "ok")
    yield case("inflates to 65,537 bytes", _padded(65_537).text(), "unreadable")
    yield case("bytes after the zlib stream", base45.encode(packed + b"\0"), "unreadable")
    yield case("two zlib streams", base45.encode(packed * 2), "unreadable")
    yield case("wrong checksum", base45.encode(packed[:-1] + b"?"), "unreadable")
    yield case("stream cut before its checksum", base45.encode(packed[:-4]), "unreadable")
    yield case("raw deflate", base45.encode(packed[2:-4]), "unreadable")
    yield case("gzip", base45.encode(_deflated(31)), "unreadable")
    yield case("preset dictionary", base45.encode(_deflated(15, b"vereda")), "unreadable")
    yield case("not deflated", base45.encode(permit().bytes()), "unreadable")
    yield case("window larger than there is", _stream(_raw(), b"\x88\x1c"), "unreadable")
    yield case("another method", _stream(_raw(), b"\x79\x9c"), "unreadable")
    yield case("another check of the header", _stream(_raw(), b"\x78\xdb"), "unreadable")
    yield case("a smaller window than is used", _stream(_raw(), b"\x08\x1d"), "ok")
    whole = permit().bytes()
    size = len(whole).to_bytes(2, "little")
    other = bytes(255 - byte for byte in size)
    yield case("stored", _stream(b"\x01" + size + other + whole), "ok")
    yield case("stored, its length said once", _stream(b"\x01" + size * 2 + whole), "unreadable")
    yield case("stored, with no last block", _stream(b"\0" + size + other + whole), "unreadable")
    yield case("a block of no kind", _stream(b"\x07"), "unreadable")
    yield case("a copy from before the beginning", _stream(b"\x03\x02\0"), "unreadable")
    yield case("bytes before the checksum", _stream(_raw() + b"\0"), "unreadable")
    yield case("4,296 characters of two units", "😀" * 4_296, "not-ours")
    yield case("4,297 characters of two units", "😀" * 4_297, "unreadable")
    yield case("deflated nothing", base45.encode(zlib.compress(b"", 9)), "not-ours")


def _raw() -> bytes:
    return zlib.compress(permit().bytes(), 9)[2:-4]


def _stream(body: bytes, header: bytes = b"\x78\xda") -> str:
    """A good permit's checksum around deflated bytes that may be anything."""
    return base45.encode(header + body + zlib.adler32(permit().bytes()).to_bytes(4, "big"))


def _deflated(window: int, dictionary: bytes = b"") -> bytes:
    if dictionary:
        packer = zlib.compressobj(9, zlib.DEFLATED, window, zdict=dictionary)
    else:
        packer = zlib.compressobj(9, zlib.DEFLATED, window)
    data = packer.compress(permit().bytes()) + packer.flush()
    # The time in the header of gzip is 0 already; byte 9 names the operating system.
    return data[:9] + b"\xff" + data[10:] if window > 15 else data


def _padded(size: int) -> Envelope:
    """A good permit whose envelope has this many bytes; zeros in a header that is not signed."""
    plain = Envelope(permit().payload, unprotected=cbor2.dumps({99: bytes(60_000)}))
    filler = bytes(60_000 + size - len(plain.bytes()))
    return Envelope(permit().payload, unprotected=cbor2.dumps({99: filler}))


def _keys() -> Iterator[Case]:
    lost = ("valid", "unchecked", "unchecked")
    yield case("retired key", permit(key=forge.RETIRED), "ok")
    yield case("key of nobody", permit(key=forge.STRANGER), "unknown-key")
    yield case("root key", permit(key=forge.ROOT), "unknown-key")
    yield case("status key", permit(key=forge.STATUS), "not-ours")
    yield case("face key", permit(key=forge.FACE), "not-ours")
    yield case("compromised key", permit(key=forge.LOST), "key-revoked")
    yield case("compromised key, forged signature", _forged(forge.LOST), "key-revoked")
    before, at = ({6: CUTOFF - 1}, {6: CUTOFF})
    yield case("one second before the cutoff", permit(key=forge.LEAKED, changes=before), "ok")
    at_cutoff = permit(key=forge.LEAKED, changes=at)
    yield case("at the cutoff", at_cutoff, "key-revoked", states=lost)
    early = permit(key=forge.FUTURE, changes={6: NOW + DAY - 1})
    yield case("issued before the key's time", early, "key-revoked", states=lost)
    due = permit(key=forge.FUTURE, changes={6: NOW + DAY})
    yield case("issued when the key's time begins", due, "ok")
    yield case("one second before the key ends", permit(key=forge.PAST), "ok", now=NOW - 1)
    yield case("when the key ends", permit(key=forge.PAST), "key-revoked")
    late = permit(key=forge.PAST, changes={6: NOW})
    yield case("issued when the key ends", late, "key-revoked", states=lost, now=NOW - 1)


def _forged(key: forge.FixedKey) -> Envelope:
    return Envelope(permit().payload, key, signature=forge.STRANGER.sign(b""))


def _signatures() -> Iterator[Case]:
    good = permit()
    signature = good.key.sign(good.message)
    r, s, order = signature[:32], signature[32:], forge.ORDER.to_bytes(32, "big")
    mirrored = forge.ORDER - int.from_bytes(s, "big")
    beyond = (int.from_bytes(s, "big") + forge.ORDER) % 2**256
    yield case("s replaced by n - s", _signed(r + mirrored.to_bytes(32, "big")), "ok")
    bent = {
        "one bit of r": bytes((r[0] ^ 1,)) + r[1:] + s,
        "one bit of s": r + s[:-1] + bytes((s[-1] ^ 1,)),
        "r and s swapped": s + r,
        "r is zero": bytes(32) + s,
        "s is zero": r + bytes(32),
        "all zero": bytes(64),
        "r is n": order + s,
        "s is n": r + order,
        "s is s + n, cut": r + beyond.to_bytes(32, "big"),
        "empty": b"",
        "63 bytes": signature[:63],
        "65 bytes": signature + b"\0",
        "DER": good.key.der(good.message),
        "of another key": forge.STRANGER.sign(good.message),
        "over the payload alone": good.key.sign(good.payload),
    }
    for name, value in bent.items():
        yield case(f"signature: {name}", _signed(value), "bad-signature")
    other = permit(changes={2: permit_numbers.make(1)}).payload
    yield case("payload of another permit", Envelope(other, signature=signature), "bad-signature")
    reordered_header = cbor2.dumps({4: good.key.kid, 1: -7})
    reordered = Envelope(good.payload, protected=reordered_header, signature=signature)
    yield case("protected header reordered", reordered, "bad-signature")
    own = Envelope(good.payload, protected=reordered_header)
    yield case("protected header reordered and signed so", own, "ok")


def _signed(signature: bytes) -> Envelope:
    return Envelope(permit().payload, signature=signature)


def _claims() -> Iterator[Case]:
    signed = ("valid", "unchecked", "unchecked")
    for name, payload in bad_payloads():
        yield case(f"claims: {name}", Envelope(payload), "not-ours", states=signed)
    for name, schema in (("2", 2), ("0", 0)):
        bent = permit(permit={1: schema})
        yield case(f"permit schema {name}", bent, "unsupported-version", states=signed)
    whole = forge.claims()
    for name, claims in (
        ("claim 169 as a byte string", {**whole, 169: cose.dump(whole[169])}),
        ("claims that are not known", {**whole, 7: b"id", 300: {1: [2]}}),
        (
            "claims of every kind that is read",
            {**whole, 300: [1.5, None, True, -(2**64), {"": b""}]},
        ),
        (
            "a second name and a legal status",
            forge.claims(identity={19: "Luch", 20: "quc", 22: "r"}),
        ),
    ):
        yield case(name, Envelope(cose.dump(claims)), "ok")
    # exp as an integer of eight bytes where four would do.
    longer = permit().payload.replace(b"\x04\x1a", b"\x04\x1b\0\0\0\0", 1)
    yield case("an integer longer than needed", Envelope(longer), "ok")
