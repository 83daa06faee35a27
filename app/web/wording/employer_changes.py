"""Another employer under the same right: what was done, and what stands against it."""

from app.web.i18n import N_

ACT = {
    "employer-change:ask": N_("Se pidió cambiar de empleador"),
    "employer-change:settle": N_("Se resolvió un cambio de empleador"),
}

FAULT = {
    "refusal-without-reason": N_("Escriba por qué no. La persona lo leerá."),
    "outside-pool": N_("Su permiso es para otro departamento. Elija una finca de ahí."),
    "same-vacancy": N_("Usted ya tiene ese trabajo. Elija otro."),
    "work-outside-permit": N_("Ese trabajo no cae en los días de su permiso. Elija otro."),
}

REFUSAL = {
    "change-already-asked": N_("Ya pidió un cambio de empleador. Espere la respuesta."),
    "no-change-asked": N_("No hay un cambio de empleador que espere respuesta."),
}
