"""The words of accounts: how one stands, and why it was locked."""

from app.web.i18n import N_

STATE = {
    "open": N_("Abierta"),
    "locked": N_("Bloqueada"),
    "invited": N_("Invitada"),
    "without-role": N_("Sin rol"),
}

LOCK_REASON = {
    "left-service": N_("Dejó el servicio"),
    "lost-factor": N_("Perdió su segundo factor"),
    "suspected-misuse": N_("Se sospecha un mal uso"),
    "long-unused": N_("90 días sin uso"),
    "on-leave": N_("Está de permiso o vacaciones"),
}

PERMISSION = {
    "vacancy:attest": N_("Atestar vacantes de su país"),
    "vacancy:name": N_("Nombrar personas en sus vacantes"),
    "access-log:read": N_("Ver quién abrió qué"),
    "account:grant": N_("Dar y quitar roles"),
    "account:invite": N_("Invitar personas"),
    "account:list": N_("Ver las cuentas"),
    "account:lock": N_("Bloquear cuentas"),
    "api-client:manage": N_("Administrar programas"),
    "application:assist": N_("Registrar a personas que están a su lado"),
    "application:break-glass": N_("Abrir expedientes por emergencia"),
    "application:create": N_("Empezar solicitudes"),
    "application:decide": N_("Decidir casos"),
    "application:edit-own": N_("Editar la solicitud propia"),
    "application:export": N_("Exportar la lista de casos"),
    "application:hold": N_("Tomar casos"),
    "application:list": N_("Ver la lista de casos"),
    "application:read": N_("Abrir expedientes"),
    "application:read-own": N_("Ver la solicitud propia"),
    "audit:read": N_("Leer la auditoría"),
    "break-glass:review": N_("Revisar aperturas"),
    "claim:inspect": N_("Leer pagos por devolver con un motivo"),
    "credential:read": N_("Ver permisos"),
    "credential:revoke": N_("Revocar permisos"),
    "credential:sign": N_("Firmar permisos"),
    "credential:verify": N_("Verificar permisos"),
    "crossing:list": N_("Ver pasos de frontera"),
    "crossing:record": N_("Registrar pasos de frontera"),
    "data-request:decide": N_("Responder pedidos de datos"),
    "device:manage": N_("Administrar equipos"),
    "outbox:read": N_("Leer los mensajes"),
    "worker:approve-recovery": N_("Aprobar recuperaciones"),
    "worker:recover": N_("Recuperar cuentas de trabajadores"),
}
