"""The log on the screen of auditors and data protection: filters in the address, and each proof."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.services import log_reading
from app.services.log_reading import PAGE, Entry, LogFilter, LogLine, LogPage
from app.web.dependencies import SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.templating import render
from permits.audit import Act
from permits.deadlines import start_of
from permits.errors import Fault, Invalid
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = "/auditoria"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
Event = Annotated[int, Path(ge=1, lt=2**63)]
After = Annotated[int | None, Query(ge=1, lt=2**63)]
T = TypeVar("T")

VIEWS: Mapping[str, tuple[str, frozenset[Act]]] = {
    "": (N_("Todo"), frozenset()),
    "lecturas": (
        N_("Lecturas"),
        frozenset(
            {
                Act.APPLICATION_READ,
                Act.APPLICATION_EXPORTED,
                Act.APPLICATIONS_EXPORTED,
                Act.DOCUMENT_READ,
                Act.CREDENTIAL_READ,
                Act.CREDENTIAL_VERIFIED,
                Act.DATA_READ,
                Act.QUEUE_READ_OUT,
            }
        ),
    ),
    "emergencias": (
        N_("Emergencias"),
        frozenset({Act.APPLICATION_BROKEN_INTO, Act.BREAK_GLASS_REVIEWED}),
    ),
    "rechazos": (
        N_("Rechazos"),
        frozenset(
            {
                Act.REFUSED,
                Act.SIGN_IN_REFUSED,
                Act.PROVIDER_REFUSED,
                Act.DEVICE_REFUSED,
                Act.RECOVERY_REFUSED,
            }
        ),
    ),
    "entradas": (
        N_("Inicios de sesión"),
        frozenset(
            {Act.SIGN_IN_BEGUN, Act.SIGNED_IN, Act.SIGNED_OUT, Act.SESSION_ENDED, Act.PROVED}
        ),
    ),
    "roles": (
        N_("Roles y cuentas"),
        frozenset(act for act in Act if act.startswith(("role:", "account:", "api-client:"))),
    ),
    "registro": (N_("El registro"), frozenset({Act.LOG_READ, Act.DATABASE_RESTORED})),
}
"""The quick views by the word of the address, in their order."""


class Words(BaseModel):
    """The words of the address; each may be absent."""

    ver: str = ""
    sujeto: str = ""
    persona: str = ""
    acto: str = ""
    desde: str = ""
    hasta: str = ""


@dataclass(frozen=True)
class Asked:
    """What the address asks for, read: days are Honduran, `last` is the last one wanted."""

    view: str = ""
    subject: UUID | None = None
    person: UUID | None = None
    act: Act | None = None
    first: date | None = None
    last: date | None = None

    @property
    def wanted(self) -> LogFilter:
        """The filter as the service takes it; an act that is named goes before a view."""
        return LogFilter(
            self.subject,
            self.person,
            frozenset({self.act}) if self.act else VIEWS[self.view][1],
            start_of(self.first) if self.first else None,
            start_of(self.last + timedelta(days=1)) if self.last else None,
        )

    @property
    def words(self) -> dict[str, str]:
        """The words of the address that ask for this, none that would say nothing."""
        words = {
            "ver": self.view,
            "sujeto": self.subject,
            "persona": self.person,
            "acto": self.act,
            "desde": self.first,
            "hasta": self.last,
        }
        return {name: str(word) for name, word in words.items() if word}

    def address(self, after: int | None = None, **changes: Any) -> str:  # noqa: ANN401
        """The address of this list, of one of its later pages, or of a list with changes."""
        words = replace(self, **changes).words | ({"tras": str(after)} if after else {})
        return f"{PATH}?{urlencode(words)}" if words else PATH


@dataclass(frozen=True)
class Chip:
    """An active filter: its kind, what is asked for, and the address of the list without it."""

    kind: str
    value: Any
    href: str


@dataclass(frozen=True)
class View:
    """A quick view: its Spanish name, its address, whether it is the one shown."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True)
class ListPage:
    """`first` and `next` are addresses, "" where none; `size` and `sealed_at` are of the seal."""

    form: Form
    asked: Asked
    views: Sequence[View]
    chips: Sequence[Chip]
    lines: Sequence[LogLine]
    first: str
    next: str
    passed_over: frozenset[int]
    size: int
    sealed_at: Any
    acts: Sequence[Act] = tuple(Act)


@dataclass(frozen=True)
class EventPage:
    """One event; `by_subject` and `by_person` are addresses of what belongs with it."""

    entry: Entry
    by_subject: str
    by_person: str


@router.get(PATH)
def show_log(
    request: Request,
    work: SignedInWork,
    words: Annotated[Words, Query()],
    tras: After = None,
) -> Response:
    """One page of the log; what was typed wrong is marked in the form, and nothing is read."""
    check_permission(work.actor, Permission.ACCESS_LOG_READ)
    typed = {name: (word,) for name, word in words.model_dump().items() if word}
    asked, faults = _read(words)
    page = LogPage([], None)
    if not faults:
        try:
            page = log_reading.read_log(work, asked.wanted, PAGE, tras)
        except Invalid:
            faults = (Fault("ends-before-it-begins", "hasta"),)
    seal = log_reading.find_seal(work)
    context = ListPage(
        Form(typed, faults),
        asked,
        [
            View(name, asked.address(view=word, act=None), _is_shown(asked, word))
            for word, (name, _) in VIEWS.items()
        ],
        _chips(asked),
        page.lines,
        asked.address() if tras else "",
        asked.address(page.next) if page.next else "",
        page.passed_over,
        seal.size if seal else 0,
        seal.sealed_at if seal else None,
    )
    return render(request, "audit/list.html", context, 422 if faults else 200)


@router.get(PATH + "/{event}")
def show_event(request: Request, work: SignedInWork, event: Event) -> Response:
    """One event with every field, and whether it is as it was sealed."""
    entry = log_reading.read_entry(work, event)
    by_subject = Asked(subject=entry.line.subject).address()
    by_person = Asked(person=entry.line.person).address()
    return render(request, "audit/event.html", EventPage(entry, by_subject, by_person))


def _is_shown(asked: Asked, word: str) -> bool:
    return asked.act is None and asked.view == word


def _read(words: Words) -> tuple[Asked, tuple[Fault, ...]]:
    """What is asked for, and every fault; a word with a fault asks for nothing."""
    faults: list[Fault] = []

    def take(name: str, code: str, parse: Callable[[str], T]) -> T | None:
        text = getattr(words, name).strip()
        try:
            return parse(text) if text else None
        except ValueError:
            faults.append(Fault(code, name))
            return None

    view = words.ver
    if view not in VIEWS:
        faults.append(Fault("not-an-option", "ver"))
        view = ""
    asked = Asked(
        view,
        take("sujeto", "not-an-id", UUID),
        take("persona", "not-an-id", UUID),
        take("acto", "not-an-option", Act),
        take("desde", "date-impossible", _day),
        take("hasta", "date-impossible", _day),
    )
    return asked, tuple(faults)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("no day of this log")
    return day


def _chips(asked: Asked) -> list[Chip]:
    kinds = ("subject", "person", "act", "first", "last")
    return [
        Chip(kind, value, asked.address(**{kind: None}))
        for kind in kinds
        if (value := getattr(asked, kind)) is not None
    ]
