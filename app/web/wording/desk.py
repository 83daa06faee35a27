"""Words of the officials' desk: who works on what, notes beside a case, views with a name."""

from app.web.i18n import N_

TAKE_OVER = {
    "absent": N_("Mi colega no está"),
    "agreed": N_("Lo acordamos"),
    "urgent": N_("Es urgente"),
}

ACT = {
    "application:assign": N_("El caso se asignó a un oficial"),
    "identity:compare": N_("Se comparó el documento con lo escrito"),
    "case:note": N_("Se escribió una nota interna"),
    "paper:show": N_("Se anotó que mostró un papel"),
    "paper:take-back": N_("Se quitó la nota de un papel"),
}

PERMISSION = {"application:assign": N_("Asignar casos")}

REFUSAL = {
    "no-such-shown-paper": N_("No encontramos esta nota."),
    "paper-already-shown": N_("Este papel ya está anotado."),
    "too-many-later-papers": N_("Ya llegaron %(limit)s papeles. No caben más."),
    "beyond-their-reach": N_("Esta persona no ve casos de ese departamento."),
    "not-of-your-agency": N_("Esta persona no trabaja en su institución."),
    "too-many-views": N_("Usted ya tiene %(most)s vistas. Quite una antes."),
    "zone-reader-absent": N_("Este servidor no lee fotos. Escriba las líneas."),
    "zone-reader-busy": N_("Se están leyendo otras fotos. Pruebe en un minuto."),
    "no-such-view": N_("No encontramos esta vista."),
}

FAULT = {
    "shown-missing": N_("Elija qué papel vio."),
    "zone-not-found": N_("No encontramos las líneas en las fotos. Escríbalas."),
    "zone-missing": N_("Copie las líneas de letras y flechas del documento."),
    "pick-some": N_("Elija uno o más casos, hasta %(most)s."),
    "take-over-reason-missing": N_("Diga por qué toma el caso."),
    "view-name-missing": N_("Escriba un nombre para la vista."),
}
