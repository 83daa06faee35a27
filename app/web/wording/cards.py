"""The words of cards that are printed by the batch and handed over."""

from app.web.i18n import N_

STATE = {
    "drawing": N_("Dibujando"),
    "ready": N_("Listo para imprimir"),
    "printed": N_("Impreso"),
    "discarded": N_("Descartado"),
}

REFUSAL = {
    "no-card-waits": N_("Ningún permiso de este programa espera una tarjeta."),
    "no-such-batch": N_("No encontramos este lote."),
    "batch-still-drawn": N_("Las tarjetas todavía se están dibujando. Espere un momento."),
    "batch-by-another": N_("Usted pidió estas tarjetas. Otra persona debe confirmarlas."),
    "batch-settled": N_("Este lote ya se imprimió o se descartó. Su archivo no existe más."),
    "no-such-card": N_("No encontramos esta tarjeta."),
    "card-not-printed": N_("Esta tarjeta todavía no está impresa."),
    "card-handed-over": N_("Esta tarjeta ya se entregó."),
}

FAULT = {"no-such-card": N_("No hay una tarjeta impresa con este número.")}

ACT = {
    "card:hand-over": N_("Entregó la tarjeta"),
    "card:leave-out": N_("Dejó un permiso fuera del lote de tarjetas"),
    "cards:discard": N_("Descartó un lote de tarjetas"),
    "cards:draw": N_("Terminó de dibujar un lote de tarjetas"),
    "cards:order": N_("Pidió un lote de tarjetas"),
    "cards:print": N_("Confirmó un lote de tarjetas impreso"),
}

PERMISSION = {
    "card:hand-over": N_("Entregar tarjetas"),
    "card:print": N_("Imprimir tarjetas"),
}
