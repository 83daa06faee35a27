"""Words about the own data: who looked at it and why, how long it is kept, what can be asked."""

from app.web.i18n import N_

REFUSAL = {
    "file-erased": N_("Este expediente se borró. Ya no se puede leer."),
    "not-erasable": N_("Este expediente no se puede borrar todavía."),
    "already-asked": N_("Ya recibimos este pedido. La oficina va a responder."),
    "no-such-request": N_("No encontramos este pedido."),
    "no-such-consent": N_("No encontramos este permiso de uso."),
    "no-such-hold": N_("Nada retiene este expediente."),
}

ACT = {
    "application:erase": N_("Se borró el expediente"),
    "consent:show": N_("Aceptó el uso de sus datos ante quien le ayudó"),
    "consent:withdraw": N_("Se retiró el permiso de uso de datos"),
    "data:read": N_("Se bajó una copia de los datos propios"),
    "data-request:ask": N_("Se hizo un pedido sobre los datos propios"),
    "data-request:answer": N_("Se respondió un pedido sobre datos propios"),
    "hold:place": N_("Se retuvo el expediente"),
    "hold:lift": N_("Se dejó de retener el expediente"),
    "retention:run": N_("Se borró lo que ya cumplió su tiempo"),
}

OBSTACLE = {
    "under-way": N_("Está en trámite. Retírela primero, si quiere borrarla."),
    "recourse": N_("Se guarda un tiempo, por si usted o la oficina reclama."),
    "permit": N_("Hay un permiso. La ley pide guardarlo cinco años más."),
    "held": N_("Un juzgado, una queja o una revisión la retiene."),
}

PURPOSE = {
    "review": N_("revisar"),
    "decide": N_("decidir"),
    "letter": N_("imprimir la carta"),
    "list": N_("imprimir la lista de su cuadrilla"),
    "print": N_("imprimir su caso"),
    "witness": N_("ser testigo de su respuesta"),
    "recourse": N_("resolver su reclamo"),
    "interview": N_("entrevistarle"),
    "wages": N_("anotar su pago"),
    "break-glass": N_("por una emergencia"),
    "api": N_("consultar"),
    "json": N_("consultar"),
    "page": N_("verlo"),
    "svg": N_("ver el código"),
    "png": N_("ver el código"),
    "card": N_("imprimir la tarjeta"),
    "sheet": N_("imprimir la hoja"),
    "wallet": N_("guardarlo en la billetera"),
    "photo": N_("la foto"),
    "identity-front": N_("el documento, frente"),
    "identity-back": N_("el documento, reverso"),
    "late": N_("un papel que llegó después"),
    "entry": N_("entrada"),
    "exit": N_("salida"),
}

CONSENT_WAY = {
    "own": N_("al enviar su solicitud"),
    "code": N_("con el código de su teléfono"),
    "witnessed": N_("con su marca, ante quien le ayudó"),
}

REQUEST = {
    "correction": N_("Corrección"),
    "erasure": N_("Borrado"),
}
