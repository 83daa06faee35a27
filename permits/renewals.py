"""Going on without leaving (W22, domain 4.2): when it may be asked for, and for which days.

A renewal is an application of its own that goes on from a right; both agencies decide on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from permits.authorisations import Authorisation, AuthorisationStatus, status_on
from permits.errors import Conflict
from permits.findings import Finding, Severity
from permits.offers import Offer
from permits.programmes import Programme

BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
DAY = timedelta(days=1)

PROCEEDINGS = timedelta(days=90)
"""So much longer may who is shielded stay for the proceedings (domain 3.6-5, proposed).

Nobody is told why: a shield stands for nothing but that it is longer.
"""

FINDING_CODES = frozenset(
    {
        "identity-corrected",
        "renewal-no-days",
        "renewal-right-ended",
        "renewal-shortened",
        "renewal-too-late",
        "renewal-with-gap",
    }
)
"""Every code of this room, for the table of words."""

NOT_HANDED_IN = frozenset({"identity-corrected", "renewal-too-late"})
"""With these a renewal is not handed in: its worker would wait for a return or a refusal."""


@dataclass(frozen=True)
class Renewal:
    """What is gone on from: the right before, and the whole stay that it belongs to.

    `first_day` is that of the first right of the stay, `last_day` that of the one before;
    `applications` are those of all of them. `stands`: it is neither taken back nor suspended.
    `anew_from`: a recourse overturned that the right before was taken back, and what is left of
    its own days, from this one on, is given by a new right; None for a renewal. `shielded`: the
    worker may stay longer, for proceedings. `asked_on`: the day on which this was handed in first,
    None while it is in the worker's hands. `corrected`: both agencies corrected who the person is
    (O15), and this says it otherwise.
    """

    authorisation: UUID
    first_day: date
    last_day: date
    applications: tuple[UUID, ...]
    stands: bool
    anew_from: date | None = None
    shielded: bool = False
    asked_on: date | None = None
    corrected: bool = False


def check_renew(
    before: Authorisation,
    first_day: date,
    programme: Programme,
    day: date,
    *,
    shielded: bool = False,
) -> None:
    """Whether a right may be renewed on a day; Conflict with the reason where it may not.

    `first_day` is that of the whole stay. Only a right that is active, in its last days; who is
    shielded may stay longer than the season.
    """
    limit = programme.validity.renewal_days
    if limit is None:
        raise Conflict("not-renewable")
    if before.valid_until - day > limit.value * DAY:
        raise Conflict("too-early-to-renew", limit=limit.value)
    status = status_on(before, day)
    if status is not AuthorisationStatus.ACTIVE:
        raise Conflict("right-not-active", status=status.value)
    if longest(first_day, programme, shielded=shielded) <= before.valid_until:
        raise Conflict("stay-exhausted")


def longest(first_day: date, programme: Programme, *, shielded: bool = False) -> date:
    """The last day that a stay may reach which began then: by its length, and by its season."""
    by_length = first_day + (programme.validity.maximum_days.value - 1) * DAY
    closing = programme.season.closing(first_day) if programme.season else None
    last = min(by_length, closing) if closing else by_length
    return last + PROCEEDINGS if shielded else last


def last_day_of(offer: Offer, programme: Programme, renewal: Renewal) -> date:
    """The last day of a renewal: that of its work, as far as the whole stay may reach.

    Who is shielded and has no employer stays for the proceedings, whatever the pool's days are.
    """
    work_ends = offer.ends_on
    if stays_for_proceedings(offer, renewal):
        work_ends = max(work_ends, renewal.last_day + PROCEEDINGS)
    return min(work_ends, longest(renewal.first_day, programme, shielded=renewal.shielded))


def stays_for_proceedings(offer: Offer, renewal: Renewal) -> bool:
    """Whether a renewal needs no days of work: it is shielded, and no employer stands behind it."""
    return renewal.shielded and offer.is_pool


def days_of(
    offer: Offer, programme: Programme, day: date, renewal: Renewal | None
) -> tuple[date, date]:
    """First and last day of the right that an approval grants on a day.

    A renewal begins the day after the right before, so that none is left out; what a recourse
    gives anew ends on the day on which the right before would have. Conflict where no day is left.
    """
    if renewal is None:
        starts = max(offer.starts_on, day)
        ends = min(offer.ends_on, starts + (programme.validity.maximum_days.value - 1) * DAY)
    elif renewal.anew_from is not None:
        starts, ends = max(renewal.anew_from, day), renewal.last_day
    else:
        starts = max(renewal.last_day + DAY, day)
        ends = last_day_of(offer, programme, renewal)
    if ends < starts:
        raise Conflict("offer-is-over")
    return starts, ends


def find_days(
    offer: Offer | None, programme: Programme, day: date, renewal: Renewal | None
) -> tuple[date, date] | None:
    """The like; None where no day is left, or there is no offer."""
    try:
        return days_of(offer, programme, day, renewal) if offer else None
    except Conflict:
        return None


def check_renewal(
    offer: Offer, programme: Programme, on: date, renewal: Renewal
) -> Iterator[Finding]:
    """What going on from a right brings: who the person is now, and the days."""
    if renewal.corrected:
        yield Finding("identity-corrected", BLOCK, programme.source, field="surnames")
    yield from _check_dates(offer, programme, on, renewal)


def _check_dates(
    offer: Offer, programme: Programme, on: date, renewal: Renewal
) -> Iterator[Finding]:
    """R26 and R27 for a renewal, over the whole stay; the first right's own days are decided.

    So are those that a recourse gives anew: what is left of them is all there is to look at.
    """
    source, confirmed = _clause(programme)
    if renewal.anew_from is not None:
        if on > renewal.last_day:
            yield Finding("renewal-no-days", BLOCK, source, confirmed, "vacancy")
        return
    if not renewal.stands:
        yield Finding("renewal-right-ended", BLOCK, source, confirmed)
    if (renewal.asked_on or on) > renewal.last_day:  # who has left does not go on without leaving
        yield Finding("renewal-too-late", BLOCK, source, confirmed)
    begins = renewal.last_day + DAY
    if offer.starts_on > begins and not stays_for_proceedings(offer, renewal):
        yield Finding("renewal-with-gap", BLOCK, source, confirmed, "vacancy")
    ends = last_day_of(offer, programme, renewal)
    if ends < max(begins, on):
        yield Finding("renewal-no-days", BLOCK, source, confirmed, "vacancy")
        return
    if ends < offer.ends_on:
        yield Finding(
            "renewal-shortened", INFO, source, confirmed, "vacancy", {"until": ends.isoformat()}
        )
    free = programme.validity.visa_free_stay_days
    if free and ends - renewal.first_day >= free.value * DAY:
        limit: dict[str, str | int] = {"limit": free.value}
        yield Finding("stay-needs-permit", WARN, free.source, free.confirmed, "vacancy", limit)


def _clause(programme: Programme) -> tuple[str, bool]:
    limit = programme.validity.renewal_days
    return (limit.source, limit.confirmed) if limit else (programme.source, False)
