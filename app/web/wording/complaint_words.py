"""Words of a complaint as its handlers read them: what it is, how far, and what comes of it."""

from app.web.i18n import N_

CATEGORY = {
    "wage-unpaid": N_("Salario sin pagar"),
    "wage-under-minimum": N_("Pago bajo el mínimo"),
    "deduction": N_("Descuentos"),
    "piece-count": N_("Peso o cuenta falsos"),
    "fee-charged": N_("Cobro por el trabajo"),
    "debt": N_("Deuda que obliga"),
    "document-retained": N_("Documento retenido"),
    "contract-changed": N_("Contrato cambiado"),
    "hours": N_("Horas de más"),
    "rest": N_("Sin descanso"),
    "housing": N_("Vivienda"),
    "water-food": N_("Agua y comida"),
    "transport": N_("Transporte"),
    "accident": N_("Accidente o peligro"),
    "pesticide": N_("Químicos"),
    "health-denied": N_("Sin atención médica"),
    "child-labour": N_("Trabajo infantil"),
    "movement": N_("Encierro"),
    "isolation": N_("Aislamiento"),
    "violence": N_("Violencia"),
    "sexual-harassment": N_("Acoso sexual"),
    "threats": N_("Amenazas"),
    "discrimination": N_("Discriminación"),
    "trafficking": N_("Trata de personas"),
    "retaliation": N_("Represalias"),
    "official-misconduct": N_("Abuso de una autoridad"),
    "recruiter-fraud": N_("Estafa de quien recluta"),
    "data-privacy": N_("Mal uso de datos"),
    "permit-delay": N_("Demora del permiso"),
    "other": N_("Otro asunto"),
}

SIGN = {
    "in-danger-now": N_("Peligro ahora"),
    "cannot-leave": N_("No puede irse"),
    "document-held": N_("Otro tiene su documento"),
    "threatened": N_("Amenazas contra la persona"),
    "child-working": N_("Menores trabajando"),
    "leaving-soon": N_("Se va pronto"),
    "official-involved": N_("Hay una autoridad en ello"),
    "needs-interpreter": N_("Necesita intérprete"),
}

SEVERITY = {
    "s1": N_("Muy grave: peligro"),
    "s2": N_("Grave"),
    "s3": N_("Sin daño inmediato"),
    "s4": N_("Del servicio"),
}

STATUS = {
    "received": N_("Recibida"),
    "triage": N_("En lectura"),
    "awaiting-complainant": N_("Espera a la persona"),
    "open": N_("Abierta"),
    "investigation": N_("En investigación"),
    "awaiting-agency": N_("Espera una inspección"),
    "finding": N_("Con conclusión"),
    "remedy": N_("En reparación"),
    "review": N_("En apelación"),
    "referred-out": N_("Remitida afuera"),
    "closed-resolved": N_("Cerrada: resuelta"),
    "closed-no-action": N_("Cerrada sin medida"),
    "closed-upheld": N_("Cerrada tras apelar"),
    "withdrawn": N_("Retirada"),
    "anonymised": N_("Contenido destruido"),
}

FLAG = {
    "protection": N_("Protección"),
    "retaliation-risk": N_("Riesgo de represalias"),
    "minor-involved": N_("Hay menores"),
    "employer-sensitive": N_("Cuidado con el empleador"),
    "official-accused": N_("Se acusa a un oficial"),
    "criminal-referral": N_("Posible delito"),
    "interpreter-needed": N_("Intérprete"),
    "departure-soon": N_("Se va del país pronto"),
}

FILED_BY = {
    "anonymous": N_("Sin decir quién es"),
    "named": N_("Con su nombre"),
    "third-party": N_("Otra persona por ella"),
    "official": N_("Un funcionario que lo oyó"),
    "check-in": N_("Una consulta del servicio"),
}

ASKED_FOR = {
    "withdraw": N_("Pide retirar el caso"),
    "appeal": N_("Apela la respuesta"),
    "report-retaliation": N_("Avisa de represalias"),
}

OUTCOME = {
    "substantiated": N_("Se comprobó"),
    "partly": N_("Se comprobó en parte"),
    "unsubstantiated": N_("No se comprobó"),
    "undetermined": N_("No se pudo saber"),
}

TARGET = {
    "labour-inspection": N_("Inspección del Trabajo (SETRASS)"),
    "cicesct": N_("CICESCT, trata de personas: 145"),
    "senaf": N_("SENAF, protección de la niñez"),
    "public-prosecutor": N_("Ministerio Público"),
    "conadeh": N_("CONADEH: 132"),
    "inm-supervisor": N_("Supervisión del INM"),
    "consulate-gt": N_("Consulado de Guatemala"),
    "mintrab-gt": N_("MINTRAB de Guatemala"),
    "assistance": N_("Organizaciones que acompañan"),
    "returnees": N_("Atención a retornados"),
    "abroad": N_("Autoridades donde trabaja"),
}

REFERRAL_STATE = {
    "sent": N_("Espera confirmación"),
    "confirmed": N_("Recibido allá"),
    "declined": N_("No lo aceptan"),
    "reported": N_("Informaron el resultado"),
}

REFERRAL_ANSWER = {
    "confirm": N_("Lo recibimos"),
    "decline": N_("No nos toca"),
    "report": N_("Informar lo hecho"),
}

REMEDY = {
    "wages-paid": N_("Pago de salarios"),
    "repayment": N_("Devolución de lo cobrado"),
    "compensation": N_("Indemnización"),
    "documents-returned": N_("Devolución de documentos"),
    "employer-change": N_("Cambio de empleador"),
    "conditions-mended": N_("Mejora de las condiciones"),
    "sanction": N_("Sanción"),
    "permit-action": N_("Medida contra el empleador"),
    "service-mended": N_("Arreglo del trámite"),
}

REMEDY_STATE = {
    "planned": N_("Por hacer"),
    "done": N_("Dicen que está hecho"),
    "verified": N_("Confirmado"),
    "disputed": N_("La persona dice que no"),
    "dropped": N_("Quitado del plan"),
}

REMEDY_ACTION = {
    "report-done": N_("Dicen que está hecho"),
    "verify": N_("Confirmar"),
    "dispute": N_("La persona dice que no"),
    "drop": N_("Quitar del plan"),
}

VERIFIER = {
    "complainant": N_("La persona lo confirmó con su número"),
    "telephone": N_("La persona lo dijo por teléfono"),
    "inspection": N_("Una inspección lo confirma"),
}

ACTION = {
    "screen": N_("Empezar a leer"),
    "accept": N_("Aceptar"),
    "ask": N_("Preguntar a la persona"),
    "reply": N_("La persona respondió"),
    "stop-waiting": N_("No esperar más la respuesta"),
    "refer-out": N_("Dejarlo en otra institución"),
    "take-back": N_("Retomarlo"),
    "investigate": N_("Investigar"),
    "request-inspection": N_("Pedir una inspección"),
    "receive-result": N_("Llegó el resultado de la inspección"),
    "find": N_("Concluir"),
    "approve-finding": N_("Aprobar la conclusión"),
    "return-finding": N_("Devolver la conclusión"),
    "plan-remedy": N_("Empezar la reparación"),
    "close-resolved": N_("Cerrar: resuelto"),
    "close-no-action": N_("Cerrar sin medida"),
    "withdraw": N_("Retirar, a pedido de la persona"),
    "appeal": N_("Abrir la apelación"),
    "grant-appeal": N_("Dar la razón a quien apela"),
    "uphold": N_("Mantener el cierre"),
    "reopen": N_("Reabrir por represalias"),
    "anonymise": N_("Destruir el contenido"),
    "take": N_("Tomar el caso"),
    "recuse": N_("Apartarse del caso"),
    "assign": N_("Encargar el caso a otra persona"),
    "exclude": N_("Apartar a otra persona"),
    "contact": N_("Hablar con la persona"),
    "answer": N_("Responder"),
    "protect": N_("Proteger a la persona"),
    "departure": N_("Anotar el día de salida"),
    "place": N_("Anotar la finca"),
    "hand-over": N_("Remitir"),
    "rejudge": N_("Juzgar de nuevo"),
    "power-of-attorney": N_("Anotar el poder"),
}

COERCION = {
    "spoke-alone": N_("Hablé a solas con la persona."),
    "no-pressure": N_("Nadie la presiona para retirarse."),
    "knows-it-may-return": N_("Sabe que puede volver cuando quiera."),
}

NOTE = {
    "internal": N_("Nota de la oficina"),
    "personal": N_("Nota solo para mí"),
    "shield": N_("Protección del permiso"),
}

CLOCK = {
    "acknowledge": N_("Leer"),
    "first-contact": N_("Primer contacto"),
    "decision": N_("Decidir"),
    "before-departure": N_("Antes de que se vaya"),
    "referral-silent": N_("Otra institución no contesta"),
    "follow-up": N_("Preguntar por represalias"),
    "remedy-late": N_("Reparación sin confirmar"),
}

WAITING = {
    "message": N_("Mensaje nuevo"),
    "appeal": N_("Apela la respuesta"),
    "retaliation": N_("Avisa de represalias"),
}

CLOCK_STATE = {
    "in-time": N_("a tiempo"),
    "amber": N_("queda poco"),
    "red": N_("casi vence"),
    "breached": N_("vencido"),
    "paused": N_("en pausa"),
}

INDICATOR = {
    "abuse-of-vulnerability": N_("Abuso de vulnerabilidad"),
    "deception": N_("Engaño"),
    "restriction-of-movement": N_("Libertad de moverse"),
    "isolation": N_("Aislamiento"),
    "violence": N_("Violencia"),
    "intimidation": N_("Intimidación"),
    "retention-of-documents": N_("Retención de documentos"),
    "withholding-of-wages": N_("Retención del salario"),
    "debt-bondage": N_("Servidumbre por deudas"),
    "abusive-conditions": N_("Condiciones abusivas"),
    "excessive-overtime": N_("Horas excesivas"),
}
