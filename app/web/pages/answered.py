"""What was answered, in words: the rows of check-answers, and names of places, work and files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.services.case import Case
from app.services.ports import Reference
from app.web import wording
from app.web.answers import show_phone
from app.web.forms import Step
from app.web.i18n import N_, Locale
from app.web.pages.own_questions import question_of, say_answer
from app.web.pages.steps import wizard_after
from permits.identity_documents import IdentityKind, group
from permits.people import Actor
from permits.programmes import Programme
from permits.submissions import OWN_FILES, Answers, DocumentKind
from permits.visibility import sees_question

LANGUAGES = (N_("Español"), N_("Inglés"), N_("Francés"), N_("Garífuna"))
"""Names of the reference data that other languages say differently."""

ALPHA2: Mapping[str, str] = {"GTM": "GT", "HND": "HN", "SLV": "SV"}
"""Countries whose municipalities are known → the beginning of their ISO 3166-2 codes."""


@dataclass(frozen=True)
class Row:
    """One answer; `path` is where it is changed."""

    label: str
    value: str
    path: str


@dataclass(frozen=True)
class Said:
    """What the words of a case are made of, and who reads them."""

    case: Case
    reference: Reference
    locale: Locale
    actor: Actor


def rows(said: Said) -> tuple[Row, ...]:
    """Every answer in the order of the wizard; of the programme's own those that they see."""
    steps = wizard_after(said.case.programme, said.case.answers).steps
    return tuple(row for step in steps for row in _rows(said, step))


def own_rows(said: Said) -> tuple[Row, ...]:
    """What was answered to the programme's own questions, as far as the reader sees it."""
    steps = wizard_after(said.case.programme, said.case.answers).steps
    return tuple(row for step in steps if question_of(step) for row in _rows(said, step))


def _rows(said: Said, step: Step[Any]) -> Iterator[Row]:
    path = f"/solicitud/{said.case.application.id}/{step.slug}"
    own = question_of(step)
    if own is None:
        for name, label in step.labels.items():
            yield Row(said.locale.text(label), TELL[name](said), path)
    elif sees_question(said.actor, own):
        answer = say_answer(own, said.case.answers.extra.get(own.id), said.locale)
        yield Row(own.label(said.locale.language.code), answer, path)


def programme_name(programme: Programme, locale: Locale) -> str:
    """The name of a programme in the language of the page."""
    return programme.name_en if locale.language.code == "en" else programme.name_es


def programme_names(programmes: Iterable[Programme], locale: Locale) -> Mapping[str, str]:
    """Code → name of each, in the language of the page."""
    return {one.code: programme_name(one, locale) for one in programmes}


def country_of(programme: Programme, answers: Answers) -> str:
    """Whose municipalities the worker may live in, ISO 3166 alpha-3."""
    return answers.nationality or programme.nationalities[0]


def place_name(reference: Reference, country: str, code: str) -> str:
    """`Jocotán, Chiquimula`; the municipality alone where the department is not known."""
    name = reference.municipalities.get(country, {}).get(code, code)
    start = f"{ALPHA2.get(country, country)}-"
    listed = [label for iso, label in reference.departments.items() if iso.startswith(start)]
    # The departments stand in the order of the civil registry, by which codes count.
    number = int(code[:2]) if code[:2].isdigit() else 0
    return f"{name}, {listed[number - 1]}" if 0 < number <= len(listed) else name


def work_place(reference: Reference, department: str, municipality: str) -> str:
    """Where the work is: municipality and department at home, the country's code abroad."""
    name = reference.departments.get(department, department)
    town = reference.municipalities.get("HND", {}).get(municipality, "")
    return f"{town}, {name}" if town and department.startswith("HN-") else name


def language_names(said: Said, codes: tuple[str, ...]) -> str:
    """The names of languages, with commas."""
    known = said.reference.languages
    return ", ".join(said.locale.text(known.get(code, code)) for code in codes)


def _number(said: Said) -> str:
    answers = said.case.answers
    kind = IdentityKind(answers.document_kind or IdentityKind.PASSPORT)
    words = wording.say(said.locale, "identity", kind.value)
    return f"{words}: {group(kind, answers.document_number or '')}"


def _born(said: Said) -> str:
    born = said.case.answers.date_of_birth
    return said.locale.day(born) if born else ""


def _place(said: Said) -> str:
    answers = said.case.answers
    country = country_of(said.case.programme, answers)
    return place_name(said.reference, country, answers.municipality or "")


def _read(said: Said) -> str:
    read = said.case.answers.languages_read
    if read is None:
        return ""
    return language_names(said, read) if read else said.locale.text(N_("No leo"))


def _work(said: Said) -> str:
    offer = said.case.offer
    if offer is not None and offer.is_pool:
        place = work_place(said.reference, offer.department, offer.municipality)
        return said.locale.text(N_("Todavía sin finca, en %(place)s"), place=place)
    return f"{offer.title}. {offer.employer_name}" if offer else ""


def _files(said: Said, kinds: frozenset[DocumentKind], *, brings: bool) -> str:
    sent = sum(document.kind in kinds for document in said.case.documents)
    if sent:
        one, many = N_("%(count)s foto recibida"), N_("%(count)s fotos recibidas")
        return said.locale.text(one if sent == 1 else many, count=sent)
    return said.locale.text(N_("Lo mostrará en la oficina")) if brings else ""


TELL: Mapping[str, Callable[[Said], str]] = {
    "document_number": _number,
    "given_names": lambda said: said.case.answers.given_names or "",
    "surnames": lambda said: said.case.answers.surnames or "",
    "date_of_birth": _born,
    "sex": lambda said: wording.say(said.locale, "sex", said.case.answers.sex or ""),
    "municipality": _place,
    "phone": lambda said: show_phone(said.case.answers.phone) if said.case.answers.phone else "",
    "languages_spoken": lambda said: language_names(said, said.case.answers.languages_spoken),
    "languages_read": _read,
    "vacancy": _work,
    "documents": lambda said: _files(
        said,
        frozenset(OWN_FILES) - {DocumentKind.PHOTO},
        brings=said.case.answers.brings_documents,
    ),
    "photo": lambda said: _files(
        said, frozenset({DocumentKind.PHOTO}), brings=said.case.answers.brings_photo
    ),
    "consent": lambda said: said.locale.text(N_("Sí")) if said.case.answers.consent else "",
}
"""How each answer of the registry is told."""
