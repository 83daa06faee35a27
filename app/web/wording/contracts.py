"""The contract of a worker: its terms, who agreed and how, what changed, what is told of it."""

from app.web.i18n import N_

FIELD = {
    "employer_name": N_("El nombre del empleador"),
    "department": N_("El departamento"),
    "municipality": N_("El municipio"),
    "title": N_("El nombre del trabajo"),
    "occupation": N_("La ocupación"),
    "starts_on": N_("El primer día"),
    "ends_on": N_("El último día"),
    "wage": N_("El salario"),
    "currency": N_("La moneda"),
    "unit": N_("La forma de pago"),
    "unit_kg": N_("El peso de la medida"),
    "hours_per_day": N_("Las horas al día"),
    "days_per_week": N_("Los días a la semana"),
    "housing": N_("La vivienda"),
    "transport": N_("El transporte"),
    "food": N_("La comida"),
    "tops_up": N_("Completar el salario mínimo"),
    "tasks_es": N_("Las tareas, en español"),
    "tasks_en": N_("Las tareas, en inglés"),
    "pay_day": N_("Cuándo se paga"),
    "rest_day": N_("El día de descanso"),
    "shift": N_("El turno"),
    "arrival": N_("El viaje de ida"),
    "way_back": N_("El viaje de regreso"),
    "insurance": N_("El seguro"),
    "notice_days": N_("Los días de aviso para terminar"),
    "grievance": N_("Dónde quejarse"),
    "guaranteed_days": N_("Los días garantizados"),
    "worker_pays": N_("Lo que paga la persona"),
    "overtime_premium_percent": N_("El recargo de la hora extra"),
    "housing_deducted": N_("Lo que se descuenta al mes por la vivienda"),
    "food_deducted": N_("Lo que se descuenta al mes por la comida"),
    "deducted_in_writing": N_("Descontar sólo con el sí por escrito"),
}

CHANGE = {
    "worse": N_("peor para quien trabaja"),
    "better": N_("mejor para quien trabaja"),
    "other": N_("distinto"),
}

REPORTED = {
    "wage": N_("El pago"),
    "hours": N_("Las horas o los días"),
    "place": N_("El lugar"),
    "job": N_("El trabajo"),
    "duration": N_("Las fechas"),
    "deductions": N_("Lo que me descuentan o me cobran"),
    "housing": N_("La vivienda"),
    "food": N_("La comida"),
}

PARTY = {
    "worker": N_("Quien trabaja"),
    "employer": N_("El empleador"),
}

WAY = {
    "own": N_("desde su teléfono"),
    "witnessed": N_("con su marca ante un testigo, que lo leyó en voz alta"),
    "answer": N_("al aceptar a la persona"),
    "named": N_("al nombrar a la persona"),
    "open": N_("al publicar la vacante para quien cumple"),
    "account": N_("desde su cuenta"),
}

WEIGHED = {
    "same": N_("Es el mismo trabajo, dicho de otra manera"),
    "better": N_("Es mejor o igual de bueno para quien trabaja"),
    "worse": N_("Es peor para quien trabaja"),
}

FAMILIES = {
    "contract-weighed": WEIGHED,
    "contract-field": FIELD,
    "contract-change": CHANGE,
    "contract-reported": REPORTED,
    "contract-party": PARTY,
    "contract-way": WAY,
}
"""The families of this room in the one table."""

ACT = {
    "contract:accept": N_("Una de las partes aceptó el contrato"),
    "contract:draw": N_("Se redactó una versión del contrato"),
    "contract:look": N_("SETRASS leyó lo que cambió en un contrato"),
    "contract:report": N_("La persona dijo que el contrato es otro al llegar"),
}

PERMISSION = {"contract:look": N_("Leer lo que cambió en los contratos")}

FINDING = {
    "contract-blocked": N_(
        "El contrato tiene algo que no se permite. El empleador debe cambiarlo."
    ),
    "contract-not-accepted": N_("La persona todavía no aceptó su contrato."),
    "contract-not-understood": N_(
        "A la persona no se le leyó el contrato en un idioma que entienda."
    ),
    "contract-unread": N_("Nadie de SETRASS ha leído lo que cambió en el contrato."),
    "contract-worse": N_("El contrato es peor que el acordado."),
}

FAULT = FINDING | {
    "not-understood": N_("No es un idioma de la persona. Se lee en uno que entienda."),
    "not-heard": N_("Escuche el contrato completo. Después marque que lo escuchó."),
}

REFUSAL = {
    "contract-blocked": N_("Este contrato tiene algo que no se permite. Nadie puede aceptarlo."),
    "contract-changed": N_("El contrato cambió mientras usted lo leía. Léalo otra vez."),
    "contract-needs-witness": N_(
        "Este contrato se lee ante un testigo, en un idioma que usted entienda."
    ),
    "contract-not-accepted": N_("Primero hay que aceptar un contrato."),
    "contract-not-offered": N_("El empleador todavía no aceptó. Vuelva a mirar en unos días."),
    "contract-looked-at": N_("Otra persona ya leyó este cambio. Vea lo que dijo."),
    "contract-not-to-read": N_("En este contrato no hay nada por leer ahora."),
    "contract-unread": N_("SETRASS lee primero lo que cambió. Todavía no se puede aceptar."),
    "contract-worse": N_("Este contrato es peor que el acordado. No se puede aceptar."),
    "no-contract": N_("Todavía no hay un contrato."),
    "own-assisted": N_("Usted llenó esta solicitud. Otra persona debe ser testigo."),
    "no-such-contract": N_("Aquí no hay ningún contrato. Revise el número del recibo."),
    "reported-enough": N_("SETRASS ya tiene muchos avisos suyos. Llámenos para contarnos más."),
}

DEDUCTED_ALOUD = (
    N_("Lo que le quitarían del salario"),
    N_("Usted decide esto aparte. Nadie puede obligarle."),
    N_("Si dice que no, el trabajo sigue siendo suyo, y no pueden quitárselo del salario."),
    N_("¿Acepta que le quiten esto del salario?"),
)
"""What a contract says beside the question about deductions, as it is read out."""

PAPER = {
    "title": N_("Contrato de trabajo"),
    "intro": N_("Las dos partes acordaron lo que dice aquí. Cada una guarda una copia."),
    "parties": N_("Las partes"),
    "worker": N_("Quien trabaja"),
    "employer_party": N_("El empleador"),
    "job": N_("El trabajo"),
    "conditions": N_("Condiciones"),
    "agreed": N_("Quién aceptó, y cuándo"),
    "not_yet": N_("Todavía no aceptó"),
    "deductions": N_("Descuentos del salario"),
    "deductions_yes": N_("Sí los aceptó"),
    "deductions_no": N_("No los aceptó: no se le quitan del salario"),
    "version": N_("Versión"),
    "receipt": N_("Solicitud"),
    "date": N_("Redactado el"),
    "nothing": N_("Nada"),
    "digest": N_("Huella del texto (SHA-256). Dos copias iguales tienen la misma huella:"),
    "right_1": N_("Nadie puede cobrarle por este trabajo."),
    "right_2": N_("Nadie puede guardar sus documentos."),
    "right_3": N_("Puede irse cuando quiera. Nadie puede castigarle por eso."),
    "rights": N_("Sus derechos"),
}
"""The paper of a contract; the labels of the conditions are those of `FIELD`."""
