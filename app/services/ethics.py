"""The ethical rules as they count today, and what they find in a vacancy with today's facts."""

from collections.abc import Sequence

from app.services import quotas
from app.services.work import Work
from app.storage import vacancies
from app.storage.vacancies import ListedVacancy
from permits.deadlines import legal_day
from permits.employer_bars import find_barred
from permits.findings import Finding
from recruitment.ethics.catalogue import Sheet, evaluate, list_sheets
from recruitment.ethics.facts import VacancyFacts
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import RuleId
from recruitment.ethics.words import Subject

FED = frozenset({RuleId.R06, RuleId.R07, RuleId.R26, RuleId.R27})
"""The rules of a vacancy whose facts are kept today; of the others nothing is asked yet."""


def list_rules(work: Work, about: Subject | None = None) -> Sequence[Sheet]:
    """Every rule in the order of the numbers, or those that look at one thing."""
    reference = work.ports.reference
    sheets = list_sheets(reference.programmes, reference.ethics, legal_day(work.now))
    return [sheet for sheet in sheets if about in (None, sheet.rule.about)]


def judge_vacancy(work: Work, vacancy: ListedVacancy) -> Sequence[Finding]:
    """What the rules of `FED` find in a vacancy today, the gravest first; nothing is stored.

    Of the employer's own standing (R24) only a bar is known, which `permits` judges: it comes
    before the rest.
    """
    reference, today = work.ports.reference, legal_day(work.now)
    programme = reference.programmes[vacancy.programme]
    parameters = Parameters(programme, reference.minimum_wages, reference.ethics)
    found = evaluate([_facts(work, vacancy)], parameters, today)
    fed = [finding for finding in found if finding.rule in FED]
    return [*find_barred(barred=vacancy.barred), *fed]


def _facts(work: Work, vacancy: ListedVacancy) -> VacancyFacts:
    """Places that somebody holds already count in the quota, and are not wanted once more."""
    offer, programme = vacancy.offer, work.ports.reference.programmes[vacancy.programme]
    held = vacancies.count_holders(work.session, vacancy.id)
    return VacancyFacts(
        wage=offer.wage,
        currency=offer.currency,
        unit=offer.unit,
        unit_kg=offer.unit_kg,
        hours_per_day=offer.hours_per_day,
        employer_size=offer.employer_size,
        tops_up=offer.tops_up,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        places=max(vacancy.places - held, 0),
        quota_left=quotas.count_left(work, programme.on(legal_day(work.now)), offer),
    )
