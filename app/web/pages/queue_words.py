"""The filter of the queue as words of an address: one grammar for the list, exports and views."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from pydantic import BaseModel

from app.services.queues import Due, Wanted
from app.services.work import Work
from app.services.work_places import work_places
from permits.applications import Status
from permits.errors import Fault, Invalid, refuse_if
from permits.recommendations import Step

PATH = "/bandeja"
EXPORT = f"{PATH}/exportar"
STATUSES = tuple(status for status in Status if status is not Status.DRAFT)
STEP_WORDS: Mapping[str, Step] = {"recomendar": Step.RECOMMEND, "decidir": Step.DECIDE}
DUE_WORDS: Mapping[str, Due] = {"pronto": Due.SOON, "vencidas": Due.LATE}
EVERYTHING, MINE, ME, YES = "todas", "mia", "yo", "si"
LONGEST_SEARCH = 100
"""Letters of a search; what comes after is not looked at."""


class Words(BaseModel):
    """The words of the address; each may be absent. `desde` is the key of a later page."""

    estado: str = ""
    programa: str = ""
    espera: str = ""
    tengo: str = ""
    vence: str = ""
    nuevo: str = ""
    paso: str = ""
    lugar: str = ""
    q: str = ""
    desde: str = ""


def read_filter(text: str) -> Words:
    """The words of a filter as the address of the list writes them, whether or not it is whole.

    Invalid for a word that is not of the grammar, which the address would leave aside.
    """
    words = dict(parse_qsl(text.rpartition("?")[2], keep_blank_values=True))
    unknown = sorted(words.keys() - Words.model_fields.keys())
    refuse_if([Fault("not-an-option", name) for name in unknown])
    return Words(**words)


def wanted_of(work: Work, words: str) -> Wanted:
    """The filter of words as `words_to_save` wrote them; Invalid where one is not known."""
    known = {name: value for name, value in parse_qsl(words) if name in Words.model_fields}
    return read_words(work, Words(**known))


def read_words(work: Work, words: Words) -> Wanted:
    """The filter of the address; whose turn is asked for unless a status is, or everything."""
    known = {status.value: status for status in STATUSES}
    checks: Mapping[str, Collection[str]] = {
        "estado": known,
        "programa": work.ports.reference.programmes,
        "espera": {MINE, EVERYTHING},
        "tengo": {ME},
        "vence": DUE_WORDS,
        "nuevo": {YES},
        "paso": STEP_WORDS,
        "lugar": work_places(work).known,
    }
    asked = {name: getattr(words, name) for name in checks}
    refuse_if(
        [
            Fault("not-an-option", name)
            for name, word in asked.items()
            if word and word not in checks[name]
        ]
    )
    return Wanted(
        frozenset({known[words.estado]}) if words.estado else frozenset(),
        words.programa or None,
        words.espera == MINE or not (words.espera or words.estado),
        words.tengo == ME,
        DUE_WORDS.get(words.vence),
        words.nuevo == YES,
        words.q.strip()[:LONGEST_SEARCH],
        STEP_WORDS.get(words.paso),
        words.lugar,
    )


def words_of(wanted: Wanted) -> dict[str, str]:
    """The words of the address that ask for this filter, none that would say nothing."""
    words = {
        "estado": min(wanted.statuses).value if wanted.statuses else "",
        "programa": wanted.programme or "",
        "tengo": ME if wanted.held else "",
        "vence": next((word for word, due in DUE_WORDS.items() if due is wanted.due), ""),
        "nuevo": YES if wanted.unseen else "",
        "paso": next((word for word, step in STEP_WORDS.items() if step is wanted.step), ""),
        "lugar": wanted.place,
        "q": wanted.text,
    }
    if wanted.mine is bool(wanted.statuses):  # not what is meant where nothing is said
        words["espera"] = MINE if wanted.mine else EVERYTHING
    return {name: word for name, word in words.items() if word}


def words_to_save(wanted: Wanted) -> str:
    """The filter as words of an address; without the search, which may be somebody's name."""
    return urlencode(words_of(replace(wanted, text="")))


def address(wanted: Wanted, after: tuple[datetime, UUID] | None = None, *, path: str = PATH) -> str:
    """The address of a list, with the key of the page where one is named."""
    words = words_of(wanted)
    if after is not None:
        words["desde"] = f"{after[0].isoformat()}_{after[1]}"
    return f"{path}?{urlencode(words)}" if words else path


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
