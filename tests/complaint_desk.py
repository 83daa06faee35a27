"""The complaints office at work: two handlers with their phrases, and one complaint."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from app.services import (
    complaint_acts,
    complaint_desk,
    complaint_keys,
    complaint_numbers,
    complaint_talk,
    complaint_terms,
)
from app.services.complaint_acts import Judgement
from app.services.complaint_desk import OpenedCase
from app.services.work import Work
from permits.people import SYSTEM
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.handling import TELLING
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Outcome, Request, Severity, Status
from tests.builders import NOW
from tests.complained import PHRASE, Office, complain, token_of

TOLD = "Le explicamos por qué."
SECRET = "Dijo que el capataz se llama Fulano. CANARIO-F"


@dataclass
class Desk:
    """The office with two handlers, and one complaint that somebody filed."""

    office: Office
    now: datetime = NOW
    complaint: ComplaintId = field(default_factory=lambda: ComplaintId(uuid4()))
    digits: str = ""

    def begin(self) -> "Desk":
        self.office.ready().join()
        filed = complain(self.office.work(now=self.now))
        self.complaint, self.digits = filed.id, filed.digits
        complaint_terms.begin_clocks(self.system)
        return self

    @property
    def system(self) -> Work:
        return self.office.work(SYSTEM, self.now)

    def by(self, number: int = 0) -> Work:
        return self.office.work(self.office.handlers[number], self.now)

    def token(self, number: int = 0) -> str:
        return token_of(self.office.handlers[number])

    def later(self, **passed: int) -> "Desk":
        self.now += timedelta(**passed)
        for one in self.office.handlers:
            work = self.office.work(one, self.now)
            assert complaint_keys.unlock(work, token_of(one), PHRASE)
        return self

    def opened(self, number: int = 0) -> OpenedCase:
        return complaint_desk.open_on_desk(self.by(number), self.token(number), self.complaint)

    @property
    def seen(self) -> int:
        return self.opened().handled.filed.version

    @property
    def status(self) -> Status:
        return self.opened().handled.filed.status

    def act(self, action: Action, words: str = "", number: int = 0, **more: object) -> None:
        complaint_acts.act(
            self.by(number),
            self.token(number),
            self.complaint,
            action,
            words,
            seen=self.seen,
            **{"told": TOLD if action in TELLING else "", **more},  # type: ignore[arg-type]
        )

    def take(self, number: int = 0) -> "Desk":
        complaint_acts.take(self.by(number), self.complaint, seen=self.seen)
        return self

    def accept(self, severity: Severity = Severity.S2, **more: object) -> "Desk":
        said = Judgement(severity, (Category.WAGE_UNPAID,), **more)  # type: ignore[arg-type]
        complaint_acts.accept(self.by(), self.token(), self.complaint, said, seen=self.seen)
        return self

    def find(self, outcome: Outcome = Outcome.SUBSTANTIATED) -> "Desk":
        self.act(Action.INVESTIGATE)
        complaint_acts.find(
            self.by(), self.token(), self.complaint, outcome, SECRET, seen=self.seen
        )
        self.act(Action.APPROVE_FINDING, number=1)
        return self

    def says(self, words: str, asks: Request | None = None) -> None:
        work = self.office.work(now=self.now)
        found = complaint_numbers.open_by_number(work, self.digits)
        assert found is not None
        complaint_talk.tell(work, found.seal, words, asks)
