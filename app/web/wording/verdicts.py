"""The verdict on a permit and its one reason, in the scanner's own words."""

from app.web.i18n import N_

VERDICT = {
    "green": N_("VÁLIDO"),
    "red": N_("NO VÁLIDO"),
    "amber": N_("REVISAR"),
    "grey": N_("SIN COMPROBAR"),
}

REASON = {
    "ok": N_("Firma, fechas y estado correctos."),
    "unreadable": N_("El código está dañado o incompleto."),
    "not-ours": N_("Este código no es de un permiso."),
    "unsupported-version": N_("Este permiso usa un formato que no se reconoce."),
    "bad-signature": N_("La firma es falsa o el permiso fue alterado."),
    "key-revoked": N_("La llave que firmó este permiso fue anulada."),
    "not-yet-valid": N_("El permiso todavía no empieza."),
    "expired": N_("El permiso venció."),
    "revoked": N_("El permiso fue revocado."),
    "suspended": N_("El permiso está suspendido."),
    "list-aging": N_("Las listas no se actualizan hace más de un día."),
    "wrong-post": N_("El permiso no incluye este puesto fronterizo."),
    "wrong-face": N_("La foto firmada no es de este permiso."),
    "typed-number": N_("Un número escrito no lleva firma."),
    "unknown-key": N_("No se conoce la llave que firmó este permiso."),
    "list-too-old": N_("Las listas faltan o son demasiado viejas."),
    "clock-wrong": N_("La hora de este equipo está mal."),
}
