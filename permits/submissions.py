"""What a worker hands in: the answers, and the content that the agencies decide on."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.programme_questions import Given


class Sex(StrEnum):
    """As on the document; `other` is also "not stated"."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"


class DocumentKind(StrEnum):
    """A file that belongs to an application.

    `answer`: a photo that answers a question; `evidence`: one that proves other identity data;
    `late`: one of a paper that came after the application was handed in.
    """

    IDENTITY_FRONT = "identity-front"
    IDENTITY_BACK = "identity-back"
    PHOTO = "photo"
    ANSWER = "answer"
    EVIDENCE = "evidence"
    LATE = "late"


OWN_FILES = (DocumentKind.IDENTITY_FRONT, DocumentKind.IDENTITY_BACK, DocumentKind.PHOTO)
"""What a worker hands in with the application itself; one of each stands."""


@dataclass(frozen=True)
class Answers:
    """The answers of the wizard, each None (or empty) until given; codes, never labels.

    `document_number` is normalised; `municipality` is the code of the reference data;
    `vacancy` is the vacancy's id as text; `brings_documents` and `brings_photo` say that the
    worker will show them at an office; `consent` is the version of the consent text accepted.
    `extra` are the answers to the programme's own questions, by their id.
    """

    document_kind: str | None = None
    document_number: str | None = None
    given_names: str | None = None
    surnames: str | None = None
    date_of_birth: date | None = None
    sex: Sex | None = None
    nationality: str | None = None
    municipality: str | None = None
    phone: str | None = None
    languages_spoken: tuple[str, ...] = ()
    languages_read: tuple[str, ...] | None = None
    vacancy: str | None = None
    brings_documents: bool = False
    brings_photo: bool = False
    consent: str | None = None
    extra: Mapping[str, Given] = dataclasses.field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """Given names and surnames, as printed."""
        return " ".join(part for part in (self.given_names, self.surnames) if part)


def to_mapping(answers: Answers) -> dict[str, object]:
    """The answers as plain JSON values; the inverse of `from_mapping`."""
    mapping: dict[str, object] = {}
    for field in dataclasses.fields(answers):
        value = getattr(answers, field.name)
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        mapping[field.name] = value
    return mapping


def from_mapping(mapping: Mapping[str, object]) -> Answers:
    """Answers from stored JSON; keys that are not known are an error (TypeError)."""
    values = dict(mapping)
    if values.get("date_of_birth"):
        values["date_of_birth"] = date.fromisoformat(str(values["date_of_birth"]))
    if values.get("sex"):
        values["sex"] = Sex(str(values["sex"]))
    for name in ("languages_spoken", "languages_read"):
        listed = values.get(name)
        if isinstance(listed, list):
            values[name] = tuple(str(item) for item in listed)
    return Answers(**values)  # type: ignore[arg-type]


def decided_content(
    answers: Answers,
    programme: str,
    offer: Mapping[str, object] | None,
    files: Mapping[DocumentKind, str],
    salt: str,
) -> dict[str, object]:
    """The canonical mapping whose digest the agencies decide on.

    `files` maps each kind to the SHA-256 of its stored bytes. The phone is left out: it is a way
    to reach the worker, and changing it must not void a decision. `salt` is random: without it
    nobody proves by the digest, which stays for ever, what an erased content said.
    """
    said = to_mapping(answers)
    said.pop("phone")
    return {
        "answers": said,
        "programme": programme,
        "offer": dict(offer) if offer is not None else None,
        "files": {kind.value: sha256 for kind, sha256 in sorted(files.items())},
        "salt": salt,
    }
