"""Words of what is due to workers beside wages (W26), for them and for SETRASS's office."""

from app.web.i18n import N_

KIND = {
    "accident": N_("Accidente en el trabajo"),
    "illness": N_("Enfermedad por el trabajo"),
    "death": N_("Muerte de la persona"),
    "repatriation": N_("Regreso al país"),
    "end-of-work": N_("Prestaciones al terminar el trabajo"),
    "social-security": N_("Ahorro o seguro social en el otro país"),
}

OWER = {
    "insurer": N_("El seguro"),
    "employer": N_("El empleador"),
    "institution": N_("Una institución"),
}

STATUS = {
    "received": N_("SETRASS lo recibió"),
    "sent": N_("Se pidió a quien debe"),
    "accepted": N_("Quien debe dijo que sí"),
    "refused": N_("Quien debe dijo que no"),
    "paid": N_("Dicen que se pagó: falta confirmarlo"),
    "confirmed": N_("Pagado y recibido"),
    "contested": N_("El dinero no llegó"),
    "withdrawn": N_("Ya no se pide"),
}

STEP = {
    "send": N_("Se pidió"),
    "accept": N_("Dijeron que sí"),
    "refuse": N_("Dijeron que no"),
    "pay": N_("Dicen que se pagó"),
    "confirm": N_("El dinero llegó"),
    "contest": N_("El dinero no llegó"),
    "withdraw": N_("Ya no se pide"),
}

CHOICE = {
    "send": N_("Lo pedí a quien debe"),
    "accept": N_("Quien debe dijo que sí"),
    "refuse": N_("Quien debe dijo que no"),
    "pay": N_("Me mostraron que se pagó"),
    "confirm": N_("La familia dice que el dinero llegó"),
    "contest": N_("La familia dice que no llegó"),
}

ACT = {
    "welfare:claim": N_("Se pidió algo además del salario"),
    "welfare-claim:move": N_("Siguió un pedido además del salario"),
    "welfare-claim:read": N_("Se abrió un pedido además del salario"),
}

FAULT = {
    "before-it-happened": N_("Ese día es anterior a lo que pasó. Revise la fecha."),
    "receipt-unknown": N_("Nadie tiene ese número de solicitud. Revíselo."),
}

REFUSAL = {
    "no-such-welfare-claim": N_("No encontramos este pedido."),
    "no-such-welfare-move": N_("Esto ya no se puede hacer con este pedido."),
    "too-many-welfare-claims": N_("Ya hay %(limit)s pedidos. No caben más."),
    "welfare-without-work": N_("Sólo se puede pedir con el permiso aprobado."),
}

FAMILIES = {
    "welfare-kind": KIND,
    "welfare-ower": OWER,
    "welfare-status": STATUS,
    "welfare-step": STEP,
    "welfare-choice": CHOICE,
}

OWN_FIELDS = {
    "told_at": N_("Se contó"),
    "steps": N_("Lo que se hizo"),
    "insurance": N_("Seguro"),
    "teller": N_("Quién lo contó"),
    "action": N_("Paso"),
    "on": N_("Día"),
    "at": N_("Se anotó"),
    "ower": N_("Quién debe"),
    "next_words": N_("Lo que se puede hacer"),
}
"""Names of the columns, and of what stands in them, on the paper with all own data."""
