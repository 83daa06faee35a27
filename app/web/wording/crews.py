"""Crew lists: their columns, what is wrong in a cell and what to do, and how far each worker is."""

from app.web.i18n import N_

COLUMN = {
    "document_number": N_("Número de documento"),
    "given_names": N_("Nombres"),
    "surnames": N_("Apellidos"),
    "date_of_birth": N_("Fecha de nacimiento"),
    "sex": N_("Sexo"),
    "municipality": N_("Municipio"),
    "phone": N_("Teléfono"),
    "languages_spoken": N_("Idiomas"),
    "languages_read": N_("Idiomas que lee"),
}

FAULT = {
    "crew-empty": N_("La lista está vacía. Escriba una persona en cada fila."),
    "crew-too-long": N_("La lista tiene más de %(most)s personas. Divídala en varias."),
    "crew-column-missing": N_("Falta esta columna. Use los títulos de la plantilla."),
    "crew-column-twice": N_("Esta columna está dos veces. Borre una."),
    "crew-formula": N_("Hay una fórmula. Escriba el dato mismo."),
    "crew-error": N_("La celda tiene un error. Escriba el dato."),
    "crew-date": N_("No entendemos la fecha. Escríbala así: 27/03/1994."),
    "crew-sex": N_("Escriba mujer, hombre u otro."),
    "crew-place": N_("No conocemos este municipio. Copie su código de la plantilla."),
    "crew-place-twice": N_("Hay varios con este nombre. Escriba su código: %(codes)s."),
    "crew-language": N_("No conocemos este idioma. Escriba por ejemplo: español."),
    "crew-phone-of-employer": N_("Es el teléfono del empleador. Escriba el de la persona."),
    "crew-phone-shared": N_("Más de %(most)s personas tienen este teléfono. Pida el de cada una."),
    "crew-row-twice": N_("Este documento ya está en la fila %(first)s. Borre una de las dos."),
    "crew-person-twice": N_("Esta persona ya está en la fila %(first)s con otro documento."),
    "crew-registered-before": N_("Esta persona ya está en una lista de esta vacante."),
    "crew-not-selected": N_(
        "El empleador no eligió a esta persona. Anótela en la lista para el extranjero."
    ),
    "crew-more-than-places": N_("La vacante tiene %(places)s plazas y la lista más personas."),
    "sheet-old-excel": N_("Es un archivo de Excel antiguo. Guárdelo como .xlsx."),
    "sheet-too-much": N_("El archivo crece demasiado al abrirlo. Copie la lista a uno nuevo."),
    "sheet-unreadable": N_("No pudimos leer el archivo. Use la plantilla, en .xlsx o .csv."),
}

REFUSAL = {
    "no-such-crew": N_("No encontramos esta lista."),
    "no-such-member": N_("Esta solicitud no viene de una lista."),
    "already-consented": N_("Esta persona ya respondió que sí."),
    "no-consent-wanted": N_("Esta solicitud ya no espera una respuesta."),
    "own-crew": N_("Usted registró esta lista. Otra persona debe ser testigo."),
    "findings-block": N_("Los controles no permiten aprobarlo. Decídalo en su caso."),
    "findings-not-seen": N_("Falta ver y confirmar los hallazgos de este caso."),
    "findings-changed": N_("Los hallazgos cambiaron. Véalos otra vez."),
}

STATE = {
    "not-consented": N_("Sin consentimiento"),
    "submitted": N_("Enviada"),
    "returned": N_("Devuelta con pregunta"),
    "over": N_("Terminada"),
}

STAND = {
    "to-see": N_("Por ver"),
    "confirmed": N_("Confirmado por usted"),
    "changed": N_("Cambió: véalo otra vez"),
    "elsewhere": N_("En otras manos"),
    "over": N_("Terminado"),
}

PROGRESS = {
    "not-consented": N_("Sin consentimiento"),
    "waits-setrass": N_("Esperan a SETRASS"),
    "waits-inm": N_("Esperan al INM"),
    "waits-consulate": N_("Esperan al consulado"),
    "returned": N_("Devueltas"),
    "approved": N_("Aprobadas"),
    "refused": N_("Rechazadas"),
    "lapsed": N_("Vencidas"),
    "withdrawn": N_("Retiradas"),
}

PERMISSION = {
    "crew:register": N_("Registrar listas de trabajadores"),
    "crew:witness": N_("Ser testigo de un consentimiento"),
}

ACT = {
    "crew:approve": N_("Se aprobó una lista, caso por caso"),
    "crew:consent": N_("La persona dijo que sí"),
    "crew:fill": N_("Se anotó a las personas de una lista"),
    "crew:register": N_("Se registró una lista"),
    "findings:confirm": N_("Se vieron y confirmaron los hallazgos"),
}
