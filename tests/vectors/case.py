"""The shape of a case of verdicts.json, and the lists that the reader of a case may hold."""

from typing import Any

from permits import permit_numbers
from permits.status_list import StatusList
from tests.vectors import forge
from tests.vectors.forge import DAY, HOUR, LIST_URI, NOW, Envelope, permit

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
    "short-lived": StatusList(LIST_URI, NOW - HOUR, NOW + HOUR, forge.make_list().packed),
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
