"""What is said of changes with a first day: texts of messages and letters, rows of lists."""

from app.web.i18n import N_

FAULT = {
    "day-not-later": N_("Elija un día después de hoy."),
    "place-lost": N_("Falta un lugar del texto: %(places)s."),
    "place-unknown": N_("Este texto no tiene ese lugar: %(places)s."),
    "stray-percent": N_("Quite el signo %% o escriba «por ciento»."),
    "sms-too-long": N_("No cabe en un mensaje: ocupa %(places)s de %(limit)s lugares."),
    "sentence-too-long": N_("Una frase tiene %(words)s palabras. Use %(limit)s o menos."),
    "hard-to-read": N_("Es difícil de leer. Use palabras cortas."),
    "officialese": N_("Use palabras de todos los días."),
    "speaks-by-tu": N_("Hable de usted."),
}

REFUSAL = {
    "proposal-settled": N_("Esta propuesta ya tiene respuesta."),
    "proposal-too-late": N_("Su día ya llegó. Rechácela y propongan otra."),
    "proposal-waits": N_("Ya hay una propuesta que espera. Decidan primero sobre ella."),
    "own-proposal": N_("La aprueba otra persona, no quien la propuso."),
    "not-own-proposal": N_("Sólo quien la propuso la retira."),
    "no-such-text": N_("No existe ese texto."),
    "no-such-proposal": N_("No existe esa propuesta."),
}

PERMISSION = {"reference:change": N_("Cambiar textos y listas")}

ACT = {
    "reference:propose": N_("Se propuso un cambio de textos o listas"),
    "reference:decide": N_("Se decidió un cambio de textos o listas"),
}
