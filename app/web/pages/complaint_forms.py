"""The form of a complaint and what its pages show; nothing of it stands in an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, StringConstraints
from starlette.datastructures import FormData

from app.services.complaint_evidence import Received
from app.services.complaint_filing import Sent
from app.services.complaint_talk import Conversation
from app.web import forms
from app.web.forms import Form
from app.web.i18n import N_
from app.web.private_forms import files_of
from app.web.sounds import Heard
from recruitment.complaints.filed import WORDS_LIMIT, Told
from recruitment.complaints.places import Place
from recruitment.complaints.words import Category, DangerSign, Filing, Request

FILINGS = (Filing.ANONYMOUS, Filing.NAMED, Filing.THIRD_PARTY, Filing.OFFICIAL)
"""Who may be telling it; a check-in's wish comes another way."""

GROUPS: Sequence[tuple[str, tuple[Category, ...]]] = (
    (
        "money",
        (
            Category.WAGE_UNPAID,
            Category.WAGE_UNDER_MINIMUM,
            Category.DEDUCTION,
            Category.PIECE_COUNT,
            Category.FEE_CHARGED,
            Category.DEBT,
        ),
    ),
    (
        "harm",
        (
            Category.VIOLENCE,
            Category.SEXUAL_HARASSMENT,
            Category.THREATS,
            Category.MOVEMENT,
            Category.ISOLATION,
            Category.TRAFFICKING,
            Category.CHILD_LABOUR,
            Category.DISCRIMINATION,
            Category.RETALIATION,
        ),
    ),
    (
        "papers",
        (Category.DOCUMENT_RETAINED, Category.CONTRACT_CHANGED, Category.RECRUITER_FRAUD),
    ),
    (
        "work",
        (
            Category.HOURS,
            Category.REST,
            Category.HOUSING,
            Category.WATER_FOOD,
            Category.TRANSPORT,
            Category.ACCIDENT,
            Category.PESTICIDE,
            Category.HEALTH_DENIED,
        ),
    ),
    (
        "service",
        (
            Category.OFFICIAL_MISCONDUCT,
            Category.PERMIT_DELAY,
            Category.DATA_PRIVACY,
            Category.OTHER,
        ),
    ),
)
"""What it may be about, as the page shows it: each group by itself."""

AWAY = "https://www.google.com/search?q=clima+honduras"
"""Where the quick way out leads: what anybody may have looked up. It is told no address of ours."""

Short = Annotated[str, StringConstraints(max_length=200)]


def _none(text: object) -> object:
    return None if text == "" else text


class Answered(forms.Answers):
    """What somebody tells; the ticket is the form's own and holds the number to come."""

    wording: ClassVar[Mapping[str, str]] = {
        "filing.missing": N_("Elija si quiere decir quién es."),
        "farm.not-an-option": N_("Esa finca ya no está. Búsquela otra vez, o siga sin ella."),
    }
    ticket: str
    filing: Filing
    categories: tuple[Category, ...] = ()
    signs: tuple[DangerSign, ...] = ()
    words: Annotated[str, StringConstraints(max_length=WORDS_LIMIT)] = ""
    department: Short = ""
    employer: Short = ""
    farm: Annotated[UUID | None, BeforeValidator(_none)] = None
    place: Short = ""
    when: Short = ""
    name: Short = ""
    reach: Short = ""
    about: Short = ""


class Written(forms.Answers):
    """What somebody adds under their number; `after` is the last message that they saw."""

    entry: str
    after: int = 0
    words: Annotated[str, StringConstraints(max_length=WORDS_LIMIT)] = ""
    asks: Request | None = None


class Leaving:
    """What every page here shows: a quick way out."""

    away: ClassVar[str] = AWAY


@dataclass(frozen=True)
class StartPage(Leaving):
    """The way in: what to tell, or the number of what was told; `form` is of the number."""

    form: Form = field(default_factory=Form)


@dataclass(frozen=True)
class TellPage(Leaving):
    """The form: the ticket rides in it, and every word again where something was wrong.

    `places` are registered farms to choose from; `sought`: they were looked for just now.
    """

    form: Form
    ticket: str
    departments: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, tuple[Category, ...]]] = GROUPS
    filings: Sequence[Filing] = FILINGS
    signs: Sequence[DangerSign] = tuple(DangerSign)
    places: Sequence[Place] = ()
    sought: bool = False


@dataclass(frozen=True)
class NumberPage(Leaving):
    """The number in groups of four, as it is written down and as it is said, digit by digit."""

    groups: Sequence[str]

    @property
    def spoken(self) -> str:
        """Each digit by itself, with a pause between the groups."""
        return ", ".join(" ".join(group) for group in self.groups)


@dataclass(frozen=True)
class TalkPage(Leaving):
    """The conversation, with a form below; `number` only at the first return, to be noted again.

    `voice` is what they asked to hear again.
    """

    form: Form
    entry: str
    talk: Conversation
    asks: Sequence[Request]
    number: str = ""
    done: bool = False
    voice: Heard | None = None

    @property
    def last(self) -> int:
        """The place of the last message that this page shows."""
        return self.talk.messages[-1].place


def sent_of(answers: Answered, posted: FormData, language: str) -> Sent:
    """What is to be filed, of a form whose shape is right."""
    told = Told(
        answers.words,
        frozenset(answers.signs),
        answers.employer,
        answers.place,
        answers.when,
        answers.name,
        answers.reach,
        answers.about,
        language,
    )
    return Sent(
        answers.filing,
        tuple(answers.categories),
        told,
        answers.department or None,
        received_of(posted),
        answers.farm,
    )


def received_of(posted: FormData) -> list[Received]:
    """The photos, papers and voices of a form: of the field for files and of the one for voices."""
    return [Received(name, read) for name in ("files", "voice") for read in files_of(posted, name)]
