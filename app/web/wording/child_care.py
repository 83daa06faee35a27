"""Words of children who come along: what a farm arranged, and what SENAF is told."""

from app.web.i18n import N_
from app.web.wording import housing

KIND = {
    "child-care": N_("Un lugar donde cuidan a los menores"),
    "school": N_("Una escuela"),
}

FAMILIES = {"care-kind": KIND, "housing-item": housing.ITEM}

FAULT = {
    "care-too-long": N_("Anote %(limit)s días o menos. Cada temporada se anota otra vez."),
}

REFUSAL = {
    "handover-received": N_("SENAF ya lo recibió."),
    "no-children-along": N_("Con este caso no viaja ningún menor."),
    "no-such-handover": N_("Ese aviso a SENAF no existe."),
}

ACT = {
    "care:arrange": N_("Una finca anotó cuido o escuela para menores"),
    "care:end": N_("Una finca terminó el cuido de menores"),
    "senaf:receive": N_("SENAF recibió el aviso sobre una familia"),
    "senaf:tell": N_("Se hizo el aviso a SENAF sobre una familia"),
}

PAPER: dict[str, str] = {
    "title": N_("Aviso a SENAF: menores que acompañan a su familia"),
    "keep": N_("Lleva datos de menores. Entréguelo en mano y no lo copie."),
    "asks": N_("Se pide apoyo de SENAF para estos menores mientras su familia trabaja."),
    "parent": N_("Persona que trabaja"),
    "days": N_("Días de trabajo"),
    "town": N_("Lugar de trabajo"),
    "child": N_("Menor"),
    "born": N_("Nació"),
    "relation": N_("Qué es de la persona"),
    "rights": N_("El permiso de la familia no cambia por este aviso. Los menores no trabajan."),
    "received_by": N_("Recibe por SENAF"),
    "received_on": N_("Fecha en que se recibe"),
    "signature": N_("Firma y sello"),
}
