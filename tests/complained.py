"""Complaints as the tests file them: a group that is ready, handlers with phrases, and a number."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from app.services import complaint_filing, complaint_groups, complaint_keys, complaint_numbers
from app.services.complaint_evidence import Received
from app.services.complaint_filing import Sent
from app.services.complaint_keys import CaseSeal
from app.services.ports import Ports
from app.services.work import Work
from app.storage.complaint_figures import add_quarter
from app.storage.database import Session
from permits.audit import Act
from permits.people import NOBODY, Actor, Role
from recruitment.complaints import figures
from recruitment.complaints.filed import ComplaintId, Told
from recruitment.complaints.words import Category, Filing
from tests.builders import NOW, add_official, work_of

WORDS = "El patrón nos quitó los pasaportes. CANARIO-7731"
PHRASE = "cinco palabras que nadie adivina"
TOKEN = "a-session-token-of-a-handler"


@dataclass
class Office:
    """The handlers' side: made ready with a recovery key, and a first handler who is unlocked."""

    session: Session
    ports: Ports
    recovery: str = ""
    handlers: list[Actor] = field(default_factory=list)

    def work(self, actor: Actor = NOBODY, now: datetime = NOW) -> Work:
        return work_of(self.session, actor, self.ports, now)

    def ready(self) -> "Office":
        self.recovery = complaint_groups.init_group(self.work())
        self.join()
        return self

    def join(self, *, let_in: bool = True, role: Role = Role.COMPLAINT_HANDLER) -> Actor:
        """One more handler with a phrase; the recovery key lets them in."""
        handler = add_official(self.session, self.ports, role)
        complaint_keys.choose_phrase(self.work(handler), PHRASE)
        if let_in:
            secret = complaint_groups.read_recovery(self.recovery)
            complaint_groups.let_in_by_recovery(self.work(), secret, handler.person)
        assert complaint_keys.unlock(self.work(handler), token_of(handler), PHRASE)
        self.handlers.append(handler)
        return handler

    def open(self, complaint: ComplaintId, handler: Actor | None = None) -> CaseSeal:
        of = handler or self.handlers[0]
        return complaint_keys.open_case(self.work(of), token_of(of), complaint)


def token_of(handler: Actor) -> str:
    return f"{TOKEN}-{handler.person}"


@dataclass(frozen=True)
class Complained:
    """A complaint that was sent: its id and its number."""

    id: ComplaintId
    digits: str


def complain(
    work: Work, files: Sequence[bytes] = (), told: Told | None = None, **other: object
) -> Complained:
    """File a complaint as somebody without a name does."""
    ticket = complaint_numbers.read_ticket(work, complaint_numbers.make_ticket(work))
    assert ticket is not None
    sent = Sent(
        Filing.ANONYMOUS,
        (Category.DOCUMENT_RETAINED,),
        told or Told(WORDS, employer="Finca El Secreto"),
        "HN-CP",
        tuple(Received("files", partial(bytes, data)) for data in files),
    )
    complaint_filing.file_complaint(work, ticket, replace(sent, **other))  # type: ignore[arg-type]
    return Complained(ticket.complaint, ticket.digits)


def tell_a_quarter(work: Work) -> None:
    """Figures of a quarter that is over, as a night tells them."""
    received = [figures.Received(("wage-unpaid", "hours"), "s2", "HN-CP")] * 27
    met = [figures.Met("decision", days, days < 15) for days in (2, 5, 9, 12, 20)]
    ended, remedies = ["closed-resolved"] * 11, ["repayment"] * 8
    told = figures.figures_of(date(2026, 7, 1), received, ended, met, remedies)
    identity = work.new_id()
    event = work.event(Act.COMPLAINT_FIGURES_TOLD, identity, {"quarter": "2026-07-01"})
    add_quarter(work.session, identity, told, event=event)
