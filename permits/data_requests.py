"""What a person asks of the office about the own data, where no page can do it at once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import ApplicationId
from permits.people import PersonId

WORDS_LIMIT = 1000
"""Characters of a request and of its answer."""


class RequestKind(StrEnum):
    """What is asked for."""

    CORRECTION = "correction"
    ERASURE = "erasure"


class RequestStatus(StrEnum):
    """An answer is final; who does not agree asks again."""

    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"


@dataclass(frozen=True)
class DataRequest:
    """`words` are the worker's own, `answer` the office's, "" until it was answered."""

    id: UUID
    worker: PersonId
    application: ApplicationId
    kind: RequestKind
    status: RequestStatus
    words: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: PersonId | None = None
