"""Words of the complaints office: what it is asked, what it decides, how far a case is."""

from app.web.i18n import N_

WISH = {
    "suspend": N_("Pide suspender el permiso"),
    "revoke": N_("Pide revocar el permiso"),
}

CODECISION = {
    "asked": N_("Espera a la oficina de quejas."),
    "agreed": N_("La oficina de quejas está de acuerdo."),
    "refused": N_("La oficina de quejas no está de acuerdo."),
}

ACT = {
    "complaint:answer-referral": N_("Otra institución contestó por una queja"),
    "complaint:follow-up": N_("Se preguntó por represalias"),
    "complaint:move": N_("Se movió una queja"),
    "complaint:move-remedy": N_("Avanzó una reparación"),
    "complaint:note": N_("Se anotó algo en una queja"),
    "complaint:open": N_("Se abrió una queja"),
    "complaint:plan-remedy": N_("Se planeó una reparación"),
    "inspection:answer": N_("La inspección contestó una propuesta"),
    "inspection:propose": N_("Se propuso una inspección"),
    "complaint:take-outside": N_("Una institución de fuera supo de una queja"),
    "complaint:print-referral": N_("Se imprimió el oficio de una remisión"),
    "complaint:tell-figures": N_("Se publicaron cifras de quejas"),
    "complaint:tell-sums": N_("Se publicó lo devuelto por quejas"),
    "complaint:set-duty": N_("Cambió quién está de guardia por las quejas"),
    "complaint:refer": N_("Se remitió una queja"),
    "codecision:ask": N_("Un empleador pidió algo contra el permiso"),
    "codecision:answer": N_("La oficina de quejas contestó al empleador"),
    "shield:open": N_("Se empezó a proteger un permiso"),
    "shield:set": N_("Cambió hasta cuándo se protege un permiso"),
}

PERMISSION = {
    "complaint:confirm": N_("Confirmar y contestar remisiones de quejas"),
    "complaint:handle": N_("Atender quejas"),
    "complaint:supervise": N_("Repartir quejas y vigilar sus plazos"),
}

RESULT = {
    "breach": N_("Se encontró una falta"),
    "nothing": N_("No se encontró nada"),
    "out-of-reach": N_("No se pudo entrar"),
}

REPORT = {
    "attended": N_("Hablamos con la persona"),
    "protected": N_("La persona está a salvo"),
    "investigating": N_("Abrimos una investigación"),
    "returned-home": N_("La persona volvió a su país"),
    "not-found": N_("Buscamos a la persona y no la hallamos"),
    "closed": N_("Cerramos el caso"),
}

OPENED_FOR = {
    "screening": N_("Leer el caso y ver qué tan grave es"),
    "investigation": N_("Investigar"),
    "protection": N_("Proteger a la persona"),
    "second-review": N_("Revisar lo que concluyó otra persona"),
    "referral": N_("Remitir el caso"),
    "data-request": N_("Contestar a quien pide sus datos"),
    "review": N_("Revisar (antes no se preguntaba)"),
}

CUSTODY = {
    "taken-in": N_("Se recibió y se selló"),
    "opened": N_("Se abrió el original"),
    "copied": N_("Se abrió una copia"),
    "handed-over": N_("Se entregó"),
}

EVIDENCE = {
    "photo": N_("Foto"),
    "paper": N_("Papel"),
    "voice": N_("Voz"),
}

FAMILIES = {
    "custody-step": CUSTODY,
    "evidence-kind": EVIDENCE,
    "opened-for": OPENED_FOR,
    "referral-report": REPORT,
}

FAULT = {
    "phrase-wrong": N_("La frase no es correcta, o hubo muchos intentos. Espere."),
    "phrases-differ": N_("Las dos frases no son iguales."),
    "unknown-tax-number": N_("No hay un empleador con ese RTN."),
    "coercion-check-missing": N_("Marque las tres. Sin ellas el retiro no vale."),
    "day-is-over": N_("Escriba un día que no haya pasado."),
    "no-such-permit-number": N_("Ese número no es de un permiso. Revíselo en la tarjeta."),
}

REFUSAL = {
    "codecision-waits": N_("La oficina de quejas ya lo está mirando. Espere su respuesta."),
    "codecision-answered": N_("Ya se contestó. Recargue la página."),
    "no-pattern": N_("Lo que se contó ya no pide una inspección."),
    "inspection-answered": N_("Ya se contestó esa propuesta."),
    "no-such-inspection": N_("Esa propuesta no existe."),
    "supervisor-shuts-out": N_("La llave de quien atiende la quita la supervisión."),
    "figures-complete": N_("Ese trimestre ya está completo."),
    "no-such-quarter": N_("De ese trimestre no hay cifras."),
    "assigned-has-a-part": N_("Esa persona tiene parte en el caso. Elija otra."),
    "has-a-part": N_("Usted tiene parte en este caso. Lo atiende otra persona."),
    "own-finding": N_("La conclusión es suya. La revisa otra persona."),
    "reviewed-by-another": N_("Usted decidió este caso. La apelación la mira otra persona."),
    "not-your-case": N_("Tome el caso primero."),
    "no-such-complaint-move": N_("El caso cambió. Recargue la página."),
    "severity-missing": N_("Diga primero qué tan grave es."),
    "finding-not-approved": N_("Otra persona debe aprobar la conclusión primero."),
    "finding-approved": N_("La conclusión ya está aprobada."),
    "nothing-upheld": N_("La conclusión no da lugar a una reparación."),
    "upheld-needs-remedy": N_("Se comprobó: hace falta un plan de reparación."),
    "remedy-unverified": N_("Falta confirmar una reparación, o no hay ninguna."),
    "continues-ex-officio": N_("Hay peligro: el caso sigue aunque la persona se retire."),
    "appeal-too-late": N_("El plazo para apelar terminó."),
    "goes-outside": N_("Se acusa a un oficial: otra institución debe aceptar el caso."),
    "referral-unconfirmed": N_("Falta que la otra institución confirme que lo recibió."),
    "kept-still": N_("El tiempo de guardarlo no ha terminado."),
    "follow-up-early": N_("Todavía no es el día. Pregunte de nuevo cuando llegue."),
    "follow-up-done": N_("Ya se preguntó ese día."),
    "no-such-remedy": N_("Esa reparación no existe."),
    "no-such-referral-move": N_("La remisión cambió. Recargue la página."),
    "no-such-referral": N_("Esa remisión no existe."),
    "no-such-remedy-move": N_("La reparación cambió. Recargue la página."),
    "verified-under-number": N_("Con su número confirma solo la persona."),
    "verifier-missing": N_("Elija quién lo confirma."),
    "verified-by-worker": N_("El dinero lo confirma la persona que lo recibe."),
    "no-such-codecision": N_("Esa consulta no existe."),
}
