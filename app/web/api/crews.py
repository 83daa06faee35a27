"""Crew lists: a spreadsheet tried and registered, who has consented, and what waits for officials.

Findings are seen and confirmed on the page that shows them, and a crew is approved from there
(O11): a program that confirmed what nobody looked at would undo what the confirmation is for.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from app.services import crew_approvals, crews
from app.services.crew_approvals import CrewCase, Stand
from app.services.crews import SeenCrew
from app.web import wording
from app.web.answers import find_phone
from app.web.api.access import SIGNED_IN, ApiLocale
from app.web.api.documents import body_of, sent_bytes
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.documentation import refusals
from app.web.i18n import Locale
from permits.applications import Status
from permits.crew_rows import Column, ReadList
from permits.crews import Crew, MemberState
from permits.sheet_rows import RowFault

router = APIRouter(tags=["crews"], dependencies=SIGNED_IN, responses=refusals(401, 403))

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = body_of(XLSX, "text/csv")
Sheet = Annotated[bytes, Depends(sent_bytes)]
MOST_FAULTS = 500


class RowFaultReply(BaseModel):
    """What is wrong in one cell, and what to do."""

    row: int = Field(description="As the spreadsheet numbers it; 0 is the whole file.")
    column: str = Field(description='A column of the template; "" for the whole row.')
    code: str
    detail: str


class TriedReply(BaseModel):
    """What became of a list that was looked through; nothing of it is kept."""

    rows: int
    people: int = Field(description="Rows without a fault.")
    registrable: bool = Field(description="Whether `registerCrew` would take it now.")
    faults: list[RowFaultReply] = Field(description="The first 500, by row.")


class CrewLine(BaseModel):
    """A list that was registered for one vacancy."""

    id: UUID
    programme: str
    vacancy: UUID
    title: str = Field(description='Of the vacancy; "" where it is gone.')
    employer_name: str
    registered_at: datetime


class CrewList(BaseModel):
    """Lists, the newest first."""

    items: list[CrewLine]


class MemberReply(BaseModel):
    """One worker of a list; who said no looks like who has said nothing."""

    place: int = Field(description="The row of the spreadsheet.")
    name: str
    state: MemberState


class CrewReply(CrewLine):
    """A list with how far each of its workers is, and never what a check found."""

    members: list[MemberReply]


class CrewCaseReply(BaseModel):
    """A case of a list as an official meets it."""

    application: UUID
    place: int
    name: str
    receipt: str | None
    status: Status
    version: int
    stand: Stand = Field(description="Whether its findings were seen, by the one who asks.")


class CrewCasesReply(BaseModel):
    """The cases of a list within reach; `progress` counts the whole list."""

    registered: int = Field(description="With those who have not consented.")
    ready: int = Field(description="Confirmed, and to be approved from the page of the crew.")
    progress: dict[str, int]
    items: list[CrewCaseReply]


@router.post(
    "/vacancies/{vacancy}/crew-list",
    operation_id="tryCrewList",
    summary="Look a crew's spreadsheet through",
    openapi_extra=SHEET,
    responses=refusals(404, 409, 422, 503),
)
def try_list(vacancy: UUID, data: Sheet, work: SignedInWork, locale: ApiLocale) -> TriedReply:
    """A dry run: every fault by row and column, with what to do. Nothing is kept."""
    return _tried(crews.check_list(work, vacancy, data, find_phone), locale)


@router.post(
    "/vacancies/{vacancy}/crews/{crew}",
    operation_id="registerCrew",
    summary="Register a crew",
    openapi_extra=SHEET,
    responses=refusals(404, 409, 422, 503),
)
def register_crew(vacancy: UUID, crew: UUID, data: Sheet, work: SignedInWork) -> CrewReply:
    """A draft for each worker; each is told, and says yes or no alone.

    `crew` is an id that the sender chooses: sent again, the list is registered once. A list with
    a fault is refused whole.
    """
    crews.read_vacancy(work, vacancy)  # who may not know of it is told nothing of the file
    rows = crews.read_sheet(work, data)
    crews.register_crew(work, crew, vacancy, rows, find_phone)
    return _crew(crews.read_own(work, crew))


@router.get("/crews", operation_id="listCrews", summary="List crews")
def list_crews(work: SignedInReading) -> CrewList:
    """For an employer or a brigade their own; for officials those with a case within reach."""
    of_agency = work.actor.agency is not None
    found = crew_approvals.list_crews(work) if of_agency else crews.list_own(work)
    return CrewList(items=[_line(one.crew, one.title, one.employer_name) for one in found])


@router.get(
    "/crews/{crew}",
    operation_id="getCrew",
    summary="Read who has consented",
    responses=refusals(404, 422),
)
def get_crew(crew: UUID, work: SignedInReading) -> CrewReply:
    """For whoever registered the list, and its employer."""
    return _crew(crews.read_own(work, crew))


@router.get(
    "/crews/{crew}/cases",
    operation_id="listCrewCases",
    summary="List the cases of a crew",
    responses=refusals(404, 422),
)
def list_cases(crew: UUID, work: SignedInReading) -> CrewCasesReply:
    """For officials: what is to be seen still, and what they have confirmed."""
    file = crew_approvals.read_crew(work, crew)
    return CrewCasesReply(
        registered=file.registered,
        ready=file.count(Stand.CONFIRMED),
        progress=dict(file.progress),
        items=[_case(one) for one in file.cases],
    )


def _tried(read: ReadList, locale: Locale) -> TriedReply:
    faults = [_fault(one, locale) for one in read.faults[:MOST_FAULTS]]
    return TriedReply(
        rows=read.rows, people=len(read.people), registrable=not read.faults, faults=faults
    )


def _fault(one: RowFault, locale: Locale) -> RowFaultReply:
    said = wording.say(locale, "fault", one.fault.code, one.fault.facts)
    known = {column.value for column in Column}
    column = one.fault.field if one.fault.field in known else ""
    return RowFaultReply(row=one.row, column=column, code=one.fault.code, detail=said)


def _crew(seen: SeenCrew) -> CrewReply:
    members = [MemberReply(place=one.place, name=one.name, state=one.state) for one in seen.members]
    offer = seen.vacancy.offer
    line = _line(seen.crew, offer.title, offer.employer_name)
    return CrewReply(**dict(line), members=members)


def _line(crew: Crew, title: str, employer_name: str) -> CrewLine:
    return CrewLine(
        id=crew.id,
        programme=crew.programme,
        vacancy=crew.vacancy,
        title=title,
        employer_name=employer_name,
        registered_at=crew.registered_at,
    )


def _case(one: CrewCase) -> CrewCaseReply:
    found = one.listed.application
    return CrewCaseReply(
        application=found.id,
        place=one.listed.member.place,
        name=one.listed.worker_name,
        receipt=found.receipt,
        status=found.status,
        version=found.version,
        stand=one.stand,
    )
