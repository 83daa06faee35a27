"""The pages of a case read out (W26): the words that stand on each, then how to go on.

One sound reads a whole page. A sound for each group of reasons would help more, and its address
would tell which of them somebody listened to.
"""

from collections.abc import Mapping, Sequence

from app.web.i18n import N_, Locale
from app.web.pages.complaint_forms import FILINGS, GROUPS
from app.web.prompts import DIGITS, PAGES_OF_A_CASE
from app.web.wording.complaint_filing import ABOUT, FILING, GROUP, SIGN
from recruitment.complaints.words import DangerSign

_ELSEWHERE = (
    N_("Si hay peligro, llame ya: 911. Si le tienen a la fuerza: 145."),
    N_("¿Trabaja en otro país? Vea a quién llamar."),
    N_("También puede ir a un juez o a la inspección del trabajo. Esto no se lo quita."),
)

_REASONS = tuple(
    words for name, some in GROUPS for words in (GROUP[name], *(ABOUT[one] for one in some))
)

READ: Mapping[str, Sequence[str]] = {
    "consulta": (
        N_("¿Le pasó algo malo en el trabajo o el viaje?"),
        N_("Cuéntelo aquí. Es gratis y no necesita cuenta ni papeles."),
        N_("No tiene que decir su nombre."),
        N_("Su patrón no lo ve. Tampoco quien le recluta ni la frontera."),
        N_("Solo lo leen quienes atienden quejas. Ni quien maneja el sistema puede abrirlo."),
        N_("Le damos un número. Con él ve la respuesta y puede agregar más."),
        N_("No le mandamos mensajes: nadie lo verá en su teléfono."),
        *_ELSEWHERE,
        N_("Ya tengo un número"),
        N_("Los 16 números"),
        N_("Use un teléfono que nadie más revise. Al terminar, borre el historial."),
    ),
    "contar": (
        N_("Cuente qué pasó"),
        N_("¿Quién lo cuenta?"),
        *(FILING[one] for one in FILINGS),
        N_("¿De qué se trata?"),
        *_REASONS,
        N_("Marque lo que sea cierto"),
        *(SIGN[one] for one in DangerSign),
        N_("¿Dónde y cuándo?"),
        N_("Patrón, finca o persona"),
        N_("Buscar la finca"),
        N_("Departamento"),
        N_("Lugar"),
        N_("¿Cuándo fue?"),
        N_("Nunca es tarde para contarlo."),
        N_("Sus palabras, su voz o sus fotos"),
        N_("¿Qué pasó?"),
        N_("Con sus palabras. Si no quiere decir quién es, no ponga su nombre."),
        N_("Su voz"),
        N_("Grabe un audio o elija uno de su teléfono."),
        N_("Fotos o papeles"),
        N_("Cinco como máximo, de 5 MB cada uno. Se lee una copia sin lugar ni fecha."),
        N_("Si quiere decir quién es, o lo cuenta por otra persona"),
        *_ELSEWHERE,
        N_("Si se corta la señal, toque Enviar otra vez. Llega una sola vez."),
    ),
    "numero": (
        N_("Ya lo tenemos. Anote este número."),
        N_("Con este número ve la respuesta y puede agregar más."),
        N_("Nadie más lo sabe. Si lo pierde, no se lo podemos dar de nuevo."),
        N_("Escríbalo como un teléfono, o apréndalo. No guarde una foto si es peligroso."),
        N_("Vuelva en tres días. Si hay peligro, vuelva hoy."),
        *_ELSEWHERE,
    ),
    "caso": (
        N_("Su caso"),
        N_("Responder o agregar"),
        N_("Sus palabras"),
        N_("Su voz"),
        N_("Fotos o papeles"),
        *_ELSEWHERE,
        N_("En media hora esta página deja de servir. Ciérrela al terminar."),
    ),
}
"""What stands on each page, in the order of the page; nothing that a case alone has is in it."""

HOW: Mapping[str, str] = {
    "consulta": N_("Para contar, toque el botón verde. Con un número, escríbalo abajo."),
    "contar": N_("Puede escribir o grabar su voz. Al final toque Enviar."),
    "numero": N_("Son dieciséis números y están arriba, en letra grande."),
    "caso": N_("Arriba está lo que se dijo. Abajo puede escribir o grabar su voz."),
}
"""How one goes on, for who cannot read where."""

assert READ.keys() == HOW.keys() == PAGES_OF_A_CASE  # noqa: S101  each has its own address

_DIGITS = (
    *(N_("cero"), N_("uno"), N_("dos"), N_("tres"), N_("cuatro")),
    *(N_("cinco"), N_("seis"), N_("siete"), N_("ocho"), N_("nueve")),
)


def say_digits(locale: Locale) -> Mapping[str, str]:
    """The ten digits by the names of their sounds, to say a number that is written nowhere else."""
    return {slug: locale.text(word) for slug, word in zip(DIGITS, _DIGITS, strict=True)}


def read_out(locale: Locale, slug: str) -> str:
    """A page as it is said; a heading ends as a sentence does, so that the voice rests there."""
    return " ".join(_ended(locale.text(one)) for one in (*READ[slug], HOW[slug]))


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
