"""What the program on a gate's phone is given, and what it sends: notes, each answered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.services.farm_register import Answer, EmployersFarm, Sent
from app.services.work import Work
from app.web import assets, wording
from app.web.api.fields import Instant
from app.web.i18n import Locale
from app.web.pages.verification import roots_of
from permits.credentials import short_employer_id
from permits.errors import Fault
from recruitment.farm_register import BATCH_LIMIT, Belonging, Direction

FOLDER = assets.BUILT / "gate"
READER = "zxing_reader.wasm"


@dataclass(frozen=True)
class Outfit:
    """Where the program's parts lie, whom it believes, and for which employer the farm is.

    `employer` is as permits carry it, "" on the page without a network, which is everybody's.
    `until` is the last day on which names may be kept on the phone, None where none are.
    """

    assets: Mapping[str, str]
    roots: tuple[Mapping[str, str], ...]
    employer: str = ""
    until: date | None = None


def outfit_of(work: Work, farm: EmployersFarm | None, until: date | None = None) -> Outfit:
    """For the gate of a farm, or for the page that is kept on every phone."""
    reader = assets.read_manifest(assets.BUILT / "scanner")[READER]
    built = {**assets.read_manifest(FOLDER), READER: reader}
    employer = short_employer_id(str(farm.employer)) if farm else ""
    return Outfit(built, roots_of(work), employer, until)


class Note(BaseModel):
    """One entry or exit as a phone noted it, by its own clock; sent again, it is the same.

    `paper`: the hour was read from paper, and says nothing of the phone's clock.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: UUID
    direction: Direction
    happened_at: Instant
    text: Annotated[str, StringConstraints(max_length=4000)] = ""
    hand: UUID | None = None
    paper: bool = False


class Notes(BaseModel):
    """What waited on a phone, and what its clock says as it sends."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sent_at: Instant
    notes: Annotated[list[Note], Field(max_length=BATCH_LIMIT)]

    @property
    def sent(self) -> list[Sent]:
        """As the service takes it."""
        return [
            Sent(
                one.id,
                one.direction,
                one.happened_at,
                one.text,
                one.hand,
                offline=one.paper,
                sent_at=None if one.paper else self.sent_at,
            )
            for one in self.notes
        ]


class NoteAnswer(BaseModel):
    """What became of one: how somebody belongs, or in words why not; `wait`: send it again."""

    id: UUID
    belonging: Belonging | None
    words: str
    wait: bool = False


class NotesAnswer(BaseModel):
    """One answer for each note, in their order."""

    items: list[NoteAnswer]


def tell(answers: Sequence[Answer], locale: Locale) -> NotesAnswer:
    """What became of the notes, in the words of the phone's page."""
    return NotesAnswer(items=[_answer(one, locale) for one in answers])


def _answer(answer: Answer, locale: Locale) -> NoteAnswer:
    if answer.belonging is not None:
        words = wording.say(locale, "belonging-help", answer.belonging.value)
        return NoteAnswer(id=answer.id, belonging=answer.belonging, words=words)
    fault = answer.faults[0]
    words = wording.say(locale, "fault", fault.code, fault.facts)
    return NoteAnswer(id=answer.id, belonging=None, words=words, wait=_passes(fault))


def _passes(fault: Fault) -> bool:
    return fault.code in {"numbers-too-many", "notes-too-many"}
