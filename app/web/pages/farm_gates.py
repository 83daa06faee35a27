"""What is typed at a farm's gate, by the employer or a foreman with a link: one form for both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, StringConstraints

from app.services.farm_register import Answer, Register, Sent
from app.services.housing import FarmHousing
from app.services.work import Work
from app.web import forms
from app.web.answers import YesNo
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.gate_programs import Outfit
from permits.deadlines import LEGAL_ZONE
from permits.errors import Conflict, Fault
from recruitment.farm_register import AT_ONCE, Belonging, Direction, ForemanLink


def _read_hour(text: object) -> object:
    """None for nothing; a day and hour as a browser's own field writes them are those of here."""
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise forms.broken("hour-impossible") from None
    return read if read.tzinfo else read.replace(tzinfo=LEGAL_ZONE)


class MovementForm(forms.Answers):
    """Who passes, and which way: a number or symbol, or people of the list.

    `happened_at` is what somebody wrote on paper, in the hour of Honduras or with its own offset;
    empty it is now. What is older than a moment waited, whatever `offline` says.
    """

    wording: ClassVar[Mapping[str, str]] = {
        "direction.missing": N_("Elija si entra o sale."),
        "text.missing": N_("Escriba un número o marque a alguien de la lista."),
        "id.missing": N_("Abra otra vez esta página."),
    }
    id: UUID
    direction: Direction
    text: Annotated[str, StringConstraints(max_length=4000)] = ""
    hands: tuple[UUID, ...] = ()
    happened_at: Annotated[AwareDatetime | None, BeforeValidator(_read_hour)] = None
    offline: YesNo = False

    def sent(self, now: datetime) -> list[Sent]:
        """As the service takes it; each of a list has an id that follows from the form's own."""
        at = self.happened_at or now
        waited = self.offline or now - at > AT_ONCE
        typed = [Sent(self.id, self.direction, at, self.text, offline=waited)]
        ticked = [
            Sent(UUID(int=self.id.int ^ hand.int), self.direction, at, "", hand, waited)
            for hand in self.hands
        ]
        return ticked + (typed if self.text or not ticked else [])


@dataclass(frozen=True)
class GatePage:
    """A farm's register with its form; `here` is where the form goes.

    `own`: the employer sees it, with names and the links; a foreman sees less. `made` is a new
    link, shown once. `done` is what was just recorded. `housing`: the employer sees what the
    inspection found of it. `outfit` is for the program on the phone.
    """

    here: str
    register: Register
    form: Form
    today: date
    outfit: Outfit
    own: bool = False
    links: Sequence[ForemanLink] = ()
    made: str = ""
    symbol: str = ""
    done: Sequence[Belonging] = ()
    directions: tuple[Direction, ...] = tuple(Direction)
    refusal: Conflict | None = None
    housing: FarmHousing | None = None


def blank(work: Work, direction: str = "entry") -> Form:
    """A form that has its id already: pressed twice, or sent again, it is kept once."""
    return Form({"id": (str(work.new_id()),), "direction": (direction,)})


def faults_of(answers: Sequence[Answer]) -> tuple[Fault, ...]:
    """What was refused, one fault a field."""
    found = {fault.field: fault for one in answers for fault in one.faults}
    return tuple(found.values())


def status_of(faults: Sequence[Fault]) -> int:
    """422; 429 where too many numbers were typed: a phone that sends keeps its own and waits."""
    waits = {"numbers-too-many", "notes-too-many"}
    return 429 if waits & {one.code for one in faults} else 422


def wrong(posted: Mapping[str, Sequence[str]], faults: tuple[Fault, ...]) -> Form:
    """The same form with its faults; what concerns the time or the list is told at the field."""
    paper = (
        {"time-to-come", "time-too-old", "link-not-then"} if posted.get("happened_at") else set()
    )
    moved = tuple(
        replace(one, field="happened_at" if one.code in paper else "text") for one in faults
    )
    return Form(posted, moved[:1], MovementForm.wording)
