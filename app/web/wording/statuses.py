"""The words of each status, at most three, the same on pages, in messages and in exports."""

from app.web.i18n import N_

APPLICATION = {
    "draft": N_("Sin enviar"),
    "under-review": N_("En revisión"),
    "asked": N_("Tiene preguntas"),
    "returned": N_("Falta su respuesta"),
    "approved": N_("Aprobada"),
    "refused": N_("Rechazada"),
    "lapsed": N_("Vencida sin respuesta"),
    "withdrawn": N_("Retirada"),
}

CASE = APPLICATION | {
    "asked": N_("Se preguntó"),
    "returned": N_("Devuelta con pregunta"),
}
"""The same as officials read it: whose answer is missing is not theirs."""

AUTHORISATION = {
    "granted": N_("Concedida"),
    "active": N_("Vigente"),
    "suspended": N_("Suspendida"),
    "revoked": N_("Revocada"),
    "ended": N_("Terminada"),
    "expired": N_("Vencida"),
}

CREDENTIAL = {
    "pending": N_("En preparación"),
    "issued": N_("Emitido"),
    "replaced": N_("Reemplazado"),
    "revoked": N_("Revocado"),
}

ACTION = {
    "edit": N_("Cambiar"),
    "submit": N_("Enviar"),
    "answer": N_("Responder las preguntas"),
    "ask": N_("Preguntar a la persona"),
    "recommend": N_("Recomendar"),
    "approve": N_("Aprobar"),
    "return": N_("Devolver con pregunta"),
    "refuse": N_("Rechazar"),
    "hold": N_("Tomar el caso"),
    "release": N_("Soltar el caso"),
    "withdraw": N_("Retirar"),
    "reinstate": N_("Seguir con la solicitud vencida"),
}

OPINION = {
    "approve": N_("Aprobó"),
    "return": N_("Devolvió con pregunta"),
    "refuse": N_("Rechazó"),
}
"""What an agency did, as the timeline tells it."""
