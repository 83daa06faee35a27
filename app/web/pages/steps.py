"""The questions of an application: one registry for order, task list and check-answers rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.web.forms import Step, Wizard
from app.web.i18n import N_
from app.web.pages.own_questions import question_of, step_of_question
from app.web.pages.questions import (
    Birth,
    Consent,
    IdentityNumber,
    Names,
    Papers,
    PhoneStep,
    Photo,
    Place,
    Question,
    Reading,
    SexStep,
    Spoken,
    Work,
)
from permits.answer_checks import CONSENT_VERSION
from permits.programme_questions import FIELD, ProgrammeQuestion, asked_of
from permits.programmes import Programme
from permits.submissions import Answers, DocumentKind


def _step(
    slug: str,
    model: type[Question],
    pictogram: str,
    question: str,
    aloud: str,
    **labels: str,
) -> Any:  # noqa: ANN401
    return Step(slug, model, question, labels, pictogram, aloud)


WIZARD = Wizard(
    (
        _step(
            "documento",
            IdentityNumber,
            "id-card",
            N_("¿Cuál es el número de su documento?"),
            N_("Tenga su documento en la mano. Escriba el número como está ahí."),
            document_number=N_("Documento"),
        ),
        _step(
            "nombre",
            Names,
            "person",
            N_("¿Cómo se llama?"),
            N_("Escriba sus nombres y sus apellidos. Así como están en su documento."),
            given_names=N_("Nombres"),
            surnames=N_("Apellidos"),
        ),
        _step(
            "nacimiento",
            Birth,
            "calendar",
            N_("¿Cuándo nació?"),
            N_("Escriba el día, el mes y el año."),
            date_of_birth=N_("Fecha de nacimiento"),
        ),
        _step(
            "sexo",
            SexStep,
            "people",
            N_("¿Es mujer u hombre?"),
            N_("Toque la respuesta que dice su documento."),
            sex=N_("Sexo"),
        ),
        _step(
            "municipio",
            Place,
            "house",
            N_("¿En qué municipio vive?"),
            N_("Escriba el nombre de su municipio."),
            municipality=N_("Municipio"),
        ),
        _step(
            "telefono",
            PhoneStep,
            "phone",
            N_("¿Cuál es su número de teléfono?"),
            N_("A ese teléfono le llegan los mensajes. Son gratis."),
            phone=N_("Teléfono"),
        ),
        _step(
            "idiomas",
            Spoken,
            "speech",
            N_("¿Qué idiomas habla?"),
            N_("Toque todos los idiomas que habla."),
            languages_spoken=N_("Idiomas que habla"),
        ),
        _step(
            "lectura",
            Reading,
            "paper",
            N_("¿En qué idiomas lee?"),
            N_("Toque los idiomas que lee. Si no lee, toque la primera respuesta."),
            languages_read=N_("Idiomas que lee"),
        ),
        _step(
            "trabajo",
            Work,
            "farm",
            N_("¿En qué trabajo quiere estar?"),
            N_(
                "Toque un trabajo. Ahí dice el pago, el horario y la vivienda."
                " Nadie puede cobrarle."
            ),
            vacancy=N_("Trabajo"),
        ),
        _step(
            "papeles",
            Papers,
            "camera",
            N_("Fotos de su documento"),
            N_("Tome una foto de cada lado del documento. También puede llevarlo a la oficina."),
            documents=N_("Fotos del documento"),
        ),
        _step(
            "foto",
            Photo,
            "person",
            N_("Su foto"),
            N_("Tome una foto de su cara, con luz. También se la toman en la oficina, gratis."),
            photo=N_("Su foto"),
        ),
        _step(
            "permiso",
            Consent,
            "lock",
            N_("¿Nos permite usar sus datos?"),
            N_(
                "Guardamos sus respuestas y sus fotos. Las ven SETRASS y el INM."
                " Si está de acuerdo, toque el cuadro."
            ),
            consent=N_("Uso de sus datos"),
        ),
    )
)
"""The questions that every programme asks, in their order."""


def wizard_of(programme: Programme) -> Wizard:
    """The same with the programme's own questions, each after the step that its file names."""
    return _wizard_with(programme.questions)


def wizard_after(programme: Programme, answers: Answers) -> Wizard:
    """The same without the questions that these answers leave out."""
    return _wizard_with(asked_of(programme.questions, answers.extra))


@lru_cache(maxsize=64)
def _wizard_with(questions: tuple[ProgrammeQuestion, ...]) -> Wizard:
    def steps() -> Iterator[Step[Any]]:
        for step in WIZARD.steps:
            yield step
            yield from (step_of_question(one) for one in questions if one.after in step.labels)

    return Wizard(tuple(steps()))


@dataclass(frozen=True)
class Given:
    """What stands in an application: the answers, and the kinds of files."""

    answers: Answers
    files: frozenset[DocumentKind]
    programme: Programme


def is_answered(step: Step[Any], given: Given) -> bool:
    """Whether a step needs nothing more; the sending checks everything once again."""
    answers = given.answers
    if own := question_of(step):
        told = answers.extra.get(own.id)
        return told is not None or (own.id in answers.extra and not own.required)
    match step.slug:
        case "papeles":
            wanted = {*given.programme.documents} - {DocumentKind.PHOTO}
            return answers.brings_documents or wanted <= given.files
        case "foto":
            photo = not given.programme.photo_required or DocumentKind.PHOTO in given.files
            return answers.brings_photo or photo
        case "permiso":
            return answers.consent == CONSENT_VERSION
        case "lectura":
            return answers.languages_read is not None
    return all(getattr(answers, name) not in (None, "", ()) for name in step.labels)


def first_open(given: Given) -> Step[Any] | None:
    """The first step that needs an answer, None when the application can be sent."""
    steps = wizard_after(given.programme, given.answers).steps
    return next((step for step in steps if not is_answered(step, given)), None)


def step_of(field: str, programme: Programme | None = None) -> Step[Any] | None:
    """The step where a field of the law is asked; of a programme's own with that programme."""
    if programme is not None and field.startswith(f"{FIELD}."):
        asked = (one for one in programme.questions if one.field == field)
        return next((step_of_question(one) for one in asked), None)
    owners = {"document_kind": "documento", "nationality": "documento"}
    slug = owners.get(field)
    if slug is not None:
        return WIZARD.find(slug)
    return next((step for step in WIZARD.steps if field in step.labels), None)
