"""Words of the days on which people are received, and of the places on them."""

from app.web.i18n import N_

ACT = {
    "appointment:take": N_("La persona tomó una cita"),
    "appointment:give-back": N_("La cita terminó o se devolvió"),
    "appointment:remind": N_("Se recordó la cita"),
    "reception:plan": N_("Se anunció un día de atención"),
    "reception:cancel": N_("Se canceló un día de atención"),
}

PERMISSION = {"reception:hold": N_("Anunciar días de atención y ver quién viene")}

FAULT = {
    "municipality-unknown": N_("Elija un municipio de la lista."),
    "department-of-others": N_("Elija un municipio de su departamento."),
    "reception-place-missing": N_("Escriba en qué lugar se atiende."),
    "reception-place-long": N_("Escriba el lugar en %(letters)s letras o menos."),
    "reception-language-missing": N_("Marque al menos un idioma."),
    "reception-day-out": N_("Elija un día desde mañana y hasta dentro de %(days)s días."),
    "reception-half-hours": N_("Use horas en punto o medias horas, como 08:00 u 08:30."),
    "reception-closes-early": N_("La hora de cierre debe ser al menos media hora después."),
    "reception-places-out": N_("Escriba un número de 1 a %(places)s."),
}

REFUSAL = {
    "appointment-not-needed": N_("Esta solicitud terminó. No necesita una cita."),
    "half-hour-full": N_("Ya no queda lugar a esa hora. Elija otra."),
    "no-appointment": N_("Usted no tiene ninguna cita."),
    "no-such-half-hour": N_("A esa hora no se atiende. Elija otra."),
    "no-such-reception-day": N_("Ese día de atención no existe."),
    "reception-day-cancelled": N_("Ese día ya no se atiende. Elija otro."),
    "reception-day-past": N_("Esa hora ya pasó. Elija otra."),
}
