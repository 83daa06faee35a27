"""Words of the visa of another country, the departure and the arrival."""

from app.web.i18n import N_

ACT = {
    "journey:note": N_("Se anotó un paso del viaje"),
    "journey:remove": N_("Se quitó un paso del viaje"),
    "journey:ask": N_("Se preguntó a la persona si llegó"),
}

STEP = {
    "visa-submitted": N_("La visa se pidió"),
    "visa-asked": N_("El consulado pidió algo más"),
    "visa-granted": N_("La visa se dio"),
    "visa-refused": N_("La visa se negó"),
    "departed": N_("Salió de viaje"),
    "arrived": N_("Llegó al trabajo"),
}

SOURCE = {"worker": N_("lo dijo la persona"), "official": N_("lo vio un oficial")}

FAULT = {
    "journey-long-ago": N_("Ese día es muy antiguo. Revise el año."),
    "arrived-before-leaving": N_("Nadie llega antes de salir. Revise el día."),
    "left-after-arriving": N_("Nadie sale después de llegar. Revise el día."),
    "journey-noted-already": N_("Ese paso ya está anotado. Quite primero el otro."),
}

REFUSAL = {
    "journey-not-yet": N_("El viaje se anota cuando la solicitud está aprobada."),
    "journey-full": N_("Ya hay demasiados pasos anotados. Quite alguno."),
    "note-of-another": N_("Ese paso lo anotó otra persona."),
    "no-such-note": N_("Ese paso no existe."),
}

FAMILIES = {"journey-step": STEP, "journey-source": SOURCE}
