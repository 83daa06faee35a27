"""Who hires and who recruits, as the rules of a vacancy look at them: R02, R03, R24, R25, R40."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from permits.findings import Finding, Severity
from recruitment.ethics.facts import Licence, RecruiterFacts
from recruitment.housing import Lodging
from recruitment.recruiters import LicenceKey, LicenceState, Mandate, chain_of
from recruitment.registrations import PROVES, Farm, Registration
from recruitment.registries import Entry, EntryState, Registry, Verdict
from recruitment.standings import SOURCE, WEIGHS, Measure, MeasureKind, may_recruit

ALWAYS, FOREVER = date(1900, 1, 1), date(9999, 1, 1)
"""For what tells no first or no last day."""

ORDERS = frozenset({MeasureKind.SUSPENSION, MeasureKind.BAR})
"""What an authority has ordered; no rule weighs it, and nobody sets it aside."""

FINDING = "employer-suspended"

ANSWERED: Mapping[Verdict, bool] = {
    Verdict.VERIFIED: True,
    Verdict.NOT_ACTIVE: False,
    Verdict.NOT_FOUND: False,
}
"""What an answer proves; another name, or no answer, proves nothing."""


@dataclass(frozen=True)
class Record:
    """What is known of an employer (R24, R25); None is what nobody has answered.

    `registered` in the RNSP, `tax_active` at the tax office, `located`: its farms have their
    points, `coffee_key`: the IHCAFE knows it as a grower.
    """

    measures: tuple[Measure, ...] = ()
    registered: bool | None = None
    tax_active: bool | None = None
    located: bool | None = None
    coffee_key: bool | None = None


@dataclass(frozen=True)
class Recruiting:
    """A recruiter whom the employer has named, on the days of the mandate, both included.

    `licences`, `agents`, `answers` and `different` as in `RecruiterFacts`.
    """

    licence: LicenceKey
    starts_on: date
    ends_on: date
    licences: tuple[Licence, ...] | None
    agents: tuple[bool | None, ...] = ()
    answers: int = 0
    different: int = 0


@dataclass(frozen=True)
class Hirer:
    """An employer with the recruiters whom it has named, and the farms where people can sleep."""

    record: Record = Record()
    recruiting: tuple[Recruiting, ...] = ()
    lodgings: tuple[Lodging, ...] = ()

    @property
    def weighing(self) -> tuple[object, ...]:
        """What an exception is bound to beside the vacancy: nothing where nothing weighs.

        Another measure, another licence or another agent is another question.
        """
        measures = tuple(str(one.id) for one in self.record.measures)
        named = tuple((one.licence, one.licences, one.agents) for one in self.recruiting)
        housing = tuple(one.weighing for one in self.lodgings if one.weighing)
        known = (measures, named) if measures or named else ()
        return (*known, housing) if housing else known


UNKNOWN = Hirer()
"""Of whom nothing is known."""


def record_of(
    registration: Registration | None,
    answers: Mapping[Registry, Verdict],
    farms: Sequence[Farm],
    measures: Sequence[Measure],
) -> Record:
    """What is known of an employer from its verified registration; nothing without one.

    A farm tells where it is by its point. A paper that an official saw stands for a registry that
    did not answer; against a registry that says "not active" no paper helps.
    """
    if registration is None:
        return Record(tuple(measures))
    return Record(
        tuple(measures),
        _proved(registration, answers, Registry.RNSP),
        _proved(registration, answers, Registry.RTN),
        bool(farms) and all(one.located for one in farms),
        _proved(registration, answers, Registry.IHCAFE),
    )


def _proved(
    registration: Registration, answers: Mapping[Registry, Verdict], registry: Registry
) -> bool | None:
    verdict = answers.get(registry, Verdict.UNAVAILABLE)
    seen = any(PROVES.get(one) is registry for one in registration.evidence)
    if verdict is Verdict.NOT_ACTIVE or not seen:
        # No number was told: there is nothing that a registry could know.
        return False if verdict is Verdict.NOT_TOLD else ANSWERED.get(verdict)
    return True


def count_kind(record: Record, kind: MeasureKind, on: date) -> int:
    """How many measures of a kind count on a day."""
    return sum(one.kind is kind and one.counts_on(on) for one in record.measures)


def find_suspended(record: Record, on: date) -> list[Finding]:
    """What an authority has ordered against an employer: nothing is offered while it stands."""
    ordered = [one for one in record.measures if one.kind in ORDERS and one.counts_on(on)]
    return [Finding(FINDING, Severity.BLOCK, SOURCE, field="vacancy")] if ordered else []


def licences_of(
    entry: Entry | None, measures: Sequence[Measure], on: date, *, fresh: bool
) -> tuple[Licence, ...] | None:
    """The licence by its registry, with the stretches within which it counts for nothing.

    () where the registry knows none. None where its list is too old to say so; what an old list
    or a measure says against a licence counts longer than what speaks for it.
    """
    if entry is None:
        return () if fresh else None
    first, last = entry.starts_on or ALWAYS, entry.ends_on or FOREVER
    stops = [_stretch(one) for one in measures if not may_recruit(WEIGHS[one.kind])]
    if entry.state is not EntryState.ACTIVE:
        stops.append((ALWAYS, FOREVER))
    against = last < on or any(begins <= on <= ends for begins, ends in stops)
    return (Licence(first, last, tuple(stops)),) if fresh or against else None


def _stretch(measure: Measure) -> tuple[date, date]:
    ends = min(measure.ends_on or FOREVER, measure.settled_on or FOREVER)
    # On the day of its settling it weighs no more.
    return measure.starts_on, ends - timedelta(days=measure.settled_on == ends)


def agents_under(
    mandate: Mandate,
    mandates: Sequence[Mandate],
    states: Mapping[LicenceKey, LicenceState],
    on: date,
) -> tuple[bool | None, ...]:
    """Of each sub-agent below a recruiter whether a licence stands; None where nobody told (R03).

    An agent is counted while each link above is in force: it ends with whoever named it.
    """
    below = [
        one
        for one in mandates
        if one.under is not None
        and (chain := chain_of(one, mandates))[0] == mandate
        and all(link.counts_on(on) for link in chain)
    ]
    found = [states.get(one.licence, LicenceState.UNKNOWN) for one in below]
    return tuple(
        None if state is LicenceState.UNKNOWN else state is LicenceState.VALID for state in found
    )


def facts_of_recruiters(
    hirer: Hirer, work_starts_on: date, today: date
) -> tuple[RecruiterFacts, ...]:
    """Each recruiter who recruits from today until the work begins, on its own days of that.

    While work goes on and places are free, who recruits today is looked at.
    """
    last = max(work_starts_on, today)
    return tuple(
        RecruiterFacts(
            window_starts_on=max(one.starts_on, today),
            window_ends_on=min(one.ends_on, last),
            licences=one.licences,
            agents_registered=one.agents,
            answers=one.answers,
            different=one.different,
        )
        for one in hirer.recruiting
        if one.starts_on <= last and one.ends_on >= today
    )
