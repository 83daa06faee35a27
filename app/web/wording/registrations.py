"""Employers who register: who they are, what registries say of them, and what SETRASS decides."""

from app.web.i18n import N_

KIND = {
    "small-grower": N_("Productor o productora pequeña"),
    "company": N_("Empresa"),
    "cooperative": N_("Cooperativa"),
    "association": N_("Asociación de productores"),
}

SIZE = {
    "1-10": N_("De 1 a 10"),
    "11-50": N_("De 11 a 50"),
    "51-150": N_("De 51 a 150"),
    "151-plus": N_("151 o más"),
}

STATUS = {
    "draft": N_("Borrador"),
    "under-review": N_("Por revisar"),
    "returned": N_("Devuelto"),
    "verified": N_("Verificado"),
    "refused": N_("No admitido"),
}

EVIDENCE = {
    "tax-certificate": N_("Constancia del RTN"),
    "employer-certificate": N_("Constancia del registro de empleadores"),
    "coffee-card": N_("Carné de productor del IHCAFE"),
    "land-title": N_("Escritura o contrato de la tierra"),
    "statutes": N_("Escritura o estatutos de la organización"),
    "visit": N_("Visita a la finca"),
}

LIKENESS = {
    "name": N_("el nombre"),
    "contact": N_("la persona de contacto"),
    "coffee-key": N_("la clave de IHCAFE"),
    "farm": N_("el nombre de una finca"),
    "grower": N_("el productor de una finca"),
    "place": N_("el lugar de una finca"),
}

WARNING = {
    "tax-number-place": N_("Los dos primeros números del RTN no son de ningún departamento."),
    "tax-number-holder": N_("El RTN no parece de este tipo de empleador. Compárelo con el papel."),
    **LIKENESS,
}

REGISTRY = {
    "rtn": N_("Registro Tributario Nacional (RTN)"),
    "rnsp": N_("Registro de empleadores (RNSP/SIHCAL)"),
    "ihcafe": N_("Productores de café (IHCAFE)"),
    "hn-recruiters": N_("Agencias de empleo de Honduras"),
    "gt-recruiters": N_("Reclutadores de Guatemala"),
}

VERDICT = {
    "verified": N_("Comprobado"),
    "other-name": N_("Está con otro nombre"),
    "not-active": N_("No está activo"),
    "not-found": N_("No está en el registro"),
    "unavailable": N_("No se pudo comprobar"),
    "not-told": N_("No dio el número"),
}

CRITERION = {
    "a1-laws": N_("A.1 Cumple las leyes de cada país"),
    "a2-forced-labour": N_("A.2 No hay trabajo forzoso"),
    "a3-minors": N_("A.3 No contrata a menores de 18 años"),
    "a-equality": N_("A. Trata igual a todas las personas"),
    "a-association": N_("A. Respeta el derecho a organizarse"),
    "b-policies": N_("B. Tiene reglas escritas de conducta"),
    "b-due-diligence": N_("B. Revisa a sus intermediarios"),
    "b-licence": N_("B. Trabaja sólo con licencias que valen"),
    "b-records": N_("B. Guarda los papeles de cada contratación"),
    "1-fees": N_("1. No cobra por el trabajo"),
    "1-deposits": N_("1. No pide depósitos ni fianzas"),
    "1-repayment": N_("1. Devuelve lo que se cobró"),
    "2-documents": N_("2. No retiene documentos"),
    "2-leaving": N_("2. La persona puede irse sin castigo"),
    "3-contract": N_("3. Da un contrato escrito antes del viaje"),
    "3-substitution": N_("3. No cambia el contrato después"),
    "3-understood": N_("3. Comprueba que la persona lo entendió"),
    "4-consent": N_("4. Usa datos sólo con permiso"),
    "4-disclosure": N_("4. No da datos a quien no debe"),
    "5-channel": N_("5. Hay dónde quejarse sin dar el nombre"),
    "5-retaliation": N_("5. Nadie paga por haberse quejado"),
}

ASSESSMENT = {
    "not-assessed": N_("Sin evaluar"),
    "self-declared": N_("Lo dice el empleador"),
    "evidenced": N_("Lo dice, con prueba"),
    "audited": N_("Comprobado por SETRASS"),
    "non-conform": N_("No cumple"),
}

ACT = {
    "employer:assess": N_("Un empleador declaró un criterio"),
    "employer:audit": N_("Se revisó un criterio de un empleador"),
    "farm:remove": N_("Se quitó una finca"),
    "farm:save": N_("Se guardó una finca"),
    "registration:hand-in": N_("Se envió un registro de empleador"),
    "registration:judge": N_("Se decidió un registro de empleador"),
    "employer-paper:keep": N_("Se guardó un papel de un empleador"),
    "employer-paper:read": N_("Se abrió un papel de un empleador"),
    "employer-paper:remove": N_("Un empleador quitó un papel"),
    "registration:evidence": N_("Se vio otro papel de un empleador"),
    "registration:change-phone": N_("Un empleador cambió de teléfono"),
    "registration:open": N_("Se entró a un registro de empleador"),
    "registration:read": N_("Se vio un registro de empleador"),
    "registration:save": N_("Se guardó una respuesta de un registro"),
    "registration:start": N_("Empezó un registro de empleador"),
    "registries:ask": N_("Se preguntó a otros registros"),
}

PAPER_ABOUT = {
    "registration": N_("registro de empleador"),
    "iris": N_("reclutamiento ético"),
    "verification": N_("visto por SETRASS"),
    "labour-market": N_("paso de la vacante"),
}

FAULT = {
    "pdf-broken": N_("El PDF está incompleto. Guárdelo otra vez o mande una foto."),
    "pdf-active": N_("Este PDF tiene contraseña o partes activas. Mande una foto."),
    "too-many-farms": N_("Son demasiadas fincas. El máximo es %(limit)s."),
    "phone-same": N_("Ese ya es el teléfono del registro."),
    "housed-out-of-range": N_("Ese número no es posible. El máximo es %(limit)s."),
    "point-malformed": N_("Escriba dos números, por ejemplo: 14.84, -89.15"),
    "point-outside": N_("Ese punto está fuera de Honduras. Revise los dos números."),
}

REFUSAL = {
    "no-such-paper": N_("No existe ese papel."),
    "too-many-papers": N_("Ya hay demasiados papeles. Quite alguno primero."),
    "paper-looked-at": N_("SETRASS ya decidió con ese papel. Se queda en el registro."),
    "no-such-registration": N_("No existe ese registro."),
    "no-such-farm": N_("No existe esa finca."),
    "no-such-registration-move": N_("Ese registro ya no está por revisar."),
    "registration-not-editable": N_("SETRASS ya tiene su registro. Ahora no se puede cambiar."),
    "tax-number-not-active": N_("El registro dice que ese RTN no está activo."),
    "tax-number-not-verified": N_("Falta comprobar el RTN: por su registro o con la constancia."),
    "employer-registered-already": N_("Ese RTN ya tiene otro registro verificado."),
    "phone-registered": N_("Ese teléfono ya es de otro registro o de otra cuenta."),
    "employer-account-closed": N_("La cuenta de este empleador está cerrada. Pregunte en SETRASS."),
    "phone-of-an-account": N_("Ese teléfono es de otra cuenta. Primero cambie el del registro."),
    "not-verified-yet": N_("Primero SETRASS tiene que verificar el registro."),
    "no-such-audit": N_("Ese criterio no se puede comprobar así."),
}

PERMISSION = {"employer:verify": N_("Verificar a empleadores")}
