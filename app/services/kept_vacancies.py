"""A vacancy with what was found in it as it was kept: what pages and programs show.

Nothing is judged for a look. Acts judge by the facts of their moment (`vacancy_judging`), and keep
what they find; so do the runs of the day, of wages, and of whoever hires or recruits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services import hirers, vacancy_judging
from app.services.vacancy_weighing import weigh
from app.services.work import Work
from app.storage import vacancy_judgements as kept
from app.storage import vacancy_terms
from app.storage.vacancies import ListedVacancy
from app.storage.vacancy_judgements import Judgement as Judgement
from permits.deadlines import legal_day
from permits.findings import Finding
from recruitment.ethics.overrides import Override
from recruitment.labour_market import Step
from recruitment.terms import Terms
from recruitment.vacancy_checks import find_holding


@dataclass(frozen=True)
class KeptVacancy:
    """A vacancy and the judgement that counts; `judged` tells when and by which values.

    `judged` is None where nobody judged it ever (it was opened before there were rules): then
    `findings` are of this moment. `holding` is what keeps it from being offered, `overrides` those
    of what is told now, and `told` the digest of that.
    """

    vacancy: ListedVacancy
    terms: Terms
    steps: Sequence[Step]
    overrides: Sequence[Override]
    findings: tuple[Finding, ...]
    holding: tuple[Finding, ...]
    told: bytes
    judged: Judgement | None


def read_kept(work: Work, vacancy: ListedVacancy) -> KeptVacancy:
    """The vacancy as its newest judgement tells of it; the caller checks who asks.

    Exceptions that ended today hold no more today.
    """
    session, ids = work.session, [vacancy.id]
    judged = kept.list_last(session, ids).get(vacancy.id)
    if judged is None:
        return _never_judged(work, vacancy)
    terms = vacancy_terms.list_terms(session, ids).get(vacancy.id, Terms())
    employer = vacancy_judging.employer_in(vacancy)
    hirer = hirers.look_up(work, {employer})[employer]
    parameters, today = vacancy_judging.parameters_for(work, vacancy.programme), legal_day(work.now)
    told = weigh(vacancy, terms, hirer, parameters, today)
    given = kept.list_overrides(session, ids).get(vacancy.id, ())
    overrides = [one for seen, one in given if seen == told]
    return KeptVacancy(
        vacancy,
        terms,
        kept.list_steps(session, ids).get(vacancy.id, ()),
        overrides,
        judged.findings,
        find_holding(judged.findings, overrides, today),
        told,
        judged,
    )


def _never_judged(work: Work, vacancy: ListedVacancy) -> KeptVacancy:
    looked = vacancy_judging.look(work, vacancy)
    return KeptVacancy(
        *(vacancy, looked.terms, looked.steps, looked.overrides),
        *(looked.findings, looked.holding, looked.told),
        None,
    )
