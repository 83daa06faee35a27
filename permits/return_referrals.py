"""Help at home after the season (domain 6, W27): which office receives, when, and what came of it.

Only who asked for help is referred, to one office at a time, and only after their own yes, which
the official who called hears. They may say no at any later moment.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, Stale
from permits.people import PersonId
from permits.return_surveys import ReturnTask, Survey

LONGEST_PLACE = 30
"""Letters of the words for where, so that an SMS holds them in one part."""

FARTHEST = timedelta(days=180)
"""How far ahead an appointment may lie; farther is a slip of the hand."""


class HelpKind(StrEnum):
    """What for: what the municipal units for returnees and the employment service offer."""

    WORK = "work"
    TRAINING = "training"
    BUSINESS = "business"
    EDUCATION = "education"
    SOCIAL = "social"


class Office(StrEnum):
    """Who receives people that come back (domain 3.4 and 6)."""

    UMAR = "umar"
    """Municipal unit for returned migrants, Honduras."""
    CAMR = "camr"
    """Centre for returned migrants: Omoa, San Pedro Sula, Belén."""
    SRECI = "sreci"
    EMPLOYMENT_SERVICE = "employment-service"
    """Of SETRASS."""
    INFOP = "infop"
    MINTRAB = "mintrab"
    """Labour mobility, Guatemala."""
    IOM = "iom"
    PASTORAL = "pastoral"


OFFICES: Mapping[Office, frozenset[str]] = {
    **dict.fromkeys(
        (Office.UMAR, Office.CAMR, Office.SRECI, Office.EMPLOYMENT_SERVICE, Office.INFOP),
        frozenset({"HND"}),
    ),
    Office.MINTRAB: frozenset({"GTM"}),
    **dict.fromkeys((Office.IOM, Office.PASTORAL), frozenset({"HND", "GTM"})),
}
"""In which countries an office receives, ISO 3166-1. To be confirmed with each of them."""


class HelpOutcome(StrEnum):
    """What came of it."""

    HELPED = "helped"
    DID_NOT_COME = "did-not-come"
    COULD_NOT = "could-not"
    """The office had nothing for them: another one may be asked."""
    DECLINED = "declined"
    """The person said no, at once or later."""


@dataclass(frozen=True)
class Wanted:
    """What the desk writes down while the person is on the phone; `agreed`: they said yes."""

    kind: HelpKind
    office: Office
    place: str
    agreed: bool


@dataclass(frozen=True)
class Referral:
    """One person's way to one office; `heard_by` heard their yes. `day` and `hour` are local."""

    id: UUID
    application: ApplicationId
    worker: PersonId
    kind: HelpKind
    office: Office
    place: str
    agreed_at: datetime
    heard_by: PersonId
    day: date | None = None
    hour: time | None = None
    outcome: HelpOutcome | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.outcome is None

    def says(self, wanted: Wanted) -> bool:
        """Whether it is the same way that is wanted."""
        return (self.kind, self.office, self.place) == (wanted.kind, wanted.office, wanted.place)


def offices_of(countries: Collection[str]) -> tuple[Office, ...]:
    """Those that receive in one of these countries, in their order."""
    return tuple(one for one in Office if OFFICES[one] & set(countries))


def check_refer(survey: Survey | None, standing: Referral | None, official: PersonId) -> None:
    """Conflict where nobody asked for help, or a way is open; Forbidden for the own case."""
    if survey is None or ReturnTask.HELP not in survey.tasks:
        raise Conflict("return-help-not-asked")
    if survey.worker == official:
        raise Forbidden("own-case")
    if standing is not None:
        raise Conflict("return-help-open")


def find_faults(wanted: Wanted, countries: Collection[str]) -> list[Fault]:
    """What cannot be written down; all at once."""
    faults = []
    if wanted.office not in offices_of(countries):
        faults.append(Fault("return-office-elsewhere", "office"))
    if not wanted.place.strip():
        faults.append(Fault("missing", "place"))
    if len(wanted.place) > LONGEST_PLACE:
        faults.append(Fault("too-long", "place", {"limit": LONGEST_PLACE}))
    if not wanted.agreed:
        faults.append(Fault("return-help-no-yes", "agreed"))
    return faults


def check_standing(standing: Referral | None, seen: UUID | None) -> Referral:
    """The open way, the one that was looked at: Conflict where none is open, Stale for another."""
    if standing is None:
        raise Conflict("return-help-over")
    if standing.id != seen:
        raise Stale("changed-meanwhile")
    return standing


def find_day_faults(day: date, today: date) -> list[Fault]:
    """A day that is over, or too far ahead."""
    if day < today:
        return [Fault("day-past", "day")]
    return [Fault("return-day-too-far", "day")] if day > today + FARTHEST else []


def closed(standing: Referral, outcome: HelpOutcome, by: PersonId, now: datetime) -> Referral:
    """What came of it. Conflict for somebody who did not come to a day that is still to come."""
    if outcome is HelpOutcome.DID_NOT_COME and (
        standing.day is None or standing.day > legal_day(now)
    ):
        raise Conflict("return-help-day-to-come")
    return replace(standing, outcome=outcome, closed_at=now, closed_by=by)
