"""Words of a repayment that comes in parts: its days, what came, and what its worker says."""

from app.web.i18n import N_

PART = {
    "proposed": N_("Propuesto: falta que la persona diga sí"),
    "agreed": N_("Acordado"),
    "paid": N_("Falta decir si se recibió"),
    "confirmed": N_("Recibido"),
    "contested": N_("No se recibió"),
}

HANDING = {
    "cash": N_("En efectivo"),
    "transfer": N_("Por banco o teléfono"),
    "cheque": N_("Con cheque"),
    "with-wage": N_("Junto con el salario"),
}

EVERY = {
    "week": N_("Cada semana"),
    "fortnight": N_("Una semana sí y otra no"),
    "month": N_("Cada mes"),
}

FAULT = {
    "no-rate": N_("Falta el tipo de cambio de ese día. Cárguelo primero."),
    "days-not-rising": N_("Cada día tiene que venir después del anterior."),
    "plan-sum": N_("Las partes no suman lo que falta devolver."),
    "too-many-plan-parts": N_("Elija entre 1 y %(limit)s partes."),
    "day-before-asked": N_("Ese día es antes de que la persona lo pidió."),
    "day-passed": N_("Ese día ya pasó."),
}

REFUSAL = {
    "repayment-begun": N_("La devolución ya empezó. Responda a cada parte."),
    "too-many-parts": N_("Ya hay %(limit)s partes. No caben más."),
}

FAMILIES = {
    "repayment-part": PART,
    "repayment-handing": HANDING,
    "repayment-every": EVERY,
}
