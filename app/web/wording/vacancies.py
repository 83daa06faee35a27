"""A vacancy: its terms, what is done with it, what is found, and what officials write down."""

from app.web.i18n import N_

STATUS = {
    "draft": N_("Borrador"),
    "open": N_("Publicada"),
    "filled": N_("Completa"),
    "closed": N_("Cerrada"),
    "withdrawn": N_("Retirada"),
}

ACTION = {
    "publish": N_("Publicar la vacante"),
    "fill": N_("Ya tengo a todas las personas"),
    "close": N_("Cerrar la vacante"),
    "withdraw": N_("Retirar la vacante"),
    "reopen": N_("Publicarla otra vez"),
}

OWN_HIRING = {
    "named": N_("Yo doy los números de documento de quienes contrato"),
    "on-acceptance": N_("Acepto o rechazo a cada persona que se postula"),
    "open": N_("Acepto a quien cumple las condiciones"),
}

PAY_DAY = {
    "daily": N_("Cada día"),
    "weekly": N_("Cada semana"),
    "fortnightly": N_("Cada quince días"),
    "monthly": N_("Cada mes"),
}

REST_DAY = {
    "sunday": N_("Domingo"),
    "saturday": N_("Sábado"),
    "agreed": N_("Otro día de la semana, avisado antes"),
}

SHIFT = {
    "day": N_("De día"),
    "mixed": N_("Mixta: de día y de noche"),
    "night": N_("De noche"),
}

WAY = {
    "not-paid": N_("No lo paga el empleador"),
    "to-border": N_("El empleador lo paga, hasta la frontera o desde ella"),
    "to-home": N_("El empleador lo paga, hasta la casa o desde ella"),
}

INSURANCE = {
    "ihss": N_("Seguro social (IHSS)"),
    "private": N_("Seguro privado que paga el empleador"),
    "public-abroad": N_("Seguro público del país de trabajo"),
    "none": N_("Sin seguro"),
}

GRIEVANCE = {
    "employer": N_("Con el empleador, y siempre con SETRASS"),
    "setrass": N_("Con SETRASS"),
    "consulate": N_("Con el consulado de Honduras, y siempre con SETRASS"),
}

REQUIREMENT = {
    "pregnancy-test": N_("Prueba de embarazo"),
    "hiv-test": N_("Prueba de VIH"),
    "no-union": N_("No ser de un sindicato"),
    "sex": N_("Ser hombre o ser mujer"),
    "age-ceiling": N_("Una edad máxima"),
    "ethnicity": N_("Un origen o un pueblo"),
}

CONTACT = {
    "office": N_("Una oficina o la finca"),
    "company-phone": N_("Un teléfono de la empresa"),
    "email": N_("Correo electrónico"),
    "personal-phone": N_("Un teléfono personal"),
    "chat": N_("Mensajes como WhatsApp"),
}

TERM = {
    "parties": N_("quién contrata"),
    "place": N_("el lugar"),
    "job": N_("las tareas, en español y en inglés"),
    "wage": N_("el salario"),
    "pay-day": N_("cuándo se paga"),
    "hours": N_("la jornada"),
    "rest": N_("el día de descanso"),
    "duration": N_("las fechas"),
    "housing": N_("la vivienda"),
    "transport-in": N_("el viaje de ida"),
    "transport-out": N_("el viaje de regreso"),
    "insurance": N_("el seguro"),
    "termination": N_("cómo termina el trabajo"),
    "grievance-channel": N_("dónde quejarse"),
}

CLAUSE = {
    "penalty": N_("una multa o un castigo por irse"),
    "bond": N_("una fianza o un depósito"),
    "compulsory-savings": N_("un ahorro por la fuerza"),
    "pay-to-resign": N_("pagar por renunciar"),
    "keeps-documents": N_("que alguien le guarde los documentos"),
}

LACKING = {
    "contract": N_("Hace falta el contrato firmado"),
    "cost-diary": N_("Hace falta lo que la persona pagó"),
    "check-in": N_("Hacen falta las respuestas durante el trabajo"),
    "worker": N_("Se revisa con cada persona"),
    "farm": N_("Hace falta el registro de la finca"),
}

STEP = {
    "nationals-first": N_("Oferta primero a personas del país"),
    "attested-minimum": N_("Salario mínimo que certifica la misión del otro país"),
}

CAUSE = {
    "wages": N_("Cambió el salario mínimo"),
    "employer": N_("Cambió la situación del empleador"),
    "day": N_("Revisión del día"),
    "attestation": N_("El país de trabajo dijo su palabra"),
    "measure": N_("Una autoridad tomó o cerró una medida"),
    "mandate": N_("El empleador cambió quién recluta"),
    "registry": N_("Un registro dijo otra cosa"),
    "farm": N_("Cambió algo de una finca"),
    "change": N_("El empleador cambió la vacante"),
    "publish": N_("Al publicar o cerrar"),
    "override": N_("Hubo una excepción"),
    "step": N_("Se anotó un paso"),
    "waiver": N_("Se anotó una dispensa"),
}

FINDING = {
    "attestation-missing": N_("Falta la palabra del país donde es el trabajo."),
    "attestation-refused": N_("El país donde es el trabajo dijo que no."),
    "attestation-over": N_("La palabra del país donde es el trabajo ya venció."),
    "employer-suspended": N_("Una autoridad suspendió a este empleador."),
    "nationals-first-missing": N_(
        "Falta ofrecer el trabajo primero a personas del país, por %(limit)s días."
    ),
    "nationals-first-short": N_(
        "La oferta a personas del país dura %(limit)s días y termina antes del trabajo."
    ),
    "nationals-first-other": N_("A personas del país se les ofreció otro trabajo o menos lugares."),
}

FAULT = {
    "no-such-clause": N_("Hay %(limit)s cláusulas. Elija una de ellas."),
    "clause-says-another": N_("Esa cláusula dice otra cosa. Elija otra, o ninguna."),
    "deducted-not-given": N_("Esto no lo da. Marque que lo da, o no descuente nada."),
    "day-past": N_("Elija un último día que no haya pasado."),
    "dates-reversed": N_("El último día va después del primero."),
    "employer-suspended": N_("SETRASS no deja contratar a este empleador."),
    "hiring-not-admitted": N_("Este programa no admite esa forma de contratar."),
    "other-employer": N_("Esta vacante es de otro empleador."),
    "other-programme": N_("El programa de una vacante no cambia."),
    "out-of-range": N_("Revise el número: está fuera de lo posible."),
}

REFUSAL = {
    "other-country": N_("Sólo atesta el país donde es el trabajo."),
    "no-such-finding": N_("Este hallazgo ya no está."),
    "nothing-to-review": N_("No hay nada que revisar. Puede publicar la vacante."),
    "override-not-asked": N_("El empleador todavía no pidió la revisión."),
    "override-stands": N_("Ya hay una excepción para este hallazgo."),
    "waiver-known": N_("Ese acuerdo ya está anotado, con otros puntos u otro día."),
    "review-in-vain": N_("Corrija primero esto, porque nadie puede exceptuarlo: %(rules)s."),
    "too-many-vacancies": N_("Tiene demasiadas vacantes abiertas. Cierre o retire alguna."),
    "no-such-vacancy-move": N_("Con esta vacante ya no se puede hacer eso."),
    "vacancy-not-clear": N_("Todavía no se publica. Corrija primero: %(rules)s."),
    "offers-stand": N_("Hay ofertas sin contestar. Hasta entonces la vacante no se cambia."),
    "vacancy-over": N_("Esta vacante ya terminó y no se cambia."),
}

PERMISSION = {
    "vacancy:review": N_("Revisar vacantes y hacer excepciones"),
    "vacancy:write": N_("Escribir y publicar vacantes"),
}

ACT = {
    "vacancy:change": N_("Se cambió una vacante"),
    "vacancy:hold": N_("Una vacante quedó detenida"),
    "clauses:tag": N_("Una misión marcó las cláusulas de un contrato"),
    "vacancy:attest": N_("Un país dijo su palabra sobre una vacante"),
    "vacancy:read-abroad": N_("Una misión abrió una vacante"),
    "vacancy:judge": N_("Se revisó una vacante"),
    "vacancy:let-go": N_("Una vacante dejó de estar detenida"),
    "vacancy:move": N_("Cambió el estado de una vacante"),
    "vacancy:override": N_("Se hizo una excepción en una vacante"),
    "vacancy:ask-review": N_("El empleador pidió la revisión de una vacante"),
    "vacancy:record-step": N_("Se anotó un paso de una vacante"),
    "vacancies:judge-again": N_("Empezó otra revisión de las vacantes"),
    "wages:judge-again": N_("Empezó otra revisión de contratos y pagos"),
    "contract:short": N_("El salario mínimo subió más que un contrato"),
    "contract:short-end": N_("Un contrato ya llega al salario mínimo"),
    "wages:load": N_("Se cargó la tabla de salarios mínimos"),
    "waiver:record": N_("Se anotó una dispensa del artículo 11"),
}
