"""A season's worth of made-up cases, for measuring: as the services leave them, written by COPY.

They have no files, letters or photos; what is searched, listed, opened and decided on is all
there, sealed as any other case is: hits of a watch list, recourses, crews, rights with signed
cards and what became of them, and what people and employers leave to be looked at.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from uuid import UUID

from app.demo.load_asks import Asks
from app.demo.load_crews import Crews
from app.demo.load_employers import add_employers
from app.demo.load_follows import find_hit, find_recourse
from app.demo.load_made import APPROVE, REFUSE, RETURN, WAYS, L, M, Made, Pile
from app.demo.load_registers import Registers
from app.demo.load_rights import Rights, open_lists
from app.demo.officials import demo_cast
from app.demo.stage import SEED, Say, SeededChance, Stage
from app.demo.workers import answers_of, phone_of
from app.services import resume_codes
from app.services.applications import draft_of
from app.storage import agency_sets, approvals, copying, drafts, receipts, rounds, vacancies
from app.storage.agency_sets import AgencySet
from app.storage.rounds import SubmittedRound
from app.storage.vacancies import ListedVacancy
from app.wiring import House
from permits.applications import ApplicationId, Status
from permits.approvals import Decision, Ground, Opinion
from permits.audit import Act, Fact
from permits.deadlines import end_of, legal_day, start_of
from permits.people import Actor, Agency, PersonId, Role
from permits.submissions import Answers

BATCH = 5_000
"""Cases of one transaction."""

FIRST = 100_000
"""Numbers of people begin here, beyond those of the demonstration."""

BACK = timedelta(days=30)
"""How long ago the work may have ended whose rights are in a load."""

UNREADABLE = Ground.DOCUMENT_UNREADABLE
GROUNDS = {L: Ground.IDENTITY_NOT_PROVEN, M: Ground.DOCUMENT_FALSE_OR_EXPIRED}


@dataclass(frozen=True)
class Season:
    """What is applied for, what those with a right were hired for, and whom programmes ask."""

    market: Sequence[ListedVacancy]
    hired: Sequence[ListedVacancy]
    sets: Mapping[str, AgencySet]


class Loader:
    """Makes cases up, the same for the same chance and day, and keeps their rows for the copy."""

    def __init__(self, stage: Stage, season: Season, lists: Sequence[int]) -> None:
        self.stage, self.season, self.ports, self.now = stage, season, stage.ports, stage.now
        self.random = stage.random
        # Of their own: what follows in some cases leaves the cases as they are.
        self.pile = Pile(Random(self.random.random()))  # noqa: S311
        self._cast = demo_cast()
        # Nobody comes back by it: one code for all.
        self._code = resume_codes.keep(self.ports, self.random.randbytes(8).hex())
        self._due_at = cache(self._find_due)
        self._crews = Crews(self.pile)
        self._rights = Rights(stage, self.pile, season.sets, season.market, lists)
        self._registers = Registers(self.ports, self.pile, self.now)
        self._asks = Asks(self.ports, self.pile, self.now)

    def add(self, number: int) -> None:
        """One case, with all that belongs to it."""
        made = self._make(number)
        self._add_worker(made)
        self._add_application(made)
        self._hand_in(made)
        if made.way[0] is not Status.APPROVED:  # who was found is not let through
            self.pile.keep(
                "watch_checks", find_hit(self.pile.random, self.ports, made.case, made.at)
            )
        self._crews.add(made)
        self._asks.add(made)
        self._registers.add(made)
        decided = [
            self._decide(made, agency, opinion, min(made.at + timedelta(days=2 * step), self.now))
            for step, (agency, opinion) in enumerate(made.way[1], start=1)
        ]
        if made.way[0] is Status.APPROVED:
            self._rights.grant(made, decided)

    def _make(self, number: int) -> Made:
        worker, case = (UUID(int=self.random.getrandbits(128), version=4) for _ in range(2))
        (way,) = self.random.choices(WAYS, [way[2] for way in WAYS])
        vacancy, at = self._hire() if way[0] is Status.APPROVED else self._apply()
        said = answers_of(self.random, vacancy.programme, legal_day(at), number)
        answers = Answers(
            **said,  # type: ignore[arg-type]
            phone=phone_of(vacancy.programme, number % 10_000),
            vacancy=str(vacancy.id),
            brings_documents=True,
            brings_photo=True,
        )
        salt = self.random.randbytes(16).hex()
        asked = self.season.sets[vacancy.programme].id
        return Made(case, worker, number, at, vacancy, answers, way, salt, asked)

    def _apply(self) -> tuple[ListedVacancy, datetime]:
        ago = timedelta(minutes=self.random.randrange(90, 100 * 24 * 60))
        return self.random.choice(self.season.market), self.now - ago

    def _hire(self) -> tuple[ListedVacancy, datetime]:
        """Handed in some weeks before the work begins, and long enough ago to be decided."""
        vacancy = self.random.choice(self.season.hired)
        last = min(start_of(vacancy.offer.starts_on), self.now) - timedelta(days=6)
        return vacancy, last - timedelta(minutes=self.random.randrange(30 * 24 * 60))

    def _add_worker(self, made: Made) -> None:
        row = {
            "person": made.worker,
            "phone": made.answers.phone,
            "resume_hash": self._code.slow_hash,
            "resume_index": self._code.index,
            "language": "es",
            "created_at": made.at,
        }
        self.pile.keep("workers", row)

    def _add_application(self, made: Made) -> None:
        draft = draft_of(made.answers, made.vacancy.employer_name)
        row = {
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
        self.pile.keep("applications", row)

    def _hand_in(self, made: Made) -> None:
        vault, text = self.ports.vault, made.text
        submitted = SubmittedRound(1, made.digest, text, made.at)
        key = rounds.get_new_key(vault, made.case, made.at)
        self.pile.keep("case_keys", key)
        handed_in = rounds.get_columns(vault, key["sealed"], made, submitted)
        self.pile.keep("application_rounds", handed_in)
        facts: dict[str, Fact] = {"round": 1, "digest": made.digest, "receipt": made.receipt}
        worker = Actor(PersonId(made.worker), Role.WORKER)
        self.pile.tell(Act.APPLICATION_SUBMITTED, made.case, worker, made.at, facts)

    def _decide(self, made: Made, agency: Agency, opinion: Opinion, at: datetime) -> Decision:
        people = self._cast.setrass if agency is L else self._cast.inm
        official = self.random.choice(people)
        grounds = {APPROVE: (), RETURN: (UNREADABLE,), REFUSE: (GROUNDS[agency],)}[opinion]
        note = "" if opinion is APPROVE else "La foto del documento no se lee."
        case, person = ApplicationId(made.case), official.person
        decision = Decision(case, 1, made.digest, agency, person, opinion, at, grounds, note)
        self.pile.keep("decisions", approvals.get_columns(decision, made))
        if opinion is REFUSE:
            random, worker = self.pile.random, made.worker
            asked = find_recourse(random, self.ports, worker, decision, self.now)
            self.pile.keep("appeals", asked)
        told: dict[str, Fact] = {
            "agency": agency.value,
            "opinion": opinion.value,
            "round": 1,
            "digest": made.digest,
            "grounds": [one.value for one in grounds],
        }
        self.pile.tell(Act.APPLICATION_DECIDED, made.case, official, at, told)
        return decision

    def _find_due(self, programme: str, day: date) -> datetime:
        reference = self.ports.reference
        days = reference.programmes[programme].clocks.statutory_working_days.value
        return end_of(reference.calendar.add_working_days(day, days))


def load_cases(house: House, count: int, now: datetime, say: Say) -> None:
    """Add so many cases to a demonstration, a transaction for each five thousand.

    LookupError where the demonstration is not set up: the cases need its officials and vacancies.
    """
    with house.sessions.begin() as session:
        season, taken = _read_season(house, now), receipts.count_submitted(session)
        random = Random(f"{SEED} {taken}")  # noqa: S311
        chance = SeededChance(Random(random.random()))  # noqa: S311
        ports = dataclasses.replace(house.ports, chance=chance)
        stage = Stage(ports, session, random, now)
        lists = open_lists(stage, count)
        loader = Loader(stage, season, lists)
        add_employers(stage, count, taken, season.market)
    for first in range(taken, taken + count, BATCH):
        for number in range(first, min(first + BATCH, taken + count)):
            loader.add(FIRST + number)
        with house.sessions.begin() as session:
            pile = loader.pile
            copying.copy_cases(session, pile.rows, now, events=pile.events)
        loader.pile.clear()
        say(f"Load: {min(first + BATCH, taken + count) - taken} of {count} cases …")
    copying.take_stock(house.engine)
    say("Load: ready.")


def _read_season(house: House, now: datetime) -> Season:
    with house.read_sessions() as session:
        # The ways of a load are those of programmes in which both decide.
        newest = {one.programme: one for one in agency_sets.list_sets(session)}
        sets = {code: one for code, one in newest.items() if set(one.agencies) == {L, M}}
        today = legal_day(now)
        market, hired = (
            [one for one in vacancies.list_open(session, None, day) if one.programme in sets]
            for day in (today, today - BACK)
        )
    if not market:
        raise LookupError("no vacancy")
    return Season(market, hired, sets)
