"""Going on without leaving: what stands against it, and what the checks of one see."""

from app.web.i18n import N_

FINDING = {
    "identity-corrected": N_("Los datos no son los que se corrigieron en el permiso de antes."),
    "renewal-no-days": N_("La renovación no da ni un día más."),
    "renewal-right-ended": N_("El permiso de antes está suspendido o revocado."),
    "renewal-shortened": N_(
        "El permiso llega sólo hasta el %(until)s, no hasta el fin del trabajo."
    ),
    "renewal-too-late": N_("La renovación se pide antes de que termine el permiso."),
    "renewal-with-gap": N_("El trabajo empieza después de que termina el permiso de antes."),
}

REFUSAL = {
    "not-renewable": N_("En este programa no hay renovación."),
    "right-not-active": N_("El permiso no está vigente hoy."),
    "too-early-to-renew": N_("Todavía es pronto. Se pide %(limit)s días antes de que termine."),
    "stay-exhausted": N_("Ya llegó al máximo de días de la temporada."),
}
