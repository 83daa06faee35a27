"""Words of housing: the items of its list, what is wrong with an inspection, what it did."""

from app.web.i18n import N_

ITEM = {
    "separate-sleeping": N_("Dormitorios separados para hombres, mujeres y familias"),
    "potable-water": N_("Agua para beber"),
    "lockable-storage": N_("Un lugar con llave para sus cosas"),
    "cooking": N_("Un lugar para cocinar"),
    "no-outside-lock": N_("La puerta no se cierra por fuera"),
}

FAULT = {
    "inspection-too-old": N_("Anote sólo inspecciones de los últimos %(limit)s días."),
    "nothing-to-mend": N_("Nada falló: deje vacía esta fecha."),
    "mending-out-of-time": N_("Dé un plazo de %(limit)s días o menos desde la inspección."),
    "mended-before-inspected": N_("La fecha es anterior a la inspección. Revísela."),
}

REFUSAL = {
    "already-mended": N_("Esa falta ya está cerrada."),
    "inspection-differs": N_(
        "Esa inspección ya está anotada, con otros datos. Si es otra, anótela otra vez."
    ),
    "no-such-shortcoming": N_("Esa falta no está en la inspección."),
}

ACT = {
    "housing:inspect": N_("Se inspeccionó la vivienda de una finca"),
    "housing:mend": N_("Se cerró una falta de la vivienda"),
}
