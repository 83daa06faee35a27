"""Other identity data under a right: why, what was done, and what stands against it."""

from app.web.i18n import N_

REASON = {
    "civil-status": N_("Matrimonio, divorcio o reconocimiento"),
    "registry": N_("El registro civil corrigió los datos"),
    "new-document": N_("Documento nuevo"),
    "mistyped": N_("Un dato se escribió mal"),
}

ACT = {
    "identity-change:ask": N_("Se pidió cambiar datos de la persona"),
    "identity-change:decide": N_("Se resolvió sobre un cambio de datos"),
}

FAULT = {
    "nothing-changed": N_("Estos datos son los de ahora. Cambie lo que está distinto."),
    "evidence-missing": N_("Agregue una foto del documento que lo prueba."),
}

REFUSAL = {
    "identity-change-asked": N_("Ya pidió un cambio de sus datos. Espere la respuesta."),
    "no-identity-change": N_("No hay un cambio de datos que espere respuesta."),
    "decided-for-other-agency": N_("Usted ya decidió esto por otra institución."),
}
