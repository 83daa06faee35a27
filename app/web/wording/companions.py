"""Who travels with a worker: what they are to each other, what was done, what is wrong."""

from app.web.i18n import N_

RELATION = {
    "child": N_("Hija o hijo"),
    "spouse": N_("Pareja"),
    "other": N_("Otro familiar"),
}

ACT = {
    "companion:add": N_("Se anotó a alguien que viaja con la persona"),
    "companion:ask": N_("Se preguntó a quien viaja con la persona"),
    "companion:consent": N_("Quien viaja con la persona dijo que sí"),
    "companion:decline": N_("Quien viaja con la persona dijo que no"),
    "companion:remove": N_("Se quitó a alguien que viajaba con la persona"),
}

FAULT = {
    "phone-of-worker": N_("Ese es su propio teléfono. Escriba el de quien viaja, o ninguno."),
    "child-of-age": N_("Ya cumplió %(limit)s años. Elija «Otro familiar»."),
}

REFUSAL = {
    "application-over": N_("Esta solicitud ya terminó. No se puede anotar a nadie más."),
    "too-many-companions": N_("Se pueden anotar %(limit)s personas como máximo."),
    "no-such-companion": N_("Esa persona ya no está anotada."),
}
