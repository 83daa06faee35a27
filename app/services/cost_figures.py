"""The recruitment-cost indicator by programme, corridor and recruiter: of no fewer than five."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from app.services.cost_judging import costs_of, find_month_wages
from app.services.payslips import find_month_earned
from app.services.work import Work
from app.storage import cost_claims, recruited, registries
from app.storage.cost_claims import DiaryRow
from permits.people import Permission
from permits.policies import check_permission
from recruitment.cost_figures import Burden, Indicator, burden_of, in_groups, indicate
from recruitment.costs import (
    CostEntry,
)
from recruitment.recruiters import LicenceKey
from recruitment.registries import OF_RECRUITERS

YEARS_BACK = timedelta(days=3 * 366)

COUNTED = 20_000
"""So many payments are counted at most, the oldest of three years first."""


class GroupKind(StrEnum):
    """What workers are put together by."""

    PROGRAMME = "programme"
    CORRIDOR = "corridor"
    RECRUITER = "recruiter"


@dataclass(frozen=True)
class CostFigure:
    """A group with its indicator, None below five; `code` is a programme's, `GTM-HND`, a licence.

    `name` is the recruiter's in the registry, "" for the others. `uncounted` are the workers of
    whom the wage or a rate of exchange is not known, in whole groups of five.
    """

    kind: GroupKind
    code: str
    indicator: Indicator | None
    name: str = ""
    uncounted: int = 0


def list_figures(work: Work) -> Sequence[CostFigure]:
    """What workers bore in percent of a month's wage, of those who keep a diary.

    What was paid in another currency than the wage's counts by the rate of its day. A worker whose
    wage nobody can tell, or one of whose payments has no rate, is not counted, and told so.
    """
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    groups: dict[tuple[GroupKind, str], list[Burden | None]] = defaultdict(list)
    for keys, burden in _burdens(work):
        for key in keys:
            groups[key].append(burden)
    names = _names(work, [code for kind, code in groups if kind is GroupKind.RECRUITER])
    return [
        CostFigure(
            kind,
            code,
            indicate([one for one in groups[kind, code] if one is not None]),
            names.get(code, ""),
            in_groups(groups[kind, code].count(None)),
        )
        for kind, code in sorted(groups)
    ]


def _burdens(work: Work) -> list[tuple[list[tuple[GroupKind, str]], Burden | None]]:
    """Each diary with the groups that it belongs to, in the order in which they were begun."""
    since = work.now - YEARS_BACK
    rows = cost_claims.list_diaries(work.session, work.ports.vault, since, COUNTED)
    diaries: dict[UUID, list[CostEntry]] = defaultdict(list)
    of: dict[UUID, DiaryRow] = {}
    for row in rows:
        diaries[row.entry.application].append(row.entry)
        of[row.entry.application] = row
    costs = {code: costs_of(work, code) for code in {one.programme for one in of.values()}}
    wages = find_month_wages(work, {one.vacancy for one in of.values() if one.vacancy})
    recruiters = recruited.list_recruiters(work.session, list(diaries))
    earned = find_month_earned(work, list(diaries))
    found = []
    for application, entries in diaries.items():
        row = of[application]
        # The month that was really earned; the offered one stands in until payslips tell it.
        offered = wages.get(row.vacancy) if row.vacancy else None
        wage, currency = earned.get(application) or offered or (None, None)
        rates = work.ports.reference.exchange_rates
        burden = burden_of(entries, costs[row.programme], wage, currency, rates)
        licences = recruiters.get(application, frozenset())
        found.append((_groups(work, row, licences), burden))
    return found


def _groups(
    work: Work, row: DiaryRow, licences: Collection[LicenceKey]
) -> list[tuple[GroupKind, str]]:
    """The programme, where the worker comes from and goes, and whose mandate brought them.

    Of a recruiter everybody counts whom it brought, not those alone whom it charged.
    """
    destination = work.ports.reference.programmes[row.programme].destination
    corridor = [f"{row.nationality}-{destination}"] if row.nationality else []
    return [
        (GroupKind.PROGRAMME, row.programme),
        *((GroupKind.CORRIDOR, one) for one in corridor),
        *((GroupKind.RECRUITER, one) for one in sorted(map(_code, licences))),
    ]


def _code(licence: LicenceKey) -> str:
    return f"{licence.registry.value}/{licence.number}"


def _names(work: Work, codes: Sequence[str]) -> dict[str, str]:
    numbers = [code.partition("/")[2] for code in codes]
    if not numbers:
        return {}
    listed = registries.list_matching(work.session, OF_RECRUITERS, numbers=numbers, limit=1000)
    return {_code(LicenceKey(one.registry, one.entry.number)): one.entry.name for one in listed}
