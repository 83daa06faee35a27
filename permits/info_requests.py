"""Questions to the worker while the round stands: asked one by one, answered one by one.

A return ends the round and voids what was decided. Questions do not: the case waits as `asked`,
and with the answers it is back where it was, for the agency that asked (domain 4.2 `request_info`
and `respond`). The time to answer, the reminder and the lapse are those of a return.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import Application, ApplicationId, Status
from permits.approvals import find_note_faults
from permits.errors import Conflict, Fault
from permits.people import Agency, PersonId

MOST = 5
"""Questions of one request: who reads with effort answers few."""

QUESTION_LIMIT, ANSWER_LIMIT = 300, 1000
"""Characters of a question, and of an answer."""


class QuestionKind(StrEnum):
    """What is asked for: the photo of a paper, one fact, or how something came about."""

    DOCUMENT = "document"
    FACT = "fact"
    EXPLANATION = "explanation"


@dataclass(frozen=True)
class Question:
    """One thing that is asked, in the worker's language."""

    kind: QuestionKind
    text: str


@dataclass(frozen=True)
class Item:
    """A question as it was asked; `answer` is "" and `document` None until it is answered.

    Both texts are "" once the file was erased.
    """

    id: UUID
    position: int
    question: Question
    answer: str = ""
    document: UUID | None = None

    @property
    def is_answered(self) -> bool:
        """Whether there is what was asked for."""
        return bool(self.answer or self.document)


@dataclass(frozen=True)
class InfoRequest:
    """What one official asked in one round; `answered_at` is None while it waits, or lapsed."""

    id: UUID
    application: ApplicationId
    worker: PersonId
    round: int
    digest: str
    agency: Agency
    official: PersonId
    asked_at: datetime
    items: tuple[Item, ...]
    answered_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Whether each question has its answer."""
        return all(item.is_answered for item in self.items)

    def item(self, position: int) -> Item:
        """One question by its place from 1; Conflict where there is none."""
        found = next((one for one in self.items if one.position == position), None)
        if found is None:
            raise Conflict("no-such-item")
        return found


def waiting(application: Application, requests: Sequence[InfoRequest]) -> InfoRequest | None:
    """The request that its worker has to answer now."""
    if application.status is not Status.ASKED:
        return None
    return next((one for one in reversed(requests) if one.answered_at is None), None)


def handed_in(request: InfoRequest) -> InfoRequest:
    """The request as everybody but its worker may read it: no answer before all are handed in."""
    if request.answered_at is not None:
        return request
    kept_back = (replace(item, answer="", document=None) for item in request.items)
    return replace(request, items=tuple(kept_back))


def find_question_faults(questions: Sequence[Question]) -> list[Fault]:
    """What is wrong with what is asked; the field names the question by its place from 1."""
    if not questions:
        return [Fault("questions-missing", "question-1")]
    if len(questions) > MOST:
        return [Fault("too-many-questions", "question-1", {"limit": MOST})]
    faults: list[Fault] = []
    for place, one in enumerate(questions, start=1):
        field = f"question-{place}"
        if not one.text.strip():
            faults.append(Fault("question-text-missing", field))
        elif len(one.text) > QUESTION_LIMIT:
            faults.append(Fault("too-long", field, {"limit": QUESTION_LIMIT}))
        faults += find_note_faults(one.text, field)
    return faults


def find_answer_faults(kind: QuestionKind, answer: str, *, has_document: bool) -> list[Fault]:
    """What is wrong with one answer: a photo for a paper, words for everything else."""
    if kind is QuestionKind.DOCUMENT:
        return [] if has_document else [Fault("answer-photo-missing", "photo")]
    if not answer.strip():
        return [Fault("answer-missing", "answer")]
    if len(answer) > ANSWER_LIMIT:
        return [Fault("too-long", "answer", {"limit": ANSWER_LIMIT})]
    return find_note_faults(answer, "answer")


def check_complete(request: InfoRequest) -> None:
    """Conflict while a question has no answer: all of them go back together."""
    if not request.is_complete:
        raise Conflict("answers-missing")
