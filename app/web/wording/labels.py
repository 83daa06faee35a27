"""Names of countries, languages and occupations by code, so that English has them too."""

from app.web.i18n import N_

COUNTRY = {
    "CAN": N_("Canadá"),
    "ESP": N_("España"),
    "GTM": N_("Guatemala"),
    "HND": N_("Honduras"),
    "NIC": N_("Nicaragua"),
    "SLV": N_("El Salvador"),
}
"""ISO 3166 alpha-3; a country that is not here shows its code."""

LANGUAGE = {
    "spa": N_("Español"),
    "caa": N_("Ch’orti’"),
    "poh": N_("Poqomchi’"),
    "poc": N_("Poqomam"),
    "kek": N_("Q’eqchi’"),
    "acr": N_("Achi"),
    "mam": N_("Mam"),
    "quc": N_("K’iche’"),
    "cak": N_("Kaqchikel"),
    "ixl": N_("Ixil"),
    "cab": N_("Garífuna"),
    "miq": N_("Miskito"),
    "eng": N_("Inglés"),
    "fra": N_("Francés"),
}
"""ISO 639-3, as app/reference/languages.csv has them."""

OCCUPATION = {
    "5120": N_("Cocineros"),
    "5131": N_("Camareros de mesas"),
    "6112": N_("Agricultores y trabajadores calificados de plantaciones de árboles y arbustos"),
    "6130": N_("Productores y trabajadores calificados de explotaciones agropecuarias mixtas"),
    "7212": N_("Soldadores y oxicortadores"),
    "7511": N_("Carniceros, pescaderos y afines"),
    "8331": N_("Conductores de autobuses y tranvías"),
    "8332": N_("Conductores de camiones pesados"),
    "8341": N_("Operadores de maquinaria agrícola y forestal móvil"),
    "9112": N_("Limpiadores y asistentes de oficinas, hoteles y otros establecimientos"),
    "9211": N_("Peones de explotaciones agrícolas"),
    "9213": N_("Peones de explotaciones de cultivos mixtos y ganaderos"),
    "9214": N_("Peones de jardinería y horticultura"),
}
"""ISCO-08, as app/reference/occupations.csv has them."""
