"""The two forms of a vacancy as its employer fills them in: the work, and the conditions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from app.services.vacancy_writing import Wanted
from app.web import forms
from app.web.answers import WrittenDate, YesNo, read_amount
from app.web.forms import Form
from app.web.i18n import N_
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from recruitment.ethics.words import Contact, Requirement, ReturnTransport, Shift
from recruitment.terms import (
    LONGEST_TASKS,
    Grievance,
    Insurance,
    PayDay,
    RestDay,
    Terms,
)

MOST = Decimal("9999999.99")
Amount = Annotated[
    Decimal, BeforeValidator(read_amount), Field(ge=0, le=MOST, max_digits=9, decimal_places=2)
]
Payroll = Annotated[
    Decimal,
    BeforeValidator(read_amount),
    Field(ge=0, le=Decimal("999999999.99"), max_digits=11, decimal_places=2),
]
Hours = Annotated[
    Decimal, BeforeValidator(read_amount), Field(gt=0, le=24, max_digits=4, decimal_places=2)
]
Weight = Annotated[
    Decimal, BeforeValidator(read_amount), Field(gt=0, le=1000, max_digits=6, decimal_places=2)
]
Line = Annotated[str, StringConstraints(max_length=80)]
Tasks = Annotated[str, StringConstraints(max_length=LONGEST_TASKS)]
CURRENCIES = ("HNL", "CAD", "EUR", "USD")


class OfferForm(forms.Answers):
    """The work itself; `town` is department and municipality, as `HN-CP/0404`.

    `id` is what a new vacancy will have, so that pressing twice writes it once.
    """

    wording: ClassVar[Mapping[str, str]] = {
        "programme.missing": N_("Elija un programa."),
        "title.missing": N_("Escriba cómo se llama el trabajo."),
        "town.missing": N_("Elija un municipio de la lista."),
        "starts_on.missing": N_("Escriba el día, el mes y el año."),
        "ends_on.missing": N_("Escriba el día, el mes y el año."),
        "places.missing": N_("Escriba cuántas personas necesita."),
        "wage.missing": N_("Escriba cuánto paga."),
        "unit.missing": N_("Elija por qué paga."),
        "unit_kg.missing": N_("Escriba cuántos kilos tiene la medida."),
        "hours_per_day.missing": N_("Escriba cuántas horas al día."),
        "hours_per_day.out-of-range": N_("Nadie trabaja más de 12 horas al día."),
        "days_per_week.missing": N_("Escriba cuántos días a la semana."),
        "days_per_week.out-of-range": N_("Cada semana tiene un día de descanso: seis como máximo."),
        "hiring.missing": N_("Elija cómo contrata."),
    }
    version: Annotated[int, Field(ge=0)] = 0
    id: UUID | None = None
    programme: Annotated[str, StringConstraints(max_length=40)]
    title: Line
    town: Annotated[str, StringConstraints(max_length=20)]
    starts_on: WrittenDate
    ends_on: WrittenDate
    places: Annotated[int, Field(ge=1, le=5000)]
    wage: Amount
    currency: Annotated[str, StringConstraints(pattern="|".join(CURRENCIES))] = "HNL"
    unit: WageUnit
    unit_kg: Weight | None = None
    hours_per_day: Hours
    days_per_week: Annotated[int, Field(ge=1, le=7)]
    hiring: Hiring
    housing: YesNo = False
    transport: YesNo = False
    food: YesNo = False
    tops_up: YesNo = False

    def wanted(self, occupation: str) -> Wanted:
        """What the service is asked for; a weight counts for piece work alone."""
        department, _, municipality = self.town.partition("/")
        return Wanted(
            self.programme,
            Offer(
                vacancy="",
                employer="",
                employer_name="",
                employer_size=EmployerSize.TO_10,
                department=department,
                municipality=municipality,
                occupation=occupation,
                **{name: getattr(self, name) for name in SAME},
            ),
            self.places,
        )


SAME = (
    *("title", "starts_on", "ends_on", "wage", "currency", "unit", "unit_kg", "hours_per_day"),
    *("days_per_week", "hiring", "housing", "transport", "food", "tops_up"),
)


class TermsForm(forms.Answers):
    """The conditions; what is left empty is told as missing by the check, not refused here."""

    version: Annotated[int, Field(ge=0)] = 0
    tasks_es: Tasks = ""
    tasks_en: Tasks = ""
    pay_day: PayDay | None = None
    rest_day: RestDay | None = None
    shift: Shift | None = None
    arrival: ReturnTransport | None = None
    way_back: ReturnTransport | None = None
    insurance: Insurance | None = None
    notice_days: Annotated[int, Field(ge=0, le=60)] | None = None
    grievance: Grievance | None = None
    guaranteed_days: Annotated[int, Field(ge=0, le=366)] | None = None
    fees_charged: YesNo | None = None
    worker_pays: Amount | None = None
    overtime_premium_percent: Annotated[int, Field(ge=0, le=500)] | None = None
    housing_deducted: Amount | None = None
    food_deducted: Amount | None = None
    deducted_in_writing: YesNo | None = None
    requirements: tuple[Requirement, ...] = ()
    contacts: tuple[Contact, ...] = ()
    special_stay: YesNo | None = None
    foreigners: Annotated[int, Field(ge=0, le=100_000)] | None = None
    headcount: Annotated[int, Field(ge=0, le=100_000)] | None = None
    foreign_payroll: Payroll | None = None
    payroll: Payroll | None = None

    @property
    def terms(self) -> Terms:
        """What is kept; nothing ticked of what may be asked for is "nothing is asked for"."""
        told: dict[str, Any] = self.model_dump(exclude={"version"})
        told["requirements"] = frozenset(self.requirements)
        told["contacts"] = frozenset(self.contacts) or None
        return Terms(**told)


def filled_offer(programme: str, offer: Offer, places: int, version: int) -> Form:
    """The form of the work as it stands."""
    values = {name: getattr(offer, name) for name in SAME}
    town = f"{offer.department}/{offer.municipality}"
    return forms.filled(
        OfferForm.model_construct(
            version=version, programme=programme, town=town, places=places, **values
        )
    )


def filled_terms(terms: Terms, version: int) -> Form:
    """The form of the conditions as they stand."""
    values: dict[str, Any] = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
    for name in ("requirements", "contacts"):
        values[name] = tuple(sorted(values[name] or ()))
    return forms.filled(TermsForm.model_construct(version=version, **values))
