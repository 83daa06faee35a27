"""The watch list and the second look; who is not of that desk reads no word of either."""

from app.web.i18n import N_

REFUSAL = {
    "check-open": N_("La verificación de este caso no ha terminado. Vuelva más tarde."),
    "second-look-over": N_("Alguien ya hizo esta segunda revisión."),
    "no-such-check": N_("No encontramos esta verificación."),
}

PERMISSION = {"watch:review": N_("Hacer la segunda revisión de alertas")}

ACT = {
    "watch:ask": N_("Se pidió una verificación"),
    "watch:ask-again": N_("Se repitieron verificaciones"),
    "watch:answer": N_("La verificación tuvo respuesta"),
    "watch:read": N_("Se abrió una verificación"),
    "watch:review": N_("Se hizo una segunda revisión"),
}
