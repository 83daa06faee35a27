"""Words of recourse against a refusal or a revocation."""

from app.web.i18n import N_

STAGE = {
    "reconsideration": N_("Reposición"),
    "appeal": N_("Apelación"),
}

STEP = {
    "reconsideration": N_("Primera revisión (reposición)"),
    "appeal": N_("Segunda revisión (apelación)"),
}
"""The stages in words of who never read the law."""

RULING = {
    "open": N_("Esperando respuesta"),
    "upheld": N_("Se mantiene la decisión"),
    "overturned": N_("Le dieron la razón"),
}

JUDGED = {
    "upheld": N_("Se mantuvo la decisión"),
    "overturned": N_("Se dio la razón a la persona"),
}
"""The answers as officials read them."""

AGAINST = {
    "refusal": N_("Contra un rechazo"),
    "revocation": N_("Contra una revocación"),
}

ACT = {
    "appeal:file": N_("La persona reclamó contra la decisión"),
    "appeal:judge": N_("Se respondió el reclamo"),
    "application:reopen": N_("El caso se abrió otra vez por un reclamo"),
}

PERMISSION = {"appeal:decide": N_("Responder recursos")}

REFUSAL = {
    "no-recourse-left": N_("Ahora no se puede pedir una revisión de esta solicitud."),
    "recourse-too-late": N_("El plazo para pedir la revisión terminó."),
    "other-agency": N_("Este recurso es de otra institución."),
    "involved-before": N_("Usted ya participó en este caso. Ahora le toca a otra persona."),
    "renewed-meanwhile": N_("La persona ya empezó otra renovación. Antes debe retirarla."),
    "already-judged": N_("Este recurso ya tiene respuesta."),
    "no-such-appeal": N_("No encontramos este recurso."),
}

FAULT = {"words-missing": N_("Escriba unas palabras.")}
