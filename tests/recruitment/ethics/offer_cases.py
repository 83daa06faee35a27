"""Cases of the rules that look at a vacancy: R01, R06–R08, R26–R29."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from permits.wages import EmployerSize, WageUnit
from recruitment.ethics.facts import VacancyFacts
from recruitment.ethics.rules import RuleId
from recruitment.ethics.words import PERSONAL_CONTACTS, Contact, Requirement
from tests.recruitment.ethics.table import ABROAD, Cases, edge, fires, lacks, missing, silent, told

D = Decimal
FREE = VacancyFacts(fees_charged=False, worker_pays=D(0), text="Corte de café.")
BY_DAY = VacancyFacts(
    wage=D("301.77"),
    currency="HNL",
    unit=WageUnit.DAY,
    hours_per_day=D(8),
    employer_size=EmployerSize.TO_10,
    starts_on=date(2026, 12, 1),
)
BY_LATA = VacancyFacts(
    wage=D(60),
    currency="HNL",
    unit=WageUnit.LATA,
    unit_kg=D("15.9"),
    employer_size=EmployerSize.TO_10,
    starts_on=date(2026, 12, 1),
    tops_up=False,
)
DATES = VacancyFacts(starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28), special_stay=False)
PLACES = VacancyFacts(
    starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28), places=20, quota_left=20
)
OPEN = VacancyFacts(requirements=frozenset(), text="Corte de café con buen trato y vivienda.")
SOBER = VacancyFacts(
    wage=D(100),
    median_wage=D(100),
    text="Corte de café.",
    contacts=frozenset({Contact.OFFICE, Contact.CHAT}),
)
FEES_IN_WORDS = (
    "El trabajador paga 500 lempiras de inscripción al enganchador antes de salir.",
    "Se cobra una cuota de Q800 por el puesto, pagadera al reclutador.",
    "Los TRABAJADORES PAGARÁN su uniforme.",
    "No se cobra el pasaje, pero le cobran la plaza.",
    "The worker pays for the visa.",
)
FREE_IN_WORDS = (
    "No se cobra nada al trabajador.",
    "Nunca se le cobra nada. Nada es por cuenta del trabajador.",
    "El trabajador cobra su salario cada sábado.",
    "El empleador paga la visa, la inscripción y la cuota del IHSS.",
    "Se paga al trabajador cada quincena.",
    "Workers are not charged.",
)
IN_EUROS = {"currency": "EUR", "attested_minimum_per_day": D(50), "wage": D(50)}

OFFER_CASES: Mapping[RuleId, Cases] = {
    RuleId.R01: told(
        FREE,
        silent(),
        edge("worker-pays", worker_pays=D("0.01")),
        fires("worker-pays", worker_pays=D(500), fees_charged=None),
        fires("fee-declared", fees_charged=True),
        fires("fee-declared", fees_charged=True, worker_pays=None),
        *(fires("fee-in-words", text=text) for text in FEES_IN_WORDS),
        fires("fee-in-words", text="Se cobra la plaza.", fees_charged=None),
        *(silent(text=text) for text in FREE_IN_WORDS),
        missing("fees_charged"),
        missing("worker_pays"),
        missing("worker_pays", "fees_charged"),
        missing("text"),
    ),
    RuleId.R06: told(
        BY_DAY,
        silent(wage=D(400)),
        edge("", wage=D("301.77")),
        edge("below-minimum", wage=D("301.76")),
        edge("", wage=D(9053), unit=WageUnit.MONTH),
        edge("below-minimum", wage=D("9052.99"), unit=WageUnit.MONTH),
        edge("", wage=D("37.73"), unit=WageUnit.HOUR),
        edge("below-minimum", wage=D("37.72"), unit=WageUnit.HOUR),
        silent(wage=D("188.61"), hours_per_day=D(5)),  # pro rata of eight hours
        fires("below-minimum", wage=D(130)),  # what was paid in 2020
        fires("row-missing", employer_size=EmployerSize.TO_50),
        silent(unit=WageUnit.LATA, wage=D(1)),  # R07's
        silent(under=ABROAD, **IN_EUROS),
        edge("below-minimum", under=ABROAD, **(IN_EUROS | {"wage": D("49.99")})),
        missing("attested_minimum_per_day", under=ABROAD),
        *(missing(name) for name in ("wage", "currency", "unit", "employer_size", "starts_on")),
        missing("hours_per_day"),
        lacks("minimum_wage", currency="USD"),
        lacks("minimum_wage", starts_on=date(2017, 1, 1)),
    ),
    RuleId.R07: told(
        BY_LATA,
        silent(wage=D(70)),
        edge("", wage=D("59.98")),  # 80 kg a day of 15.9 kg each
        edge("piece-below-minimum", wage=D("59.97")),
        fires("topped-up", wage=D(40), tops_up=True),
        fires("piece-below-minimum", wage=D(40)),
        silent(unit=WageUnit.DAY, wage=D(1)),  # R06's
        *(missing(name) for name in ("wage", "currency", "unit", "employer_size", "starts_on")),
        missing("unit_kg"),
        missing("tops_up", wage=D(40)),
        silent(tops_up=None),
        lacks("minimum_wage", currency="USD"),
        lacks("attested_minimum_per_day", under=ABROAD),
    ),
    RuleId.R08: told(
        VacancyFacts(working_days=80, guaranteed_days=80),
        silent(),
        edge("", guaranteed_days=68),
        edge("few-days", guaranteed_days=67),
        edge("few-days", working_days=99, guaranteed_days=84),
        fires("few-days", guaranteed_days=0),
        missing("guaranteed_days"),
        missing("working_days"),
    ),
    RuleId.R26: told(
        DATES,
        silent(ends_on=date(2027, 1, 1)),
        edge(""),  # 90 days
        edge("stay-needs-permit", ends_on=date(2027, 3, 1)),
        silent(ends_on=date(2027, 4, 1), special_stay=True),
        fires("stay-needs-permit", ends_on=date(2027, 4, 1)),
        edge("dates-reversed", ends_on=date(2026, 11, 30)),
        edge("", ends_on=date(2026, 12, 1)),
        silent(special_stay=None),
        silent(under=ABROAD, ends_on=date(2027, 6, 1)),
        missing("special_stay", ends_on=date(2027, 3, 1)),
        missing("starts_on"),
        missing("ends_on"),
        missing("starts_on", "ends_on"),
    ),
    RuleId.R27: told(
        PLACES,
        edge(""),
        edge("over-quota", places=21),
        fires("over-quota", quota_left=0),
        edge("", ends_on=date(2027, 4, 30)),
        edge("outside-season", ends_on=date(2027, 5, 1)),
        fires("outside-season", starts_on=date(2026, 8, 1)),
        fires("over-quota", starts_on=date(2026, 8, 1), quota_left=1),
        silent(under=ABROAD, quota_left=None),
        fires("over-quota", under=ABROAD, quota_left=1),
        missing("quota_left"),
        missing("starts_on"),
        missing("ends_on"),
        missing("places"),
    ),
    RuleId.R28: told(
        OPEN,
        silent(),
        fires("grave-discrimination", requirements=frozenset({Requirement.HIV_TEST})),
        fires("grave-discrimination", text="Debe traer Prueba de Embarazo."),
        fires("grave-discrimination", text="Prueba de embarazo", requirements=None),
        fires("discrimination", requirements=frozenset({Requirement.AGE_CEILING})),
        edge("discrimination", text="SÓLO HOMBRES."),
        edge("", text="Hombres y mujeres."),
        missing("requirements"),
        missing("text"),
        missing("requirements", "text"),
    ),
    RuleId.R29: told(
        SOBER,
        silent(),
        edge("", wage=D(300)),
        edge("wage-too-good", wage=D("300.01")),
        fires("visa-promised", text="¡Visa garantizada en ocho días!"),
        fires("personal-contact-only", contacts=frozenset({Contact.CHAT})),
        fires("personal-contact-only", contacts=frozenset({Contact.CHAT}), wage=None),
        edge("personal-contact-only", contacts=frozenset()),
        edge("personal-contact-only", contacts=PERSONAL_CONTACTS),
        missing("wage"),
        missing("median_wage"),
        missing("text"),
        missing("contacts"),
    ),
}
