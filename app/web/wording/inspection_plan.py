"""What speaks for a visit to a farm, in words."""

from app.web.i18n import N_

SIGN = {
    "pattern": N_("Varias personas contaron lo mismo"),
    "measure": N_("Una autoridad tomó una medida"),
    "never-inspected": N_("Nadie ha inspeccionado la vivienda"),
    "mending-overdue": N_("Venció el plazo para arreglar la vivienda"),
    "plan-overdue": N_("Venció un punto del plan de mejoras"),
    "silent": N_("Pocas personas contestan las preguntas"),
    "children": N_("Hay menores sin cuido ni escuela"),
    "inspection-old": N_("La última inspección es vieja"),
}

FAMILIES = {"plan-sign": SIGN}
