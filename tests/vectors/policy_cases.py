"""Steps 9 to 12 of reading: what a good signature says, against the clock and the lists."""

from collections.abc import Iterator

from tests.vectors import forge
from tests.vectors.case import GOOD, TRUST_END, Case, case
from tests.vectors.forge import DAY, HOUR, NOW, permit


def policy_cases() -> Iterator[Case]:
    """Steps 9 to 12: time, issuer, status, freshness, clock and post."""
    yield from _times()
    yield from _lists()
    yield from _trust_ends()
    yield from _posts()


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
    usurped = permit(key=forge.PARTNERS)
    yield case("ours, signed by the partner", usurped, "not-ours", states=wrong_issuer, shown=False)
    expired = ("valid", "expired", "unchecked")
    late = permit(key=forge.PARTNERS, changes={4: NOW - DAY})
    yield case("the same, expired", late, "expired", states=expired, shown=False)
    theirs, their_list = {1: forge.PARTNER}, f"{forge.PARTNER}/st/1"
    by_partner = permit(key=forge.PARTNERS, changes=theirs, uri=their_list)
    yield case("the partner's own", by_partner, "ok", lists=("partner", "main"))
    ours = permit(changes=theirs, uri=their_list)
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
    other = permit(uri=f"{forge.ISSUER}/st/2")
    yield case("slow clock, no list", other, "clock-wrong", now=NOW - 4_000, states=unknown)


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
