"""What the letters about a right say: suspended, given back, proposed to be revoked, revoked.

And what a recourse against a refusal or a revocation came to.
"""

from collections.abc import Mapping

from app.web.i18n import N_
from app.web.wording import prints, told_letters
from app.web.wording.prints import LETTER, REFUSED
from permits.appeals import Against

SUSPENDED: dict[str, str] = LETTER | {
    "title": N_("Su permiso está suspendido"),
    "decided": N_("El %(day)s, %(agency)s suspendió su permiso hasta el %(until)s."),
    "grounds": N_("La razón"),
    "note": REFUSED["note"],
    "meanwhile": N_("Mientras tanto"),
    "meanwhile_1": N_("No viaje con él. En la frontera no lo aceptarán."),
    "meanwhile_2": N_("Después del %(until)s vale otra vez por sí solo. Es el mismo permiso."),
    "meanwhile_3": N_("Si puede aclarar algo, llame o vaya a una oficina. Es gratis."),
    "disagree": N_("Si no está de acuerdo"),
    "disagree_1": N_("Diga con sus palabras por qué no está de acuerdo. Lleve esta carta."),
    "disagree_2": N_("Otra persona de la misma institución puede terminar antes la suspensión."),
}

REINSTATED: dict[str, str] = LETTER | {
    "title": N_("Su permiso vale otra vez"),
    "decided": N_("El %(day)s terminó la suspensión que puso %(agency)s."),
    "same": N_("Es el mismo permiso. El código y el papel que usted tiene sirven."),
    "free": N_("No tiene que pagar ni pedir nada."),
}

PROPOSED: dict[str, str] = LETTER | {
    "title": N_("Proponen revocar su permiso"),
    "decided": N_("El %(day)s, %(agency)s propuso revocar su permiso."),
    "not_yet": N_("Todavía nada cambió. Otra persona de la institución lo decide."),
    "grounds": N_("Las razones que se dan"),
    "note": REFUSED["note"],
    "heard": N_("Usted puede dar su versión"),
    "heard_1": N_("Llame o vaya a una oficina, cuanto antes. Es gratis."),
    "heard_2": N_("Diga con sus palabras qué pasó. Lleve lo que lo muestre."),
    "heard_3": N_("Puede ir con una persona de su confianza."),
}

REVOKED: dict[str, str] = LETTER | {
    "title": N_("Su permiso fue revocado"),
    "decided": N_("El %(day)s, %(agency)s revocó su derecho a trabajar con este permiso."),
    "ended": N_("Lo decidieron dos personas. Su permiso y sus copias ya no valen."),
    "grounds": REFUSED["grounds"],
    "note": REFUSED["note"],
    "appeal": REFUSED["appeal"],
    "appeal_1": REFUSED["appeal_1"],
    "appeal_2": REFUSED["appeal_2"],
    "appeal_3": REFUSED["appeal_3"],
    "appeal_4": REFUSED["appeal_4"],
    "appeal_law": REFUSED["appeal_law"],
}

UPHELD: dict[str, str] = LETTER | {
    "title": N_("Revisaron su reclamo: la decisión sigue igual"),
    "decided": N_("El %(day)s respondió %(agency)s: la decisión sigue igual."),
    "other": N_("La revisó una persona que no había decidido antes."),
    "note": REFUSED["note"],
    "appeal": N_("Qué puede hacer todavía"),
    "appeal_more": N_("Puede apelar hasta el %(until)s. Es gratis."),
    "appeal_4": REFUSED["appeal_4"],
    "appeal_law": REFUSED["appeal_law"],
}

OVERTURNED: dict[str, str] = LETTER | {
    "title": N_("Le dieron la razón en su reclamo"),
    "decided": N_("El %(day)s respondió %(agency)s: usted tiene la razón."),
    "note": REFUSED["note"],
    "next": N_("Qué sigue"),
    "again": N_("Su solicitud se revisa otra vez desde el principio. No tiene que enviar nada."),
    "over": N_("Ya pasó el último día de su permiso. Puede pedir otro, gratis."),
    "free": N_("No tiene que pagar nada. Le avisamos por mensaje."),
}

AGAINST: Mapping[str, Against] = {
    "letters/refusal": Against.REFUSAL,
    "letters/revoked": Against.REVOCATION,
    "letters/upheld": Against.REFUSAL,  # and of a revocation: its appeal is the second step
}
"""The letters that offer a recourse, and the measure that the law knows behind each."""

PAPERS: Mapping[str, Mapping[str, str]] = {
    **prints.PAPERS,
    "letters/suspended": SUSPENDED,
    "letters/reinstated": REINSTATED,
    "letters/proposed": PROPOSED,
    "letters/revoked": REVOKED,
    "letters/upheld": UPHELD,
    "letters/overturned": OVERTURNED,
    **told_letters.PAPERS,
}
"""Every paper of the house, these letters among them."""
