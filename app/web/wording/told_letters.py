"""What the letters of a case, a card and a wish say: asked, lapsed, granted, refused, dropped."""

from collections.abc import Mapping

from app.web.i18n import N_
from app.web.wording.prints import LETTER, REFUSED, RETURNED, SHEET

_CAN_DO = N_("Qué puede hacer usted")
_FOLLOWS = N_("Qué sigue")
_ANOTHER_CARD = {
    "next": _FOLLOWS,
    "next_1": N_("El permiso que tenía ya no vale. No viaje con él."),
    "next_2": N_("Se prepara otro permiso. Es gratis, y le avisamos por mensaje."),
    "next_3": N_("Véalo en %(link)s, o pida el papel en una oficina."),
}
"""What follows where the card of before is replaced by one that says something new."""

ASKED: dict[str, str] = LETTER | {
    "title": N_("Le preguntan algo sobre su solicitud"),
    "decided": N_("El %(day)s, %(agency)s le preguntó:"),
    "next": RETURNED["how"],
    "next_1": N_("Responda a más tardar el %(until)s."),
    "next_2": RETURNED["how_1"],
    "next_3": RETURNED["how_3"],
    "next_4": RETURNED["lapse"],
}

BARRED: dict[str, str] = LETTER | {
    "title": N_("Elija otro trabajo"),
    "decided": N_("Desde el %(day)s no se puede seguir con el trabajo que usted eligió."),
    "stands": N_("%(agency)s lo detuvo. Usted no hizo nada malo. Su solicitud sigue."),
    "next": _CAN_DO,
    "next_1": N_("Elija otro trabajo a más tardar el %(until)s. Es gratis."),
    "next_2": RETURNED["how_1"],
    "next_3": RETURNED["how_3"],
    "next_4": RETURNED["lapse"],
}

LAPSED: dict[str, str] = LETTER | {
    "title": N_("Su solicitud venció"),
    "decided": N_("El %(day)s se cerró su solicitud. Su respuesta no llegó a tiempo."),
    "stands": N_("Esto no cuenta en su contra."),
    "next": _CAN_DO,
    "next_1": N_("Puede seguir con ella hasta el %(until)s, una sola vez."),
    "next_2": N_("También puede hacer otra solicitud. Es gratis."),
    "next_3": N_("Entre en %(link)s, o pida ayuda en una oficina."),
}

UNUSED: dict[str, str] = LETTER | {
    "title": N_("Su permiso terminó sin uso"),
    "decided": N_("Su permiso terminó el %(day)s, porque nadie lo usó. No viaje con él."),
    "stands": N_("Nadie le castiga por eso."),
    "next": _CAN_DO,
    "next_1": N_("Puede volver a pedir uno, gratis."),
    "next_2": N_("¿Sí lo usó? Dígalo con sus palabras: la oficina lo revisa y le responde."),
    "next_3": LAPSED["next_3"],
}

DROPPED: dict[str, str] = LETTER | {
    "title": N_("Ya no proponen revocar su permiso"),
    "decided": N_("El %(day)s, %(agency)s dejó de proponer que se revoque su permiso."),
    "stands": N_("Nada cambia con su permiso por esa propuesta."),
    "next": _FOLLOWS,
    "next_1": N_("No tiene que pagar ni pedir nada."),
    "next_2": N_("Vea cómo está su permiso en %(link)s."),
}

CARD_REVOKED: dict[str, str] = LETTER | {
    "title": N_("Un permiso suyo ya no vale"),
    "decided": N_("El %(day)s una oficina anuló el permiso %(number)s."),
    "stands": N_("Se anuló el papel con su código. Su derecho a trabajar sigue en pie."),
    "grounds": N_("La razón"),
    "next": _CAN_DO,
    "next_1": N_("No viaje con ese permiso: en la frontera no lo aceptarán."),
    "next_2": N_("Pida otro en una oficina. Es gratis. Lleve esta carta."),
    "next_3": N_("Si la razón no es cierta, dígalo ahí con sus palabras."),
}

EMPLOYER_GRANTED: dict[str, str] = LETTER | {
    "title": N_("Aceptaron su cambio de empleador"),
    "decided": N_("El %(day)s, %(agency)s aceptó su trabajo con %(employer)s."),
    "stands": N_("Los días de su permiso no cambian."),
    "job": SHEET["job"],
    "note": REFUSED["note"],
    **_ANOTHER_CARD,
}

EMPLOYER_REFUSED: dict[str, str] = LETTER | {
    "title": N_("No aceptaron su cambio de empleador"),
    "decided": N_("El %(day)s, %(agency)s no aceptó su trabajo con %(employer)s."),
    "stands": N_("Su permiso sigue igual."),
    "note": REFUSED["note"],
    "next": _CAN_DO,
    "next_1": N_("Puede pedir el cambio con otro empleador. Es gratis."),
    "next_2": N_("Si lo que faltaba ya está, puede pedir el mismo cambio otra vez."),
    "next_3": N_("¿Su empleador le trata mal? Quéjese. Nadie puede castigarle por eso."),
}

EMPLOYER_LAPSED: dict[str, str] = LETTER | {
    "title": N_("Su cambio de empleador ya no se puede hacer"),
    "decided": N_("El %(day)s se cerró su pedido de trabajar con %(employer)s."),
    "stands": N_("Ya nadie puede aceptarlo. Esto no cuenta en su contra."),
    "next": _CAN_DO,
    "next_1": N_("Si su permiso vale todavía, puede pedir otro empleador. Es gratis."),
    "next_2": LAPSED["next_3"],
}

IDENTITY_GRANTED: dict[str, str] = LETTER | {
    "title": N_("Aceptaron el cambio de sus datos"),
    "decided": N_("El %(day)s aceptaron su cambio todas las instituciones que deciden."),
    "stands": N_("Los días de su permiso no cambian."),
    **_ANOTHER_CARD,
}

IDENTITY_REFUSED: dict[str, str] = LETTER | {
    "title": N_("No aceptaron el cambio de sus datos"),
    "decided": N_("El %(day)s, %(agency)s no aceptó el cambio de sus datos."),
    "stands": N_("Su permiso sigue igual, con los datos de antes."),
    "note": REFUSED["note"],
    "next": _CAN_DO,
    "next_1": N_("Puede pedirlo otra vez con otra prueba. Es gratis."),
    "next_2": N_("Pregunte en una oficina qué papel sirve. Lleve esta carta."),
}

PAPERS: Mapping[str, Mapping[str, str]] = {
    "letters/asked": ASKED,
    "letters/barred": BARRED,
    "letters/lapsed": LAPSED,
    "letters/unused": UNUSED,
    "letters/dropped": DROPPED,
    "letters/card-revoked": CARD_REVOKED,
    "letters/employer-granted": EMPLOYER_GRANTED,
    "letters/employer-refused": EMPLOYER_REFUSED,
    "letters/employer-lapsed": EMPLOYER_LAPSED,
    "letters/identity-granted": IDENTITY_GRANTED,
    "letters/identity-refused": IDENTITY_REFUSED,
}
