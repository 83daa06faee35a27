"""The terms of a vacancy in JSON: as its employer writes them, and as everybody reads them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.services.vacancy_writing import Wanted
from app.web.api.fields import Code, Line, Text
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from recruitment.day_wages import DayWage
from recruitment.ethics.words import Contact, Requirement, ReturnTransport, Shift
from recruitment.terms import LONGEST_TASKS, Grievance, Insurance, PayDay, RestDay, Terms

_AMOUNT = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"
Amount = Annotated[str, StringConstraints(pattern=_AMOUNT)]
"""Decimal text, two decimals at most."""

Tasks = Annotated[Text, StringConstraints(max_length=LONGEST_TASKS)]
PUBLIC_MONEY = ("worker_pays", "housing_deducted", "food_deducted")
MONEY = (*PUBLIC_MONEY, "foreign_payroll", "payroll")
SAME = (
    *("title", "occupation", "department", "municipality", "starts_on", "ends_on", "currency"),
    *("unit", "days_per_week", "hiring", "housing", "transport", "food", "tops_up"),
)


class PublicTerms(BaseModel):
    """What is told of the work beside wage and dates; null is what nobody has told."""

    tasks_es: Tasks = ""
    tasks_en: Tasks = ""
    pay_day: PayDay | None = None
    rest_day: RestDay | None = None
    shift: Shift | None = None
    arrival: ReturnTransport | None = Field(default=None, description="How far the way is paid.")
    way_back: ReturnTransport | None = Field(default=None, description="How far it is paid.")
    insurance: Insurance | None = None
    notice_days: Annotated[int, Field(ge=0, le=60)] | None = Field(
        default=None,
        description="Notice by which either side ends it, for nothing.",
    )
    grievance: Grievance | None = None
    guaranteed_days: Annotated[int, Field(ge=0, le=366)] | None = None
    fees_charged: bool | None = Field(default=None, description="Anybody charges the worker (R01).")
    worker_pays: Amount | None = Field(default=None, description="Costs left to the worker.")
    overtime_premium_percent: Annotated[int, Field(ge=0, le=500)] | None = Field(
        default=None, description="How much more an hour of overtime pays (R11)."
    )
    housing_deducted: Amount | None = Field(default=None, description="Of a month's wage (R13).")
    food_deducted: Amount | None = Field(default=None, description="Of a month's wage (R13).")
    deducted_in_writing: bool | None = Field(
        default=None, description="Only from whoever agrees apart, in writing (R13)."
    )
    requirements: list[Requirement] | None = Field(default=None, max_length=6)
    contacts: list[Contact] | None = Field(default=None, max_length=5)
    special_stay: bool | None = None


class TermsInput(PublicTerms):
    """The terms as the employer writes them, with the staff that Art. 11 asks about (R23)."""

    model_config = ConfigDict(extra="forbid")

    foreigners: Annotated[int, Field(ge=0, le=100_000)] | None = None
    headcount: Annotated[int, Field(ge=0, le=100_000)] | None = None
    foreign_payroll: Amount | None = None
    payroll: Amount | None = None

    @property
    def terms(self) -> Terms:
        """As the law knows them."""
        told: dict[str, Any] = self.model_dump()
        for name in MONEY:
            told[name] = Decimal(told[name]) if told[name] is not None else None
        for name in ("requirements", "contacts"):
            told[name] = frozenset(told[name]) if told[name] is not None else None
        return Terms(**told)


class VacancyInput(BaseModel):
    """A vacancy as its employer writes it."""

    model_config = ConfigDict(extra="forbid")

    programme: Code
    title: Line
    occupation: Code = Field(description="ISCO-08.")
    department: Code = Field(description="ISO 3166-2.")
    municipality: Code = ""
    starts_on: date
    ends_on: date
    places: Annotated[int, Field(ge=1, le=5000)]
    wage: Amount
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "HNL"
    unit: WageUnit
    unit_kg: Amount | None = Field(default=None, description="The weight of a unit of piece work.")
    hours_per_day: Amount
    days_per_week: Annotated[int, Field(ge=1, le=7)]
    hiring: Hiring
    housing: bool = False
    transport: bool = False
    food: bool = False
    tops_up: bool = False
    terms: TermsInput = TermsInput()

    @property
    def wanted(self) -> Wanted:
        """What the service is asked for; who hires is the employer of the token."""
        offer = Offer(
            vacancy="",
            employer="",
            employer_name="",
            employer_size=EmployerSize.TO_10,
            wage=Decimal(self.wage),
            unit_kg=Decimal(self.unit_kg) if self.unit_kg is not None else None,
            hours_per_day=Decimal(self.hours_per_day),
            **{name: getattr(self, name) for name in SAME},
        )
        return Wanted(self.programme, offer, self.places)


class DayWageReply(BaseModel):
    """What an ordinary day earns beside the minimum; by piece, what somebody slow picks."""

    earned: str
    minimum: str | None
    currency: str
    source: str
    tops_up: bool
    kg_per_day: int | None


def public_terms(terms: Terms) -> PublicTerms:
    """What everybody may read."""
    told = {name: getattr(terms, name) for name in PublicTerms.model_fields}
    for name in ("requirements", "contacts"):
        told[name] = sorted(told[name]) if told[name] is not None else None
    for name in PUBLIC_MONEY:
        told[name] = f"{told[name]:.2f}" if told[name] is not None else None
    return PublicTerms.model_validate(told)


def day_wage(told: DayWage | None) -> DayWageReply | None:
    """The pay of a day in two decimals."""
    if told is None:
        return None
    return DayWageReply(
        earned=f"{told.earned:.2f}",
        minimum=f"{told.minimum:.2f}" if told.minimum is not None else None,
        currency=told.currency,
        source=told.source,
        tops_up=told.tops_up,
        kg_per_day=told.kg_per_day,
    )
