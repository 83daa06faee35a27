"""Words of the orientation: sessions, the lessons on rights, the test, the certificate."""

from app.web.i18n import N_

ACT = {
    "orientation:plan": N_("Se anunció una orientación"),
    "orientation:cancel": N_("Se canceló una orientación"),
    "orientation:seat": N_("La persona tiene lugar en una orientación"),
    "orientation:give-back": N_("La persona dejó su lugar en la orientación"),
    "orientation:attend": N_("La persona asistió a la orientación"),
    "orientation:test": N_("La persona respondió la prueba de la orientación"),
}

KIND = {
    "pre-departure": N_("Orientación antes del viaje"),
    "arrival": N_("Orientación al llegar"),
}

LESSON = {
    "papers": N_("Su pasaporte es suyo. Nadie puede guardarlo ni quitárselo."),
    "free": N_("El trabajo es gratis. El empleador paga el reclutamiento, la visa y el viaje."),
    "contract": N_("Guarde su contrato. Si al llegar le dan otro peor, no firme y pida ayuda."),
    "wage": N_("Pida un comprobante en cada pago. Ahí están las horas y lo que le descuentan."),
    "danger": N_("Si el trabajo es peligroso, pare y avise. Nadie puede castigarle por eso."),
    "help": N_("Hay una línea gratis para pedir ayuda. Puede llamar sin decir su nombre."),
}

QUESTION = {
    "papers": N_("¿Quién guarda su pasaporte?"),
    "free": N_("¿Quién paga por conseguirle el trabajo?"),
    "contract": N_("Al llegar le dan otro contrato, peor. ¿Qué hace?"),
    "wage": N_("¿Cuándo le dan un comprobante de pago?"),
    "danger": N_("El trabajo es peligroso. ¿Qué hace?"),
    "help": N_("¿A quién puede llamar si tiene un problema?"),
}

ANSWER = {
    "employer": N_("El empleador"),
    "myself": N_("Yo"),
    "recruiter": N_("El reclutador"),
    "worker": N_("Yo, con mi dinero"),
    "family": N_("Mi familia"),
    "sign": N_("Lo firmo igual"),
    "ask-help": N_("No firmo y pido ayuda"),
    "wait": N_("Espero y no digo nada"),
    "each-pay": N_("En cada pago"),
    "at-the-end": N_("Sólo al final"),
    "never": N_("Nunca"),
    "go-on": N_("Sigo trabajando"),
    "stop-and-tell": N_("Paro y aviso"),
    "pay": N_("Pago para que lo arreglen"),
    "nobody": N_("A nadie"),
    "employer-only": N_("Sólo al empleador"),
    "free-line": N_("A la línea gratis de ayuda"),
}

FAULT = {"orientation-number-wrong": N_("El número no es correcto. Cópielo de la tarjeta.")}

REFUSAL = {
    "orientation-not-yet": N_("Primero envíe su solicitud."),
    "orientation-first": N_("La prueba se hace después de la orientación."),
    "orientation-not-done": N_("El certificado sale cuando usted asiste y pasa la prueba."),
    "no-such-orientation": N_("Esa orientación no existe."),
    "session-cancelled": N_("Esa orientación se canceló. Elija otra."),
    "session-past": N_("Esa orientación ya pasó. Elija otra."),
    "session-full": N_("Ya no queda lugar. Elija otra."),
    "session-not-now": N_("La lista se llena desde una hora antes y hasta 7 días después."),
    "no-seat": N_("Usted no tiene lugar en ninguna orientación."),
    "not-seated": N_("Nadie con ese número tiene una solicitud en marcha."),
}

PAPER = {
    "title": N_("Certificado de orientación"),
    "person": N_("Persona"),
    "number": N_("Número de por vida"),
    "programme": N_("Programa"),
    "session": N_("Dónde y cuándo"),
    "language": N_("Idioma"),
    "result": N_("Prueba"),
    "of": N_("%(right)s de %(of)s respuestas correctas"),
    "printed": N_("Impreso el"),
    "keep": N_("Guarde este papel: es suyo."),
    "meaning": N_("La persona asistió a la orientación y entendió sus derechos."),
    "free": N_("La orientación y este certificado son gratis."),
}
