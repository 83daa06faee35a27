"""Words of the recommendation that comes before a decision within one institution."""

from app.web.i18n import N_

ADVICE = {
    "approve": N_("Recomendó aprobar"),
    "refuse": N_("Recomendó rechazar"),
}

CHOICE = {
    "approve": N_("Recomiendo aprobar"),
    "refuse": N_("Recomiendo rechazar"),
}

ACT = {"application:recommend": N_("Se recomendó una decisión")}

PERMISSION = {"application:recommend": N_("Recomendar decisiones")}

REFUSAL = {
    "recommendation-missing": N_("Falta una recomendación. Después decide otra persona."),
    "own-recommendation": N_("Usted recomendó en este caso. Otra persona debe decidir."),
    "already-recommended": N_("Este caso ya tiene una recomendación."),
    "no-recommendation-wanted": N_("Este programa no pide recomendación a su institución."),
    "decided-before-recourse": N_(
        "Usted decidió este caso antes del recurso. Otra persona debe decidir."
    ),
}
