"""Words of check-ins during the job: the six questions, what may be answered, and the desk."""

from app.web.i18n import N_

QUESTION = {
    "paid": N_("¿Le pagaron lo acordado y a tiempo?"),
    "rest": N_("¿Trabaja sólo las horas acordadas y descansa un día por semana?"),
    "document": N_("¿Otra persona guarda su documento?"),
    "free": N_("¿Puede salir de la finca y usar su teléfono?"),
    "living": N_("¿Tiene buena salud, y dónde dormir, agua y comida?"),
    "safe": N_("¿Alguien le pegó, le amenazó o le molestó?"),
}

ANSWER = {
    "paid.yes": N_("Sí"),
    "paid.not-due": N_("Todavía no es día de pago"),
    "paid.late": N_("No: pasaron varios días y no me pagan"),
    "paid.less": N_("No: me pagaron menos"),
    "rest.yes": N_("Sí"),
    "rest.no": N_("No"),
    "document.no": N_("No, lo tengo yo"),
    "document.yes": N_("Sí, lo tiene otra persona"),
    "free.yes": N_("Sí"),
    "free.cannot-leave": N_("No me dejan salir"),
    "free.guarded": N_("Me vigilan"),
    "free.phone-taken": N_("Me quitaron el teléfono"),
    "living.yes": N_("Sí"),
    "living.bad": N_("No: falta algo de eso"),
    "living.untended": N_("Estoy mal de salud y nadie me atiende"),
    "safe.no": N_("No"),
    "safe.threatened": N_("Me amenazan"),
    "safe.harassed": N_("Me molestan o me tocan"),
    "safe.hurt": N_("Me pegaron"),
}

MOMENT = {
    "first-week": N_("Primera semana"),
    "first-month": N_("Primer mes"),
    "second-month": N_("Segundo mes"),
    "leaving": N_("Antes de volver"),
}

GRADE = {
    "s1": N_("Peligro"),
    "s2": N_("Grave"),
    "s3": N_("Otra falta"),
}

GROUND = {
    "ex-officio": N_("De oficio"),
    "consent": N_("La persona lo pide"),
}

ACT = {
    "check-in-alarm:take": N_("Alguien de SETRASS se ocupa de lo que contó"),
    "check-in:answer": N_("Se contestó cómo va el trabajo"),
    "check-in:ask": N_("Se preguntó cómo va el trabajo"),
    "check-in:read": N_("Se abrió lo que contó del trabajo"),
    "case-wanted:add": N_("Se pidió abrir un caso"),
    "case-wanted:take-up": N_("Se abrió el caso que se pidió"),
}

PERMISSION = {
    "check-in:attend": N_("Leer las alarmas de quienes trabajan y llamarles"),
}

REFUSAL = {
    "check-in-answered": N_("Ya se contestó. Si quiere contar más, llámenos."),
    "check-in-closed": N_("Ya pasó el tiempo para contestar."),
    "no-such-check-in": N_("No encontramos estas preguntas."),
    "alarm-taken": N_("Otra persona ya se ocupa de esta alarma."),
    "no-such-alarm": N_("No encontramos esta alarma."),
    "case-taken-up": N_("Este caso ya se abrió."),
}
