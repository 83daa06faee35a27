"""Words of what a programme is made of: papers, steps of the way, and its numbers."""

from app.web.i18n import N_

FAULT = {
    "not-asked": N_("Esta pregunta no se hace después de lo que respondió antes."),
}

PAPER = {
    "identity-front": N_("frente del documento"),
    "identity-back": N_("reverso del documento"),
    "criminal-record": N_("constancia de antecedentes"),
    "health-certificate": N_("constancia de salud"),
    "work-experience": N_("constancias de trabajo"),
    "other": N_("otro papel"),
}
"""As they stand inside a sentence."""

STEP = {
    "orientation": N_("Orientación"),
    "application": N_("Su solicitud"),
    "labour": N_("Revisión de SETRASS"),
    "migration": N_("Revisión del INM"),
    "consulate": N_("Revisión del consulado"),
    "permit": N_("Su permiso"),
    "entry": N_("Entrada a Honduras"),
    "departure": N_("Viaje de ida"),
    "work": N_("Trabajo"),
    "exit": N_("Salida de Honduras"),
    "return": N_("Regreso a Honduras"),
}
"""The steps of the way, told to the worker."""

PARAMETER = {
    "minimum_age_years": N_("Edad mínima"),
    "attestation_days": N_("Atestación del país de trabajo"),
    "nationals_first_days": N_("Días de oferta a personas del país"),
    "piece_kg_per_day": N_("Medida de quien corta despacio"),
    "season": N_("Temporada"),
    "roster_days": N_("Cuánto vale un lugar en la lista"),
    "insurance_days": N_("Desde cuándo se avisa que falta el seguro"),
    "orientation_pass_percent": N_("Con cuánto se entiende la orientación"),
    "validity.maximum_days": N_("Lo más que dura un permiso"),
    "validity.visa_free_stay_days": N_("Estancia sin permiso especial"),
    "validity.renewal_days": N_("Desde cuándo se puede renovar"),
    "quotas": N_("Cupo"),
    "fixed.of_age": N_("Desde qué edad se es mayor"),
    "fixed.protected": N_("Protección después de una queja"),
    "fixed.agreed": N_("Cuánto vale un acuerdo de la oficina"),
    "fixed.proceedings": N_("Tiempo de más por un proceso"),
    "fixed.offer": N_("Desde cuándo se ofrece renovar"),
    "fixed.revocation_wait": N_("Plazo para decidir si se revoca"),
    "fixed.revocation_lapse": N_("Cuándo deja de contar una propuesta de revocar"),
    "fixed.blocked_work": N_("Cuándo vuelve una solicitud de un trabajo detenido"),
    "fixed.undo": N_("Hasta cuándo se deshace una carga"),
    "clocks.statutory_working_days": N_("Plazo para decidir"),
    "clocks.info_request_working_days": N_("Plazo para responder"),
    "clocks.question_pauses": N_("Si el plazo se detiene mientras la persona responde"),
    "clocks.amber_percent": N_("Desde cuándo pide atención"),
    "clocks.red_percent": N_("Desde cuándo es urgente"),
    "clocks.reconsideration_working_days": N_("Plazo para pedir la reposición"),
    "clocks.appeal_working_days": N_("Plazo para apelar"),
    "clocks.reminder_working_days": N_("Cuándo se avisa a quien debe responder"),
    "clocks.reinstate_days": N_("Hasta cuándo se retoma lo vencido"),
    "clocks.suspension_days": N_("Lo más que dura una suspensión"),
    "clocks.closing_days": N_("Cuándo se cierra el caso al volver"),
    "clocks.unused_days": N_("Cuándo termina un derecho que nadie usa"),
    "clocks.unused_notice_days": N_("Cuándo se avisa a quien no lo usa"),
    "clocks.reconsideration_answer_working_days": N_("Plazo para responder la reposición"),
    "clocks.appeal_answer_working_days": N_("Plazo para responder la apelación"),
    "clocks.employer_change_working_days": N_("Plazo para decidir un cambio de empleador"),
    "clocks.identity_change_working_days": N_("Plazo para decidir un cambio de datos"),
    "clocks.data_request_working_days": N_("Plazo para responder un pedido sobre datos"),
    "clocks.draft_reminder_days": N_("Cuándo se recuerda lo que no se envió"),
}
"""The numbers of a programme by their path in its file."""

MEASURE = {
    "papers": N_("se muestra en la oficina"),
    "minimum_age_years": N_("%(value)s años"),
    "attestation_days": N_("%(value)s días"),
    "nationals_first_days": N_("%(value)s días"),
    "piece_kg_per_day": N_("%(value)s kg al día"),
    "season": N_("del %(opens)s al %(closes)s"),
    "roster_days": N_("%(value)s días"),
    "insurance_days": N_("%(value)s días antes del trabajo"),
    "orientation_pass_percent": N_("%(value)s %% de las respuestas"),
    "validity.maximum_days": N_("%(value)s días"),
    "validity.visa_free_stay_days": N_("%(value)s días"),
    "validity.renewal_days": N_("%(value)s días antes del fin"),
    "quotas": N_("%(value)s plazas"),
    "fixed.of_age": N_("%(value)s años"),
    "fixed.protected": N_("%(value)s días"),
    "fixed.agreed": N_("%(value)s días"),
    "fixed.proceedings": N_("%(value)s días"),
    "fixed.offer": N_("%(value)s días antes del fin"),
    "fixed.revocation_wait": N_("%(value)s días hábiles"),
    "fixed.revocation_lapse": N_("%(value)s días hábiles"),
    "fixed.blocked_work": N_("%(value)s días hábiles"),
    "fixed.undo": N_("%(value)s días"),
    "clocks.reconsideration_working_days": N_("%(value)s días hábiles"),
    "clocks.appeal_working_days": N_("%(value)s días hábiles"),
    "clocks.statutory_working_days": N_("%(value)s días hábiles"),
    "clocks.info_request_working_days": N_("%(value)s días hábiles"),
    "clocks.question_pauses.1": N_("sí, se detiene"),
    "clocks.question_pauses.0": N_("no, sigue"),
    "clocks.amber_percent": N_("%(value)s %% del plazo"),
    "clocks.red_percent": N_("%(value)s %% del plazo"),
    "clocks.reminder_working_days": N_("%(value)s días hábiles antes"),
    "clocks.reinstate_days": N_("%(value)s días"),
    "clocks.suspension_days": N_("%(value)s días"),
    "clocks.closing_days": N_("%(value)s días"),
    "clocks.unused_days": N_("%(value)s días"),
    "clocks.unused_notice_days": N_("%(value)s días antes"),
    "clocks.reconsideration_answer_working_days": N_("%(value)s días hábiles"),
    "clocks.appeal_answer_working_days": N_("%(value)s días hábiles"),
    "clocks.employer_change_working_days": N_("%(value)s días hábiles"),
    "clocks.identity_change_working_days": N_("%(value)s días hábiles"),
    "clocks.data_request_working_days": N_("%(value)s días hábiles"),
    "clocks.draft_reminder_days": N_("%(value)s días"),
}
"""The same numbers with their unit."""

ACT = {
    "agencies:set": N_("Se cambió quién decide en un programa"),
    "programme:change": N_("Se cambió lo que pide un programa"),
}

RULE = {
    "reads-and-writes": N_("Lee y escribe"),
    "national-by-birth": N_("Nacionalidad por nacimiento"),
    "resident": N_("Vive en su país"),
    "no-migration-record": N_("Sin antecedentes migratorios"),
}
