"""A crew list on paper: for whoever registered it what its page tells, for officials their cases.

Paper leaves the house, so each person on it can read who took it (N8).
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from app.services import crew_approvals, crews
from app.services.case import programme_of
from app.services.crews import ListedVacancy, SeenMember
from app.services.work import Work
from app.storage import audit
from app.storage.crews import ListedMember
from permits.applications import ApplicationId
from permits.audit import Act
from permits.crews import Crew, MemberState
from permits.deadlines import legal_day
from permits.prints import PrintedCrew, PrintedMember


def print_own(work: Work, crew: UUID, language: str) -> bytes:
    """The list for whoever registered it and its employer: who said yes, and how far each is.

    Nothing more than on the page: no way of consenting, nothing that a check found, and receipts
    for the employer alone. NotFound for everybody else's.
    """
    seen = crews.read_own(work, crew)
    _note(work, (one.application for one in seen.members))
    members = [_own(one) for one in seen.members]
    printed = _printed(work, seen.crew, seen.vacancy, "crew-state", members, len(members))
    return work.ports.prints.crew(printed, language)


def print_file(work: Work, crew: UUID, language: str) -> bytes:
    """The list for an official: each case within reach with receipt, consent and status.

    Who has not said yes is counted and not named. NotFound where no case is within reach.
    """
    file = crew_approvals.read_crew(work, crew)
    _note(work, (one.listed.application.id for one in file.cases))
    members = [_case(one.listed) for one in file.cases]
    printed = _printed(work, file.crew, file.vacancy, "status", members, file.registered)
    return work.ports.prints.crew(printed, language)


def _note(work: Work, applications: Iterable[ApplicationId]) -> None:
    facts = {"purpose": "list"}
    audit.append_all(
        work.session, [work.event(Act.APPLICATION_READ, one, facts) for one in applications]
    )


def _own(one: SeenMember) -> PrintedMember:
    consented = one.state is not MemberState.NOT_CONSENTED
    return PrintedMember(one.place, one.name, one.receipt, one.state.value, consented)


def _case(listed: ListedMember) -> PrintedMember:
    member, found = listed.member, listed.application
    return PrintedMember(
        member.place,
        listed.worker_name,
        found.receipt,
        found.status.value,
        member.way is not None,
        member.way.value if member.way else None,
        legal_day(member.consented_at) if member.consented_at else None,
    )


def _printed(
    work: Work,
    crew: Crew,
    vacancy: ListedVacancy | None,
    family: str,
    members: Sequence[PrintedMember],
    registered: int,
) -> PrintedCrew:
    return PrintedCrew(
        title=vacancy.offer.title if vacancy else "",
        employer=vacancy.employer_name if vacancy else "",
        programme=programme_of(work, crew.programme),
        registered_on=legal_day(crew.registered_at),
        registered=registered,
        family=family,
        members=tuple(members),
        printed_at=work.now,
    )
