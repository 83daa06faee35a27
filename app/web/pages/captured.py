"""A registration as the brigade's tablet sends it: the wizard's own forms read what was typed."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile

from app.services import captures, roster
from app.services.captures import Captured, Registered
from app.services.work import Work
from app.web import forms, wording
from app.web.forms import Form, Step
from app.web.i18n import BY_CODE, Locale
from app.web.pages.own_questions import question_of
from app.web.pages.places import place_meant, places_of
from app.web.pages.steps import WIZARD, step_of
from app.web.pages.tablet_steps import KNOWN_WORK, LIST, KnownWork, tablet_steps
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid
from permits.people import Permission, PersonId
from permits.policies import check_permission
from permits.programme_questions import FIELD, MOST_QUESTIONS, Given, is_asked
from permits.programmes import Programme
from permits.submissions import Answers, DocumentKind
from recruitment.roster import Profile

MOST = 60
"""Fields of a step, and texts of a field; the longest of ours has some thirty languages."""

Text = Annotated[str, Field(max_length=500)]
Texts = Annotated[list[Text], Field(max_length=MOST)]
Typed = Annotated[dict[Text, Texts], Field(max_length=MOST)]

PAGE_OF: Mapping[str, str] = {
    **dict.fromkeys((DocumentKind.IDENTITY_FRONT, DocumentKind.IDENTITY_BACK), "papeles"),
    DocumentKind.PHOTO: "foto",
    **dict.fromkeys(LIST.labels, LIST.slug),
}
"""On which step each file is asked for, and each answer of the roster."""


class Case(BaseModel):
    """What was typed, by step and field as the wizard's forms post it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: UUID
    facilitator: UUID
    programme: Text
    language: Text
    typed: Annotated[dict[Text, Typed], Field(max_length=len(WIZARD.steps) + MOST_QUESTIONS)]


class Told(BaseModel):
    """One thing that is wrong: at which step, in words; the step is empty for the whole."""

    step: str
    words: str


class Outcome(BaseModel):
    """What became of it: the receipt, or everything that stands in the way.

    `listed` is the last day on the roster, in words, where the employer's choice comes first.
    `same` is false where another text was registered under this name before.
    """

    receipt: str = ""
    listed: str = ""
    same: bool = True
    faults: list[Told] = []
    wait: int = Field(default=0, exclude=True)


def take(work: Work, posted: FormData, locale: Locale) -> Outcome:
    """Register one case, or tell all that is wrong with it and change nothing.

    400 where the shape is none of ours; Conflict where another facilitator wrote it down.
    """
    check_permission(work.actor, Permission.APPLICATION_ASSIST)
    text = posted.get("caso")
    try:
        case = Case.model_validate_json(text if isinstance(text, str) else "")
    except ValidationError:
        raise HTTPException(400) from None
    if PersonId(case.facilitator) != work.actor.person:
        raise Conflict("capture-of-another")
    answers, told = _read(work, case, locale)
    if told:
        return Outcome(faults=told)
    files = {kind: data for kind in DocumentKind if (data := _file(posted, kind))}
    language = case.language if case.language in BY_CODE else "es"
    print_ = _fingerprint(str(text), files)
    profile = _profile(case, answers)
    captured = Captured(case.id, case.programme, language, answers, files, print_, profile)
    try:
        with work.attempt():
            made = captures.register(work, captured)
    except Invalid as invalid:
        return Outcome(
            faults=[_law(locale, fault, _programme(work, case)) for fault in invalid.faults]
        )
    return _outcome(made, locale)


def _profile(case: Case, answers: dict[str, object]) -> Profile | None:
    """What was said for the roster, taken out of the answers."""
    said = answers.pop(KNOWN_WORK, None)
    spoken = answers.get("languages_spoken")
    return said.profile(case.programme, spoken) if isinstance(said, KnownWork) else None


def _outcome(made: Registered, locale: Locale) -> Outcome:
    listed = locale.day(made.until) if made.until else ""
    return Outcome(receipt=made.receipt, listed=listed, same=made.same, wait=made.wait)


def _steps(work: Work, programme: Programme | None) -> Iterable[Step[Any]]:
    if programme is None:
        return WIZARD.steps
    return tablet_steps(programme, joins_first=roster.joins_first(work, programme))


def _read(work: Work, case: Case, locale: Locale) -> tuple[dict[str, object], list[Told]]:
    """The answers by the law's names, and the faults of the forms by step."""
    answers: dict[str, object] = {}
    told: list[Told] = []
    programme = _programme(work, case)
    own: dict[str, Given] = {}
    for step in _steps(work, programme):
        asked = question_of(step)
        if asked and not is_asked(asked, own):
            continue
        form = _checked(work, case, step)
        if isinstance(form, Form):
            told += [
                _told(locale, one, step, form.wording.get(f"{one.field}.{one.code}"))
                for one in form.faults
            ]
        elif asked:
            own |= form[FIELD]
        else:
            answers |= form
    if own:
        answers[FIELD] = own
    # It is shown by the mark that was witnessed, and no tick of the form.
    if not told and answers.pop("consent", None) is None:
        told.append(_told(locale, Fault("consent-not-shown", "consent")))
    return answers, told


def _checked(work: Work, case: Case, step: Step[forms.Answers]) -> Mapping[str, Any] | Form:
    typed: Mapping[str, list[str]] = case.typed.get(step.slug, {})
    if step.slug == "municipio":
        meant = _meant(work, case, typed.get("municipality", [""]))
        if isinstance(meant, Fault):
            return Form(typed, (meant,), step.model.wording)
        typed = {"municipality": [meant]}
    answers = forms.check(step.model, typed)
    if isinstance(answers, Form):
        return answers
    changes: Mapping[str, Any] = answers.changes(Answers())  # type: ignore[attr-defined]
    return changes


def _programme(work: Work, case: Case) -> Programme | None:
    found = work.ports.reference.programmes.get(case.programme)
    return found.on(legal_day(work.now)) if found else None


def _meant(work: Work, case: Case, texts: list[str]) -> str | Fault:
    programme = _programme(work, case)
    if programme is None:
        return Fault("unknown-value", "programme")
    country = programme.nationalities[0]
    return place_meant(places_of(work.ports.reference, country), "".join(texts[:1]).strip())


def _told(
    locale: Locale, fault: Fault, step: Step[forms.Answers] | None = None, own: str | None = None
) -> Told:
    found = step or step_of(fault.field)
    slug = found.slug if found else PAGE_OF.get(fault.field, "")
    words = wording.say(locale, "fault", fault.code, fault.facts, message=own)
    return Told(step=slug, words=words)


def _law(locale: Locale, fault: Fault, programme: Programme | None) -> Told:
    """What the law found, at the step that asks for it."""
    return _told(locale, fault, step_of(fault.field, programme))


def _file(posted: FormData, kind: DocumentKind) -> bytes:
    sent = posted.get(kind.value)
    return sent.file.read() if isinstance(sent, UploadFile) and sent.filename else b""


def _fingerprint(text: str, files: Mapping[DocumentKind, bytes]) -> bytes:
    """SHA-256 of everything that was sent, each part under its name."""
    whole = hashlib.sha256(hashlib.sha256(text.encode()).digest())
    for part in _parts(files):
        whole.update(part)
    return whole.digest()


def _parts(files: Mapping[DocumentKind, bytes]) -> Iterable[bytes]:
    return (kind.encode() + hashlib.sha256(files[kind]).digest() for kind in sorted(files))
