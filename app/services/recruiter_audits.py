"""Recruiters whom SETRASS is to audit: enough of their workers tell another story (R40)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.vacancy_judging import parameters_for
from app.services.work import Work
from app.storage import recruited, registries
from permits.deadlines import legal_day
from permits.people import Permission
from permits.policies import check_permission
from recruitment.ethics.facts import RecruiterFacts
from recruitment.ethics.recruiters import TRUE_TO_WORD
from recruitment.ethics.rules import Effect
from recruitment.recruiters import LicenceKey
from recruitment.registries import OF_RECRUITERS

LISTED = 200


@dataclass(frozen=True)
class ToAudit:
    """A recruiter by their licence, with their name in the registry, "" where it has none."""

    key: LicenceKey
    name: str


def list_to_audit(work: Work) -> Sequence[ToAudit]:
    """Those whom the rule would have audited today, by its values of today; nobody is counted here.

    By the same count that holds their vacancies: fewer than it asks for prove nothing, and would
    be known by name.
    """
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    parameters = parameters_for(work, min(work.ports.reference.programmes))
    today, keys = legal_day(work.now), []
    for key, told in sorted(recruited.count_every(work.session, LISTED).items()):
        facts = RecruiterFacts(answers=told.answers, different=told.different)
        found = TRUE_TO_WORD(facts, parameters, today)
        if found is not None and Effect.AUDIT_RECRUITER in found.effects:
            keys.append(key)
    numbers = [one.number for one in keys]
    listed = registries.list_matching(work.session, OF_RECRUITERS, numbers=numbers, limit=1000)
    names = {LicenceKey(one.registry, one.entry.number): one.entry.name for one in listed}
    return [ToAudit(one, names.get(one, "")) for one in keys]
