"""Hiring from the pool of a department."""

from app.web.i18n import N_

ACT = {
    "pool:ask": N_("Una finca preguntó a personas de la bolsa"),
    "pool:answer": N_("Una persona de la bolsa contestó a una finca"),
    "pool:end": N_("Un cambio desde la bolsa no se hizo y la plaza quedó libre"),
}

REFUSAL = {
    "no-pool": N_("No hay bolsa en el departamento de esta vacante."),
    "no-place-to-ask": N_("Todas las plazas están prometidas, o ya preguntó a muchas hoy."),
    "no-such-ask": N_("Esa pregunta no existe."),
    "ask-answered": N_("Usted ya contestó a esa finca."),
    "ask-over": N_("El plazo para contestar ya pasó."),
}
