"""Words of the plan of improvements: how far a point is, how it is checked, what is wrong."""

from app.web.i18n import N_

STATUS = {
    "open": N_("Por hacer"),
    "said": N_("El empleador dice que ya está"),
    "met": N_("La inspección lo vio cumplido"),
    "withdrawn": N_("La inspección lo retiró"),
}

CHECKED_BY = {
    "visit": N_("Una visita a la finca"),
    "payslips": N_("Los comprobantes de pago"),
    "papers": N_("Papeles del empleador"),
}

FAMILIES = {"point-status": STATUS, "point-check": CHECKED_BY}

FAULT = {
    "may-tell-who": N_("Puede decir quién habló. Quite nombres y números, o confirme abajo."),
}

REFUSAL = {
    "no-such-point": N_("Ese punto no está en el plan."),
    "nothing-explains-it": N_(
        "Primero visite la finca y anote lo que falla. Así nadie queda señalado."
    ),
    "point-closed": N_("Ese punto ya no se puede cambiar así."),
    "point-differs": N_(
        "Ese punto ya está anotado, con otros datos. Si es otro, anótelo otra vez."
    ),
}

ACT = {
    "improvement:ask": N_("La inspección pidió una mejora en una finca"),
    "improvement:move": N_("Cambió un punto del plan de mejoras"),
}
