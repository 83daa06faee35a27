"""Reach a state by living it through the services; nothing is written into a column."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from uuid import UUID, uuid4

from app.services import (
    answer_terms,
    applications,
    approvals,
    info_requests,
    issuing,
    submissions,
)
from app.services.approvals import Ruling
from app.services.companions import Told
from app.services.ports import Ports
from app.services.work import Work
from app.storage import accounts, vacancies
from app.storage.applications import get_application
from app.storage.database import Session
from permits.answer_checks import CONSENT_VERSION
from permits.applications import Application, ApplicationId, Status
from permits.approvals import Ground, Opinion
from permits.audit import Act
from permits.companions import Relation
from permits.deadlines import legal_day
from permits.duties import NEEDS, POST_ROLES
from permits.info_requests import Question, QuestionKind
from permits.offers import Offer
from permits.people import SYSTEM, Actor, Agency, PersonId, Role
from permits.programmes import Hiring
from permits.reach import EVERYTHING
from permits.wages import EmployerSize, WageUnit
from tests.agreed import agree
from tests.selected import select

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PHONE = "+50255512345"
CUI = "1234567892004"

ANSWERS: dict[str, object] = {
    "document_number": CUI,
    "given_names": "María Ángela",
    "surnames": "Gutiérrez Ñamendí",
    "date_of_birth": date(1994, 3, 27),
    "sex": "female",
    "municipality": "2004",
    "languages_spoken": ("spa", "caa"),
    "languages_read": (),
    "brings_documents": True,
    "brings_photo": True,
    "consent": CONSENT_VERSION,
}

ABROAD: dict[str, str] = {
    "document_kind": "hn-dni",
    "document_number": "0801199490001",
    "nationality": "HND",
    "municipality": "0404",
}
"""What a Honduran answers who wants to work abroad."""

COMPANION = Told(Relation.CHILD, "Ceferina Xol", date(2018, 5, 4), "B7788210")
"""A child who travels along."""


def work_of(session: Session, actor: Actor, ports: Ports, now: datetime = NOW) -> Work:
    """Work of somebody at an instant."""
    return Work(session, actor, now, ports, "test")


def add_official(
    session: Session, ports: Ports, role: Role, name: str = "", *, department: str | None = None
) -> Actor:
    """An official with an account and, for an agency, a posting."""
    post = "HN-GT-1" if role in POST_ROLES else None
    country = "GTM" if role in NEEDS["country"] else None
    name = name or f"Oficial {uuid4().hex[:6]}"
    actor = Actor(PersonId(uuid4()), role, name, post, department, country=country)
    account = accounts.Account.of(actor, f"{actor.person.hex}@demo.example", "")
    work = work_of(session, SYSTEM, ports)
    event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": role.value})
    accounts.add_account(session, account, SYSTEM.person, NOW, event=event)
    return actor


def add_vacancy(
    session: Session,
    ports: Ports,
    *,
    hiring: Hiring = Hiring.OPEN,
    programme: str = "coffee-hn-gt",
    starts_on: date | None = None,
    ends_on: date | None = None,
    now: datetime = NOW,
    department: str = "HN-CP",
    places: int = 20,
    farm: str = "Finca El Cedral",
) -> UUID:
    """An open vacancy of a new employer; the work begins in a week unless a test says otherwise."""
    work = work_of(session, SYSTEM, ports)
    employer = vacancies.Employer(
        uuid4(),
        farm,
        None,
        EmployerSize.TO_10,
        department,
        "0404",
        "+50499990000",
        "cedral@demo.example",
    )
    event = work.event(Act.EMPLOYER_ADDED, employer.id)
    vacancies.add_employer(session, employer, NOW, event=event)
    identity, today = uuid4(), legal_day(now)
    offer = _offer(
        identity,
        employer,
        hiring,
        starts_on or today + timedelta(days=8),
        ends_on or today + timedelta(days=84),
    )
    listed = vacancies.ListedVacancy(identity, programme, "open", places, offer, None, None)
    listed = replace(listed, employer_phone=employer.phone, employer_email=employer.email)
    event = work.event(Act.VACANCY_ADDED, identity, {"programme": programme})
    vacancies.add_vacancy(session, listed, NOW, event=event)
    return identity


def _offer(
    vacancy: UUID, employer: vacancies.Employer, hiring: Hiring, starts_on: date, ends_on: date
) -> Offer:
    return Offer(
        vacancy=str(vacancy),
        employer=str(employer.id),
        employer_name=employer.name,
        employer_size=employer.size,
        hiring=hiring,
        department=employer.department,
        municipality="0404",
        title="Corte de café",
        occupation="9211",
        starts_on=starts_on,
        ends_on=ends_on,
        wage=Decimal("350.00"),
        currency="HNL",
        unit=WageUnit.DAY,
        unit_kg=None,
        hours_per_day=Decimal(8),
        days_per_week=6,
        housing=True,
        transport=True,
        food=True,
    )


class Story:
    """One application and the people around it, led from state to state."""

    def __init__(self, session: Session, ports: Ports, now: datetime = NOW) -> None:
        self.session, self.ports, self.now = session, ports, now
        self.setrass = add_official(session, ports, Role.SETRASS_OFFICER)
        self.inm = add_official(session, ports, Role.INM_OFFICER)
        self.worker: Actor = Actor(PersonId(uuid4()), Role.WORKER)
        # Known to nobody until `supervise`.
        self.supervisor = Actor(PersonId(uuid4()), Role.SETRASS_SUPERVISOR, "Supervisión")
        self.id = ApplicationId(uuid4())

    def work(self, actor: Actor) -> Work:
        """Work of one of the people."""
        return work_of(self.session, actor, self.ports, self.now)

    def supervise(self) -> "Story":
        """SETRASS's supervisor has an account."""
        role = Role.SETRASS_SUPERVISOR
        self.supervisor = add_official(self.session, self.ports, role, "Supervisión")
        return self

    @cached_property
    def consul(self) -> Actor:
        """An officer of the Guatemalan consulate, from when somebody asks for one."""
        return add_official(self.session, self.ports, Role.CONSULATE_OFFICER)

    def relieve(self) -> "Story":
        """Two officials who had no part in the case take the places of those before."""
        self.setrass = add_official(self.session, self.ports, Role.SETRASS_OFFICER)
        self.inm = add_official(self.session, self.ports, Role.INM_OFFICER)
        return self

    @property
    def application(self) -> Application:
        """The application as it stands."""
        return get_application(self.session, self.id, reach=EVERYTHING)

    def later(self, **time: int) -> "Story":
        """Let time pass."""
        self.now += timedelta(**time)
        return self

    def start(
        self,
        hiring: Hiring = Hiring.OPEN,
        *,
        programme: str = "coffee-hn-gt",
        department: str = "HN-CP",
        **answers: object,
    ) -> "Story":
        """A draft with every answer given."""
        vacancy = add_vacancy(
            self.session,
            self.ports,
            hiring=hiring,
            programme=programme,
            department=department,
            now=self.now,
        )
        nobody = Actor(PersonId(uuid4()), Role.ANYONE)
        started = applications.start_application(self.work(nobody), programme, PHONE, "es")
        self.worker, self.id = started.actor, started.application.id
        changes = {**ANSWERS, "vacancy": str(vacancy), **answers}
        applications.save_answers(self.work(self.worker), self.id, changes)
        return self

    def start_abroad(self) -> "Story":
        """A draft for an employer abroad who chose this worker; SETRASS decides on advice."""
        return select(self.start(Hiring.NAMED, programme="twap-canada", **ABROAD))

    def hand_in(self) -> "Story":
        """Handed in by its worker, and the contract not agreed to."""
        submissions.submit_application(self.work(self.worker), self.id)
        return self

    def submit(self) -> "Story":
        """Handed in by its worker, who agrees to the contract where the employer has already."""
        return agree(self.hand_in())

    def decide(self, actor: Actor, opinion: Opinion, note: str = "") -> "Story":
        """A decision of one of the officials."""
        agency_ground = {Agency.SETRASS: Ground.DUPLICATE, Agency.INM: Ground.RE_ENTRY_BAN}
        grounds: tuple[Ground, ...] = ()
        if opinion is Opinion.REFUSE and actor.agency:
            grounds = (agency_ground[actor.agency],)
        if opinion is Opinion.RETURN:
            grounds, note = (Ground.DATA_MISSING,), note or "¿Cuál es su segundo apellido?"
        ruling = Ruling(opinion, grounds, note)
        approvals.decide_application(
            self.work(actor), self.id, ruling, seen_version=self.application.version
        )
        return self

    def ask(self, *questions: Question) -> "Story":
        """SETRASS asks the worker; one question unless a test names others."""
        asked = questions or (Question(QuestionKind.FACT, "¿Cuál es su segundo apellido?"),)
        work, seen = self.work(self.setrass), self.application.version
        info_requests.ask_questions(work, self.id, asked, seen_version=seen)
        return self

    def answer(self) -> "Story":
        """The worker answers each question in words, and hands the answers in."""
        work = self.work(self.worker)
        for item in info_requests.read_waiting(work, self.id).items:
            info_requests.answer_item(work, self.id, item.position, "Así es.")
        info_requests.send_answers(work, self.id)
        return self

    def approve(self) -> "Story":
        """Approved by both agencies."""
        return self.decide(self.setrass, Opinion.APPROVE).decide(self.inm, Opinion.APPROVE)

    def sign(self) -> "Story":
        """What waits for a signature is signed."""
        issuing.sign_pending(self.work(SYSTEM))
        return self

    def reach(self, status: Status) -> "Story":
        """Live up to a status."""
        self.start()
        if status is Status.WITHDRAWN:
            applications.withdraw_application(self.work(self.worker), self.id)
        if status in {Status.DRAFT, Status.WITHDRAWN}:
            return self
        self.submit()
        steps = {
            Status.UNDER_REVIEW: lambda: self,
            Status.APPROVED: self.approve,
            Status.REFUSED: lambda: self.decide(self.setrass, Opinion.REFUSE),
            Status.ASKED: self.ask,
            Status.RETURNED: lambda: self.decide(self.setrass, Opinion.RETURN),
            Status.LAPSED: self._lapse,
        }
        return steps[status]()

    def _lapse(self) -> "Story":
        self.decide(self.setrass, Opinion.RETURN).later(days=40)
        answer_terms.lapse_returned(self.work(SYSTEM))
        return self
