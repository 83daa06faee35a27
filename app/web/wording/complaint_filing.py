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

FAULT = {
    "complaint-about-missing": N_("Marque de qué se trata. Puede marcar varias cosas."),
    "complaint-name-missing": N_("Escriba su nombre, o elija no decir quién es."),
    "complaint-names-anonymous": N_("Eligió no decir quién es. Borre esto, o elija dar su nombre."),
    "complaint-not-now": N_("Eso no se puede pedir ahora."),
    "complaint-over": N_("El tiempo de este caso terminó. Ya borramos lo que contó."),
    "complaint-words-missing": N_("Cuente qué pasó: escriba, grabe su voz o ponga una foto."),
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
