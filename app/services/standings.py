"""Standing of employers and recruiters, worked out from what is written down about them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from app.services import judging_runs
from app.services.sensitive_measures import leave_out
from app.services.work import Work
from app.storage import (
    employer_bars,
    employers,
    mandates,
    measures,
    payslip_findings,
    registrations,
    registry_answers,
)
from app.storage.measures import Against as Against
from permits.audit import Act
from permits.deadlines import LEGAL_ZONE, legal_day
from permits.errors import Conflict, NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import in_force
from recruitment.recruiters import LicenceKey, LicenceState
from recruitment.registries import Registry, Verdict
from recruitment.standings import (
    Many,
    Measure,
    StandingFacts,
    StandingOf,
    check_measure,
    standing_of,
    told_to_everybody,
)

TWELVE_MONTHS = timedelta(days=365)

TAX: Mapping[Verdict, bool] = {Verdict.VERIFIED: True, Verdict.NOT_ACTIVE: False}
"""What an answer about the tax number proves; every other proves nothing."""


def of_employer(work: Work, employer: UUID) -> StandingOf:
    """How an employer stands today and why; to whom is no official less is told of complaints."""
    official, against = work.actor.agency is not None, Against(employer)
    known = measures.list_measures(work.session, against)
    bars = employer_bars.list_bars(work.session, employer)
    bar = next((one for one in bars if one.lifted_at is None), None)
    facts = StandingFacts(
        barred_since=bar.barred_at.astimezone(LEGAL_ZONE).date() if bar else None,
        measures=known if official else leave_out(work, {employer: known})[employer],
        tax_active=_tax_active(work, employer),
        short_paid=payslip_findings.count_short_paid(
            work.session, employer, legal_day(work.now) - TWELVE_MONTHS
        ),
    )
    found = standing_of(facts, legal_day(work.now), _many(work))
    return found if official else told_to_everybody(found)


def of_recruiter(
    work: Work, state: LicenceState, against: Sequence[Measure], reports: int = 0
) -> StandingOf:
    """How a recruiter stands today by licence, measures and confirmed warnings."""
    facts = StandingFacts(
        measures=tuple(against),
        licensed=None if state is LicenceState.UNKNOWN else state is LicenceState.VALID,
        licence_suspended=state is LicenceState.SUSPENDED,
        reports=reports,
    )
    return standing_of(facts, legal_day(work.now), _many(work))


def record_measure(work: Work, against: Against, measure: Measure) -> Measure:
    """Write down what an authority has established; NotFound for an employer nobody knows.

    The vacancies of the employer, or of who has named the recruiter, are judged again.
    """
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    if against.employer and employers.find_name(work.session, against.employer) is None:
        raise NotFound("no-such-employer")
    check_measure(measure)
    add_measure(work, against, measure)
    return measure


def add_measure(work: Work, against: Against, measure: Measure) -> None:
    """The same for a service that has asked who may: whose vacancies it touches are judged again.

    Of one id once.
    """
    event = work.event(Act.MEASURE_RECORDED, measure.id, {"kind": measure.kind.value})
    measures.add_measure(work.session, against, measure, work.actor.person, work.now, event=event)
    judge_again(work, against)


def settle_measure(work: Work, against: Against, measure: UUID) -> None:
    """Paid, remedied or lifted from today; Conflict("measure-settled") where it was already."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    if not end_measure(work, against, measure):
        raise Conflict("measure-settled")


def end_measure(work: Work, against: Against, measure: UUID) -> bool:
    """The same for a service that has asked who may; False where it was settled already."""
    event = work.event(Act.MEASURE_SETTLED, measure)
    official, today = work.actor.person, legal_day(work.now)
    ended = measures.settle_measure(work.session, against, measure, official, today, event=event)
    if ended:
        judge_again(work, against)
    return ended


def judge_again(work: Work, against: Against) -> None:
    """The vacancies of who hires are judged anew: other measures count for them from now on."""
    hiring = [against.employer] if against.employer else []
    if against.licence:
        hiring = mandates.list_employers(work.session, against.licence, legal_day(work.now))
    if hiring:
        judging_runs.start_run(work, "measure", employers=hiring)


def list_measures(work: Work, against: Against) -> tuple[Measure, ...]:
    """Every measure, settled ones too, for officials who may write them."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    return measures.list_measures(work.session, against)


def read_measures(work: Work, licence: LicenceKey) -> tuple[Measure, ...]:
    """The measures against a recruiter, for the standing that everybody is told."""
    return measures.list_measures(work.session, Against(licence=licence))


def of_licences(
    work: Work, states: Mapping[LicenceKey, LicenceState]
) -> Mapping[LicenceKey, StandingOf]:
    """How each of these recruiters stands, in one question of the measures."""
    known = measures.list_of_licences(work.session, list(states))
    return {key: of_recruiter(work, state, known[key]) for key, state in states.items()}


def _many(work: Work) -> Many:
    values, today = work.ports.reference.ethics.values, legal_day(work.now)
    names = ("R24.many_complaints", "standings.short_paid_workers")
    return Many(*(int(in_force(values[name], today).value) for name in names))


def _tax_active(work: Work, employer: UUID) -> bool | None:
    found = registrations.find_by_employer(work.session, employer)
    if found is None:
        return None
    answers = registry_answers.list_answers(work.session, found.id)
    answer = answers.get(Registry.RTN)
    return TAX.get(answer.verdict) if answer else None
