"""Words of what is asked after the season, and of what comes of it."""

from app.web.i18n import N_

QUESTION = {
    "work_as_promised": N_("¿Hizo el trabajo que le prometieron?"),
    "paid_as_promised": N_("¿Le pagaron lo prometido?"),
    "asked_for_money": N_("¿Alguien le pidió dinero por el trabajo?"),
    "treated_well": N_("¿Le trataron bien?"),
    "come_back": N_("¿Quiere volver la próxima temporada?"),
    "wants_help": N_("¿Quiere ayuda al volver a casa?"),
}

ANSWER = {
    "yes": N_("Sí"),
    "no": N_("No"),
    "same-employer": N_("Sí, con el mismo empleador"),
    "other-employer": N_("Sí, con otro empleador"),
}

TASK = {
    "call": N_("Que la llamen: algo estuvo mal"),
    "help": N_("Ayuda al volver a casa"),
}

ACT = {
    "returns:count": N_("Se contaron respuestas de la temporada"),
    "return:ask": N_("Se preguntó cómo le fue"),
    "return:answer": N_("La persona contestó cómo le fue"),
    "return:attend": N_("Se atendió lo que pidió al volver"),
    "return:close": N_("El caso se cerró"),
}

PERMISSION = {"return:attend": N_("Atender a quien vuelve")}

FINDING = {
    "rehire-priority": N_("Volvió a tiempo y quiere regresar: tiene prioridad. Solo informa.")
}

FAULT = {
    "survey-empty": N_("Conteste al menos una pregunta."),
    "choice-unknown": N_("Elija una de las respuestas."),
}

REFUSAL = {
    "no-return-survey": N_("Todavía no hay preguntas sobre esta temporada."),
    "no-return-task": N_("Esta persona no espera nada, o ya se atendió."),
    "survey-answered": N_("Usted ya contestó. Gracias."),
    "survey-closed": N_("Ya pasó el tiempo para contestar."),
    "survey-not-over": N_("Todavía se puede contestar."),
}
