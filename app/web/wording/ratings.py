"""Words of what workers say of an employer, and of the employer's one reply."""

from app.web.i18n import N_

QUESTION = {
    "promised": N_("¿El trabajo fue como se prometió?"),
    "paid": N_("¿Pagaron lo acordado y a tiempo?"),
    "money": N_("¿No se cobró nada por el trabajo?"),
    "treated": N_("¿Hubo buen trato?"),
    "living": N_("¿Hubo buen lugar, agua y comida?"),
}

ACT = {
    "employer:rate": N_("Se contó lo que dicen de un empleador"),
    "rating:answer": N_("Un empleador respondió en público"),
    "rating:hide-answer": N_("Se quitó la respuesta de un empleador"),
}

REFUSAL = {
    "rating-answered": N_("Ya respondió. Se puede una sola vez."),
    "rating-empty": N_("Todavía no hay nada que responder."),
}
