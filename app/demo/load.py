"""A season's worth of made-up cases, for measuring: as the services leave them, written by COPY.

They have no files, letters, consents or permits; what is searched, listed, opened and decided on
is all there, sealed as any other case is: hits of a watch list and recourses that wait, too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from random import Random
from typing import Any
from uuid import UUID

from app.demo.load_follows import find_hit, find_recourse
from app.demo.officials import demo_cast
from app.demo.stage import SEED, Say
from app.demo.workers import answers_of, phone_of
from app.services import resume_codes
from app.services.applications import draft_of
from app.services.ports import Ports
from app.storage import agency_sets, approvals, copying, drafts, receipts, rounds, vacancies
from app.storage.agency_sets import AgencySet
from app.storage.rounds import SubmittedRound
from app.storage.vacancies import ListedVacancy
from app.wiring import House
from permits import offers, submissions
from permits.applications import ApplicationId, Status, canonical, digest
from permits.approvals import Decision, Ground, Opinion
from permits.audit import Act, AuditEvent, Fact
from permits.deadlines import end_of, legal_day
from permits.people import Actor, Agency, PersonId, Role
from permits.submissions import Answers

BATCH = 5_000
"""Cases of one transaction."""

FIRST = 100_000
"""Numbers of people begin here, beyond those of the demonstration."""

L, M = Agency.SETRASS, Agency.INM
APPROVE, RETURN, REFUSE = Opinion.APPROVE, Opinion.RETURN, Opinion.REFUSE
UNREADABLE = Ground.DOCUMENT_UNREADABLE
GROUNDS = {L: Ground.IDENTITY_NOT_PROVEN, M: Ground.DOCUMENT_FALSE_OR_EXPIRED}
Way = tuple[Status, Sequence[tuple[Agency, Opinion]], int]
"""Where a case stands, who decided what, and how many of a hundred are so."""

WAYS: Sequence[Way] = (
    (Status.UNDER_REVIEW, (), 30),
    (Status.UNDER_REVIEW, ((L, APPROVE),), 20),
    (Status.RETURNED, ((L, RETURN),), 8),
    (Status.RETURNED, ((L, APPROVE), (M, RETURN)), 2),
    (Status.REFUSED, ((L, REFUSE),), 15),
    (Status.REFUSED, ((L, APPROVE), (M, REFUSE)), 10),
    (Status.WITHDRAWN, (), 10),
    (Status.LAPSED, ((L, RETURN),), 5),
)


@dataclass(frozen=True)
class Made:
    """One made-up case; `way` is how it went."""

    case: UUID
    worker: UUID
    number: int
    at: datetime
    vacancy: ListedVacancy
    answers: Answers
    way: Way
    salt: str
    agency_set: int

    @property
    def id(self) -> UUID:
        """Of the case."""
        return self.case

    @property
    def receipt(self) -> str:
        """Its receipt, with a mark that no real one has."""
        year, number = legal_day(self.at).year, self.number
        return f"{year}-{number // 10**4:04d}-{number % 10**4:04d}Z"

    @cached_property
    def content(self) -> dict[str, object]:
        """What is decided on."""
        offer = offers.to_mapping(self.vacancy.offer)
        programme = self.vacancy.programme
        return submissions.decided_content(self.answers, programme, offer, {}, self.salt)

    @cached_property
    def digest(self) -> str:
        """Of the content."""
        return digest(self.content)


@dataclass
class Loader:
    """Makes cases up, the same for the same chance and day, and keeps their rows for the copy."""

    ports: Ports
    market: Sequence[ListedVacancy]
    sets: Mapping[str, AgencySet]
    now: datetime
    random: Random
    rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    events: list[AuditEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cast = demo_cast()
        # Nobody comes back by it: one code for all.
        self._code = resume_codes.keep(self.ports, self.random.randbytes(8).hex())
        self._due_at = cache(self._find_due)
        self._later = Random(self.random.random())  # noqa: S311

    def add(self, number: int) -> None:
        """One case, with all that belongs to it."""
        made = self._make(number)
        self._add_worker(made)
        self._add_application(made)
        self._hand_in(made)
        self._keep("watch_checks", find_hit(self._later, self.ports, made.case, made.at))
        for step, (agency, opinion) in enumerate(made.way[1], start=1):
            self._decide(made, agency, opinion, min(made.at + timedelta(days=2 * step), self.now))

    def _keep(self, table: str, row: Mapping[str, Any] | None) -> None:
        if row is not None:
            self.rows[table].append(row)

    def _make(self, number: int) -> Made:
        worker, case = (UUID(int=self.random.getrandbits(128), version=4) for _ in range(2))
        at = self.now - timedelta(minutes=self.random.randrange(90, 100 * 24 * 60))
        vacancy = self.random.choice(self.market)
        said = answers_of(self.random, vacancy.programme, legal_day(at), number)
        answers = Answers(
            **said,  # type: ignore[arg-type]
            phone=phone_of(vacancy.programme, number % 10_000),
            vacancy=str(vacancy.id),
            brings_documents=True,
            brings_photo=True,
        )
        (way,) = self.random.choices(WAYS, [way[2] for way in WAYS])
        salt = self.random.randbytes(16).hex()
        asked = self.sets[vacancy.programme].id
        return Made(case, worker, number, at, vacancy, answers, way, salt, asked)

    def _add_worker(self, made: Made) -> None:
        self.rows["workers"].append(
            {
                "person": made.worker,
                "phone": made.answers.phone,
                "resume_hash": self._code.slow_hash,
                "resume_index": self._code.index,
                "language": "es",
                "created_at": made.at,
            }
        )

    def _add_application(self, made: Made) -> None:
        draft = draft_of(made.answers, made.vacancy.employer_name)
        self.rows["applications"].append(
            {
                "id": made.case,
                "worker": made.worker,
                "programme": made.vacancy.programme,
                "status": made.way[0].value,
                "round": 1,
                "version": 3 + len(made.way[1]),
                "digest": made.digest,
                "agency_set": made.agency_set,
                "receipt": made.receipt,
                "held_by_name": "",
                "submitted_at": made.at,
                "due_at": self._due_at(made.vacancy.programme, legal_day(made.at)),
                "created_at": made.at,
                "updated_at": made.at,
                "lapsed_at": made.at if made.way[0] is Status.LAPSED else None,
                **drafts.get_columns(self.ports.vault, made.case, draft, made.receipt),
            }
        )

    def _hand_in(self, made: Made) -> None:
        vault, text = self.ports.vault, canonical(made.content)
        submitted = SubmittedRound(1, made.digest, text, made.at)
        key = rounds.get_new_key(vault, made.case, made.at)
        self.rows["case_keys"].append(key)
        self.rows["application_rounds"].append(
            rounds.get_columns(vault, key["sealed"], made, submitted)
        )
        facts: dict[str, Fact] = {"round": 1, "digest": made.digest, "receipt": made.receipt}
        worker = Actor(PersonId(made.worker), Role.WORKER)
        self._tell(made, Act.APPLICATION_SUBMITTED, worker, made.at, facts)

    def _decide(self, made: Made, agency: Agency, opinion: Opinion, at: datetime) -> None:
        people = self._cast.setrass if agency is L else self._cast.inm
        official = self.random.choice(people)
        grounds = {APPROVE: (), RETURN: (UNREADABLE,), REFUSE: (GROUNDS[agency],)}[opinion]
        note = "" if opinion is APPROVE else "La foto del documento no se lee."
        case, person = ApplicationId(made.case), official.person
        decision = Decision(case, 1, made.digest, agency, person, opinion, at, grounds, note)
        self.rows["decisions"].append(approvals.get_columns(decision, made))
        if opinion is REFUSE:
            asked = find_recourse(self._later, self.ports, made.worker, decision, self.now)
            self._keep("appeals", asked)
        told: dict[str, Fact] = {
            "agency": agency.value,
            "opinion": opinion.value,
            "round": 1,
            "digest": made.digest,
            "grounds": [one.value for one in grounds],
        }
        self._tell(made, Act.APPLICATION_DECIDED, official, at, told)

    def _tell(
        self, made: Made, act: Act, actor: Actor, at: datetime, facts: Mapping[str, Fact]
    ) -> None:
        event = AuditEvent(act, made.case, actor.person, actor.role, at, "load", facts)
        self.events.append(event)

    def _find_due(self, programme: str, day: date) -> datetime:
        reference = self.ports.reference
        days = reference.programmes[programme].clocks.statutory_working_days.value
        return end_of(reference.calendar.add_working_days(day, days))


def load_cases(house: House, count: int, now: datetime, say: Say) -> None:
    """Add so many cases to a demonstration, a transaction for each five thousand.

    LookupError where the demonstration is not set up: the cases need its officials and vacancies.
    """
    with house.read_sessions() as session:
        # The ways above are those of programmes in which both decide.
        newest = {one.programme: one for one in agency_sets.list_sets(session)}
        sets = {code: one for code, one in newest.items() if set(one.agencies) == {L, M}}
        every = vacancies.list_open(session, None, legal_day(now))
        market = [one for one in every if one.programme in sets]
        taken = receipts.count_submitted(session)
    if not market:
        raise LookupError("no vacancy")
    loader = Loader(house.ports, market, sets, now, Random(f"{SEED} {taken}"))  # noqa: S311
    for first in range(taken, taken + count, BATCH):
        for number in range(first, min(first + BATCH, taken + count)):
            loader.add(FIRST + number)
        with house.sessions.begin() as session:
            copying.copy_cases(session, loader.rows, events=loader.events)
        loader.rows.clear()
        loader.events.clear()
        say(f"Load: {min(first + BATCH, taken + count) - taken} of {count} cases …")
    copying.take_stock(house.engine)
    say("Load: ready.")
