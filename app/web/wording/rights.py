"""The words of a right's own life: suspended, given back, taken back by two; and its cards."""

from app.web.i18n import N_

SUSPENSION_REASON = {
    "alert": N_("Hay una alerta por confirmar"),
    "identity-doubtful": N_("Hay dudas sobre la identidad"),
    "document-doubtful": N_("Hay dudas sobre un documento"),
    "fraud-suspected": N_("Hay sospecha de fraude"),
}

REVOCATION_GROUND = {
    "M1": N_("Hay prohibición de reingreso o expulsión"),
    "M2": N_("Hay una alerta nacional o internacional"),
    "M3": N_("Un documento es falso o está vencido"),
    "M4": N_("La persona se quedó más tiempo del permitido"),
    "fraud": N_("Hubo fraude"),
}

ORIGIN = {
    "own": N_("La institución, por su cuenta"),
    "authority": N_("Otra autoridad"),
    "employer": N_("El empleador"),
}
"""Who asked for a suspension or a revocation, as the official chooses it."""

ENDING = {
    "open": N_("Sigue"),
    "reinstated": N_("La levantó otra persona"),
    "time": N_("Pasaron sus días"),
    "revoked": N_("Con la revocación"),
}

HEARING = {
    "in-person": N_("En persona"),
    "in-writing": N_("Por escrito"),
    "not-reached": N_("No se pudo ubicar a la persona"),
}

OUTCOME = {
    "proposed": N_("Espera confirmación"),
    "confirmed": N_("Confirmada"),
    "rejected": N_("Rechazada"),
    "withdrawn": N_("Retirada por quien la propuso"),
    "lapsed": N_("Nadie la decidió a tiempo"),
}

ACT = {
    "authorisation:end": N_("La persona terminó su autorización"),
    "authorisation:lapse": N_("La autorización terminó sin uso"),
    "authorisation:reinstate": N_("Se levantó la suspensión"),
    "authorisation:resume": N_("La suspensión terminó por su plazo"),
    "authorisation:revoke": N_("Se revocó la autorización"),
    "authorisation:suspend": N_("Se suspendió la autorización"),
    "credential:replace": N_("Se reemplazó el permiso"),
    "revocation:drop": N_("No siguió la propuesta de revocar"),
    "revocation:propose": N_("Se propuso revocar la autorización"),
    "status-list:open": N_("Se abrió otra lista de permisos"),
}

REFUSAL = {
    "revocation-waits": N_("Una institución propuso revocar el permiso. Espere la respuesta."),
    "no-such-right-move": N_("La autorización no admite este paso en su estado actual."),
    "own-suspension": N_("Usted la suspendió. Otra persona de su institución la levanta."),
    "other-agencys-measure": N_("Esta medida es de otra institución: %(agency)s."),
    "revocation-already-proposed": N_("Ya hay una propuesta de revocar. Espera confirmación."),
    "no-revocation-proposed": N_("No hay una propuesta de revocar que espere."),
    "own-proposal": N_("Usted lo propuso. Lo confirma otra persona."),
    "second-office-needed": N_("Pregunte primero a la oficina de quejas, más abajo."),
    "right-ended": N_("El derecho a trabajar ya terminó. No se emite otro permiso."),
    "already-replaced": N_("Este permiso ya fue reemplazado por otro."),
    "replaced-before": N_(
        "Usted ya reemplazó un permiso. El siguiente se lo da una oficina, también gratis."
    ),
    "revoked-by-office": N_("Una oficina anuló este permiso. Llame o vaya a una oficina."),
}

FAULT = {
    "note-missing": N_("Escriba qué se le dice a la persona."),
    "hearing-missing": N_("Escriba qué dijo la persona, o cómo se la buscó."),
    "suspension-too-long": N_("Elija de 1 a %(limit)s días. Ésos son los que quedan."),
}

PERMISSION = {
    "authorisation:reinstate": N_("Levantar suspensiones"),
    "authorisation:revoke": N_("Proponer y confirmar revocaciones"),
    "authorisation:suspend": N_("Suspender autorizaciones"),
    "credential:replace": N_("Reemplazar permisos perdidos"),
}
