"""The names of institutions, roles, documents, directions and recorded acts."""

from app.web.i18n import N_

AGENCY = {
    "setrass": N_("Secretaría de Trabajo y Seguridad Social (SETRASS)"),
    "inm": N_("Instituto Nacional de Migración (INM)"),
    "consulate": N_("Consulado de su país"),
}

AGENCY_SHORT = {
    "setrass": N_("SETRASS"),
    "inm": N_("el INM"),
    "consulate": N_("el consulado"),
}
"""As a sentence names them."""

AGENCY_LOOKS = {
    "setrass": N_("SETRASS revisa el trabajo y el contrato."),
    "inm": N_("El INM revisa su entrada al país."),
    "consulate": N_("El consulado de su país revisa su documento."),
}
"""What each decides on, for the worker."""

BOTH = N_("%(first)s y %(last)s")

ROLE = {
    "worker": N_("Persona trabajadora"),
    "facilitator": N_("Facilitador"),
    "employer": N_("Empleador"),
    "recruiter": N_("Reclutador"),
    "setrass-analyst": N_("Analista de SETRASS"),
    "setrass-officer": N_("Oficial de SETRASS"),
    "setrass-supervisor": N_("Supervisión de SETRASS"),
    "inm-analyst": N_("Analista del INM"),
    "inm-officer": N_("Oficial del INM"),
    "inm-supervisor": N_("Supervisión del INM"),
    "inm-second-look": N_("Revisión del INM"),
    "consulate-officer": N_("Oficial del consulado"),
    "consulate-supervisor": N_("Supervisión del consulado"),
    "border-agent": N_("Agente de frontera"),
    "post-supervisor": N_("Supervisión del puesto"),
    "complaint-handler": N_("Gestión de quejas"),
    "complaint-supervisor": N_("Supervisión de quejas"),
    "labour-inspector": N_("Inspección del trabajo"),
    "partner-authority": N_("Autoridad del país socio"),
    "data-analyst": N_("Análisis de datos"),
    "administrator": N_("Administración"),
    "data-protection-officer": N_("Protección de datos"),
    "auditor": N_("Auditoría"),
    "system": N_("Sistema"),
    "anyone": N_("Visitante"),
}

IDENTITY = {
    "gt-dpi": N_("DPI de Guatemala"),
    "hn-dni": N_("DNI de Honduras"),
    "sv-dui": N_("DUI de El Salvador"),
    "passport": N_("Pasaporte"),
}

DOCUMENT = {
    "identity-front": N_("frente del documento"),
    "identity-back": N_("reverso del documento"),
    "photo": N_("foto"),
    "answer": N_("foto que responde"),
    "evidence": N_("foto que prueba un cambio"),
    "late": N_("papel que llegó después"),
}
"""As they stand inside a sentence."""

SEX = {
    "female": N_("Mujer"),
    "male": N_("Hombre"),
    "other": N_("Otro"),
}

WAGE_UNIT = {
    "hour": N_("por hora"),
    "day": N_("por día"),
    "month": N_("por mes"),
    "lata": N_("por lata"),
    "galon": N_("por galón"),
    "quintal": N_("por quintal"),
}

HIRING = {
    "named": N_("El empleador ya la nombró"),
    "on-acceptance": N_("El empleador debe aceptarla"),
    "open": N_("El empleador elige de la lista"),
}

DIRECTION = {
    "entry": N_("Entrada"),
    "exit": N_("Salida"),
}

ACCEPTANCE = {
    "named": N_("El empleador la había nombrado"),
    "asked": N_("Se preguntó al empleador"),
    "accepted": N_("El empleador la aceptó"),
    "declined": N_("El empleador no la aceptó"),
}
"""What became of the question to the employer, as the log has it."""

SEVERITY = {
    "block": N_("Impide aprobar"),
    "warn": N_("Para revisar"),
    "info": N_("Para saber"),
}

RECOVERY_REFUSAL = {
    "not-the-person": N_("La foto o los datos no son de la persona"),
    "document-doubtful": N_("El documento despierta dudas"),
    "could-not-compare": N_("No hay con qué comparar"),
}

COMPARED = {
    "photo": N_("La foto del documento es de esta persona"),
    "names": N_("Los nombres son los de la solicitud"),
    "number": N_("El número es el de la solicitud"),
}

ANOMALY = {
    "entry-without-exit": N_("Dos entradas sin salida"),
    "exit-without-entry": N_("Salida sin entrada"),
    "crossed-without-green-verdict": N_("Pasó sin verificación en verde"),
    "two-posts-faster-than-travel": N_("Dos puestos más rápido que el viaje"),
    "seen-after-revocation": N_("Permiso ya anulado"),
    "minor-without-passport": N_("Menor sin pasaporte"),
}

ANOMALY_HELP = {
    "entry-without-exit": N_(
        "Entró otra vez sin que conste su salida. Quizá salió por un paso ciego, o la salida sigue"
        " en un equipo sin red."
    ),
    "exit-without-entry": N_(
        "Sale sin que conste su entrada. Quizá la entrada sigue en un equipo sin red."
    ),
    "crossed-without-green-verdict": N_(
        "El agente la dejó pasar con otro resultado. Pregunte por qué."
    ),
    "two-posts-faster-than-travel": N_(
        "Nadie llega tan rápido de un puesto al otro. Quizá alguien usa una copia del permiso, o el"
        " reloj de un equipo está mal."
    ),
    "seen-after-revocation": N_(
        "El permiso ya no valía cuando lo mostró. La lista del equipo quizá era vieja."
    ),
    "minor-without-passport": N_(
        "Pasó un menor con su madre o padre, y sin pasaporte. El CA-4 lo pide."
    ),
}

ACT = {
    "database:restore": N_("Se repuso la base de datos de una copia"),
    "identity:link": N_("Se unió la cuenta con la institución"),
    "provider:refuse": N_("La institución no dejó entrar"),
    "vacancy:name": N_("El empleador nombró personas"),
    "vacancy:take-name-back": N_("El empleador quitó un nombre"),
    "acceptance:answer": N_("El empleador respondió"),
    "account:add": N_("Se creó una cuenta"),
    "account:invite": N_("Se invitó a una persona"),
    "account:lock": N_("Se bloqueó una cuenta"),
    "account:unlock": N_("Se desbloqueó una cuenta"),
    "accounts:review": N_("Se revisaron las cuentas"),
    "api-client:add": N_("Se agregó un programa"),
    "api-client:disable": N_("Se desactivó un programa"),
    "api-client:rotate": N_("Se cambió la clave de un programa"),
    "application:answer": N_("Se guardó una respuesta"),
    "application:break-glass": N_("Se abrió el expediente por emergencia"),
    "application:decide": N_("Se tomó una decisión"),
    "application:export": N_("El caso salió en una lista exportada"),
    "application:hold": N_("Se tomó el caso"),
    "application:lapse": N_("Venció sin respuesta"),
    "application:read": N_("Se abrió el expediente"),
    "application:reinstate": N_("Se retomó la solicitud vencida"),
    "application:release": N_("Se soltó el caso"),
    "application:settle": N_("Se cerró la ronda"),
    "application:start": N_("Se empezó la solicitud"),
    "application:submit": N_("Se envió la solicitud"),
    "term:move": N_("El plazo cambió por días sin atención"),
    "application:tell": N_("Se avisó de un plazo"),
    "application:withdraw": N_("Se retiró la solicitud"),
    "applications:export": N_("Se exportó una lista de casos"),
    "authorisation:grant": N_("Se concedió la autorización"),
    "break-glass:review": N_("Se revisó una apertura de emergencia"),
    "credential:offer": N_("Se ofreció el permiso a su billetera"),
    "credential:prepare": N_("Se preparó el permiso"),
    "credential:read": N_("Se abrió el permiso"),
    "credential:revoke": N_("Se revocó el permiso"),
    "face:sign": N_("Se firmó la foto del permiso"),
    "credential:sign": N_("Se firmó el permiso"),
    "credential:take": N_("Una billetera guardó el permiso"),
    "credential:verify": N_("Se verificó el permiso"),
    "child-alert:raise": N_("Se avisó a protección de la niñez"),
    "crossing:record": N_("Se registró un paso de frontera"),
    "crossing:rejudge": N_("Se volvió a mirar un paso de frontera"),
    "device:enrol": N_("Se inscribió un equipo"),
    "device:hand-in": N_("Un equipo dado de baja entregó lo que guardaba"),
    "device:invite": N_("Se hizo un código para inscribir un equipo"),
    "device:refuse": N_("Un equipo no dejó entrar"),
    "device:rename": N_("Se cambió el nombre de un equipo"),
    "device:revoke": N_("Se dio de baja un equipo"),
    "document:attach": N_("Se agregó un documento"),
    "document:read": N_("Se abrió un documento"),
    "employer:add": N_("Se agregó un empleador"),
    "invitation:accept": N_("Se aceptó una invitación"),
    "person:ask-code": N_("Se pidió un código por mensaje"),
    "person:choose-channel": N_("Se eligió por dónde llegan los avisos"),
    "person:change-phone": N_("Se cambió el teléfono"),
    "person:renew-code": N_("Se hizo otro código para volver"),
    "person:begin-sign-in": N_("Empezó a entrar"),
    "person:prove": N_("Mostró otra vez quién es"),
    "handed-in:confirm": N_("Se registró lo que entregó un equipo dado de baja"),
    "handed-in:discard": N_("Se descartó lo que entregó un equipo dado de baja"),
    "factor:add": N_("Se agregó una forma de entrar"),
    "factor:make-codes": N_("Se hicieron códigos de papel"),
    "factor:remove": N_("Se quitó una forma de entrar"),
    "factor:rename": N_("Se cambió el nombre de una forma de entrar"),
    "log:read": N_("Se leyó el registro"),
    "password:change": N_("Se cambió una contraseña"),
    "session:end": N_("Se cerraron sesiones"),
    "person:sign-in": N_("Se inició una sesión"),
    "person:sign-in-refuse": N_("Se rechazó un inicio de sesión"),
    "person:sign-out": N_("Se cerró una sesión"),
    "queue:read-out": N_("Se leyó la bandeja de una persona en el servidor"),
    "pin:choose": N_("Se eligió un PIN"),
    "pin:give": N_("Se dio un PIN de un solo uso"),
    "recovery:approve": N_("Se aprobó recuperar el acceso"),
    "recovery:ask": N_("Se comparó el documento en la oficina"),
    "recovery:begin": N_("Se empezó a recuperar el acceso"),
    "recovery:object": N_("El teléfono de antes paró el cambio"),
    "recovery:prove-phone": N_("Se comprobó el teléfono nuevo"),
    "recovery:refuse": N_("Se negó recuperar el acceso"),
    "messages:read-out": N_("Se pidió leer sus mensajes por teléfono"),
    "recovery:search": N_("Se buscó a una persona en la oficina"),
    "recovery:show-code": N_("Se mostró el código nuevo"),
    "request:refuse": N_("Se rechazó un intento"),
    "role:ask": N_("Se propuso un rol"),
    "role:end": N_("Se quitó un rol"),
    "role:grant": N_("Se dio un rol"),
    "role:reject": N_("Se rechazó un rol propuesto"),
    "status-list:end-place": N_("Se anuló un permiso que no está en la copia restaurada"),
    "status-list:publish": N_("Se publicó la lista de permisos revocados"),
    "stay:tell": N_("Se avisó de una estadía que termina"),
    "token:create": N_("Se creó un acceso para programas"),
    "vacancy:add": N_("Se agregó una vacante"),
}
