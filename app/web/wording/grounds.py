"""The coded grounds of a refusal, the reasons of a return and those to revoke a permit."""

from app.web.i18n import N_

WORDS = {
    "L1": N_("La persona no tiene la edad mínima"),
    "L2": N_("La identidad no está probada"),
    "L3": N_("El contrato está por debajo del mínimo"),
    "L4": N_("El empleador no puede contratar o no tiene cupo"),
    "L6": N_("Faltan datos después de pedirlos"),
    "L7": N_("La solicitud está repetida"),
    "M1": N_("Hay prohibición de reingreso o expulsión"),
    "M2": N_("Hay una alerta nacional o internacional"),
    "M3": N_("Un documento es falso o está vencido"),
    "M4": N_("La persona se quedó más tiempo del permitido"),
    "M5": N_("Está fuera de la categoría o de las fechas"),
    "C1": N_("Su país no reconoce el documento"),
    "C2": N_("Su país no autorizó este reclutamiento"),
    "D1": N_("Falta un dato"),
    "D2": N_("Un dato no coincide con el documento"),
    "D3": N_("Falta un documento"),
    "D4": N_("Un documento no se puede leer"),
    "D5": N_("Un documento está vencido o vence pronto"),
    "D6": N_("La foto de la persona no sirve"),
    "D7": N_("Hay una duda sobre el trabajo o el empleador"),
    "D8": N_("Hay otra pregunta"),
}

REVOCATION = {
    "lost": N_("Se perdió"),
    "stolen": N_("Fue robado"),
    "damaged": N_("Está dañado"),
    "wrong-data": N_("Tiene datos equivocados"),
    "authorisation-ended": N_("La autorización terminó"),
    "fraud": N_("Hubo fraude"),
    "employer-changed": N_("Cambió de empleador"),
    "identity-changed": N_("Cambiaron los datos de la persona"),
    "key-compromised": N_("La llave que lo firmó ya no es segura"),
}
