"""Words about signing keys, trust lists and issuers of other countries; operators read them."""

from app.web.i18n import N_

REFUSAL = {
    "key-unknown": N_("No hay una llave que empiece así. Dé cuatro letras o más."),
    "key-ambiguous": N_("Hay %(keys)s llaves que empiezan así. Dé más letras."),
    "key-exists": N_("Esta llave ya está en el registro."),
    "key-already-waiting": N_("Ya espera una llave de este uso. Actívela o retírela antes."),
    "key-nobody-follows": N_("Ninguna otra llave espera: nada se podría firmar. Haga una antes."),
    "key-not-published": N_(
        "Ninguna lista de confianza la nombra todavía. Los escáneres no la conocen."
    ),
    "key-too-early": N_("Algún escáner no la conoce aún. Puede firmar desde el %(ready)s."),
    "key-compromised": N_("La llave se dio por robada. Ya no firma nada."),
    "key-too-old": N_("El permiso dura más que la llave que firma. Hace falta otra llave."),
    "key-cutoff-ahead": N_("El corte todavía no ha llegado. Dé una hora pasada."),
    "key-cutoff-later": N_("Ya se dio un corte más temprano. Sólo puede adelantarse."),
    "no-such-key-move": N_("La llave no admite este paso en su estado actual."),
    "no-active-key": N_("No hay una llave activa para firmar permisos."),
    "root-unknown-to-devices": N_(
        "Hay %(devices)s equipos que no conocen esta raíz. Inscríbalos otra vez antes."
    ),
    "root-not-here": N_("La parte privada de la raíz no está en esta máquina."),
    "key-not-lost": N_("Esta llave no se dio por robada."),
    "key-not-a-root": N_("Esta llave no es una raíz."),
    "no-trust-list": N_("Todavía no hay una lista de llaves de confianza."),
    "list-foreign": N_("La lista es de otro emisor."),
    "list-over": N_("La lista ya venció."),
    "list-ahead": N_("La lista lleva una hora que aún no llega. Revise el reloj."),
    "list-not-newer": N_("La lista no es más nueva que la que se sirve."),
    "list-lacks-key": N_("Falta la llave %(kid)s o le falta tiempo. Sus permisos no valdrían."),
    "list-behind": N_("La lista cuenta otra cosa de la llave %(kid)s. Haga un borrador nuevo."),
    "list-names-stranger": N_("La lista nombra la llave %(kid)s, que aquí nadie conoce."),
    "list-malformed": N_("El archivo no es una lista firmada."),
    "list-wrong-type": N_("El archivo es otra cosa y no una lista de confianza."),
    "list-unknown-key": N_("Ninguna raíz de este sistema firmó la lista."),
    "list-bad-signature": N_("La firma de la lista no vale."),
    "list-wrong-claims": N_("El contenido de la lista está dañado."),
    "list-rolled-back": N_("La lista es más vieja que la que se sirve."),
    "partner-is-us": N_("Este emisor es el nuestro. Un socio no firma por nosotros."),
    "partner-unknown": N_("No conocemos a este emisor."),
    "partner-in-force": N_(
        "Sus permisos valen hasta el %(until)s. Si se quita ahora, nadie podrá comprobarlos."
    ),
    "partner-lacks-key": N_(
        "Al archivo le falta la llave %(kid)s o le acorta el tiempo. Sus permisos no valdrían."
    ),
    "partner-key-back": N_("La llave %(kid)s se dio por robada. No vuelve a valer."),
    "partner-lacks-list": N_("Al archivo le falta la lista %(uri)s."),
    "key-of-another": N_("La llave %(kid)s ya es nuestra o de otro socio."),
}

ACT = {
    "key:make": N_("Se hizo una llave de firma"),
    "key:activate": N_("Una llave empezó a firmar"),
    "key:retire": N_("Una llave dejó de firmar"),
    "key:compromise": N_("Una llave se dio por robada"),
    "key:note": N_("Se anotó el estado de una llave"),
    "key:settle": N_("Se fijó el fin de una llave retirada"),
    "trust-list:serve": N_("Se publicó la lista de llaves de confianza"),
    "root:export": N_("Se sacaron las llaves raíz"),
    "root:import": N_("Se registró una llave raíz"),
    "trust-list:draft": N_("Se preparó una lista de confianza para firmar"),
    "partner:add": N_("Se agregó o cambió un emisor de otro país"),
    "partner:remove": N_("Se quitó un emisor de otro país"),
    "partner-list:take": N_("Se recibió la lista de un emisor de otro país"),
}
