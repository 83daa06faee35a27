"""Words of the farm register: directions, whether somebody belongs there, what they say of it."""

from app.web.i18n import N_

DIRECTION = {"entry": N_("Entra"), "exit": N_("Sale")}

BELONGING = {
    "authorised": N_("Su permiso es para esta finca"),
    "change-asked": N_("Pidió el cambio de empleador"),
    "other-farm": N_("Su permiso es para otro empleador"),
    "no-right": N_("Su permiso no vale ese día"),
}

BELONGING_HELP = {
    "authorised": N_("El permiso es para este empleador."),
    "change-asked": N_("Espera la respuesta de SETRASS."),
    "other-farm": N_("Su permiso es para otro empleador. SETRASS le pregunta a la persona."),
    "no-right": N_("El permiso no vale ese día: no puede trabajar."),
}

SAID = {
    "own-choice": N_("Yo quise ir a esa finca"),
    "was-sent": N_("Me mandaron, y no sabía"),
    "not-me": N_("Yo no estuve ahí"),
}

CHANGE = {
    "asked": N_("SETRASS lo revisa"),
    "replaced": N_("El empleador mandó otros datos"),
    "withdrawn": N_("El empleador retiró la solicitud"),
    "approved": N_("Aprobado"),
    "refused": N_("No aprobado"),
}

CLOSING = {
    "sold": N_("Se vendió"),
    "given-back": N_("Era prestada o alquilada, y se devolvió"),
    "closed": N_("Ya no se trabaja ahí"),
}

FAMILIES = {
    "farm-change": CHANGE,
    "farm-closing": CLOSING,
    "farm-direction": DIRECTION,
    "belonging": BELONGING,
    "belonging-help": BELONGING_HELP,
    "movement-said": SAID,
}

ACT = {
    "farm-movement:answer": N_("La persona dijo cómo llegó a otra finca"),
    "farm-movement:record": N_("Se anotó una entrada o salida de finca"),
    "farm:close": N_("Se quitó una finca de un empleador"),
    "farm-change:ask": N_("Un empleador pidió cambiar, agregar o quitar una finca"),
    "farm-change:decide": N_("Se decidió el cambio de una finca"),
    "farm-change:withdraw": N_("Un empleador retiró el cambio de una finca"),
    "farm-register:read": N_("La inspección abrió el registro de una finca"),
    "foreman-link:end": N_("Se terminó el enlace de un encargado"),
    "foreman-link:make": N_("Se hizo un enlace para un encargado"),
}

PERMISSION = {
    "farm:inspect": N_("Inspeccionar fincas"),
    "farm:keep": N_("Llevar el registro de sus fincas"),
}

FAULT = {
    "time-to-come": N_("La hora todavía no llega. Revise el reloj del teléfono."),
    "hour-impossible": N_("Escriba el día y la hora así: 2026-11-28 05:30"),
    "time-too-old": N_("Pasaron más de %(limit)s días. Ya no se puede anotar."),
    "not-in-list": N_("Esa persona ya no está en su lista."),
    "number-not-found": N_("Nadie con permiso tiene ese número. Revíselo con la persona."),
    "permit-not-found": N_("Ese permiso no existe o no se lee. Revise el número."),
    "numbers-too-many": N_("Son demasiados números seguidos. Espere unos minutos."),
    "notes-too-many": N_("Esta finca anotó demasiado hoy. Se puede seguir mañana."),
    "link-too-long": N_("El enlace vale %(limit)s días como máximo."),
    "farm-inspected-there": N_(
        "La inspección ya vio esta finca en su municipio. Agregue otra finca."
    ),
    "call-to-come": N_("Ese día todavía no llega. Revise la fecha de la llamada."),
    "farm-as-it-stands": N_("Así está la finca ahora. Cambie un dato antes de enviar."),
    "closing-to-come": N_("Ese día todavía no llega. Quítela cuando ya no la lleve."),
    "farm-people-inside": N_("Hay personas adentro: %(count)s. Anote primero su salida."),
    "farm-workers-bound": N_(
        "Personas que tienen permiso o solicitud ahí: %(count)s. Primero piden otro empleador."
    ),
    "farm-vacancies-open": N_("Hay vacantes abiertas ahí: %(count)s. Ciérrelas primero."),
    "farm-gone": N_("Esta finca ya no está. Sólo se anotan salidas."),
    "link-not-then": N_("Este enlace no valía a esa hora. Dígalo a quien administra la finca."),
    "link-day-over": N_("Ese día ya pasó. Escriba uno que venga."),
}

REFUSAL = {
    "farm-closed": N_("Esta finca ya no está. Ahí no se anota nada nuevo."),
    "farm-change-decided": N_("Esa solicitud ya tiene respuesta."),
    "farm-change-own": N_("Usted hizo esta solicitud. Otra persona tiene que decidir."),
    "farm-change-replaced": N_("El empleador mandó otros datos. Abra la solicitud nueva."),
    "farm-change-withdrawn": N_("El empleador retiró esta solicitud. No hay nada que decidir."),
    "no-such-farm-change": N_("No existe esa solicitud."),
    "no-such-link": N_("Ese enlace ya no vale."),
    "no-such-movement": N_("Esa anotación no existe."),
    "movement-not-asked": N_("Usted ya contestó."),
    "too-many-links": N_("Ya hay %(limit)s enlaces. Termine uno antes de hacer otro."),
}
