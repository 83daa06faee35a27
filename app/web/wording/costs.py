"""Words of the cost diary, of what is asked back, and of the desk that follows it."""

from app.web.i18n import N_
from app.web.wording import repayments

CODE = {
    "fee-placement": N_("Por conseguir el trabajo"),
    "broker": N_("A un intermediario"),
    "bribe": N_("Soborno o «mordida»"),
    "bond": N_("Depósito o fianza"),
    "collateral": N_("Algo en garantía"),
    "medical": N_("Examen médico o vacunas"),
    "insurance": N_("Seguro"),
    "test": N_("Examen de lo que sabe"),
    "training": N_("Curso o examen"),
    "equipment": N_("Herramientas o ropa de trabajo"),
    "travel-in": N_("Transporte"),
    "travel-out": N_("Transporte de regreso"),
    "lodging": N_("Dónde dormir en el viaje"),
    "admin-id": N_("Documento de identidad"),
    "admin-passport": N_("Pasaporte u otro documento"),
    "admin-visa": N_("Visa o permiso"),
    "admin-permit": N_("Permiso de trabajo"),
    "admin-clearance": N_("Antecedentes"),
    "banking": N_("Banco"),
    "loan-interest": N_("Interés de un préstamo"),
    "transport-daily": N_("Transporte de cada día"),
    "food": N_("Comida"),
    "other": N_("Otra cosa"),
}

PHASE = {
    "before": N_("Antes de trabajar"),
    "during": N_("Mientras trabajaba"),
    "after": N_("Después de trabajar"),
}

PAYER = {
    "worker": N_("Yo"),
    "family": N_("Mi familia"),
    "employer": N_("El empleador"),
    "recruiter": N_("El reclutador"),
    "state": N_("El Estado"),
    "ngo": N_("Una organización"),
}

ASKER = {
    "employer": N_("El empleador"),
    "recruiter": N_("Un reclutador o agente"),
    "official": N_("Una persona del gobierno"),
    "other": N_("Otra persona"),
    "nobody": N_("Nadie: hacía falta"),
}

WAY = {
    "cash": N_("En efectivo"),
    "transfer": N_("Por banco o teléfono"),
    "deduction": N_("Se quitó del salario"),
    "loan": N_("Con dinero prestado"),
}

LENDER = {
    "family": N_("Familia o amistades"),
    "bank": N_("Banco o cooperativa"),
    "moneylender": N_("Prestamista"),
    "employer": N_("El empleador"),
    "recruiter": N_("El reclutador"),
}

DEBTOR = {
    "employer": N_("El empleador"),
    "recruiter": N_("El reclutador"),
    "authority": N_("La institución de quien cobró"),
}

STATUS = {
    "noted": N_("Anotado: sólo lo ve usted"),
    "asked": N_("Pedido: lo lee SETRASS"),
    "paid": N_("Falta decir si se recibió"),
    "confirmed": N_("Devuelto y recibido"),
    "disputed": N_("No se recibió"),
}

INSPECTION = {
    "complaint": N_("Una queja"),
    "ordered": N_("Una orden de inspección"),
    "routine": N_("Una inspección de rutina"),
}

REASON = {
    "fee": N_("Se comprobó un cobro que está prohibido."),
    "charged": N_("Alguien cobró lo que nadie puede cobrar."),
    "burden": N_("Pagó más que el salario de un mes."),
    "loan": N_("Hay un préstamo que ata al trabajo."),
    "overdue": N_("Lo que se pidió no se devolvió a tiempo."),
    "contract": N_("Al llegar, el contrato es otro."),
}
"""Why the complaints office is asked to act."""

GROUP = {
    "programme": N_("Programa"),
    "corridor": N_("Corredor"),
    "recruiter": N_("Reclutador"),
}

CURRENCY = {
    "HNL": N_("Lempiras"),
    "GTQ": N_("Quetzales"),
    "NIO": N_("Córdobas"),
    "USD": N_("Dólares de Estados Unidos"),
    "CAD": N_("Dólares de Canadá"),
    "EUR": N_("Euros"),
}

ACT = {
    "cost:change": N_("Se cambió un pago anotado"),
    "cost:note": N_("Se anotó un pago"),
    "cost:remove": N_("Se quitó un pago anotado"),
    "cost-claim:move": N_("Siguió una devolución"),
    "cost-claim:inspect": N_("Se inspeccionó un pago por devolver"),
    "cost-claim:read": N_("Se abrió un pago por devolver"),
    "nothing-paid:say": N_("Se dijo que no se pagó nada"),
    "nothing-paid:take-back": N_("Ya no se dice que no se pagó nada"),
    "fee:confirm": N_("Se comprobó un cobro prohibido"),
}

FAULT = {
    "amount-not-positive": N_("Escriba una cantidad mayor que cero."),
    "voice-unknown": N_("Eso no es un audio. Grabe uno o elija otro."),
    "lender-with-loan": N_("Elija quién prestó el dinero."),
    "interest-impossible": N_("Escriba el interés de un año, entre 0 y %(limit)s."),
}

REFUSAL = {
    "cost-asked-back": N_("SETRASS ya lee este pago. No se puede cambiar."),
    "payment-noted": N_("Ya anotó un pago. Si fue un error, quítelo."),
    "no-such-cost": N_("No encontramos este pago."),
    "no-such-cost-move": N_("Esto ya no se puede hacer con este pago."),
    "too-many-costs": N_("Ya anotó %(limit)s pagos. No caben más."),
    "nothing-owed": N_("Este pago no se devuelve por sí solo."),
    "fee-confirmed": N_("Este cobro ya se comprobó."),
    "no-cost-case": N_("Por ahora no hay motivo para un caso."),
    "no-fee": N_("Este pago no es un cobro prohibido."),
}

NOTHING_ALOUD = (
    N_("¿Hasta hoy no pagó nada?"),
    N_("Puede decirlo con este botón, si quiere."),
    N_("Si paga después, anótelo aquí. No pierde ningún derecho."),
    N_("Su empleador no lo ve. Nadie puede pedirle que lo diga."),
)
"""What the diary says beside the button of who paid nothing, as it is read out."""

FAMILIES = {
    "cost-code": CODE,
    "cost-phase": PHASE,
    "cost-payer": PAYER,
    "cost-asker": ASKER,
    "cost-way": WAY,
    "cost-lender": LENDER,
    "cost-debtor": DEBTOR,
    "inspection-reason": INSPECTION,
    "cost-status": STATUS,
    "cost-group": GROUP,
    "cost-reason": REASON,
    "currency": CURRENCY,
    **repayments.FAMILIES,
}
