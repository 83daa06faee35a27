"""What who holds a receipt is told: how it stands in one sentence, and what comes next."""

from app.web.i18n import N_

STANDS = {
    "under-review": N_("Su solicitud está en revisión."),
    "asked": N_("Le hicieron una pregunta."),
    "returned": N_("Su solicitud volvió a usted para corregir algo."),
    "approved": N_("Su solicitud fue aprobada."),
    "over": N_("Su permiso ya no vale."),
    "refused": N_("Su solicitud no fue aprobada."),
    "lapsed": N_("Su solicitud venció sin respuesta."),
    "withdrawn": N_("Su solicitud fue retirada."),
}

NEXT = {
    "under-review": N_("No tiene que hacer nada. Le avisamos por mensaje."),
    "asked": N_("Entre con su teléfono y responda."),
    "returned": N_("Entre con su teléfono, corrija y envíe otra vez."),
    "approved": N_("Entre con su teléfono para ver su permiso."),
    "over": N_("Entre con su teléfono: ahí dice por qué y qué puede hacer."),
    "refused": N_("Entre con su teléfono. Ahí lee por qué y cómo reclamar."),
    "lapsed": N_("Entre con su teléfono para ver si todavía puede seguir."),
    "withdrawn": N_("Puede empezar otra. Es gratis."),
}
