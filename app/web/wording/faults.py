"""What is wrong with an answer, and how to mend it; what a check has seen."""

from app.web.i18n import N_

SHAPES = {
    "missing": N_("Falta este dato. Escríbalo o elija una opción."),
    "too-short": N_("Escriba al menos %(limit)s letras o números."),
    "too-long": N_("Es muy largo. El máximo es de %(limit)s letras."),
    "too-few": N_("Elija al menos una opción."),
    "not-an-id": N_("Pegue el identificador completo, de 36 caracteres."),
    "ends-before-it-begins": N_("El final debe ser después del principio."),
    "too-many": N_("Elija menos opciones. El máximo es %(limit)s."),
    "too-small": N_("El número es muy pequeño. El mínimo es %(limit)s."),
    "too-large": N_("El número es muy grande. El máximo es %(limit)s."),
    "too-many-decimals": N_("Use como máximo dos decimales."),
    "unknown-value": N_("Elija una de las opciones de la lista."),
    "unknown-field": N_("La página no coincide con el formulario. Ábrala otra vez."),
    "name-characters": N_("El nombre lleva sólo letras, espacios y apóstrofos."),
    "wrong-shape": N_("Hay letras o signos que aquí no se pueden usar."),
    "not-an-option": N_("Elija una de las opciones de la lista."),
    "not-a-number": N_("Escriba un número, por ejemplo 350 o 350.50."),
    "not-a-whole-number": N_("Escriba un número entero, sin decimales."),
    "unexpected-field": N_("La página no coincide con el formulario. Ábrala otra vez."),
}
"""Faults of shape that app/web/forms.py finds."""

DATES = {
    "date-impossible": N_("La fecha no existe. Revise el día y el mes."),
    "date-without-day": N_("Falta el día."),
    "date-without-month": N_("Falta el mes."),
    "date-without-year": N_("Falta el año."),
    "date-in-future": N_("La fecha todavía no ha llegado. Revise el año."),
    "date-too-old": N_("La fecha es demasiado antigua. Revise el año."),
    "underage": N_("Para este trabajo hay que tener %(minimum)s años o más."),
    "date-year-in-full": N_("Escriba el año con cuatro números, por ejemplo 1994."),
    "device-time-in-future": N_("La hora del teléfono está adelantada. Corríjala."),
    "device-time-too-old": N_("La hora del registro es demasiado antigua."),
}

NUMBERS = {
    "cui-missing": N_("Escriba el número de su DPI (CUI)."),
    "cui-characters": N_("El número de DPI sólo lleva números."),
    "cui-length": N_("El número de DPI tiene %(length)s números. Usted escribió %(given)s."),
    "cui-department": N_("Los últimos cuatro números del DPI no son de ningún departamento."),
    "cui-municipality": N_("Los últimos cuatro números del DPI no son de ningún municipio."),
    "cui-municipality-unknown": N_("El municipio del DPI no está en la lista conocida."),
    "cui-check-digit": N_("El número de DPI no es correcto. Compare cada número con su DPI."),
    "dni-missing": N_("Escriba el número de su DNI."),
    "dni-characters": N_("El número de DNI sólo lleva números."),
    "dni-length": N_("El número de DNI tiene %(length)s números. Usted escribió %(given)s."),
    "dni-department": N_("Los primeros números del DNI no son de ningún departamento."),
    "dni-municipality": N_("Los primeros cuatro números del DNI no son de ningún municipio."),
    "dni-municipality-unknown": N_("El municipio del DNI no está en la lista conocida."),
    "dni-birth-year": N_("El año dentro del DNI no es posible. Revise el número."),
    "dui-missing": N_("Escriba el número de su DUI."),
    "dui-characters": N_("El número de DUI sólo lleva números."),
    "dui-length": N_("El número de DUI tiene %(length)s números. Usted escribió %(given)s."),
    "dui-check-digit": N_("Revise el número de su DUI. Alguna cifra no es correcta."),
    "dni-birth-year-differs": N_("El año del DNI no es el de la fecha de nacimiento."),
    "passport-number": N_("El número de pasaporte tiene de 6 a 9 letras y números."),
    "rtn-missing": N_("Escriba el número de RTN."),
    "rtn-characters": N_("El RTN sólo lleva números."),
    "rtn-length": N_("El RTN tiene %(length)s números. Usted escribió %(given)s."),
    "rtn-department": N_("Los primeros números del RTN no son de ningún departamento."),
    "rtn-municipality": N_("Los primeros cuatro números del RTN no son de ningún municipio."),
    "rtn-municipality-unknown": N_("El municipio del RTN no está en la lista conocida."),
    "phone-not-valid": N_("El teléfono no es correcto. Escriba ocho números, o empiece con +."),
    "message-code-wrong": N_("El código no es correcto o ya venció. Revíselo o pida otro."),
    "compare-everything": N_("Compare las tres cosas antes de seguir."),
    "phone-of-an-official": N_("Ese número es de una cuenta del servicio. Use el de la persona."),
    "device-key-malformed": N_("La llave del equipo no es válida."),
    "not-this-device": N_("El registro es de otro equipo."),
    "pin-differs": N_("Los dos PIN no son iguales."),
    "pin-shape": N_("El PIN tiene %(digits)s números."),
    "pin-weak": N_("Ese PIN es fácil de adivinar. Elija otro."),
    "phone-is-yours-already": N_("Ese ya es su número."),
    "phone-needs-proof": N_("Para cambiar su número, abra «Mi acceso»."),
    "phone-malformed": N_("El teléfono no es correcto. Escriba ocho números, o empiece con +."),
    "permit-number-malformed": N_("El número del permiso no es correcto. Revise cada letra."),
    "minor-without-parent": N_("Un menor viene sin su madre ni padre. Avise a protección."),
    "no-minor-alone": N_("Todos los menores vienen con su madre o padre. No hace falta avisar."),
    "too-many-minors": N_("Son demasiados menores para un solo paso. El máximo es %(limit)s."),
    "unknown-post": N_("Este puesto fronterizo no está en la lista."),
    "unknown-department": N_("Este departamento no está en la lista."),
    "email-malformed": N_("El correo no es correcto. Revise que lleve @ y punto."),
    "client-malformed": N_("Use de 3 a 40 letras minúsculas, números y guiones."),
    "beyond-the-role": N_("Este rol no puede hacer todo lo elegido."),
    "password-easy": N_("Es fácil de adivinar. Junte tres o cuatro palabras suyas."),
    "named-numbers-wrong": N_(
        "No son correctos los números de estos renglones: %(lines)s. Compárelos con el documento."
    ),
    "more-named-than-places": N_("Hay %(places)s plazas. Nombre a esas personas, o a menos."),
    "not-of-this-role": N_("Este rol no lleva este dato. Déjelo vacío."),
}

FILES = {
    "document-missing": N_("Falta un documento. Agréguelo, o diga que lo llevará a la oficina."),
    "photo-missing": N_("Falta su foto. Agréguela, o diga que se la tomarán en la oficina."),
    "file-too-large": N_("El archivo pesa más de %(limit_mb)s MB. Elija uno más pequeño."),
    "file-infected": N_("Este archivo contiene un programa dañino. Elija otro."),
    "malware-scan-away": N_("Ahora no podemos revisar el archivo. Pruebe en unos minutos."),
    "file-empty": N_("El archivo está vacío. Elija otro."),
    "not-a-picture": N_("Este archivo no es una foto. Use JPG o PNG."),
    "face-too-large": N_("La foto no cabe en el código. El máximo es de %(limit)s bytes."),
    "picture-damaged": N_("La foto está dañada. Tómela otra vez."),
    "picture-too-small": N_("La foto es muy pequeña. El mínimo es de %(pixels)s puntos por lado."),
    "too-many-files": N_("Hoy ya envió %(limit)s fotos. Envíe la siguiente mañana."),
    "too-many-pixels": N_("La foto es demasiado grande. Tómela con menos calidad."),
}

ZONES = {
    "mrz-shape": N_("No se leyeron las líneas de letras y flechas del documento."),
    "mrz-characters": N_("Las líneas del documento tienen letras que no corresponden."),
    "mrz-kind": N_("Este documento no es un pasaporte ni una tarjeta de identidad."),
    "mrz-birth-date": N_("La fecha de nacimiento del documento no se pudo leer."),
    "mrz-expiry-date": N_("La fecha de vencimiento del documento no se pudo leer."),
    "mrz-expired": N_("El documento está vencido."),
    "mrz-birth-check": N_("La fecha de nacimiento del documento no pasa su control."),
    "mrz-expiry-check": N_("La fecha de vencimiento del documento no pasa su control."),
    "mrz-number-check": N_("El número del documento no pasa su control."),
    "mrz-personal-number-check": N_("El número personal del documento no pasa su control."),
    "mrz-composite-check": N_("Las líneas del documento no pasan su control."),
    "mrz-unreadable": N_("No se pudieron leer las líneas del documento."),
}

HEADERS = {
    "idempotency-key-malformed": N_("La cabecera Idempotency-Key no es correcta."),
    "idempotency-key-reused": N_("Esta Idempotency-Key ya se usó con otro contenido."),
    "malformed": N_("Este dato no tiene la forma correcta."),
    "cursor-malformed": N_("La marca de la página siguiente no es correcta."),
    "etag-malformed": N_("La cabecera If-Match no es correcta."),
}
"""Faults that only programs meet."""

DECISIONS = {
    "grounds-missing": N_("Elija al menos un motivo para rechazar."),
    "grounds-only-with-refusal": N_("Los motivos sólo se usan para rechazar."),
    "reasons-missing": N_("Elija al menos una razón para devolver."),
    "reasons-only-with-return": N_("Estas razones sólo se usan para devolver."),
    "grounds-of-other-agency": N_("Ese motivo es de otra institución."),
    "question-missing": N_("Escriba qué debe corregir o responder la persona."),
    "consent-not-shown": N_("Falta el permiso de la persona: con un código, o con su marca."),
    "not-selected": N_("Ningún empleador le ha elegido para este trabajo. Anótese en la lista."),
    "vacancy-not-open": N_("Esta oferta ya no recibe solicitudes. Elija otra."),
    "id-used-for-another": N_("Este registro ya existe con otros datos."),
}

SIGN_INS = {
    "code-wrong": N_("El código no coincide. Espere el siguiente y escríbalo."),
    "passkey-refused": N_("La llave de acceso no sirvió. Pruebe otra vez."),
    "password-wrong": N_("La contraseña de ahora no es correcta."),
}
"""Faults of what somebody signs in with."""

WORDS = SHAPES | DATES | NUMBERS | FILES | ZONES | HEADERS | DECISIONS | SIGN_INS
