"""What a quota is counted by, and that there is no place left in it."""

from app.web.i18n import N_

SCOPE = {
    "season": N_("de la temporada"),
    "occupation": N_("de la ocupación"),
    "employer": N_("del empleador"),
    "department": N_("del departamento"),
    "municipality": N_("del municipio"),
}
"""How a quota is told, before the name of what it is about."""

FAULT = {
    "quota-full": N_(
        "El cupo %(quota)s %(of)s está lleno (plazas: %(total)s)."
        " Rechace por el motivo L4, o deje el caso en espera."
    ),
    "vacancy-full": N_(
        "Este trabajo ya no tiene plazas (plazas: %(places)s)."
        " Devuelva el caso, o déjelo en espera."
    ),
}
