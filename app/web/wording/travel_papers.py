"""Words of the papers of the way abroad, and of the insurance."""

from app.web.i18n import N_

ACT = {
    "travel-paper:note": N_("Se anotó un papel del viaje"),
    "travel-paper:remove": N_("Se quitó un papel del viaje"),
}

KIND = {
    "passport": N_("Pasaporte"),
    "clearance": N_("Hoja de antecedentes"),
    "medical": N_("Examen médico o vacunas"),
    "test": N_("Examen de idioma o de oficio"),
    "visa": N_("Visa"),
    "work-permit": N_("Permiso de trabajo del otro país"),
    "ticket": N_("Boleto del viaje"),
    "insurance": N_("Seguro"),
}

PAYER = {
    "worker": N_("La persona"),
    "family": N_("Su familia"),
    "employer": N_("El empleador"),
    "recruiter": N_("El reclutador"),
    "state": N_("El Estado"),
    "ngo": N_("Una organización"),
}

FAULT = {
    "paper-long-ago": N_("Ese día es muy antiguo. Revise el año."),
    "paper-without-amount": N_("Escriba cuánto se pagó."),
    "insurance-untold": N_("Escriba quién asegura, el número y los días."),
    "cover-reversed": N_("El seguro termina después de empezar. Revise los días."),
    "cover-too-long": N_("Son más de tres años. Revise los días."),
}

REFUSAL = {
    "paper-of-worker": N_("Aquí sólo anota el seguro. Lo demás lo anota la persona."),
    "no-such-travel-paper": N_("Ese papel no está anotado."),
}

FAMILIES = {"paper-kind": KIND, "paper-payer": PAYER}
