"""Words of the roster for work abroad: what people say of themselves, reasons, and what comes."""

from app.web.i18n import N_

ACT = {
    "roster:join": N_("La persona se anotó en la lista o la renovó"),
    "roster:leave": N_("La persona salió de la lista"),
    "roster:match": N_("SETRASS comparó la lista con una vacante"),
    "candidacy:move": N_("Cambió una selección para el extranjero"),
    "vacancy:require": N_("El empleador dijo qué pide la vacante"),
}

PERMISSION = {"roster:match": N_("Preseleccionar personas para el extranjero")}

LANGUAGE = {"spa": N_("Español"), "eng": N_("Inglés"), "fra": N_("Francés")}

PROOF = {
    "nothing": N_("No tengo cómo"),
    "reference": N_("Alguien puede confirmarlo"),
    "paper": N_("Con una constancia de trabajo"),
}

EDUCATION = {
    "none": N_("No fui a la escuela"),
    "primary": N_("Primaria"),
    "secondary": N_("Secundaria"),
    "technical": N_("Técnico"),
    "university": N_("Universidad"),
}

LICENCE = {
    "motorcycle": N_("Motocicleta"),
    "car": N_("Carro"),
    "truck": N_("Camión"),
    "machinery": N_("Maquinaria"),
}

ASKED = {
    "destination": N_("El destino"),
    "days": N_("Los días del trabajo"),
    "experience": N_("Los años de experiencia"),
    "proof": N_("La prueba de la experiencia"),
    "languages": N_("Los idiomas"),
    "education": N_("Los estudios"),
    "licences": N_("Las licencias"),
}

STANDS = {"meets": N_("cumple"), "lacks": N_("falta"), "unknown": N_("no lo dijo")}

STATUS = {
    "preselected": N_("SETRASS preseleccionó a la persona"),
    "invited": N_("Entrevista con fecha"),
    "interviewed": N_("Entrevista hecha"),
    "no-show": N_("No hubo entrevista"),
    "offered": N_("Hay una oferta de trabajo"),
    "accepted": N_("Oferta aceptada"),
    "declined": N_("Oferta rechazada"),
    "expired": N_("La oferta venció sin respuesta"),
    "not-chosen": N_("Esta vez no"),
    "withdrawn": N_("La persona se retiró"),
}

WHY_NOT = {
    "lacks": N_("Falta algo de lo que pide el trabajo."),
    "list-full": N_("Otras personas se anotaron antes. Sigue en la lista."),
    "proof-doubted": N_("No se pudo confirmar la experiencia."),
    "asked-to-wait": N_("La persona pidió esperar otro trabajo."),
    "less-experience": N_("Otra persona tenía más experiencia."),
    "language": N_("El idioma no alcanzó para este trabajo."),
    "days-differ": N_("Los días de la persona no calzan con el trabajo."),
    "did-not-come": N_("La persona no llegó a la entrevista."),
    "places-filled": N_("Ya no quedan plazas."),
}

OUTCOME = {
    "suitable": N_("Sirve para el trabajo"),
    "reserve": N_("Queda en reserva"),
    "unsuitable": N_("No sirve para este trabajo"),
}

FAULT = {
    "trade-twice": N_("Elija otro trabajo: este ya lo dijo."),
    "years-out": N_("Escriba un número de 0 a 60."),
    "free-days-far": N_("Elija un día dentro de los próximos dos años."),
    "free-days-over": N_("Ese día ya pasó."),
    "identity-first": N_("Primero complete sus datos en la solicitud."),
    "proof-of-nothing": N_("Sin años de experiencia no hay nada que probar."),
    "interview-day-out": N_("Elija un día y una hora dentro de los próximos %(days)s días."),
    "interview-place-long": N_("Escriba el lugar en %(letters)s letras o menos."),
    "offer-days-out": N_("Dé entre %(least)s y %(most)s días para responder."),
    "nobody-chosen": N_("Marque al menos a una persona."),
    "not-on-the-list": N_("Alguien ya no está en la lista. Mire otra vez."),
    "skipped-without-reason": N_("Elija la razón de cada turno saltado. Faltan: %(people)s."),
}

REFUSAL = {
    "no-roster": N_("Este programa no tiene lista."),
    "roster-needs-draft": N_("Usted ya envió esta solicitud. No necesita la lista."),
    "not-on-roster": N_("Usted no está en la lista."),
    "no-such-candidacy": N_("Esa selección no existe."),
    "no-such-candidacy-move": N_("Eso ya no se puede hacer. Mire cómo va ahora."),
    "interview-to-come": N_("La hora de la entrevista todavía no llega."),
    "offer-to-unsuitable": N_("Usted dijo que la persona no sirve para este trabajo."),
    "places-promised": N_("Ya ofreció las %(places)s plazas de la vacante."),
    "offer-over": N_("El plazo para responder ya pasó."),
    "people-chosen": N_("Ya hay personas preseleccionadas. Lo que pide no cambia."),
}
