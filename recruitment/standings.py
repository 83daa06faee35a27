"""Standing of an employer or a recruiter: derived from facts on a day, never typed in.

Each fact that weighs is a reason with the standing that it gives by itself; the gravest counts.
What nobody knows is no reason: that is told by the checks of the registries, as "not verified".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from permits.errors import Fault, refuse_if

SOURCE = "R24; IRIS B (diligencia debida); Directiva 2014/36/UE, art. 8"
"""Not confirmed by counsel as a ground of Honduran law."""

REFERENCE_LIMIT = 80
"""Characters of the number of the act that a measure stands on."""


class Standing(StrEnum):
    """What is known against somebody; from `suspended` on nobody new is hired."""

    GOOD = "good"
    WATCHED = "watched"
    SUSPENDED = "suspended"
    BARRED = "barred"


GRAVEST_FIRST = (Standing.BARRED, Standing.SUSPENDED, Standing.WATCHED, Standing.GOOD)


class MeasureKind(StrEnum):
    """What an authority has established or ordered."""

    FINE = "fine"
    GRAVE_COMPLAINT = "grave-complaint"
    SERIOUS_COMPLAINT = "serious-complaint"
    SUSPENSION = "suspension"
    BAR = "bar"


WEIGHS: Mapping[MeasureKind, Standing] = {
    MeasureKind.FINE: Standing.SUSPENDED,
    MeasureKind.GRAVE_COMPLAINT: Standing.SUSPENDED,
    MeasureKind.SERIOUS_COMPLAINT: Standing.WATCHED,
    MeasureKind.SUSPENSION: Standing.SUSPENDED,
    MeasureKind.BAR: Standing.BARRED,
}
"""R24: a fine unpaid and a complaint of severity S1 that was upheld stop, one of S2 warns."""


COMPLAINTS = frozenset({MeasureKind.GRAVE_COMPLAINT, MeasureKind.SERIOUS_COMPLAINT})
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Measure:
    """A fine, an upheld complaint, a suspension or a bar.

    `reference` is the number of the act that it stands on. It counts from its first day until its
    last, both included; without a last day until it is settled (paid, remedied, lifted).
    """

    id: UUID
    kind: MeasureKind
    reference: str
    starts_on: date
    ends_on: date | None = None
    settled_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it weighs on this day; on the day of its settling no more."""
        over = self.ends_on is not None and self.ends_on < day
        settled = self.settled_on is not None and self.settled_on <= day
        return self.starts_on <= day and not over and not settled


def count_complaints(measures: Iterable[Measure], on: date) -> int:
    """Complaints that an authority upheld in the twelve months until a day, remedied ones too.

    One that weighed twice, as after an appeal, is one by its reference.
    """
    upheld = (one for one in measures if one.kind in COMPLAINTS)
    return len({one.reference for one in upheld if on - YEAR < one.starts_on <= on})


def find_faults(measure: Measure) -> list[Fault]:
    """What is wrong with a measure as it was written; all at once."""
    faults = []
    if not measure.reference.strip():
        faults.append(Fault("missing", "reference"))
    elif len(measure.reference) > REFERENCE_LIMIT:
        faults.append(Fault("too-long", "reference", {"limit": REFERENCE_LIMIT}))
    if measure.ends_on is not None and measure.ends_on < measure.starts_on:
        faults.append(Fault("ends-before-it-begins", "ends_on"))
    return faults


def check_measure(measure: Measure) -> None:
    """Invalid with every fault of it."""
    refuse_if(find_faults(measure))


@dataclass(frozen=True)
class StandingFacts:
    """What is known of somebody.

    `barred_since` is a bar of SETRASS that stands. `tax_active` and `licensed` are None where no
    registry has answered, or none is asked. `reports` are warnings of the public that an official
    has confirmed. `short_paid` are the workers whose newest payslips of twelve months R34 found
    late, or below what was agreed.
    """

    barred_since: date | None = None
    measures: tuple[Measure, ...] = ()
    tax_active: bool | None = None
    licensed: bool | None = None
    licence_suspended: bool = False
    reports: int = 0
    short_paid: int = 0


@dataclass(frozen=True)
class StandingReason:
    """One fact that weighs; `since` is None where only that it is so is known."""

    code: str
    standing: Standing
    since: date | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class StandingOf:
    """A standing and every reason for it, the gravest first."""

    standing: Standing
    reasons: tuple[StandingReason, ...] = ()


@dataclass(frozen=True)
class Many:
    """From how many on they warn: upheld complaints (R24), and workers paid late or less (R34)."""

    complaints: int
    short_paid: int


def standing_of(facts: StandingFacts, on: date, many: Many) -> StandingOf:
    """The standing on a day."""
    reasons = sorted(_reasons(facts, on, many), key=lambda one: GRAVEST_FIRST.index(one.standing))
    return StandingOf(reasons[0].standing if reasons else Standing.GOOD, tuple(reasons))


def told_to_everybody(found: StandingOf) -> StandingOf:
    """The standing as anybody reads it who is no official: of upheld complaints each kind once.

    Neither how many nor since when, for of few workers both name the one who complained.
    """
    told: dict[str, StandingReason] = {}
    for one in found.reasons:
        complaint = one.code in COMPLAINTS
        told.setdefault(one.code if complaint else f"{one}", _dayless(one) if complaint else one)
    return StandingOf(found.standing, tuple(told.values()))


def _dayless(reason: StandingReason) -> StandingReason:
    return StandingReason(reason.code, reason.standing)


def may_recruit(standing: Standing) -> bool:
    """Whether somebody of this standing may hire or recruit anybody new."""
    return standing in {Standing.GOOD, Standing.WATCHED}


def _reasons(facts: StandingFacts, on: date, many: Many) -> Iterator[StandingReason]:
    if facts.barred_since is not None:
        yield StandingReason("barred", Standing.BARRED, facts.barred_since)
    for one in facts.measures:
        if one.counts_on(on):
            yield StandingReason(one.kind.value, WEIGHS[one.kind], one.starts_on)
    if facts.tax_active is False:
        yield StandingReason("tax-inactive", Standing.SUSPENDED)
    if facts.licence_suspended:
        yield StandingReason("licence-suspended", Standing.SUSPENDED)
    elif facts.licensed is False:
        yield StandingReason("not-licensed", Standing.SUSPENDED)
    if facts.reports:
        yield StandingReason("reported", Standing.WATCHED, facts={"count": facts.reports})
    if count_complaints(facts.measures, on) >= many.complaints:
        # The threshold, not the number, here and below: nobody counts by it who complained.
        yield StandingReason("many-complaints", Standing.WATCHED, facts={"count": many.complaints})
    if facts.short_paid >= many.short_paid:
        yield StandingReason("short-paid", Standing.WATCHED, facts={"count": many.short_paid})


REASON_CODES = frozenset(
    {
        *(kind.value for kind in MeasureKind),
        "barred",
        "tax-inactive",
        "licence-suspended",
        "not-licensed",
        "reported",
        "many-complaints",
        "short-paid",
    }
)
"""Every code of a reason, for the table of words."""
