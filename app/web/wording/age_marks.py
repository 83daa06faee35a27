"""The mark of an agent that a worker may be a child (R05)."""

from app.web.i18n import N_

SIGN = {
    "looks": N_("Se ve menor de edad"),
    "said": N_("Dijo que es menor de edad"),
    "paper-of-another": N_("El documento parece de otra persona"),
    "told-by-another": N_("Alguien avisó que es menor de edad"),
}

ACT = {
    "age:mark": N_("Se marcó que alguien parece menor de edad"),
    "age:mark-end": N_("Se quitó una marca de edad"),
    "age:mark-see": N_("Alguien de SETRASS vio una marca de edad"),
}

REFUSAL = {
    "no-such-number": N_("Nadie tiene ese número. Revíselo."),
    "no-such-mark": N_("Esa marca no existe."),
    "mark-ended": N_("Otra persona ya quitó esa marca."),
}

PERMISSION = {
    "age:mark": N_("Marcar que alguien parece menor de edad"),
    "age:clear": N_("Quitar marcas de edad"),
}

OWN_FIELDS = {
    "sign": N_("Por qué se marcó"),
    "marked_at": N_("Cuándo se marcó"),
    "seen_by": N_("Quién la vio"),
}
