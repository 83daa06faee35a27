"""The recruitment-cost indicator by programme, corridor and recruiter: of no fewer than five."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from app.services.cost_judging import costs_of, find_month_wages
from app.services.payslips import find_month_earned
from app.services.work import Work
from app.storage import cost_silence, recruited, registries
from app.storage.cost_tellers import Teller, list_tellers
from permits.people import Permission
from permits.policies import check_permission
from recruitment.cost_figures import (
    Burden,
    Indicator,
    PhaseBurden,
    burden_of,
    in_groups,
    indicate,
    indicate_phases,
    phase_burdens,
)
from recruitment.costs import Phase
from recruitment.recruiters import LicenceKey
from recruitment.registries import OF_RECRUITERS

YEARS_BACK = timedelta(days=3 * 366)


class GroupKind(StrEnum):
    """What workers are put together by."""

    PROGRAMME = "programme"
    CORRIDOR = "corridor"
    RECRUITER = "recruiter"


Group = tuple[GroupKind, str]
"""A group's kind and code."""


@dataclass(frozen=True)
class CostFigure:
    """A group with its indicator, None below five; `code` is a programme's, `GTM-HND`, a licence.

    `name` is the recruiter's in the registry, "" for the others. `uncounted` are the workers of
    whom the wage or a rate of exchange is not known, `silent` those with a permit who told neither
    costs nor that there were none; both in whole groups of five. `phases` are the like before,
    during and after the work, of those who told something of that time, where five did.
    """

    kind: GroupKind
    code: str
    indicator: Indicator | None
    name: str = ""
    uncounted: int = 0
    silent: int = 0
    phases: Mapping[Phase, Indicator] = field(default_factory=dict)


@dataclass(frozen=True)
class _Told:
    """One person with the groups they belong to; None where wage or rate is not known."""

    groups: Sequence[Group]
    burden: Burden | None
    by_phase: Mapping[Phase, PhaseBurden]


def list_figures(work: Work) -> Sequence[CostFigure]:
    """What workers bore in percent of a month's wage, of those who keep a diary or paid nothing.

    What was paid in another currency than the wage's counts by the rate of its day. A worker whose
    wage nobody can tell, or one of whose payments has no rate, is not counted, and told so.
    """
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    groups: dict[Group, list[_Told]] = defaultdict(list)
    for one in _burdens(work):
        for key in one.groups:
            groups[key].append(one)
    silent = _count_silent(work)
    told = sorted({*groups, *silent})
    names = _names(work, [code for kind, code in told if kind is GroupKind.RECRUITER])
    return [
        CostFigure(
            kind,
            code,
            indicate([one.burden for one in groups[kind, code] if one.burden is not None]),
            names.get(code, ""),
            in_groups(sum(one.burden is None for one in groups[kind, code])),
            silent.get((kind, code), 0),
            indicate_phases([one.by_phase for one in groups[kind, code]]),
        )
        for kind, code in told
    ]


def _count_silent(work: Work) -> Mapping[Group, int]:
    """Who told nothing at all, in whole groups of five; no group without one."""
    since, counts = work.now - YEARS_BACK, Counter[Group]()
    for one in cost_silence.count_by_corridor(work.session, since):
        for key in _places(work, one.programme, one.nationality):
            counts[key] += one.people
    for licence, people in cost_silence.count_by_recruiter(work.session, since).items():
        counts[GroupKind.RECRUITER, _code(licence)] = people
    return {key: in_groups(people) for key, people in counts.items() if in_groups(people)}


def _burdens(work: Work) -> list[_Told]:
    """Each person with the groups that they belong to, in the order in which they told it."""
    people = list_tellers(work.session, work.ports.vault, work.now - YEARS_BACK)
    costs = {code: costs_of(work, code) for code in {one.programme for one in people}}
    wages = find_month_wages(
        work, [(one.application, one.vacancy) for one in people if one.vacancy]
    )
    every = [one.application for one in people]
    recruiters = recruited.list_recruiters(work.session, every)
    earned = find_month_earned(work, every)
    rates, found = work.ports.reference.exchange_rates, []
    for one in people:
        # The month that was really earned; the agreed one stands in until payslips tell it.
        offered = wages.get((one.application, one.vacancy)) if one.vacancy else None
        wage, currency = earned.get(one.application) or offered or (None, None)
        month = (costs[one.programme], wage, currency, rates)
        burden = burden_of(one.entries, *month)
        if burden is not None:
            burden = replace(burden, said_nothing=one.said_nothing)
        groups = _groups(work, one, recruiters.get(one.application, frozenset()))
        found.append(_Told(groups, burden, phase_burdens(one.entries, one.said, *month)))
    return found


def _groups(work: Work, one: Teller, licences: Collection[LicenceKey]) -> list[Group]:
    """The programme, where the worker comes from and goes, and whose mandate brought them.

    Of a recruiter everybody counts whom it brought, not those alone whom it charged.
    """
    brought = ((GroupKind.RECRUITER, code) for code in sorted(map(_code, licences)))
    return [*_places(work, one.programme, one.nationality), *brought]


def _places(work: Work, programme: str, nationality: str) -> list[Group]:
    destination = work.ports.reference.programmes[programme].destination
    corridor = [(GroupKind.CORRIDOR, f"{nationality}-{destination}")] if nationality else []
    return [(GroupKind.PROGRAMME, programme), *corridor]


def _code(licence: LicenceKey) -> str:
    return f"{licence.registry.value}/{licence.number}"


def _names(work: Work, codes: Sequence[str]) -> dict[str, str]:
    numbers = [code.partition("/")[2] for code in codes]
    if not numbers:
        return {}
    listed = registries.list_matching(work.session, OF_RECRUITERS, numbers=numbers, limit=1000)
    return {_code(LicenceKey(one.registry, one.entry.number)): one.entry.name for one in listed}
