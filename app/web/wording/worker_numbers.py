"""Workers' numbers for life: why two are one person's or are not, and what was done."""

from app.web.i18n import N_

GROUND = {
    "same-document": N_("Tienen el mismo documento"),
    "new-document": N_("Cambió de documento y mostró los dos"),
    "corrected": N_("Había un dato mal escrito"),
    "recognised": N_("Vino, y comparé a la persona con los dos casos"),
    "other-person": N_("Son dos personas con un mismo teléfono o cuenta"),
    "joined-wrongly": N_("Los números se unieron por error"),
}

ACT = {
    "worker-number:give": N_("Se dio un número de persona"),
    "worker-number:join": N_("Se unieron dos números de una misma persona"),
    "worker-number:part": N_("Se separaron los números de dos personas"),
}

REFUSAL = {
    "already-one-person": N_("Los dos casos ya tienen el mismo número de persona."),
    "not-one-person": N_("Los dos casos ya tienen números distintos."),
    "no-worker-number": N_("Uno de los casos todavía no tiene número de persona."),
}
