"""A crew and the people around it, led from the spreadsheet to the approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from app.services import crew_approvals, crew_consents, crews
from app.services.ports import Ports
from app.services.work import Work
from app.storage import crews as kept
from app.storage.database import Session
from app.storage.vacancies import find_vacancy
from permits.applications import ApplicationId
from permits.crews import MemberState, findings_digest
from permits.people import Actor, PersonId, Role
from permits.programmes import Hiring
from tests.agreed import agree_to
from tests.builders import add_official, add_vacancy, work_of
from tests.crew_lists import as_csv, people


def phone(text_: str) -> str | None:
    return text_ if text_.startswith("+") else None


@dataclass
class Crewed:
    """A vacancy, whoever hires, and the people who decide."""

    session: Session
    ports: Ports
    vacancy: UUID
    employer: Actor
    setrass: Actor
    inm: Actor
    crew: UUID

    def work(self, actor: Actor) -> Work:
        return work_of(self.session, actor, self.ports)

    def check(self, data: bytes) -> list[tuple[int, str]]:
        read = crews.check_list(self.work(self.employer), self.vacancy, data, phone)
        return [(one.row, one.fault.code) for one in read.faults]

    def register(self, count: int = 3, actor: Actor | None = None) -> "Crewed":
        rows = self.ports.sheets.read(as_csv(people(count)))
        crews.register_crew(self.work(actor or self.employer), self.crew, self.vacancy, rows, phone)
        return self

    @property
    def members(self) -> Sequence[kept.ListedMember]:
        return kept.list_members(self.session, self.crew)

    def consent(self) -> "Crewed":
        """Everybody says yes on their own phone."""
        for one in self.members:
            worker = Actor(one.member.worker, Role.WORKER)
            crew_consents.consent(self.work(worker), one.application.id)
            agree_to(self.work(worker), one.application.id)
        return self

    def confirm(self, actor: Actor, *but: int) -> "Crewed":
        """The official sees the findings of every case but those at these places."""
        for at, one in enumerate(self.members):
            if at not in but:
                self.confirm_one(actor, one.application.id)
        return self

    def confirm_one(self, actor: Actor, application: ApplicationId) -> None:
        work = self.work(actor)
        case = crew_approvals.open_case(work, self.crew, application)
        crew_approvals.confirm_findings(
            work,
            self.crew,
            application,
            seen_version=case.application.version,
            seen_findings=findings_digest(case.findings),
        )

    def approve(self, actor: Actor, expected: int) -> list[str]:
        results = crew_approvals.approve_crew(self.work(actor), self.crew, expected)
        return [one.refusal for one in results]

    def states(self) -> list[MemberState]:
        seen = crews.read_own(self.work(self.employer), self.crew)
        return [one.state for one in seen.members]


def crew_of(session: Session, ports: Ports, vacancy: UUID | None = None) -> Crewed:
    """A vacancy with its employer and two officers; no list yet."""
    vacancy = vacancy or add_vacancy(session, ports, hiring=Hiring.NAMED)
    found = find_vacancy(session, vacancy)
    assert found is not None
    employer = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=UUID(found.offer.employer))
    setrass = add_official(session, ports, Role.SETRASS_OFFICER)
    inm = add_official(session, ports, Role.INM_OFFICER)
    return Crewed(session, ports, vacancy, employer, setrass, inm, uuid4())
