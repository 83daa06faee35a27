"""Officials of SETRASS look at a vacancy: what stands, what they set aside, what they record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import judging_runs, vacancy_judging
from app.services.kept_vacancies import KeptVacancy, read_kept
from app.services.searching import fold
from app.services.work import Work
from app.storage import share_waivers, vacancies, vacancy_terms
from app.storage import vacancy_judgements as kept
from app.storage.vacancies import ListedVacancy
from app.storage.vacancy_judgements import Judgement
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, NotFound, Stale, refuse_if
from permits.people import Permission, PersonId, Role
from permits.policies import check_permission
from recruitment import labour_market
from recruitment.ethics.catalogue import CATALOGUE, overrider_of
from recruitment.ethics.facts import Waiver
from recruitment.ethics.overrides import (
    ALLOWED,
    Override,
    Plea,
    grant_override,
    is_set_aside,
)
from recruitment.ethics.rules import RuleFinding, RuleId
from recruitment.labour_market import Step

SHORTEST_ACT, LONGEST_ACT = 10, 200
"""Characters of the act of the executive that gives a waiver."""


@dataclass(frozen=True)
class VacancyFile:
    """A vacancy as an official sees it; `judgements` the newest first, `asked_by` who asked."""

    looked: KeptVacancy
    judgements: Sequence[Judgement]
    asked_by: PersonId | None
    concerned: frozenset[PersonId]
    waivers: Sequence[Waiver]


def list_waiting(work: Work, text: str = "") -> Sequence[ListedVacancy]:
    """Vacancies whose employer asked, and published ones that are held; the oldest first.

    `text` is of the title or the employer.
    """
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    return vacancy_terms.list_asked(work.session, text=fold(text))


def read_file(work: Work, vacancy: UUID) -> VacancyFile:
    """Everything of one vacancy; NotFound for none, and for a pool."""
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    found = vacancies.find_vacancy(work.session, vacancy)
    if found is None or found.offer.is_pool:
        raise NotFound("no-such-vacancy")
    asked_by = vacancy_terms.find_asker(work.session, vacancy)
    recorders = kept.list_recorders(work.session, vacancy)
    employer, today = UUID(found.offer.employer), legal_day(work.now)
    return VacancyFile(
        read_kept(work, found),
        kept.list_judgements(work.session, vacancy),
        asked_by,
        frozenset(recorders | ({asked_by} if asked_by else set())),
        share_waivers.list_waivers(work.session, [employer], today).get(employer, ()),
    )


def may_set_aside(work: Work, file: VacancyFile, finding: object) -> bool:
    """Whether this official has a button for a finding: never for a rule that nobody sets aside."""
    if not isinstance(finding, RuleFinding) or file.asked_by is None:
        return False
    overrider = overrider_of(CATALOGUE[finding.rule], finding.severity)
    stands = not is_set_aside(finding, file.looked.overrides, legal_day(work.now))
    own = work.actor.person in file.concerned
    return stands and not own and work.actor.role in ALLOWED[overrider]


def set_aside(
    work: Work, vacancy: UUID, rule: RuleId, code: str, plea: Plea, seen: str | None = None
) -> Override:
    """Set one finding aside until a day; the vacancy is judged again at once.

    It is for what the employer tells now: other terms are judged without it. `seen` is the digest
    (hex) of what the official read of that: Stale where the employer tells something else by now.

    NotFound where it was not found, Conflict("override-not-asked") where nobody asked for it;
    the rest is refused as by `grant_override`.
    """
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    vacancy_terms.lock_vacancy(work.session, vacancy)
    file = read_file(work, vacancy)
    finding, asked_by = _asked(file, rule, code, seen)
    parameters = vacancy_judging.parameters_for(work, file.looked.vacancy.programme)
    today = legal_day(work.now)
    override = grant_override(finding, plea, work.actor, file.concerned, parameters, today)
    if is_set_aside(finding, file.looked.overrides, today):
        raise Conflict("override-stands")
    facts = {"rule": rule.value, "code": code, "until": override.ends_on.isoformat()}
    event = work.event(Act.VACANCY_OVERRIDDEN, vacancy, facts)
    kept.add_override(
        work.session,
        work.new_id(),
        vacancy,
        override,
        file.looked.told,
        asked_by,
        work.now,
        event=event,
    )
    vacancy_judging.judge_vacancies(work, [vacancy], "override")
    return override


def record_step(work: Work, vacancy: UUID, step: Step) -> None:
    """Write down a step with its evidence; the vacancy is judged again at once. Twice is once.

    It is bound to the work as it stands: of another one, or of more places, it tells nothing.
    """
    vacancy_terms.lock_vacancy(work.session, vacancy)
    found = read_file(work, vacancy).looked.vacancy
    step = replace(step, bound=labour_market.bound_to(found.offer, found.places))
    refuse_if(labour_market.find_faults(step, legal_day(work.now)))
    if step in kept.list_steps(work.session, [vacancy]).get(vacancy, ()):
        return
    event = work.event(Act.VACANCY_STEP_RECORDED, vacancy, {"kind": step.kind.value})
    kept.add_step(
        work.session, work.new_id(), vacancy, step, work.actor.person, work.now, event=event
    )
    vacancy_judging.judge_vacancies(work, [vacancy], "step")


def _waiver_faults(work: Work, file: VacancyFile, waiver: Waiver, act: str) -> list[Fault]:
    today, faults = legal_day(work.now), []
    parameters = vacancy_judging.parameters_for(work, file.looked.vacancy.programme)
    points = parameters.threshold("R23.most_waiver_points", today)
    years = parameters.threshold("R23.most_waiver_years", today)
    standing = sum(one.points for one in file.waivers)
    left = (points.value if points else 0) - standing
    if not 1 <= waiver.points <= left:
        faults.append(Fault("waiver-too-large", "points", {"left": max(left, 0)}))
    if waiver.ends_on < today:
        faults.append(Fault("override-end-past", "ends_on"))
    elif years and waiver.ends_on > _in_years(today, years.value):
        faults.append(Fault("waiver-too-long", "ends_on", {"limit": years.value}))
    if not SHORTEST_ACT <= len(act.strip()) <= LONGEST_ACT:
        faults.append(Fault("too-short", "act", {"limit": SHORTEST_ACT}))
    return faults


def _in_years(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the day before where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def record_waiver(work: Work, vacancy: UUID, waiver: Waiver, act: str) -> None:
    """Write down by how much the executive moved the shares of Art. 11 for a vacancy's employer.

    A supervisor records it. The other vacancies of the employer are judged again by the worker.
    The points of several acts add up, to no more than the law gives, and none lasts longer than it
    lets (Art. 11: ten points, five years). One act counts once: twice the same is no error,
    Conflict("waiver-known") for other points or another end of it.
    """
    vacancy_terms.lock_vacancy(work.session, vacancy)
    file = read_file(work, vacancy)
    if work.actor.role is not Role.SETRASS_SUPERVISOR:
        raise Forbidden("override-not-yours")
    employer, named = UUID(file.looked.vacancy.offer.employer), " ".join(act.split())
    known = share_waivers.find_of_act(work.session, employer, named)
    if known is not None and known != waiver:
        raise Conflict("waiver-known")
    if known is not None:
        return
    refuse_if(_waiver_faults(work, file, waiver, act))
    facts: dict[str, Fact] = {"points": waiver.points, "until": waiver.ends_on.isoformat()}
    event = work.event(Act.WAIVER_RECORDED, employer, facts)
    share_waivers.add_waiver(
        work.session,
        work.new_id(),
        employer,
        waiver,
        named,
        work.actor.person,
        work.now,
        event=event,
    )
    vacancy_judging.judge_vacancies(work, [vacancy], "waiver")
    judging_runs.start_run(work, "employer", employer)


def _asked(
    file: VacancyFile, rule: RuleId, code: str, seen: str | None
) -> tuple[RuleFinding, PersonId]:
    """What is to be set aside, and who asked for it; refused as `set_aside`."""
    if not CATALOGUE[rule].overridable:
        raise Forbidden("override-never", rule=rule.value)
    if seen is not None and seen != file.looked.told.hex():
        raise Stale("changed-meanwhile")
    finding = next((one for one in file.looked.findings if _is(one, rule, code)), None)
    if not isinstance(finding, RuleFinding):
        raise NotFound("no-such-finding")
    if file.asked_by is None:
        raise Conflict("override-not-asked")
    return finding, file.asked_by


def _is(finding: object, rule: RuleId, code: str) -> bool:
    return isinstance(finding, RuleFinding) and (finding.rule, finding.code) == (rule, code)
