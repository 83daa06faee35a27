"""The posts that workers may apply for."""

from dataclasses import asdict
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.services import pools, vacancies
from app.services.vacancies import ListedVacancy, ToldTerms
from app.web.api.fields import Code, Line
from app.web.api.vacancy_terms import DayWageReply, PublicTerms, day_wage, public_terms
from app.web.dependencies import PublicReading
from app.web.documentation import refusals
from permits import offers
from permits.errors import Fault, Invalid
from permits.programmes import Hiring
from permits.wages import WageUnit
from recruitment.ethics.words import HousingItem
from recruitment.terms import Terms

router = APIRouter(prefix="/vacancies", tags=["programmes"], responses=refusals(401))


class HousingSeen(BaseModel):
    """`inspected_on` is null where nobody inspected: then housing is the employer's word alone."""

    inspected_on: date | None
    capacity: int
    open_items: list[HousingItem] = Field(description="What failed and is not mended.")


class VacancyReply(BaseModel):
    """One open vacancy with its terms; amounts are decimal text. Nobody's phone is told.

    The pool of a department has no employer yet: its wage is the least that may be paid, and what
    else the employer gives is told when one is attached.
    """

    id: UUID
    programme: str
    employer_name: str | None = Field(description="Null in the pool of a department.")
    title: str
    occupation: str = Field(description="ISCO-08.")
    department: str = Field(description="ISO 3166-2.")
    municipality: str
    starts_on: date
    ends_on: date
    places: int
    applicants: int = Field(description="Applications that name it, without drafts.")
    hiring: Hiring
    wage: str = Field(examples=["350.00"])
    currency: str
    unit: WageUnit
    unit_kg: str | None
    hours_per_day: str
    days_per_week: int
    housing: bool
    transport: bool
    food: bool
    tops_up: bool = Field(description="The employer guarantees the daily minimum in writing.")
    housing_seen: HousingSeen | None = Field(
        description="What the labour inspection saw; null without housing and abroad."
    )
    terms: PublicTerms | None = Field(description="Null where nobody has told any, as in a pool.")
    day_wage: DayWageReply | None


class VacancyList(BaseModel):
    """Open vacancies, and the departments for whose pool a worker may apply."""

    items: list[VacancyReply]
    pools: list[VacancyReply] = Field(
        description="An application names one as it names a vacancy; an employer comes later."
    )


@router.get(
    "", operation_id="listVacancies", summary="List the open vacancies", responses=refusals(422)
)
def list_vacancies(
    work: PublicReading,
    programme: Annotated[
        Code | None, Query(description="A code of `listProgrammes`; none: of every programme.")
    ] = None,
    q: Annotated[Line, Query(description="Words of title, employer or place.")] = "",
) -> VacancyList:
    """Those that begin first on top, 200 at most, and the pools, which `q` leaves alone; public."""
    if programme is not None and programme not in work.ports.reference.programmes:
        raise Invalid([Fault("unknown-value", "programme")])
    found = vacancies.list_vacancies(work, programme, q)
    codes = [programme] if programme is not None else list(work.ports.reference.programmes)
    open_pools = [pool for code in codes for pool in pools.list_pools(work, code)]
    told = vacancies.read_terms(work, [*found, *open_pools])
    return VacancyList(
        items=[_vacancy(vacancy, told[vacancy.id]) for vacancy in found],
        pools=[_vacancy(pool, told[pool.id]) for pool in open_pools],
    )


def _vacancy(vacancy: ListedVacancy, beside: ToldTerms) -> VacancyReply:
    terms = offers.to_mapping(vacancy.offer)
    told = {name: terms[name] for name in VacancyReply.model_fields if name in terms}
    own = {
        "id": vacancy.id,
        "programme": vacancy.programme,
        "places": vacancy.places,
        "applicants": vacancy.applicants,
        "employer_name": vacancy.employer_name or None,
        "terms": public_terms(beside.terms) if beside.terms != Terms() else None,
        "day_wage": day_wage(beside.day_wage),
        "housing_seen": asdict(beside.housing) if beside.housing else None,
    }
    return VacancyReply.model_validate(told | own)
