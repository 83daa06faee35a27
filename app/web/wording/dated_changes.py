"""What is said of changes with a first day: texts, rows of lists, questions."""

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
    "other-columns": N_("La primera línea nombra otras columnas que %(columns)s."),
    "bad-row": N_("Esta línea está mal en %(columns)s."),
    "twice": N_("Esta clave ya está más arriba."),
    "base-ends": N_("Otra pregunta depende de ésta y dura más. Termine antes esa."),
    "ended-already": N_("Esta pregunta ya tiene su último día."),
    "nothing-to-end": N_("Elija una pregunta."),
    "not-asked-before": N_("Esa pregunta no se hace antes, o no tiene opciones."),
    "questions-full": N_("El programa ya hace %(limit)s preguntas. Termine antes una."),
    "reader-learns": N_("La vería alguien que no ve la respuesta de la que depende."),
    "standard-answer": N_("El formulario ya pide este dato a todos."),
    "unknown-key": N_("Esta respuesta no lleva este dato. Déjelo vacío."),
    "wrong-type": N_("Escriba un número entero, sin decimales."),
    "speaks-by-tu": N_("Hable de usted."),
}

REFUSAL = {
    "proposal-settled": N_("Esta propuesta ya tiene respuesta."),
    "proposal-too-late": N_("Su día ya llegó. Rechácela y propongan otra."),
    "proposal-waits": N_("Ya hay una propuesta que espera. Decidan primero sobre ella."),
    "not-own-proposal": N_("Sólo quien la propuso la retira."),
    "no-lists-folder": N_("Aquí no hay carpeta para las listas. Avise a quien opera el servicio."),
    "no-such-list": N_("No existe esa lista."),
    "no-such-text": N_("No existe ese texto."),
    "no-such-dated-change": N_("No existe esa propuesta."),
}

PERMISSION = {"reference:change": N_("Cambiar textos y listas")}

ACT = {
    "reference:load": N_("Se cargó una lista de referencia"),
    "reference:propose": N_("Se propuso un cambio de textos o listas"),
    "reference:decide": N_("Se decidió un cambio de textos o listas"),
}

KIND = {
    "yes-no": N_("Sí o no"),
    "choice": N_("Una opción de varias"),
    "number": N_("Un número"),
    "date": N_("Una fecha"),
    "text": N_("Un texto corto"),
}
"""What a programme's own question can be answered with."""

PICTOGRAM = {
    "calendar": N_("Calendario"),
    "clock": N_("Reloj"),
    "coffee": N_("Café"),
    "farm": N_("Finca"),
    "hand": N_("Mano"),
    "house": N_("Casa"),
    "id-card": N_("Tarjeta de identidad"),
    "money": N_("Dinero"),
    "paper": N_("Papel"),
    "people": N_("Personas"),
    "person": N_("Persona"),
    "phone": N_("Teléfono"),
    "plane": N_("Avión"),
    "speech": N_("Voz"),
}
"""The drawings beside a question."""

LIST = {
    "closures": N_("Días sin atención"),
    "posts": N_("Puestos fronterizos"),
    "municipalities": N_("Municipios"),
    "occupations": N_("Ocupaciones"),
    "exchange-rates": N_("Tipos de cambio"),
    "help-lines": N_("Líneas de ayuda por país"),
}

COLUMN = {
    "day": N_("Día"),
    "reason": N_("Motivo"),
    "called_off": N_("Ya no se cierra"),
    "country": N_("País"),
    "code": N_("Clave"),
    "name": N_("Nombre"),
    "name_es": N_("Nombre en español"),
    "name_en": N_("Nombre en inglés"),
    "department": N_("Departamento"),
    "neighbour": N_("País vecino"),
    "across": N_("Del otro lado"),
    "opens": N_("Abre"),
    "closes": N_("Cierra"),
    "latitude": N_("Latitud"),
    "longitude": N_("Longitud"),
    "note": N_("Nota"),
    "currency": N_("Moneda"),
    "lempiras": N_("Lempiras por una unidad"),
    "phone": N_("Teléfono"),
    "ended": N_("Ya nadie contesta"),
}

HINT = {
    "day": N_("Año, mes y día. Por ejemplo: 2026-12-24."),
    "called_off": N_("Escriba «yes» si ese día sí se atiende."),
    "code": N_("Según la lista. Por ejemplo: HN-GT-4, 0404, 9211 o ca-workers."),
    "country": N_("Tres letras. Por ejemplo: GTM."),
    "department": N_("Su clave. Por ejemplo: HN-CP."),
    "opens": N_("Hora local. Por ejemplo: 06:00."),
    "closes": N_("Hora local. Por ejemplo: 18:00."),
    "currency": N_("Tres letras. Por ejemplo: GTQ."),
    "lempiras": N_("Con punto. Por ejemplo: 3.4302."),
    "ended": N_("Escriba «yes» si la línea ya no sirve."),
}
"""What to write in a column."""
