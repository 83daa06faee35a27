"""Words of questions to the worker within a round, and of their answers."""

from app.web.i18n import N_

KIND = {
    "document": N_("Foto de un papel"),
    "fact": N_("Un dato"),
    "explanation": N_("Una explicación"),
}

ACT = {
    "application:ask": N_("Se hicieron preguntas a la persona"),
    "application:reply": N_("La persona respondió las preguntas"),
}

REFUSAL = {
    "nothing-asked": N_("Ahora no hay preguntas por responder."),
    "no-such-item": N_("No encontramos esta pregunta."),
    "answers-missing": N_("Falta responder una pregunta."),
}

FAULT = {
    "questions-missing": N_("Escriba al menos una pregunta."),
    "question-text-missing": N_("Escriba la pregunta."),
    "too-many-questions": N_("Haga hasta %(limit)s preguntas."),
    "answer-missing": N_("Escriba su respuesta."),
    "answer-photo-missing": N_("Ponga una foto."),
}
