"""The words of filing complaints: what was done, and what is wrong with what was typed."""

from app.web.i18n import N_

ACT = {
    "complaint:answer": N_("Se respondió una queja"),
    "complaint:begin-group": N_("Se hicieron las llaves de las quejas"),
    "complaint:choose-phrase": N_("Eligió la frase que abre las quejas"),
    "complaint:continue": N_("Alguien agregó algo a una queja"),
    "complaint:file": N_("Alguien puso una queja"),
    "complaint:let-in": N_("Dejó abrir las quejas a otra persona"),
    "complaint:open-evidence": N_("Abrió una prueba de una queja"),
    "complaint:rotate-keys": N_("Cambió las llaves de las quejas"),
    "complaint:shred": N_("Se destruyó el contenido de una queja"),
    "complaint:shut-out": N_("Quitó a alguien las llaves de las quejas"),
}

FILING = {
    "anonymous": N_("No quiero decir quién soy"),
    "named": N_("Quiero dar mi nombre"),
    "third-party": N_("Lo cuento por otra persona"),
    "official": N_("Soy funcionario y me lo contaron"),
}

GROUP = {
    "money": N_("Dinero"),
    "harm": N_("Violencia, amenazas y encierro"),
    "papers": N_("Papeles y engaños"),
    "work": N_("Trabajo, casa y salud"),
    "service": N_("Autoridades y trámite"),
}

ABOUT = {
    "wage-unpaid": N_("No me pagan"),
    "wage-under-minimum": N_("Me pagan menos de lo que manda la ley"),
    "deduction": N_("Me descuentan del pago"),
    "piece-count": N_("Pesan o cuentan mal lo que corto"),
    "fee-charged": N_("Me cobraron por el trabajo o el viaje"),
    "debt": N_("Tengo que trabajar para pagar una deuda"),
    "document-retained": N_("Me quitaron mis documentos"),
    "contract-changed": N_("El trabajo no es el que me prometieron"),
    "hours": N_("Trabajo demasiadas horas"),
    "rest": N_("No me dan descanso"),
    "housing": N_("El lugar donde duermo es malo"),
    "water-food": N_("Falta agua o comida"),
    "transport": N_("El transporte es peligroso"),
    "accident": N_("Hubo un accidente o hay peligro"),
    "pesticide": N_("Me enfermo con los químicos"),
    "health-denied": N_("No me dejan ir al médico"),
    "child-labour": N_("Trabajan niñas o niños"),
    "movement": N_("No me dejan salir"),
    "isolation": N_("No me dejan hablar con nadie"),
    "violence": N_("Me pegan o me lastiman"),
    "sexual-harassment": N_("Me acosan o abusan de mí"),
    "threats": N_("Me amenazan"),
    "discrimination": N_("Me tratan peor por ser quien soy"),
    "trafficking": N_("Me trajeron con engaños o a la fuerza"),
    "retaliation": N_("Me castigan por haberme quejado"),
    "official-misconduct": N_("Una autoridad me pidió dinero o me trató mal"),
    "recruiter-fraud": N_("Quien me reclutó me estafó"),
    "data-privacy": N_("Usaron mis datos sin permiso"),
    "permit-delay": N_("Mi permiso tarda o tiene un error"),
    "other": N_("Otra cosa"),
}

SIGN = {
    "in-danger-now": N_("Alguien está en peligro ahora"),
    "cannot-leave": N_("No puedo irme de ahí"),
    "document-held": N_("Otra persona tiene mis documentos"),
    "threatened": N_("Me han amenazado"),
    "child-working": N_("Hay menores de edad trabajando"),
    "leaving-soon": N_("Me voy del país pronto"),
    "official-involved": N_("Hay una autoridad metida"),
    "needs-interpreter": N_("Necesito hablar en otro idioma"),
}

REQUEST = {
    "withdraw": N_("Quiero retirar lo que conté"),
    "appeal": N_("No estoy de acuerdo con la respuesta"),
    "report-retaliation": N_("Me están castigando por esto"),
}

STANDS = {
    "received": N_("Lo recibimos. Pronto alguien lo lee."),
    "triage": N_("Alguien lo está leyendo."),
    "awaiting-complainant": N_("Le hicimos una pregunta. Respóndala abajo."),
    "open": N_("Ya lo estamos atendiendo."),
    "investigation": N_("Lo estamos investigando."),
    "awaiting-agency": N_("Pedimos una inspección y esperamos lo que diga."),
    "finding": N_("Terminamos de investigar. Otra persona revisa la respuesta."),
    "remedy": N_("Se está reparando el daño."),
    "review": N_("Otra persona revisa la respuesta de nuevo."),
    "referred-out": N_("Lo pasamos a la autoridad que debe atenderlo."),
    "closed-resolved": N_("Se resolvió."),
    "closed-no-action": N_("Se cerró. Abajo está la razón."),
    "closed-upheld": N_("Se revisó de nuevo y la respuesta queda igual."),
    "withdrawn": N_("Usted lo retiró."),
    "anonymised": N_("El tiempo de este caso terminó."),
}

OUTCOME = {
    "substantiated": N_("Encontramos que es cierto."),
    "partly": N_("Encontramos que una parte es cierta."),
    "unsubstantiated": N_("No encontramos cómo comprobarlo."),
    "undetermined": N_("No pudimos saber qué pasó."),
}

FAMILIES = {
    "told-filing": FILING,
    "told-group": GROUP,
    "told-about": ABOUT,
    "told-sign": SIGN,
    "told-request": REQUEST,
    "told-stands": STANDS,
    "told-outcome": OUTCOME,
}

FAULT = {
    "complaint-about-missing": N_("Marque de qué se trata. Puede marcar varias cosas."),
    "complaint-form-used": N_(
        "Lo que mandó antes ya está guardado. Su número es %(number)s."
        " Para mandar también esto, envíelo otra vez."
    ),
    "complaint-form-taken": N_("Con este formulario ya se contó otra cosa. Abra uno nuevo."),
    "complaint-form-old": N_("Esta página es de hace días. Revise y envíe otra vez."),
    "complaint-wait": N_("Llegan muchos mensajes. Espere %(seconds)s segundos y envíe otra vez."),
    "complaints-not-ready": N_("Todavía no podemos recibirlo aquí. Llame a la línea gratis."),
    "complaint-number-wrong": N_("No hay nada con ese número."),
    "complaint-pass-over": N_("Pasó media hora. Escriba otra vez su número."),
    "complaint-damaged": N_("Ese archivo no abre. Mándelo otra vez."),
    "no-such-document": N_("Ese archivo no existe."),
    "complaint-name-missing": N_("Escriba su nombre, o elija no decir quién es."),
    "complaint-names-anonymous": N_("Eligió no decir quién es. Borre esto, o elija dar su nombre."),
    "complaint-not-now": N_("Eso no se puede pedir ahora."),
    "complaint-over": N_("El tiempo de este caso terminó. Ya borramos lo que contó."),
    "complaint-words-missing": N_("Cuente qué pasó: escriba, grabe su voz o ponga una foto."),
    "farm-name-short": N_("Escriba al menos %(limit)s letras del nombre."),
    "farm-of-another": N_("Esa finca es de otro empleador. Revise el RTN."),
    "farm-too-small": N_("Ahí hay menos de %(limit)s personas: se sabría quién habló."),
    "evidence-unknown-kind": N_("Este archivo no es foto, PDF ni audio. Elija otro."),
    "phrase-too-short": N_("La frase es muy corta. Escriba al menos %(limit)s letras."),
    "recovery-key-wrong": N_("Esa llave no es la correcta. Revise cada letra."),
    "too-many-messages": N_("Ya hay %(limit)s mensajes. No caben más."),
}

REFUSAL = {
    "complaint-damaged": N_("Lo guardado no abre: alguien lo cambió. Avise a quien administra."),
    "complaint-shredded": N_("El contenido de esta queja ya se destruyó."),
    "complaints-locked": N_("Escriba su frase para abrir las quejas."),
    "complaints-not-let-in": N_("Pida a alguien del equipo que le deje entrar."),
    "complaints-not-ready": N_("Las quejas todavía no se reciben aquí. Llame a la línea gratis."),
    "complaints-ready": N_("Las llaves de las quejas ya están hechas."),
    "no-such-complaint": N_("No existe esa queja."),
    "no-such-handler": N_("Esa persona no atiende quejas, o no eligió su frase."),
    "too-many-messages": N_("Ya hay %(limit)s mensajes. No caben más."),
}
