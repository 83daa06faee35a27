"""What a vacancy says: its dates and places, whom it shuts out, and whether it is too good."""

from permits.findings import Severity
from recruitment.ethics.facts import VacancyFacts
from recruitment.ethics.matching import find_words
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId, known
from recruitment.ethics.words import GRAVE_REQUIREMENTS, PERSONAL_CONTACTS


def _stay(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """R26: both days count; a stay longer than a visitor's needs INM's special permit."""
    days = (known(facts.ends_on) - known(facts.starts_on)).days + 1
    if days < 1:
        return judging.finds("dates-reversed", "ends_on")
    validity = judging.programme.validity
    if not validity.needs_stay_permit(days) or facts.special_stay:
        return None
    if facts.special_stay is None:
        return judging.unknown("special_stay")
    free = known(validity.visa_free_stay_days)
    return judging.finds("stay-needs-permit", "special_stay", limit=free.value)


STAY = Rule(
    RuleId.R26,
    VacancyFacts,
    _stay,
    {"dates-reversed": Outcome(Severity.BLOCK), "stay-needs-permit": Outcome(Severity.BLOCK)},
    "Convenio CA-4 (90 días); Ley de Migración, permiso especial de permanencia",
    needs=("starts_on", "ends_on"),
    reads=("special_stay",),
)


def _season(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """R27: more places than the quota has blocks; days outside the season warn."""
    starts_on, ends_on = known(facts.starts_on), known(facts.ends_on)
    programme, places, left = judging.programme, known(facts.places), facts.quota_left
    if programme.quotas and left is None:
        return judging.unknown("quota_left")
    if left is not None and places > left:
        return judging.finds("over-quota", "places", limit=left)
    if programme.season and not programme.season.admits(starts_on, ends_on):
        return judging.finds("outside-season", "starts_on")
    return None


SEASON = Rule(
    RuleId.R27,
    VacancyFacts,
    _season,
    {"over-quota": Outcome(Severity.BLOCK), "outside-season": Outcome(Severity.WARN)},
    "Mesa sobre Migración Laboral (temporada y cupos); cupo de la política EPS de Corea",
    needs=("starts_on", "ends_on", "places"),
    reads=("quota_left",),
)


def _equal(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """R28: what is asked and what is written; the grave before the rest."""
    asked, text = facts.requirements or frozenset(), facts.text or ""
    told = sorted(one.value for one in asked & GRAVE_REQUIREMENTS)
    grave = [*told, *find_words(text, judging.terms("grave_words"))]
    if grave:
        return judging.finds("grave-discrimination", "requirements", found=", ".join(grave))
    missing = [name for name in EQUAL.reads if getattr(facts, name) is None]
    if missing:
        return judging.unknown(*missing)
    light = [*sorted(one.value for one in asked), *find_words(text, judging.terms("words"))]
    if light:
        return judging.finds("discrimination", "requirements", found=", ".join(light))
    return None


EQUAL = Rule(
    RuleId.R28,
    VacancyFacts,
    _equal,
    {"grave-discrimination": Outcome(Severity.BLOCK), "discrimination": Outcome(Severity.WARN)},
    "IRIS A (no discriminación); Convenio OIT 111",
    reads=("requirements", "text"),
    parameters=("grave_words", "words"),
)


def _too_good(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """R29: any sign of a scam is enough to have a person look."""
    times = judging.value("most_times_median")
    wage, median = facts.wage, facts.median_wage
    if wage is not None and median is not None and wage > median * times:
        return judging.finds("wage-too-good", "wage", limit=times)
    if promised := find_words(facts.text or "", judging.terms("words")):
        return judging.finds("visa-promised", "text", words=", ".join(promised))
    if facts.contacts is not None and facts.contacts <= PERSONAL_CONTACTS:
        return judging.finds("personal-contact-only", "contacts")
    missing = [name for name in TOO_GOOD.reads if getattr(facts, name) is None]
    return judging.unknown(*missing) if missing else None


TOO_GOOD = Rule(
    RuleId.R29,
    VacancyFacts,
    _too_good,
    {
        "wage-too-good": Outcome(Severity.WARN),
        "visa-promised": Outcome(Severity.WARN),
        "personal-contact-only": Outcome(Severity.WARN),
    },
    "OIT, indicador 2 (engaño); señales de estafa del MINTRAB de Guatemala",
    reads=("wage", "median_wage", "text", "contacts"),
    parameters=("most_times_median", "words"),
)

RULES = (STAY, SEASON, EQUAL, TOO_GOOD)
