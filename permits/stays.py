"""Who is still inside when the permit ends: first the offer to renew, then a friendly question."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

OFFER_AHEAD = timedelta(days=14)
"""So many days before the last one who is inside hears of renewing (domain.md N16; to confirm)."""

ASK_AFTER = timedelta(days=1)
"""So long after the last day who is not known to have left is asked, in friendly words."""

SHOWN = timedelta(days=90)
"""A stay that ended so long ago leaves the list: a whole CA-4 stay is over by then."""


class Standing(StrEnum):
    """Where a stay stands on a day; nobody is accused by any of them."""

    ENDING = "ending"
    NOT_EXITED = "not-exited"


class StayNotice(StrEnum):
    """What the person was told, each once for a right."""

    RENEWAL_OFFERED = "renewal-offered"
    ASKED = "asked"


@dataclass(frozen=True)
class Stay:
    """A person whose last known crossing is an entry.

    `number` is the permit that was shown then, `valid_until` the right's last day (included);
    `told` are the notices of before with their day. A crossing that a device still holds is not
    known yet: what looks like staying may be a queue without a network.
    """

    authorisation: UUID
    application: UUID
    number: str
    post: str
    entered_at: datetime
    valid_until: date
    renewal_offered_on: date | None = None
    asked_on: date | None = None


def standing_on(stay: Stay, day: date) -> Standing | None:
    """Where a stay stands; None while its end is further away than `OFFER_AHEAD`."""
    if day > stay.valid_until:
        return Standing.NOT_EXITED
    return Standing.ENDING if stay.valid_until - day <= OFFER_AHEAD else None


def notice_due(stay: Stay, day: date) -> StayNotice | None:
    """What the person is to be told on a day: renewal first, the question only afterwards."""
    if standing_on(stay, day) is Standing.ENDING and stay.renewal_offered_on is None:
        return StayNotice.RENEWAL_OFFERED
    over = day > stay.valid_until + ASK_AFTER
    return StayNotice.ASKED if over and stay.asked_on is None else None
