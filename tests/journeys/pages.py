"""Which addresses are pages, and in which test's browser each of them is looked at."""

from collections.abc import Iterable, Mapping

from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path

from app.main import build_app
from tests.journeys.inspection import Looked
from tests.journeys.site import Site

OTHER = ("/api/", "/health/", "/.well-known/", "/st/", "/static")

NO_PAGES: Mapping[str, str] = {
    "/avisos/whatsapp": "a program of WhatsApp's",
    "/idioma/{code}": "remembers and leads back",
    "/registro-empleador/telefono/codigos": "leads back until both codes are on their way",
    "/entrar/inscripcion/simbolo.svg": "a picture",
    "/mi-cuenta/codigo/simbolo.svg": "a picture",
    "/entrar/con/{provider}": "leads on",
    "/entrar/retorno": "leads on",
    "/escaner": "leads on",
    "/escaner/sw.js": "JavaScript",
    "/brigada": "leads on",
    "/brigada/sw.js": "JavaScript",
    "/brigada/paginas.json": "JSON",
    "/brigada/yo.json": "JSON",
    "/porton/sw.js": "JavaScript",
    "/escaner/config.json": "JSON",
    "/bandeja/asignar": "leads on",
    "/bandeja/imprimir": "leads on",
    "/casos/{application}/archivos/{document}": "a picture",
    "/solicitud/{application:uuid}/archivo/{document:uuid}": "a picture",
    "/aperturas/{opening:uuid}/archivos/{document:uuid}": "a picture",
    "/mi-solicitud": "leads on",
    "/mi-permiso": "leads on",
    "/mi-permiso/{credential:uuid}/qr.svg": "a picture",
    "/mi-permiso/{credential:uuid}/qr.png": "a picture",
    "/mi-permiso/{credential:uuid}/foto.png": "a picture",
    "/mi-permiso/{credential:uuid}/tarjeta.pdf": "paper",
    "/mi-permiso/{credential:uuid}/hoja.pdf": "paper",
    "/mi-solicitud/{application:uuid}/aprobacion.pdf": "paper",
    "/listas/{crew:uuid}/lista.pdf": "paper",
    "/cuadrillas/{crew:uuid}/lista.pdf": "paper",
    "/jornadas/{day:uuid}/lista.pdf": "paper",
    "/mi-solicitud/{application:uuid}/orientacion.pdf": "paper",
    "/mi-solicitud/{application:uuid}/carta.pdf": "paper",
    "/mi-solicitud/{application:uuid}/reclamos/{appeal:uuid}/carta.pdf": "paper",
    "/mi-solicitud/{application:uuid}/cambios/{change:uuid}/carta.pdf": "paper",
    "/mi-solicitud/{application:uuid}/contrato.pdf": "paper",
    "/mis-vacantes/{vacancy:uuid}/contratos/{contract:uuid}.pdf": "paper",
    "/tarjetas/{batch:uuid}/tarjetas.pdf": "paper",
    "/demo/permiso-de-guatemala.svg": "a picture",
    "/reclutadores/{registry}/{number}/qr.svg": "a picture",
    "/listas/plantilla.xlsx": "a spreadsheet",
    "/registros/plantilla.xlsx": "a spreadsheet",
    "/listas/plantilla.csv": "a spreadsheet",
    "/mi-solicitud/{application:uuid}/pagos/{cost:uuid}/comprobante": "a picture",
    "/mi-solicitud/{application:uuid}/pagos/{cost:uuid}/voz": "a sound",
    "/pagos-por-devolver/{cost:uuid}/voz": "a sound",
    "/pagos-por-devolver/{cost:uuid}/comprobante": "a picture",
    "/registro-empleador/papeles/{paper:uuid}": "a picture or a file",
    "/registros-de-empleadores/{registration:uuid}/papeles/{paper:uuid}": "a picture or a file",
    "/revision-de-vacantes/{vacancy:uuid}/papeles/{paper:uuid}": "a picture or a file",
    "/reclutadores/{registry}/{number}/iris/papeles/{paper:uuid}": "a picture or a file",
    "/quejas/{complaint:uuid}/pruebas/{file:uuid}": "a picture, or a voice (test_complaint.py)",
    "/quejas/{complaint:uuid}/remisiones/{referral:uuid}/oficio.pdf": "paper",
    "/consulta/voz/{language}/{slug}": "a sound",
    "/casos/{application:uuid}/menores.pdf": "paper",
    "/mi-solicitud/{application:uuid}/salarios/{day}.pdf": "paper",
    "/mis-vacantes/planilla.csv": "a spreadsheet",
    "/mis-datos/copia.json": "JSON",
    "/mis-datos/copia.pdf": "paper",
}
"""Addresses that answer to GET and show no page, each with what they are."""

ADMINISTRATION = frozenset(
    {
        "/invitacion/{token}",
        "/administracion/cuentas",
        "/administracion/cuentas/invitar",
        "/administracion/cuentas/{person:uuid}",
        "/administracion/clientes",
        "/administracion/listas",
        "/administracion/listas/{name}",
        "/administracion/preguntas",
        "/administracion/preguntas/{programme}",
        "/administracion/preguntas/{programme}/terminar",
        "/administracion/textos",
        "/administracion/textos/{text}",
        "/aperturas",
        "/aperturas/{opening:uuid}",
        "/auditoria",
        "/auditoria/{event}",
        "/proteccion-de-datos/aperturas",
        "/proteccion-de-datos/aperturas/{opening:uuid}",
    }
)
"""Looked at by test_administration.py, which misses none of them."""

ACCESS = frozenset(
    {
        "/retomar/papel",
        "/retomar/mensaje",
        "/retomar/quien",
        "/mi-acceso",
        "/mi-acceso/codigo",
        "/mi-acceso/telefono",
        "/mi-acceso/telefono/codigo",
        "/asistencia",
        "/asistencia/mensajes",
        "/asistencia/{application:uuid}/permiso",
        "/asistencia/{registered:uuid}/recibo",
        "/quiosco",
        "/quiosco/fin",
        "/brigada/",
        "/brigada/preguntas/{programme}",
        "/recuperacion",
        "/recuperacion/{recovery:uuid}",
        "/recuperaciones",
        "/recuperaciones/{recovery:uuid}",
        "/no-fui-yo/{link}",
        "/puestos/dispositivos",
        "/mi-pin",
        "/escaner/inscribir",
        "/escaner/entrar",
    }
)
"""Looked at by test_access_pages.py, which misses none of them."""

NEVER_WELL = frozenset({"/entrar/institucion"})
"""Pages that tell a refusal and nothing else: they never answer 200."""


def unvisited(site: Site, looked: Iterable[Looked]) -> list[str]:
    """The pages that these looks did not see, those of other tests apart; stale exceptions too.

    A page that answered a refusal was not seen.
    """
    pages = _routes(site)
    apart = NO_PAGES.keys() | ADMINISTRATION | ACCESS
    seen = _seen(pages, looked)
    stale = sorted((apart | NEVER_WELL) - set(pages))
    forgotten = [page for page in pages if page not in seen and page not in apart]
    return forgotten + [f"no such address: {page}" for page in stale]


def missed(site: Site, pages: Iterable[str], looked: Iterable[Looked]) -> list[str]:
    """Which of these pages the looks did not see."""
    return sorted(set(pages) - _seen(_routes(site), looked))


def _routes(site: Site) -> list[str]:
    found = iter_route_contexts(build_app(site.house).routes)
    paths = [r.path for r in found if r.path and "GET" in (getattr(r, "methods", None) or ())]
    return [path for path in paths if not path.startswith(OTHER)]


def _seen(pages: list[str], looked: Iterable[Looked]) -> set[str]:
    seen = set()
    for path, status in looked:
        fits = (page for page in pages if compile_path(page)[0].match(path))
        page = next(fits, None)  # the first that fits answers
        if page is not None and (status == 200 or page in NEVER_WELL):
            seen.add(page)
    return seen
