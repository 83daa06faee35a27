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
    "return:refer": N_("La persona aceptó ir a una oficina"),
    "return:appoint": N_("Hay cita en la oficina que ayuda"),
    "return:close-help": N_("Terminó la ayuda al volver"),
}

PERMISSION = {"return:attend": N_("Atender a quien vuelve")}

FINDING = {
    "rehire-priority": N_("Volvió a tiempo y quiere regresar: tiene prioridad. Solo informa.")
}

FAULT = {
    "return-office-elsewhere": N_("Esa oficina no atiende en su país. Elija otra."),
    "return-help-no-yes": N_("Sin el sí de la persona no se anota. Pregúntele."),
    "return-day-too-far": N_("Ese día está muy lejos. Revise la fecha."),
    "survey-empty": N_("Conteste al menos una pregunta."),
    "choice-unknown": N_("Elija una de las respuestas."),
}

HELP_KIND = {
    "work": N_("Buscar trabajo"),
    "training": N_("Aprender un oficio"),
    "business": N_("Un negocio propio"),
    "education": N_("Estudiar"),
    "social": N_("Apoyo para la familia"),
}

OFFICE = {
    "umar": N_("UMAR, la unidad del municipio para quien vuelve"),
    "camr": N_("CAMR, el centro para quien vuelve"),
    "sreci": N_("SRECI, la Cancillería"),
    "employment-service": N_("Servicio de empleo de SETRASS"),
    "infop": N_("INFOP, formación profesional"),
    "mintrab": N_("MINTRAB de Guatemala, Movilidad Laboral"),
    "iom": N_("OIM, centro de recursos para migrantes"),
    "pastoral": N_("Pastoral de Movilidad Humana"),
}

HELP_OUTCOME = {
    "helped": N_("La oficina ayudó"),
    "did-not-come": N_("La persona no llegó"),
    "could-not": N_("La oficina no pudo ayudar"),
    "declined": N_("La persona ya no quiere"),
}

HELP = {
    "return-help": HELP_KIND,
    "return-office": OFFICE,
    "return-help-outcome": HELP_OUTCOME,
}

REFUSAL = {
    "return-help-not-asked": N_("Esta persona no pidió ayuda."),
    "return-help-open": N_("Esta persona ya va a una oficina. Termine eso primero."),
    "return-help-over": N_("Esta ayuda ya terminó."),
    "return-help-day-to-come": N_("La cita todavía no pasó. Anótelo después."),
    "no-return-survey": N_("Todavía no hay preguntas sobre esta temporada."),
    "no-return-task": N_("Esta persona no espera nada, o ya se atendió."),
    "survey-answered": N_("Usted ya contestó. Gracias."),
    "survey-closed": N_("Ya pasó el tiempo para contestar."),
    "survey-not-over": N_("Todavía se puede contestar."),
}
