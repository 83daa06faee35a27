"""The filter of the queue as words of an address: one grammar for pages, exports, API and CLI."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import parse_qs, parse_qsl, urlencode
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.services.queues import Due, Wanted
from app.services.work import Work
from app.services.work_places import work_places
from permits.applications import Status
from permits.errors import Fault, Invalid, refuse_if
from permits.people import Agency
from permits.recommendations import Step

PATH = "/bandeja"
EXPORT = f"{PATH}/exportar"
STATUSES = tuple(status for status in Status if status is not Status.DRAFT)
STEP_WORDS: Mapping[str, Step] = {"recomendar": Step.RECOMMEND, "decidir": Step.DECIDE}
DUE_WORDS: Mapping[str, Due] = {"pronto": Due.SOON, "vencidas": Due.LATE}
EVERYTHING, MINE, ME, YES = "todas", "mia", "yo", "si"
LONGEST_SEARCH = 100
"""Letters of a search; what comes after is not looked at."""


def _told(values: Collection[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


Word = Annotated[str, Field(max_length=400)]


class FilterWords(BaseModel):
    """The words of a filter; each may be absent, and a name that is none of them is refused.

    Without `espera` and `estado` an official of an agency asks for what waits for it, everybody
    else for everything within reach.
    """

    model_config = ConfigDict(extra="forbid")

    estado: list[Word] = Field(
        default=[],
        max_length=len(STATUSES),
        description=f"The status: {_told(STATUSES)}. Several by repeating it, or with commas.",
    )
    programa: Word = Field(default="", description="A programme: a code of `listProgrammes`.")
    espera: Word = Field(
        default="",
        description=f"Whose turn it is: {_told((MINE, *Agency))}, or `{EVERYTHING}` for no matter"
        f" whose. `{MINE}` is the own agency of an official, and what is meant where neither this"
        " nor `estado` is said.",
    )
    tengo: Word = Field(default="", description=f"`{ME}`: only cases that I hold.")
    vence: Word = Field(
        default="",
        description=f"Under review and {_told(DUE_WORDS)} (due soon, late), or due before a day"
        " (ISO 8601, Honduran time).",
    )
    nuevo: Word = Field(
        default="", description=f"`{YES}`: only what I have not opened since it changed."
    )
    paso: Word = Field(
        default="",
        description=f"What the agency whose turn it is has to do next: {_told(STEP_WORDS)}"
        " (recommend, decide). The own agency where `espera` names none.",
    )
    lugar: Word = Field(
        default="",
        description="Where the work is: a department (ISO 3166-2) or a municipality's code.",
    )
    enviada_desde: Word = Field(
        default="", description="Handed in first on this day (ISO 8601, Honduran time) or later."
    )
    enviada_hasta: Word = Field(default="", description="Handed in first on this day or before it.")
    q: Word = Field(
        default="",
        description="Words of name, document, receipt, phone or employer; those behind `nombre:`,"
        " `documento:`, `telefono:` or `recibo:` are looked for there alone.",
    )

    def statuses(self) -> list[str]:
        """The words for statuses, one by one."""
        return [word for words in self.estado for word in words.split(",") if word]


class Words(FilterWords):
    """The words of an address of the pages; `desde` is the key of a later page."""

    desde: str = ""


def read_filter(text: str) -> Words:
    """The words of a filter as the address of the list writes them, whether or not it is whole.

    A word of one meaning that is said twice is read as it was said last, as in any address.
    Invalid for a word that is not of the grammar.
    """
    found = parse_qs(text.rpartition("?")[2], keep_blank_values=True)
    refuse_if(
        [Fault("not-an-option", name) for name in sorted(found.keys() - Words.model_fields.keys())]
    )
    return Words.model_validate(
        {name: said if name == "estado" else said[-1] for name, said in found.items()}
    )


def wanted_of(work: Work, words: str) -> Wanted:
    """The filter of words as `words_to_save` wrote them; Invalid where one is not known."""
    known = [(name, said) for name, said in parse_qsl(words) if name in Words.model_fields]
    return read_words(work, read_filter(urlencode(known)))


def read_words(work: Work, words: FilterWords) -> Wanted:
    """The filter of the words; whose turn is asked for unless a status is, or everything.

    Invalid tells all words at once that are not of the grammar, each by its name.
    """
    _check(work, words)
    statuses = words.statuses()
    waits = words.espera or ("" if statuses or work.actor.agency is None else MINE)
    return Wanted(
        frozenset(Status(word) for word in statuses),
        words.programa or None,
        waits == MINE,
        words.tengo == ME,
        _due(words.vence),
        words.nuevo == YES,
        words.q.strip()[:LONGEST_SEARCH],
        STEP_WORDS.get(words.paso),
        words.lugar,
        Agency(waits) if waits in set(Agency) else None,
        _day(words.enviada_desde),
        _day(words.enviada_hasta),
    )


def _check(work: Work, words: FilterWords) -> None:
    """Refuse, all at once, what the grammar does not know."""
    turns = {EVERYTHING, *Agency, *([MINE] if work.actor.agency else [])}
    checks: Mapping[str, Callable[[str], bool]] = {
        "estado": {status.value for status in STATUSES}.__contains__,
        "programa": work.ports.reference.programmes.__contains__,
        "espera": turns.__contains__,
        "tengo": {ME}.__contains__,
        "vence": lambda word: _due(word) is not None,
        "nuevo": {YES}.__contains__,
        "paso": STEP_WORDS.__contains__,
        "lugar": work_places(work).known.__contains__,
        "enviada_desde": lambda word: _day(word) is not None,
        "enviada_hasta": lambda word: _day(word) is not None,
    }
    said = {name: [getattr(words, name)] for name in checks} | {"estado": words.statuses()}
    refuse_if(
        [
            Fault("not-an-option", name)
            for name, known in checks.items()
            if any(word and not known(word) for word in said[name])
        ]
    )


def words_of(wanted: Wanted) -> dict[str, str]:
    """The words of the address that ask for this filter, none that would say nothing."""
    words = {
        "estado": ",".join(sorted(wanted.statuses)),
        "programa": wanted.programme or "",
        "tengo": ME if wanted.held else "",
        "vence": due_word(wanted.due),
        "nuevo": YES if wanted.unseen else "",
        "paso": next((word for word, step in STEP_WORDS.items() if step is wanted.step), ""),
        "lugar": wanted.place,
        "enviada_desde": wanted.since.isoformat() if wanted.since else "",
        "enviada_hasta": wanted.until.isoformat() if wanted.until else "",
        "q": wanted.text,
    }
    if wanted.turn is not None:
        words["espera"] = wanted.turn.value
    elif wanted.mine is bool(wanted.statuses):  # not what is meant where nothing is said
        words["espera"] = MINE if wanted.mine else EVERYTHING
    return {name: word for name, word in words.items() if word}


def words_to_save(wanted: Wanted) -> str:
    """The filter as words of an address; without the search, which may be somebody's name."""
    return _written(words_of(replace(wanted, text="")))


def address(wanted: Wanted, after: tuple[datetime, UUID] | None = None, *, path: str = PATH) -> str:
    """The address of a list, with the key of the page where one is named."""
    words = words_of(wanted)
    if after is not None:
        words["desde"] = f"{after[0].isoformat()}_{after[1]}"
    return f"{path}?{_written(words)}" if words else path


def read_key(text: str) -> tuple[datetime, UUID] | None:
    """The key of a later page, as `address` wrote it; Invalid where it is none."""
    if not text:
        return None
    due_at, _, identity = text.partition("_")
    try:
        instant, key = datetime.fromisoformat(due_at), UUID(identity)
    except ValueError:
        raise Invalid([Fault("not-an-option", "desde")]) from None
    if instant.tzinfo is None:
        raise Invalid([Fault("not-an-option", "desde")])
    return instant, key


def due_word(due: Due | date | None) -> str:
    """The word for a term, "" for none."""
    if isinstance(due, date):
        return due.isoformat()
    return next((word for word, one in DUE_WORDS.items() if one is due), "")


def _due(word: str) -> Due | date | None:
    return DUE_WORDS[word] if word in DUE_WORDS else _day(word)


def _day(word: str) -> date | None:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Days that may be asked about; beyond them no calendar of ours reckons."""


def _written(words: Mapping[str, Any]) -> str:
    return urlencode(words, safe=",")
