"""Why something cannot be done, and what to do instead: one sentence or two for each code."""

from app.web.i18n import N_

WORDS = {
    "not-permitted": N_("Su cuenta no puede hacer esto. Pida ayuda a su supervisor."),
    "own-case": N_("Nadie decide su propio caso. Otra persona debe hacerlo."),
    "official-already-decided": N_("Usted ya decidió este caso. Otra persona decide ahora."),
    "agency-not-required": N_("Este caso no necesita la decisión de su institución."),
    "agency-already-decided": N_("Su institución ya decidió este caso."),
    "not-this-agencys-turn": N_("Todavía no le toca a su institución."),
    "held-by-other": N_("Otra persona trabaja en este caso ahora."),
    "no-such-move": N_("Este paso no es posible en el estado actual."),
    "no-such-credential-move": N_("El permiso no admite este paso en su estado actual."),
    "not-under-review": N_("Este caso no está en revisión."),
    "not-editable": N_("La solicitud ya fue enviada. No se puede cambiar."),
    "not-cleared": N_("Faltan aprobaciones. El permiso todavía no se puede emitir."),
    "no-active-key": N_("No hay una llave activa para firmar permisos."),
    "changed-meanwhile": N_("Alguien cambió este caso. Abra la página otra vez y revise."),
    "no-such-application": N_("No encontramos esta solicitud."),
    "no-such-authorisation": N_("No encontramos esta autorización."),
    "no-such-credential": N_("No encontramos este permiso."),
    "no-such-document": N_("No encontramos este documento."),
    "no-such-question": N_("No encontramos esta pregunta."),
    "invalid": N_("Hay datos que corregir."),
}
