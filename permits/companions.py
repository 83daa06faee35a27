"""Who travels with a worker: recorded so that the family is known, never authorised to work.

Domain 4.7: a record of its own kind, outside of what the agencies decide on. Nothing that is issued
refers to one: whoever wants to work applies in their own name, at the programme's age.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.ages import age_on
from permits.answer_checks import FULL_NAME_LIMIT, is_name
from permits.applications import OPEN, Application, ApplicationId, Status
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, NotFound
from permits.people import Actor, PersonId

CompanionId = NewType("CompanionId", UUID)

MOST_COMPANIONS = 12
"""Beside one worker; as many minors as one crossing takes."""

OF_AGE = 18
"""Years (Código de la Niñez y la Adolescencia, art. 1); younger is a child under CA-4."""

OLDEST = 110

CONSENT_TEXT = "2026-11"
"""The words that a grown companion agrees to (templates/companions/ask.html)."""

_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
_DOCUMENT = re.compile(r"[A-Z0-9]{4,20}")


class Relation(StrEnum):
    """What somebody is to the worker."""

    CHILD = "child"
    SPOUSE = "spouse"
    OTHER = "other"


class CompanionWay(StrEnum):
    """How a grown companion said yes."""

    LINK = "link"
    """By the link that went to their own phone."""
    WITNESSED = "witnessed"
    """By their mark, before somebody who answers for it by name."""


@dataclass(frozen=True)
class Companion:
    """Somebody who travels along. `document` is any number that identifies them, "" for none.

    `phone` (E.164, "" for none) is a grown one's own; `way`, `consented_at` and `witness` tell of
    their yes.
    """

    id: CompanionId
    application: ApplicationId
    worker: PersonId
    relation: Relation
    full_name: str
    date_of_birth: date
    added_at: datetime
    document: str = ""
    phone: str = ""
    way: CompanionWay | None = None
    consented_at: datetime | None = None
    witness: PersonId | None = None

    @property
    def awaits_consent(self) -> bool:
        """Whether no agency may see them yet: grown when told of, and not asked or silent.

        A child is told of by who travels with it.
        """
        return self.consented_at is None and not self.is_minor(legal_day(self.added_at))

    def is_minor(self, day: date) -> bool:
        """Whether a passport and a parent are asked for at the border (CA-4)."""
        return age_on(self.date_of_birth, day) < OF_AGE


def born_after(day: date) -> date:
    """Who was born after this day is a child on `day`.

    Of 29 February none is left eighteen years later: who was born that day is one until 1 March.
    """
    if (day.month, day.day) == (2, 29):
        return date(day.year - OF_AGE, 2, 28)
    return day.replace(year=day.year - OF_AGE)


ADDABLE = OPEN | {Status.APPROVED}
"""While an application stands here its worker may say who travels along."""


def check_companions(status: Status, known: int) -> None:
    """Conflict where the application is over, or has as many companions as there may be."""
    if status not in ADDABLE:
        raise Conflict("application-over", status=status.value)
    if known >= MOST_COMPANIONS:
        raise Conflict("too-many-companions", limit=MOST_COMPANIONS)


def check_answerable(companion: Companion) -> None:
    """Conflict where nothing is asked of them: a child, or somebody who has said yes."""
    if not companion.awaits_consent:
        raise Conflict("no-consent-wanted")


def check_witness(actor: Actor, application: Application) -> None:
    """Nobody witnesses the marks of those who travel with themselves; a closed case asks none."""
    if actor.person == application.worker:
        raise Forbidden("own-case")
    if application.status not in ADDABLE:
        raise NotFound("no-such-application")


def find_faults(companion: Companion, today: date, worker_phone: str = "") -> list[Fault]:
    """What is wrong with a companion as told; all at once.

    A `child` is younger than 18: a grown one is named as `other`, or applies alone. On the
    worker's own phone nobody else says yes alone: there a witness is needed.
    """
    return [
        *_name_faults(companion.full_name),
        *_birth_faults(companion, today),
        *(
            [Fault("wrong-shape", "document")]
            if companion.document and not _DOCUMENT.fullmatch(companion.document)
            else []
        ),
        *_phone_faults(companion.phone, worker_phone),
    ]


def _phone_faults(phone: str, worker_phone: str) -> list[Fault]:
    if not phone:
        return []
    if not _PHONE.fullmatch(phone):
        return [Fault("phone-malformed", "phone")]
    return [Fault("phone-of-worker", "phone")] if phone == worker_phone else []


def _name_faults(name: str) -> list[Fault]:
    if not name:
        return [Fault("missing", "full_name")]
    if len(name) > FULL_NAME_LIMIT:
        return [Fault("too-long", "full_name", {"limit": FULL_NAME_LIMIT})]
    return [] if is_name(name) else [Fault("name-characters", "full_name")]


def _birth_faults(companion: Companion, today: date) -> list[Fault]:
    born = companion.date_of_birth
    if born > today:
        return [Fault("date-in-future", "date_of_birth")]
    if age_on(born, today) > OLDEST:
        return [Fault("date-too-old", "date_of_birth")]
    if companion.relation is Relation.CHILD and not companion.is_minor(today):
        return [Fault("child-of-age", "date_of_birth", {"limit": OF_AGE})]
    return []
