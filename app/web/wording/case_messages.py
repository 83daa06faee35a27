"""The messages of a case: what each was about, how far it is, and which way it went."""

from app.web.i18n import N_

KIND = {
    "answer-due": N_("Pronto vence el tiempo para responder"),
    "appeal-filed": N_("Recibimos el recurso"),
    "appeal-overturned": N_("El recurso dio la razón a la persona"),
    "appeal-upheld": N_("El rechazo sigue en pie"),
    "application-approved": N_("La solicitud fue aprobada"),
    "application-lapsed": N_("La solicitud se cerró sin respuesta"),
    "application-refused": N_("La solicitud fue rechazada"),
    "application-reinstated": N_("La solicitud se abrió otra vez"),
    "application-returned": N_("La solicitud volvió con una pregunta"),
    "application-submitted": N_("Recibimos la solicitud"),
    "application-withdrawn": N_("La solicitud se retiró"),
    "appointment-cancelled": N_("Se canceló la cita"),
    "appointment-taken": N_("Tiene una cita nueva"),
    "appointment-tomorrow": N_("Mañana tiene una cita"),
    "arrival-asked": N_("Se pregunta si llegó al trabajo"),
    "contract-offered": N_("Hay un contrato por leer"),
    "contract-waits": N_("El contrato espera su respuesta"),
    "credential-replaced": N_("Hay un permiso nuevo en lugar del anterior"),
    "credential-revoked": N_("Un permiso ya no vale"),
    "employer-barred": N_("No se puede seguir con el trabajo elegido"),
    "employer-barred-permit": N_("El empleador ya no puede contratar; el permiso sigue"),
    "employer-change-refused": N_("El cambio de empleador fue rechazado"),
    "employer-change-lapsed": N_("El cambio de empleador ya no se puede hacer"),
    "employer-changed": N_("El cambio de empleador fue aceptado"),
    "first-agency-approved": N_("Una institución aprobó; falta la otra"),
    "identity-change-refused": N_("El cambio de datos fue rechazado"),
    "identity-changed": N_("El cambio de datos fue aceptado"),
    "orientation-cancelled": N_("Se canceló la orientación"),
    "orientation-invited": N_("Puede venir a una orientación"),
    "orientation-seat": N_("Tiene lugar en una orientación"),
    "permit-ready": N_("El permiso está listo"),
    "questions-answered": N_("Recibimos las respuestas"),
    "questions-asked": N_("Hay preguntas por responder"),
    "revocation-dropped": N_("La propuesta de revocación no siguió"),
    "revocation-proposed": N_("Se propuso revocar la autorización"),
    "right-ended": N_("La autorización terminó"),
    "right-lapsed": N_("La autorización terminó sin uso"),
    "right-reinstated": N_("La suspensión terminó"),
    "right-revoked": N_("La autorización fue revocada"),
    "right-suspended": N_("La autorización fue suspendida"),
    "right-unused": N_("El permiso sigue sin uso y pronto termina"),
    "stay-ending": N_("Pronto termina el permiso"),
}

STATE = {
    "waiting": N_("En espera"),
    "tried": N_("No salió todavía; se intenta otra vez"),
    "sent": N_("Enviado"),
    "delivered": N_("Llegó al teléfono"),
    "undelivered": N_("No llegó al teléfono"),
    "given-up": N_("No salió y ya no se intenta"),
}

CHANNEL = {
    "sms": N_("SMS"),
    "whatsapp": N_("WhatsApp"),
    "email": N_("Correo"),
}

FAULT = {
    "caller-unknown": N_("Un dato no es correcto. Pregunte otra vez los tres."),
}
