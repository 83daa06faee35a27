"""One made-up case of a load, how cases go, and where their rows wait until they are copied."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from app.storage.vacancies import ListedVacancy
from permits import offers, submissions
from permits.applications import Status, canonical, digest_of
from permits.approvals import Opinion
from permits.audit import Act, AuditEvent, Fact
from permits.deadlines import legal_day
from permits.people import Actor, Agency
from permits.submissions import Answers

L, M = Agency.SETRASS, Agency.INM
APPROVE, RETURN, REFUSE = Opinion.APPROVE, Opinion.RETURN, Opinion.REFUSE
Way = tuple[Status, Sequence[tuple[Agency, Opinion]], int]
"""Where a case stands, who decided what, and how many of a hundred are so."""

WAYS: Sequence[Way] = (
    (Status.UNDER_REVIEW, (), 26),
    (Status.UNDER_REVIEW, ((L, APPROVE),), 16),
    (Status.RETURNED, ((L, RETURN),), 6),
    (Status.RETURNED, ((L, APPROVE), (M, RETURN)), 2),
    (Status.REFUSED, ((L, REFUSE),), 7),
    (Status.REFUSED, ((L, APPROVE), (M, REFUSE)), 5),
    (Status.WITHDRAWN, (), 5),
    (Status.LAPSED, ((L, RETURN),), 3),
    (Status.APPROVED, ((L, APPROVE), (M, APPROVE)), 30),
)
"""Of those that are over, six of ten ended with a right."""


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

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.way[0] is Status.UNDER_REVIEW and not self.way[1]

    @property
    def content(self) -> dict[str, object]:
        """What is decided on."""
        offer = offers.to_mapping(self.vacancy.offer)
        programme = self.vacancy.programme
        return submissions.decided_content(self.answers, programme, offer, {}, self.salt)

    @cached_property
    def text(self) -> str:
        """The one writing of it."""
        return canonical(self.content)

    @cached_property
    def digest(self) -> str:
        """Of the content, which is written once."""
        return digest_of(self.text)


@dataclass
class Pile:
    """What is made up and not copied yet: rows by the name of their table, and the events."""

    random: Random
    rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    events: list[AuditEvent] = field(default_factory=list)

    def keep(self, table: str, row: Mapping[str, Any] | None) -> None:
        """Lay a row aside, if there is one."""
        if row is not None:
            self.rows[table].append(row)

    def tell(
        self,
        act: Act,
        subject: UUID,
        actor: Actor,
        at: datetime,
        facts: Mapping[str, Fact] | None = None,
    ) -> None:
        """Lay the event of an act aside."""
        self.events.append(
            AuditEvent(act, subject, actor.person, actor.role, at, "load", facts or {})
        )

    def new_id(self) -> UUID:
        """By the chance of the load."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def is_one_of(self, share: int, whole: int = 1000) -> bool:
        """So often, by chance."""
        return self.random.randrange(whole) < share

    def clear(self) -> None:
        """Begin anew, once all of it was copied."""
        self.rows.clear()
        self.events.clear()
