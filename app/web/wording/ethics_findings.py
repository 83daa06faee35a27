"""What the ethical checks find, in words, and what follows from it."""

from app.web.i18n import N_

FINDING = {
    "R01.worker-pays": N_("La oferta deja gastos a quien trabaja."),
    "R01.fee-declared": N_("El empleador declara un cobro a quien trabaja."),
    "R02.no-licence": N_("Ningún registro conoce la licencia."),
    "R02.not-licensed": N_("No hay licencia vigente el %(day)s."),
    "R02.window-reversed": N_("El reclutamiento termina antes de empezar."),
    "R03.agent-not-registered": N_("Agentes sin registro: %(count)s."),
    "R04.underage": N_("No tiene %(limit)s años el primer día de trabajo."),
    "R05.looks-like-child": N_("Quien atendió cree que es menor de edad."),
    "R05.identity-mismatch": N_("El documento dice otra cosa."),
    "R06.below-minimum": N_("El salario está por debajo del mínimo legal."),
    "R06.row-missing": N_("Falta el mínimo de este tamaño. Se usó el menor."),
    "R07.piece-below-minimum": N_("El pago por medida no llega al mínimo del día."),
    "R07.topped-up": N_("El pago por medida no llega. El empleador lo completa."),
    "R08.few-days": N_("Se garantiza menos del %(limit)s %% de los días."),
    "R09.day-too-long": N_("Algún día tiene más de %(limit)s horas."),
    "R09.overtime-too-often": N_("Hay horas extras más de %(limit)s días por semana."),
    "R09.over-ordinary": N_("Pasa de %(day)s horas al día o %(week)s a la semana."),
    "R10.no-rest-day": N_("No hay ningún día de descanso."),
    "R11.premium-too-low": N_("El recargo de la hora extra es menor del %(limit)s %%."),
    "R12.recruitment-cost": N_("Se descuenta un gasto de reclutamiento."),
    "R12.not-allowed": N_("Hay un descuento que no está permitido."),
    "R12.over-cap": N_("Los descuentos pasan del %(limit)s %% del salario."),
    "R13.no-consent": N_("Falta el sí por escrito para vivienda o comida."),
    "R13.above-fair-value": N_(
        "Vivienda y comida cuestan más de %(limit)s %(currency)s por semana."
    ),
    "R14.clause": N_("Una cláusula castiga o cobra por irse."),
    "R14.words-seen": N_("El texto tiene palabras que conviene leer."),
    "R15.clause": N_("Una cláusula deja retener los documentos."),
    "R15.words-seen": N_("El texto habla de guardar documentos."),
    "R16.substituted": N_("El contrato entregado es peor que el aprobado."),
    "R16.reported": N_("Quien trabaja dice que al llegar el contrato es otro."),
    "R16.altered": N_("El contrato cambió, sin perjuicio para quien trabaja."),
    "R17.no-language": N_("No hay contrato en un idioma que entienda."),
    "R17.not-read-aloud": N_("No se le leyó el contrato en voz alta."),
    "R18.too-late": N_("Aceptó menos de %(limit)s horas antes de viajar."),
    "R19.terms-missing": N_("Al contrato le faltan datos obligatorios."),
    "R20.never-inspected": N_("Nadie ha inspeccionado la vivienda."),
    "R20.overcrowded": N_("La vivienda es para %(limit)s personas."),
    "R20.items-open": N_("La inspección dejó pendientes: %(count)s."),
    "R20.inspection-old": N_("La inspección tiene más de %(limit)s días."),
    "R21.locked-from-outside": N_("La vivienda se cierra por fuera."),
    "R21.items-missing": N_("A la vivienda le falta algo de la lista."),
    "R21.too-few-to-wash": N_("Hay pocos inodoros o duchas."),
    "R22.return-not-paid": N_("El empleador no paga el regreso."),
    "R22.only-to-border": N_("El regreso se paga sólo hasta la frontera."),
    "R23.too-many-workers": N_("Más del %(limit)s %% son personas extranjeras."),
    "R23.too-much-payroll": N_("Más del %(limit)s %% de los salarios va al extranjero."),
    "R24.grave-complaint": N_("Quejas muy graves confirmadas: %(count)s."),
    "R24.fine-unpaid": N_("Multas sin pagar: %(count)s."),
    "R24.serious-complaint": N_("Quejas graves confirmadas: %(count)s."),
    "R24.many-complaints": N_("Quejas en doce meses: %(count)s."),
    "R25.not-registered": N_("El empleador no está en el registro."),
    "R25.tax-inactive": N_("El RTN no está activo."),
    "R25.not-located": N_("La finca no tiene ubicación."),
    "R25.no-coffee-key": N_("Falta la clave de productor del IHCAFE."),
    "R26.dates-reversed": N_("El trabajo termina antes de empezar."),
    "R26.stay-needs-permit": N_("Más de %(limit)s días piden un permiso especial."),
    "R27.over-quota": N_("El cupo tiene %(limit)s plazas libres."),
    "R27.outside-season": N_("Las fechas caen fuera de la temporada."),
    "R28.grave-discrimination": N_("La oferta pide algo que está prohibido."),
    "R28.discrimination": N_("La oferta puede discriminar. Alguien debe mirarla."),
    "R29.wage-too-good": N_("El salario pasa de %(limit)s veces el usual."),
    "R29.visa-promised": N_("La oferta promete lo que nadie puede asegurar."),
    "R29.personal-contact-only": N_("Sólo hay un contacto personal."),
    "R30.charged": N_("Cobros prohibidos: %(count)s."),
    "R31.more-than-a-wage": N_("Pagó el %(percent)s %% de un salario mensual."),
    "R31.large-part": N_("Hay que devolverle el %(percent)s %% de un salario mensual."),
    "R31.repay": N_("Hay gastos que devolver."),
    "R32.owes-who-hires": N_("Debe dinero a quien contrata."),
    "R32.repaid-by-wage": N_("Paga un préstamo con su salario."),
    "R32.interest-too-high": N_("El interés pasa del %(limit)s %% al año."),
    "R33.held-with-threats": N_("Otra persona tiene su documento y hay amenazas o encierro."),
    "R33.held": N_("Otra persona tiene su documento."),
    "R34.unpaid": N_("Lleva %(days)s días sin recibir pago."),
    "R34.paid-less": N_("Recibió menos de lo acordado."),
    "R34.told-unpaid": N_("Dice que pasaron varios días y no le pagan."),
    "R34.told-less": N_("Dice que le pagaron menos de lo acordado."),
    "R35.not-free": N_("No puede salir, le vigilan o no tiene teléfono."),
    "R36.not-safe": N_("Hay violencia, acoso o amenazas."),
    "R37.signs-of-one-worker": N_("Una persona cuenta %(limit)s o más señales distintas."),
    "R37.sign-of-several": N_("Varias personas cuentan la misma señal."),
    "R38.no-care": N_("Menores sin cuido ni escuela: %(count)s."),
    "R39.other-farm": N_("Trabaja en otra finca que la autorizada."),
    "R40.different-terms": N_("Cuentan otra cosa %(different)s de %(answers)s personas."),
    "unknown": N_("Falta saber: %(missing)s."),
}
"""By rule and outcome; `unknown` is every rule's."""

INPUT = {
    "wage": N_("el salario"),
    "currency": N_("la moneda"),
    "unit": N_("por qué se paga"),
    "employer_size": N_("el tamaño del empleador"),
    "starts_on": N_("el primer día"),
    "ends_on": N_("el último día"),
    "hours_per_day": N_("las horas por día"),
    "attested_minimum_per_day": N_("el salario mínimo del otro país"),
    "minimum_wage": N_("el salario mínimo que corresponde"),
    "unit_kg": N_("cuánto pesa la medida"),
    "tops_up": N_("si el empleador completa el mínimo"),
    "special_stay": N_("si habrá permiso especial de permanencia"),
    "places": N_("las plazas"),
    "quota_left": N_("el cupo libre"),
    "fees_charged": N_("si se cobra algo a la persona"),
    "worker_pays": N_("lo que paga la persona"),
    "guaranteed_days": N_("los días de trabajo garantizados"),
    "working_days": N_("los días de trabajo"),
    "hours_by_day": N_("las horas de cada día"),
    "shift": N_("si la jornada es de día o de noche"),
    "stated": N_("las condiciones"),
    "return_transport": N_("quién paga el viaje de regreso"),
    "foreigners": N_("cuántas personas extranjeras trabajan"),
    "headcount": N_("cuántas personas trabajan"),
    "foreign_payroll": N_("la planilla de las personas extranjeras"),
    "payroll": N_("la planilla"),
    "waivers": N_("las dispensas"),
    "requirements": N_("qué se pide a la persona"),
    "text": N_("las tareas"),
    "median_wage": N_("lo que paga el sector"),
    "contacts": N_("cómo se habla con el empleador"),
}
"""Facts of a vacancy, as they stand in a sentence that says what is missing."""

SUBJECT = {
    "vacancy": N_("La vacante"),
    "contract": N_("El contrato"),
    "employer": N_("El empleador"),
    "recruiter": N_("El reclutador"),
    "worker": N_("La persona trabajadora"),
    "costs": N_("Lo que pagó"),
    "check-in": N_("Durante el trabajo"),
    "farm": N_("La finca"),
}
"""What a rule looks at."""

STOPS = {
    "vacancy": N_("La vacante no se publica."),
    "contract": N_("El contrato no se acepta."),
    "employer": N_("El empleador no abre vacantes nuevas."),
    "recruiter": N_("El reclutador no puede reclutar."),
    "worker": N_("La solicitud espera; primero se protege a la persona."),
    "costs": N_("Quien cobró deja de reclutar."),
    "check-in": N_("SETRASS actúa el mismo día, sin decir nada al empleador."),
    "farm": N_("La finca no recibe a más personas."),
}
"""What a finding that blocks stops."""

EFFECT = {
    "open-case-s1": N_("Se abre un caso urgente."),
    "open-case-s2": N_("Se abre un caso grave."),
    "freeze-recruiter": N_("El reclutador queda suspendido mientras se revisa."),
    "audit-recruiter": N_("Se audita al reclutador."),
    "repay": N_("El empleador devuelve lo pagado."),
    "screen-for-debt-bondage": N_("Se pregunta por deudas que atan."),
    "refer-to-cicesct": N_("Se avisa a la comisión contra la trata (CICESCT)."),
    "tell-senaf": N_("Se avisa a la protección de la niñez (SENAF)."),
    "propose-inspection": N_("Se propone una inspección."),
    "ask-worker-first": N_("Primero se pregunta a la persona."),
}
"""What a finding asks for beside."""

OVERRIDER = {
    "nobody": N_("Nadie puede hacer una excepción."),
    "supervisor": N_(
        "Sólo una supervisora o un supervisor de SETRASS, por escrito y por un tiempo."
    ),
    "official": N_("Otra persona oficial de SETRASS, por escrito y por un tiempo."),
}
"""Who may set a finding aside."""

REFUSAL = {
    "override-never": N_("Nadie puede dejar de lado esta regla."),
    "override-not-needed": N_("Este hallazgo sólo informa. No hace falta una excepción."),
    "override-not-yours": N_("Su cargo no puede hacer esta excepción."),
    "override-own": N_("Debe hacerlo otra persona: usted registró esto."),
}

FAULT = {
    "override-end-past": N_("Elija un último día que no haya pasado."),
    "override-too-long": N_("La excepción dura %(limit)s días como máximo."),
}
