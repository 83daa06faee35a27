"""What a check has seen, told to the officials who look at it and to the worker it concerns."""

from app.web.i18n import N_
from app.web.wording import renewals
from app.web.wording.faults import NUMBERS, ZONES

PERSON = {
    "age-unknown": N_("Falta la fecha de nacimiento."),
    "underage": N_("La edad mínima es de %(limit)s años el primer día de trabajo."),
    "name-missing": N_("Falta el nombre."),
    "sex-missing": N_("Falta el sexo."),
    "municipality-missing": N_("Falta el municipio."),
    "nationality-missing": N_("Falta la nacionalidad."),
    "nationality-not-admitted": N_("El programa no admite esta nacionalidad."),
    "identity-missing": N_("Falta el documento de identidad."),
    "identity-kind-not-admitted": N_("El programa no admite este tipo de documento."),
    "looks-like-child": N_("Quien le atendió cree que es menor de edad."),
    "identity-mismatch": N_("El documento dice otra cosa que la solicitud."),
    "similar-application": N_("Otras solicitudes que pueden ser de la misma persona: %(count)s."),
    "right-stands": N_(
        "La persona ya tiene un permiso hasta el %(held_until)s. Sólo puede tener uno."
    ),
}

LANGUAGES = {
    "languages-missing": N_("Falta saber qué idiomas habla."),
    "interpreter-needed": N_("No habla el idioma del programa. Hace falta intérprete."),
    "reading-unknown": N_("Falta saber si lee."),
    "needs-reading-aloud": N_("No lee. Hay que leerle el contrato en voz alta."),
}

DOCUMENTS = {
    "document-missing": N_("Falta un documento: %(document)s."),
    "document-to-be-shown": N_("Mostrará en la oficina: %(document)s."),
    "paper-to-be-shown": N_("Debe mostrar en la oficina: %(paper)s."),
    "document-shown": N_("Lo vio %(agency-short)s el %(shown_on)s: %(document)s."),
    "paper-shown": N_("Lo vio %(agency-short)s el %(shown_on)s: %(paper)s."),
    "document-came-later": N_("Llegó después de enviar, el %(came_on)s: %(document)s."),
    "paper-came-later": N_("Envió una foto el %(came_on)s. Debe mostrar: %(paper)s."),
    "photo-missing": N_("Falta la foto."),
    "photo-to-be-taken": N_("La foto se tomará en la oficina."),
}

RULES = {
    "rule-reads-and-writes": N_("El programa pide leer y escribir. Dijo que no lee."),
    "rule-national-by-birth": N_("Revise que tenga la nacionalidad por nacimiento."),
    "rule-resident": N_("Revise que viva en su país."),
    "rule-no-migration-record": N_("Revise los antecedentes migratorios."),
}

OFFER = {
    "offer-missing": N_("Falta la oferta de trabajo."),
    "offer-dates-reversed": N_("La oferta termina antes de empezar."),
    "offer-over": N_("La oferta ya terminó."),
    "outside-season": N_("Las fechas están fuera de la temporada."),
    "stay-too-long": N_("El trabajo dura más de %(limit)s días, el máximo del programa."),
    "stay-needs-permit": N_("Más de %(limit)s días piden un permiso especial de permanencia."),
    "hiring-not-admitted": N_("El programa no admite esta forma de contratar."),
    "employer-to-attach": N_("Todavía sin empleador. Es para la bolsa del departamento."),
    "pool-not-admitted": N_("El programa no tiene bolsa en este departamento."),
    "employer-refused": N_("El empleador no aceptó a esta persona."),
    "contract-acceptance-pending": N_(
        "La persona todavía no aceptó el contrato. SETRASS espera su sí."
    ),
    "employer-acceptance-pending": N_("El empleador todavía no ha respondido."),
}

WAGES = {
    "wage-below-minimum": N_("El salario está por debajo del mínimo."),
    "piece-rate-below-minimum": N_("El pago por medida no llega al salario mínimo."),
    "piece-rate-topped-up": N_("El pago por medida no llega, pero el empleador lo completa."),
    "wage-not-comparable": N_("El salario no se puede comparar con el mínimo."),
    "minimum-wage-row-missing": N_("Falta el mínimo de este tamaño de empresa. Se usó otro."),
}

WORDS = NUMBERS | ZONES | PERSON | LANGUAGES | DOCUMENTS | RULES | OFFER | WAGES | renewals.FINDING
