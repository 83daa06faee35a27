"""An employer that may not hire: why, and what was done about it."""

from app.web.i18n import N_

REASON = {
    "fee-charged": N_("Cobró por dar trabajo"),
    "child-labour": N_("Trabajo infantil"),
    "false-contract": N_("Contrato falso o distinto"),
    "documents-kept": N_("Retuvo documentos de las personas"),
    "court-order": N_("Orden de un juez"),
}

ACT = {
    "application:come-back": N_("Volvió a la persona: no se puede seguir con ese trabajo"),
    "employer:bar": N_("Se vetó a un empleador"),
    "employer:lift-bar": N_("Se levantó el veto a un empleador"),
}

FINDING = {
    "employer-barred": N_("SETRASS no deja contratar a este empleador."),
    "employer-stopped": N_("Este empleador no puede contratar a nadie nuevo por ahora."),
    "vacancy-blocked": N_("Una regla ética detiene este trabajo."),
}

FAULT = FINDING | {
    "vacancy-barred": N_("Este empleador ya no puede contratar. Elija otro trabajo."),
}

REFUSAL = {
    "already-barred": N_("Este empleador ya está vetado."),
    "not-barred": N_("Este empleador no está vetado."),
    "no-such-employer": N_("No existe ese empleador."),
}

PERMISSION = {"employer:bar": N_("Vetar empleadores")}
