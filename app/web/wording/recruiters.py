"""Recruiters: licences, standing and its reasons, the scam check and its warnings."""

from app.web.i18n import N_

LICENCE = {
    "valid": N_("Vale hoy"),
    "not-yet": N_("Todavía no vale"),
    "expired": N_("Vencida o terminada"),
    "suspended": N_("Suspendida"),
    "none": N_("No existe"),
    "unknown": N_("No se pudo comprobar"),
}

STANDING = {
    "good": N_("No hay nada en su contra"),
    "watched": N_("Bajo observación"),
    "suspended": N_("Suspendido: no puede contratar"),
    "barred": N_("Vetado: no puede contratar"),
}

REASON = {
    "barred": N_("SETRASS no le deja contratar."),
    "bar": N_("Una autoridad le prohibió reclutar."),
    "fine": N_("Debe una multa."),
    "grave-complaint": N_("Se comprobó una queja muy grave."),
    "serious-complaint": N_("Se comprobó una queja grave."),
    "suspension": N_("Una autoridad le suspendió."),
    "tax-inactive": N_("Su RTN no está activo."),
    "licence-suspended": N_("Su licencia está suspendida."),
    "not-licensed": N_("Su licencia no vale hoy."),
    "reported": N_("Avisos de estafa confirmados: %(count)s."),
    "many-complaints": N_("Al menos %(count)s quejas confirmadas en doce meses."),
    "short-paid": N_("Al menos %(count)s personas recibieron pagos tardíos o menores."),
}

SCAM = {
    "reported": N_("¡Cuidado! Hay avisos confirmados"),
    "not-valid": N_("¡Cuidado! No puede reclutar hoy"),
    "employer-stopped": N_("¡Cuidado! No puede contratar hoy"),
    "other-phone": N_("El teléfono no es el del registro"),
    "not-registered": N_("No está registrado"),
    "registered": N_("Es un reclutador con licencia"),
    "employer": N_("Es un empleador verificado"),
    "employer-unverified": N_("Es un empleador sin verificar"),
    "permit": N_("Es el código de un permiso"),
    "unknown": N_("No se pudo comprobar"),
}

MEANING = {
    "reported": N_("SETRASS confirmó que esta persona o empresa engañó a alguien."),
    "not-valid": N_("Está en una lista, pero su licencia no vale o está suspendida."),
    "other-phone": N_(
        "Puede ser alguien que usa el nombre de otra persona. Llame solo al teléfono del registro."
    ),
    "employer-stopped": N_("Un empleador de ese nombre o número no puede contratar a nadie nuevo."),
    "not-registered": N_(
        "Nadie con ese nombre, teléfono o número está en las listas de reclutadores o empleadores."
    ),
    "registered": N_("Su licencia vale hoy. Compare el teléfono con el de la lista."),
    "employer": N_("SETRASS lo verificó. Contrata para sí mismo: no es un reclutador."),
    "employer-unverified": N_("Tiene ofertas aquí, pero SETRASS todavía no lo verificó."),
    "permit": N_("No es una oferta. Este código no dice quién le ofrece el trabajo."),
    "unknown": N_("Las listas no llegaron o son viejas. No confíe todavía."),
}

REPORT_KIND = {
    "asked-money": N_("Pidió dinero por un trabajo"),
    "kept-document": N_("Se quedó con un documento"),
    "promised-visa": N_("Prometió una visa"),
    "false-offer": N_("El trabajo no existía o era otro"),
    "false-name": N_("Usó el nombre de otra empresa"),
}

ACT = {
    "recruiter:assess": N_("Un reclutador declaró un criterio"),
    "recruiter:audit": N_("Se revisó un criterio de un reclutador"),
    "mandate:end": N_("Terminó el mandato de un reclutador"),
    "mandate:give": N_("Se dio mandato a un reclutador"),
    "measure:record": N_("Se escribió una medida"),
    "measure:settle": N_("Se saldó una medida"),
    "offer-report:add": N_("Alguien avisó de una oferta"),
    "offer-report:judge": N_("Se revisó un aviso de una oferta"),
    "registry:import": N_("Se trajo la lista de otro registro"),
}

FAULT = {
    "registry-empty": N_("La lista no tiene renglones."),
    "registry-too-long": N_("La lista es muy larga. El máximo es de %(limit)s renglones."),
    "registry-line": N_("El renglón %(line)s no se puede leer, o su número está dos veces."),
    "registry-not-csv": N_("El archivo no es un CSV en UTF-8."),
    "registry-columns": N_("Faltan columnas. Tienen que estar: %(columns)s."),
    "registry-digest-differs": N_("El archivo no es el que se firmó. El SHA-256 es otro."),
    "registry-older": N_("Ya hay una lista más nueva que esta."),
    "registry-no-service": N_("Ese registro no responde por la red. Traiga un archivo."),
    "report-names-nobody": N_("Escriba el nombre, el teléfono o la licencia de quien fue."),
    "licence-none": N_("Esa licencia no está en las listas. Revise el número."),
    "licence-and-none": N_("Escriba la licencia, o los datos de quien no tiene. No las dos cosas."),
    "licence-twice": N_("Ese número está en dos listas. Pregunte a SETRASS cuál es."),
    "licence-expired": N_("Esa licencia está vencida o terminada."),
    "licence-not-yet": N_("Esa licencia todavía no vale."),
    "licence-suspended": N_("Esa licencia está suspendida."),
    "licence-unknown": N_("Ahora no podemos comprobar esa licencia. Pruebe otro día."),
    "mandate-twice": N_("Ese reclutador ya tiene un mandato para esos días."),
    "mandate-longer": N_("Un subagente no puede tener más días que quien lo usa."),
    "date-past": N_("Ese día ya pasó. Escriba hoy o un día después."),
}

REFUSAL = {
    "no-such-recruiter": N_("No hay un reclutador con esa licencia."),
    "no-such-report": N_("No existe ese aviso."),
    "report-judged": N_("Otra persona ya revisó ese aviso."),
    "measure-settled": N_("Esa medida ya estaba saldada."),
    "mandate-ended": N_("Ese mandato ya había terminado."),
    "chain-broken": N_("Esa cadena de intermediarios no es posible. Revise quién usa a quién."),
}

PERMISSION = {"recruiter:judge": N_("Juzgar avisos y traer listas de reclutadores")}
