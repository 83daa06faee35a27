"""The cases of verdicts.json: every reason, every step, every way of bending a credential."""

import zlib
from collections.abc import Iterator
from typing import Any

import cbor2

from permits import base45, cose, permit_numbers
from tests.vectors import forge
from tests.vectors.claims_cases import bad_payloads
from tests.vectors.envelope_cases import envelope_cases
from tests.vectors.forge import CUTOFF, DAY, HOUR, LIST_URI, NOW, Envelope, permit

Case = dict[str, Any]

NUMBER = permit_numbers.make(123_456_789_012_345)
GOOD = permit().text()

TRUST_END = NOW - 3 * DAY + 30 * DAY

LISTS = {
    "main": forge.make_list(),
    "another, later": forge.make_list(NOW + DAY, f"{forge.ISSUER}/st/9"),
    "at-trust-end": forge.make_list(TRUST_END - HOUR),
    "after-trust-end": forge.make_list(TRUST_END + 3 * DAY - HOUR),
    "partner": forge.make_list(uri=f"{forge.PARTNER}/st/1"),
    "short-lived": forge.StatusList(LIST_URI, NOW - HOUR, NOW + HOUR, forge.make_list().packed),
}

_COLOUR_OF = {
    "ok": "green",
    **dict.fromkeys(("list-aging", "wrong-post", "typed-number"), "amber"),
    **dict.fromkeys(("unknown-key", "list-too-old", "clock-wrong"), "grey"),
}

# What is told with each reason, where a case does not say otherwise: signature, time, status.
_STATES_OF = {
    "ok": ("valid", "valid", "valid"),
    "list-aging": ("valid", "valid", "valid"),
    "wrong-post": ("valid", "valid", "valid"),
    "list-too-old": ("valid", "valid", "valid"),
    "clock-wrong": ("valid", "valid", "valid"),
    "revoked": ("valid", "valid", "revoked"),
    "suspended": ("valid", "valid", "suspended"),
    "expired": ("valid", "expired", "unchecked"),
    "not-yet-valid": ("valid", "not-yet-valid", "unchecked"),
    "key-revoked": ("unchecked", "unchecked", "unchecked"),
    "bad-signature": ("invalid", "unchecked", "unchecked"),
}
_UNCHECKED = ("unchecked", "unchecked", "unchecked")


def case(
    name: str,
    text: str | Envelope,
    reason: str,
    *,
    now: int = NOW,
    post: str | None = None,
    trust: str | None = "main",
    lists: tuple[str, ...] = ("main",),
    states: tuple[str, str, str] | None = None,
    shown: bool | None = None,
) -> Case:
    """One case; `shown`: whether the claims may be shown (as a rule, once the time was checked)."""
    signature, time, status = states or _STATES_OF.get(reason, _UNCHECKED)
    looked_up = status in ("valid", "revoked", "suspended")
    showing = time != "unchecked" if shown is None else shown
    return {
        "name": name,
        "text": text.text() if isinstance(text, Envelope) else text,
        "now": now,
        "post": post,
        "trust": trust,
        "lists": list(lists),
        "expected": {
            "verdict": _COLOUR_OF.get(reason, "red"),
            "reason": reason,
            "signature": signature,
            "time": time,
            "status": status,
            "list_age": max(0, now - LISTS[lists[0]].issued_at) if looked_up else None,
            "number": NUMBER if showing or reason == "typed-number" else None,
        },
    }


def all_cases() -> list[Case]:
    """Every case, names unique."""
    cases = [
        *_reasons(),
        *_texts(),
        *(case(name, text, reason) for name, text, reason in envelope_cases()),
        *_keys(),
        *_signatures(),
        *_claims(),
        *_times(),
        *_lists(),
        *_posts(),
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
    yield case("deflated nothing", base45.encode(zlib.compress(b"", 9)), "not-ours")


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
    for name, bent in (
        ("claim 169 as a byte string", {**whole, 169: cose.dump(whole[169])}),
        ("claims that are not known", {**whole, 7: b"id", 300: {1: [2]}}),
        (
            "a second name and a legal status",
            forge.claims(identity={19: "Luch", 20: "quc", 22: "r"}),
        ),
    ):
        yield case(name, Envelope(cose.dump(bent)), "ok")
    # exp as an integer of eight bytes where four would do.
    longer = permit().payload.replace(b"\x04\x1a", b"\x04\x1b\0\0\0\0", 1)
    yield case("an integer longer than needed", Envelope(longer), "ok")


def _times() -> Iterator[Case]:
    ending, soon = permit(changes={4: NOW + 600}), permit(changes={5: NOW + 600})
    yield case("299 seconds after exp", ending, "ok", now=NOW + 899)
    yield case("300 seconds after exp", ending, "expired", now=NOW + 900)
    yield case("at exp", ending, "ok", now=NOW + 600)
    yield case("301 seconds before nbf", soon, "not-yet-valid", now=NOW + 299)
    yield case("300 seconds before nbf", soon, "ok", now=NOW + 300)
    yield case("expired long ago", permit(changes={4: NOW - DAY}), "expired")
    yield case("expired and revoked", permit(changes={4: NOW - DAY}, index=42), "expired")
    yield case("ends before it begins", permit(changes={4: NOW - 3 * DAY}), "expired")
    wrong_issuer = ("valid", "valid", "unchecked")
    theirs = permit(key=forge.PARTNERS)
    yield case("ours, signed by the partner", theirs, "not-ours", states=wrong_issuer, shown=False)
    expired = ("valid", "expired", "unchecked")
    late = permit(key=forge.PARTNERS, changes={4: NOW - DAY})
    yield case("the same, expired", late, "expired", states=expired, shown=False)
    partner = {"changes": {1: forge.PARTNER}, "uri": f"{forge.PARTNER}/st/1"}
    by_partner = permit(key=forge.PARTNERS, **partner)
    yield case("the partner's own", by_partner, "ok", lists=("partner", "main"))
    ours = permit(**partner)
    yield case("the partner's, signed by us", ours, "not-ours", states=wrong_issuer, shown=False)


def _lists() -> Iterator[Case]:
    begun, unknown = ("valid", "valid", "unchecked"), ("valid", "valid", "unknown")
    issued = NOW - HOUR
    for uri in (f"{forge.PARTNER}/st/1", f"{forge.ISSUER}/lists/1", f"{forge.ISSUER}.evil/st/1"):
        bent = permit(uri=uri)
        yield case(
            f"list at {uri}", bent, "not-ours", states=begun, shown=False, lists=("partner",)
        )
    yield case("no such list", permit(uri=f"{forge.ISSUER}/st/2"), "list-too-old", states=unknown)
    yield case("no list at hand", GOOD, "list-too-old", lists=(), states=unknown)
    outside = permit(index=131_072)
    yield case("index out of range", outside, "not-ours", states=begun, shown=False)
    yield case("last index", permit(index=forge.LAST_INDEX), "ok")
    yield case("first index", permit(index=0), "ok")
    yield case("revoked", permit(index=forge.REVOKED_INDEX), "revoked")
    yield case("suspended", permit(index=forge.SUSPENDED_INDEX), "suspended")
    yield case("status 3", permit(index=forge.UNKNOWN_STATUS_INDEX), "revoked")
    old = issued + 5 * DAY
    yield case("revoked in an old list", permit(index=42), "revoked", now=old)
    yield case("suspended in an old list", permit(index=43), "suspended", now=old)
    for name, age, reason in (
        ("24 hours", 24 * HOUR, "ok"),
        ("24 hours and a second", 24 * HOUR + 1, "list-aging"),
        ("72 hours", 72 * HOUR, "list-aging"),
        ("72 hours and a second", 72 * HOUR + 1, "list-too-old"),
        ("8 days", 8 * DAY, "list-too-old"),
        ("minus 300 seconds", -300, "ok"),
        ("minus 301 seconds", -301, "clock-wrong"),
    ):
        yield case(f"list of {name}", GOOD, reason, now=issued + age)
    one, end = ("short-lived",), NOW + HOUR
    yield case("a second before the list ends", GOOD, "ok", now=end - 1, lists=one)
    yield case("when the list ends", GOOD, "list-too-old", now=end, lists=one)
    slow = ("valid", "not-yet-valid", "unchecked")
    yield case("slow clock, before nbf", GOOD, "clock-wrong", now=NOW - 3 * DAY, states=slow)
    bent = permit(index=42)
    yield case("slow clock, revoked", bent, "revoked", now=issued - 301)
    yield case("slow clock by another list", GOOD, "clock-wrong", lists=("main", "another, later"))
    both = {"now": NOW - 4_000, "states": unknown}
    yield case("slow clock, no list", permit(uri=f"{forge.ISSUER}/st/2"), "clock-wrong", **both)
    yield from _trust_ends()


def _trust_ends() -> Iterator[Case]:
    first, last = ("at-trust-end",), ("after-trust-end",)
    grace = TRUST_END + 72 * HOUR
    yield case("a second before the trust list ends", GOOD, "ok", now=TRUST_END - 1, lists=first)
    yield case("when the trust list ends", GOOD, "list-aging", now=TRUST_END, lists=first)
    yield case("a second before its grace ends", GOOD, "list-aging", now=grace - 1, lists=last)
    yield case("when its grace ends", GOOD, "list-too-old", now=grace, lists=last)


def _posts() -> Iterator[Case]:
    bound = permit(permit={9: ["el-florido", "corinto"]})
    aged = NOW + 30 * HOUR
    yield case("at its post", bound, "ok", post="corinto")
    yield case("at another post", bound, "wrong-post", post="agua-caliente")
    yield case("at another post, list aging", bound, "wrong-post", post="agua-caliente", now=aged)
    late = NOW + 5 * DAY
    yield case(
        "at another post, list too old", bound, "list-too-old", post="agua-caliente", now=late
    )
    yield case("post not told", bound, "ok")
    yield case("any post", GOOD, "ok", post="agua-caliente")
    yield case("no posts listed", permit(permit={9: []}), "ok", post="agua-caliente")
