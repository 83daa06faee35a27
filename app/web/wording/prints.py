"""What cards, sheets and letters say beside the facts: Spanish here, others by gettext."""

from collections.abc import Mapping

from app.web.i18n import N_
from app.web.wording import (
    child_care,
    complaint_referrals,
    contracts,
    orientation,
    own_data_paper,
    payslips,
)

CARD: dict[str, str] = {
    "title": N_("Permiso de trabajo temporal"),
    "country": N_("República de Honduras"),
    "name": N_("Nombre"),
    "number": N_("Permiso"),
    "from": N_("Vale desde"),
    "until": N_("Vale hasta, ese día incluido"),
    "programme": N_("Programa"),
    "employer": N_("Empleador"),
    "no_employer": N_("Todavía sin empleador"),
    "place": N_("Departamento"),
    "no_photo": N_("Sin foto. Compare con el documento."),
    "photo_alt": N_("Foto de %(name)s"),
    "symbol_alt": N_("Código QR firmado del permiso %(number)s"),
    "scan": N_("Sólo vale si se escanea."),
    "free": N_("Este permiso es gratis."),
    "keep": N_("Nadie puede cobrarle por él ni quitárselo."),
    "issuer": N_("Emitido por"),
    "face_title": N_("Código de la foto"),
    "face_shows": N_("Muestra su foto firmada."),
    "face_after": N_("Se escanea después del código del permiso. Solo no vale."),
    "face_alt": N_("Código QR con la foto firmada del permiso %(number)s"),
    "help": N_("Ayuda"),
}

SHEET: dict[str, str] = CARD | {
    "sheet_title": N_("Su permiso de trabajo"),
    "show": N_("Muestre este código en la frontera."),
    "job": N_("Su trabajo"),
    "task": N_("Qué hará"),
    "site": N_("Dónde"),
    "dates": N_("Cuándo"),
    "dates_value": N_("Del %(first)s al %(last)s"),
    "wage": N_("Salario"),
    "unit_kg": N_("Cada unidad pesa %(kg)s kg."),
    "hours": N_("Horario"),
    "hours_value": N_("%(hours)s horas al día, %(days)s días a la semana"),
    "housing": N_("Alojamiento"),
    "transport": N_("Transporte"),
    "food": N_("Comida"),
    "given": N_("Lo da el empleador"),
    "given_food": N_("La da el empleador"),
    "not_given": N_("No incluido"),
    "not_given_food": N_("No incluida"),
    "border": N_("En la frontera"),
    "border_1": N_("Lleve esta hoja o su tarjeta, y su documento."),
    "border_2": N_("El agente escanea el código. Compara su foto y su documento."),
    "border_3": N_("Si el código no se lee, el agente escribe el número del permiso."),
    "border_4": N_("Pasar con este permiso es gratis. No pague a nadie."),
    "rights": N_("Sus derechos"),
    "right_1": N_("Nadie puede quitarle este permiso ni sus documentos."),
    "right_2": N_("Usted no paga por el empleo. Los gastos los paga el empleador."),
    "right_3": N_("Su salario no puede ser menor que el de esta hoja."),
    "right_4": N_("Puede dejar el trabajo y volver a casa cuando quiera."),
    "right_5": N_("Puede quejarse. Nadie puede castigarle por eso."),
    "help_title": N_("¿Necesita ayuda?"),
    "help_call": N_("Llame y diga el número de su permiso."),
    "link_title": N_("Para fincas, bancos y policía"),
    "link_text": N_("Este código se abre con la cámara de cualquier teléfono."),
    "link_shows": N_("Muestra sólo si vale, el programa, las fechas y las iniciales."),
    "link_alt": N_("Código QR con el enlace para comprobar el permiso %(number)s"),
    "cut_title": N_("Su tarjeta"),
    "cut": N_("Recorte por la línea y doble por el medio."),
    "receipt": N_("Solicitud"),
    "page": N_("Página %(page)s de %(pages)s"),
}

LETTER: dict[str, str] = {
    "the_setrass": N_("la Secretaría de Trabajo y Seguridad Social (SETRASS)"),
    "the_inm": N_("el Instituto Nacional de Migración (INM)"),
    "the_consulate": N_("el consulado de su país"),
    "country": CARD["country"],
    "receipt": SHEET["receipt"],
    "page": SHEET["page"],
    "help_title": SHEET["help_title"],
    "help_call_receipt": N_("Llame y diga el número de su solicitud."),
}

DRAFT = {"draft": N_("BORRADOR – NO VÁLIDO")}
"""Across a letter that is looked at before anybody decides."""

REFUSED: dict[str, str] = (
    LETTER
    | DRAFT
    | {
        "title": N_("Su solicitud no fue aprobada"),
        "decided": N_("El %(day)s, %(agency)s decidió no aprobar su solicitud."),
        "grounds": N_("Las razones"),
        "ground_code": N_("código %(code)s"),
        "note": N_("Lo que dice la institución"),
        "appeal": N_("Cómo reclamar"),
        "appeal_1": N_("Usted puede pedir que otra persona revise la decisión. Es gratis."),
        "appeal_2": N_(
            "Primero pida la reposición a la misma institución, a más tardar el %(last_day)s. "
            "Son %(days)s días hábiles. El día de la decisión no cuenta."
        ),
        "appeal_3": N_(
            "Si no le dan la razón, puede apelar. Tiene %(appeal_days)s días hábiles. "
            "El día de esa respuesta no cuenta."
        ),
        "appeal_4": N_("Lleve esta carta. Diga con sus palabras por qué no está de acuerdo."),
        "appeal_law": N_("Plazos de la Ley de Procedimiento Administrativo, por confirmar."),
        "again": N_("Si cambia lo que faltaba, puede hacer otra solicitud. También es gratis."),
    }
)

RETURNED: dict[str, str] = (
    LETTER
    | DRAFT
    | {
        "title": N_("Hay una pregunta sobre su solicitud"),
        "grounds": N_("Por qué le preguntan"),
        "ground_code": REFUSED["ground_code"],
        "asked": N_("El %(day)s, %(agency)s le hizo esta pregunta:"),
        "by": N_("Responda a más tardar el %(day)s."),
        "how": N_("Cómo responder"),
        "how_1": N_("Entre con su teléfono y su código en %(link)s."),
        "how_2": N_("Corrija o agregue lo que se pide, y envíe otra vez."),
        "how_3": N_("Si no puede entrar, llame o pida ayuda en una oficina."),
        "clock": N_("El plazo de las instituciones se detiene hasta que usted responda."),
        "lapse": N_("Si no responde, la solicitud se cierra. Puede hacer otra, y es gratis."),
    }
)

APPROVED: dict[str, str] = (
    LETTER
    | DRAFT
    | {
        "title": N_("Su solicitud fue aprobada"),
        "granted": N_("Usted puede trabajar del %(first)s al %(last)s, los dos días incluidos."),
        "granted_abroad": N_("Usted puede salir a trabajar del %(first)s al %(last)s."),
        "no_permit": N_("Esta carta no es el permiso. En la frontera se escanea el código."),
        "by": N_("Quién lo aprobó"),
        "job": SHEET["job"],
        "check": N_("Cómo comprobarlo"),
        "check_1": N_("Abra %(check)s en cualquier teléfono."),
        "check_2": N_("Escanee el código del permiso o escriba su número: %(number)s."),
        "check_3": N_("La página dice si el permiso vale ese día."),
        "pending": N_("El permiso se está preparando. Le avisamos por mensaje."),
        "digest": N_("Huella de lo que se aprobó (SHA-256):"),
        "rights": SHEET["rights"],
        "right_1": SHEET["right_1"],
        "right_2": SHEET["right_2"],
        "right_3": N_("Su salario no puede ser menor que el de esta carta."),
        "wrong": N_("Si algo no está bien"),
        "wrong_1": N_("Si un dato está mal, llame antes de viajar. Corregirlo es gratis."),
        "wrong_2": N_("Si ya no quiere este trabajo, no está obligado a viajar."),
    }
)

CREW_LIST: dict[str, str] = {
    "title": N_("Lista de la cuadrilla"),
    "country": CARD["country"],
    "page": SHEET["page"],
    "keep": N_("Tiene datos personales. Guárdela bajo llave y destrúyala después."),
    "employer": CARD["employer"],
    "job": N_("Trabajo"),
    "programme": CARD["programme"],
    "registered": N_("Registrada el"),
    "printed": N_("Impresa el"),
    "consented_of": N_("%(count)s de %(total)s personas dijeron que sí"),
    "place": N_("Fila"),
    "person": N_("Persona"),
    "receipt": SHEET["receipt"],
    "consent": N_("Consentimiento"),
    "state": N_("Estado"),
    "yes": N_("Ya dijo que sí"),
    "way_code": N_("Con código"),
    "way_witnessed": N_("Ante testigo"),
    "not_yet": N_("Todavía no"),
    "none": "–",
    "erased": N_("Datos borrados"),
    "free": N_("Cada persona decide con libertad. Nadie puede obligarla ni cobrarle."),
}

RECEPTION: dict[str, str] = {
    "title": N_("Personas con cita"),
    "country": CARD["country"],
    "page": SHEET["page"],
    "keep": CREW_LIST["keep"],
    "where": N_("Dónde"),
    "day": N_("Día"),
    "hours": N_("Horario"),
    "expected": N_("Personas"),
    "printed": CREW_LIST["printed"],
    "hour": N_("Hora"),
    "person": CREW_LIST["person"],
    "receipt": SHEET["receipt"],
    "signature": N_("Llegó"),
    "came": N_("Sí / No"),
    "unnamed": N_("Sin nombre todavía"),
    "none": "–",
    "free": N_("La cita y la atención son gratis."),
}

CONTRACT: dict[str, str] = {
    **contracts.PAPER,
    "country": CARD["country"],
    "help_title": SHEET["help_title"],
    "help_call_receipt": LETTER["help_call_receipt"],
    "page": SHEET["page"],
}

ORIENTATION: dict[str, str] = {
    **orientation.PAPER,
    "country": CARD["country"],
    "page": SHEET["page"],
}

CHILDREN: dict[str, str] = {
    **child_care.PAPER,
    "country": CARD["country"],
    "employer": CARD["employer"],
    "phone": N_("Teléfono"),
    "printed": CREW_LIST["printed"],
    "receipt": SHEET["receipt"],
    "page": SHEET["page"],
}

PAYSLIP: dict[str, str] = {
    **payslips.PAPER,
    "country": CARD["country"],
    "help_title": SHEET["help_title"],
    "help_call_receipt": LETTER["help_call_receipt"],
    "page": SHEET["page"],
}

REFERRAL: dict[str, str] = {
    **complaint_referrals.PAPER,
    "country": CARD["country"],
    "page": SHEET["page"],
}

PAPERS: Mapping[str, Mapping[str, str]] = {
    "cards/card": CARD,
    "cards/sheet": SHEET,
    "children/senaf": CHILDREN,
    "crews/list": CREW_LIST,
    "letters/approved": APPROVED,
    "letters/contract": CONTRACT,
    "letters/payslip": PAYSLIP,
    "letters/own_data": own_data_paper.PAPER,
    "letters/referral": REFERRAL,
    "letters/refusal": REFUSED,
    "letters/returned": RETURNED,
    "orientation/certificate": ORIENTATION,
    "receptions/day": RECEPTION,
}
"""Template below templates/print → key → Spanish text with `%(fact)s` places."""
