"""What may be answered to each question, and what is still missing before it can be sent."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from permits.ages import age_on
from permits.errors import Fault, Invalid
from permits.identity_documents import IdentityKind, check_document
from permits.programme_questions import find_open
from permits.programmes import Programme
from permits.submissions import Answers, DocumentKind, Sex

NAME_LIMIT = 80
"""Characters of given names or of surnames."""

FULL_NAME_LIMIT = 120
"""Characters of both together with the blank between: what a permit can carry."""

CONSENT_VERSION = "2026-11"
"""The consent text that stands in the wizard now."""

_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
_APOSTROPHES = frozenset("'’ꞌʼ-. ")


@dataclass(frozen=True)
class Choices:
    """The codes that lists of the reference data admit: places by country, languages."""

    municipalities: Mapping[str, Collection[str]]
    languages: Collection[str]


@dataclass(frozen=True)
class Setting:
    """Against what answers are checked: the programme, the lists, and the day."""

    programme: Programme
    choices: Choices
    on: date


def find_faults(fields: Collection[str], answers: Answers, setting: Setting) -> list[Fault]:
    """Faults of the named fields as answered; an answer that is None is not looked at."""
    faults = []
    for field in CHECKS:
        if field in fields and getattr(answers, field) is not None:
            faults += CHECKS[field](answers, setting)
    return faults


def find_missing(
    answers: Answers, files: Collection[DocumentKind], setting: Setting
) -> list[Fault]:
    """Everything that stops the sending: missing answers, and faults of those that were given."""
    missing = [Fault("missing", name) for name in REQUIRED if not _answered(answers, name)]
    wanted = {*setting.programme.documents} - {DocumentKind.PHOTO}
    if not wanted <= set(files) and not answers.brings_documents:
        missing.append(Fault("document-missing", "documents"))
    photo = not setting.programme.photo_required or DocumentKind.PHOTO in files
    if not photo and not answers.brings_photo:
        missing.append(Fault("photo-missing", "photo"))
    missing += find_open(answers.extra, setting.programme.questions)
    return missing + find_faults(list(CHECKS), answers, setting)


def _answered(answers: Answers, name: str) -> bool:
    value = getattr(answers, name)
    return value is not None and value not in ("", ())


def _check_kind(answers: Answers, setting: Setting) -> list[Fault]:
    admitted = {kind.value for kind in setting.programme.identity_kinds}
    return [] if answers.document_kind in admitted else [Fault("unknown-value", "document_kind")]


def _check_number(answers: Answers, setting: Setting) -> list[Fault]:
    kinds = {kind.value for kind in setting.programme.identity_kinds}
    kind = answers.document_kind or setting.programme.identity_kinds[0].value
    if kind not in kinds:
        return []
    try:
        check_document(
            IdentityKind(kind), answers.document_number or "", date_of_birth=answers.date_of_birth
        )
    except Invalid as invalid:
        return [*invalid.faults]
    return []


def _check_birth(answers: Answers, setting: Setting) -> list[Fault]:
    born = answers.date_of_birth
    if born is None:
        return []
    minimum = setting.programme.minimum_age_years.value
    if born > setting.on:
        return [Fault("date-in-future", "date_of_birth")]
    age = age_on(born, setting.on)
    if age > 110:
        return [Fault("date-too-old", "date_of_birth")]
    if age < minimum:
        return [Fault("underage", "date_of_birth", {"minimum": minimum})]
    return []


def _check_name(field: str) -> Callable[[Answers, Setting], list[Fault]]:
    def check(answers: Answers, setting: Setting) -> list[Fault]:
        name: str = getattr(answers, field)
        faults = []
        if not name.strip():
            faults.append(Fault("missing", field))
        elif len(name) > NAME_LIMIT:
            faults.append(Fault("too-long", field, {"limit": NAME_LIMIT}))
        elif not is_name(name):
            faults.append(Fault("name-characters", field))
        elif field == "surnames" and len(answers.full_name) > FULL_NAME_LIMIT:
            faults.append(Fault("too-long", field, {"limit": FULL_NAME_LIMIT}))
        return faults

    return check


def is_name(name: str) -> bool:
    """Whether a text can be a name: letters and their marks, blanks, apostrophes, hyphens."""
    kinds = [unicodedata.category(character)[0] for character in name]
    marks = zip(kinds, name, strict=True)
    return "L" in kinds and all(kind in "LM" or c in _APOSTROPHES for kind, c in marks)


def _check_member(
    field: str, admitted: Callable[[Setting], Collection[str]]
) -> Callable[[Answers, Setting], list[Fault]]:
    def check(answers: Answers, setting: Setting) -> list[Fault]:
        value = getattr(answers, field)
        given = value if isinstance(value, tuple) else (value,)
        known = admitted(setting)
        return [] if all(v in known for v in given) else [Fault("unknown-value", field)]

    return check


def _check_phone(answers: Answers, setting: Setting) -> list[Fault]:
    return [] if _PHONE.fullmatch(answers.phone or "") else [Fault("phone-malformed", "phone")]


def _check_sex(answers: Answers, setting: Setting) -> list[Fault]:
    return [] if answers.sex in set(Sex) else [Fault("unknown-value", "sex")]


def _places(setting: Setting) -> Collection[str]:
    return {code for codes in setting.choices.municipalities.values() for code in codes}


CHECKS: Mapping[str, Callable[[Answers, Setting], list[Fault]]] = {
    "document_kind": _check_kind,
    "document_number": _check_number,
    "given_names": _check_name("given_names"),
    "surnames": _check_name("surnames"),
    "date_of_birth": _check_birth,
    "sex": _check_sex,
    "nationality": _check_member("nationality", lambda s: s.programme.nationalities),
    "municipality": _check_member("municipality", _places),
    "phone": _check_phone,
    "languages_spoken": _check_member("languages_spoken", lambda s: s.choices.languages),
    "languages_read": _check_member("languages_read", lambda s: s.choices.languages),
    "consent": _check_member("consent", lambda s: {CONSENT_VERSION}),
}

REQUIRED = (
    "document_kind",
    "document_number",
    "given_names",
    "surnames",
    "date_of_birth",
    "sex",
    "nationality",
    "municipality",
    "phone",
    "languages_spoken",
    "vacancy",
    "consent",
)
