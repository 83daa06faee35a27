"""Every route names its guard; what is open to everybody stands here, each with its reason."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from pydantic import SecretStr

from app.main import build_app
from app.settings import Settings
from app.storage.database import make_engine, read_session_factory, session_factory
from app.web.dependencies import signed_in
from app.wiring import House
from tests import outside

PUBLIC = {
    "GET /": "the start",
    "GET /extranjero": "programmes abroad, told to everybody",
    "GET /reglas-eticas": "the ethical rules, told to everybody",
    "GET /idioma/{code}": "choosing a language",
    "GET /entrar": "signing in",
    "POST /entrar": "signing in",
    "GET /entrar/con/{provider}": "signing in at the own institution",
    "GET /entrar/institucion": "why nobody was let in from there",
    "GET /entrar/retorno": "coming back from there",
    "POST /entrar/llave": "signing in",
    "GET /entrar/segundo-paso": "signing in; the step's cookie is the proof",
    "POST /entrar/segundo-paso": "signing in; the step's cookie is the proof",
    "GET /entrar/inscripcion": "signing in; the step's cookie is the proof",
    "GET /entrar/inscripcion/simbolo.svg": "signing in; the step's cookie is the proof",
    "POST /entrar/inscripcion": "signing in; the step's cookie is the proof",
    "GET /entrar/codigos": "signing in; the step's cookie is the proof",
    "POST /entrar/codigos": "signing in; the step's cookie is the proof",
    "POST /entrar/codigos/nuevos": "signing in; the step's cookie is the proof",
    "GET /entrar/puesto": "signing in; the step's cookie is the proof",
    "POST /entrar/puesto": "signing in; the step's cookie is the proof",
    "POST /llaves/entrar.json": "signing in",
    "POST /llaves/segundo-paso.json": "signing in; the step's cookie is the proof",
    "POST /llaves/inscripcion.json": "signing in; the step's cookie is the proof",
    "POST /salir": "signing out, also where the session is over already",
    "GET /v": "checking a permit; the code never reaches the server",
    "GET /seguimiento": "the receipt and one thing more are the proof",
    "POST /seguimiento": "the receipt and one thing more are the proof",
    "GET /retomar": "coming back with a code by SMS",
    "POST /retomar": "coming back with a code by SMS",
    "GET /retomar/mensaje": "coming back with a code by SMS",
    "POST /retomar/mensaje": "coming back with a code by SMS",
    "POST /retomar/otro": "coming back with a code by SMS",
    "GET /retomar/quien": "coming back with a code by SMS, on a shared phone",
    "POST /retomar/quien": "coming back with a code by SMS, on a shared phone",
    "GET /retomar/papel": "coming back with phone and code on paper",
    "POST /retomar/papel": "coming back with phone and code on paper",
    "GET /solicitud": "leads a worker to their draft, and everybody else to the start",
    "GET /solicitud/nueva": "beginning without an account",
    "GET /solicitud/nueva/{programme}": "beginning without an account",
    "POST /solicitud/nueva/{programme}": "beginning without an account",
    "GET /acompanar/{token}": "the link is the proof",
    "GET /porton/{token}": "the link is the proof",
    "POST /porton/{token}": "the link is the proof",
    "POST /porton/{token}/notas.json": "the link is the proof",
    "GET /porton/sin-red": "a gate's page without a network, the same for everybody",
    "GET /porton/sw.js": "its service worker",
    "POST /acompanar/{token}": "the link is the proof",
    "GET /como-esta/{token}": "the link is the proof",
    "POST /como-esta/{token}": "the link is the proof",
    "GET /empleadores/respuesta/{token}": "the link is the proof",
    "POST /empleadores/respuesta/{token}": "the link is the proof",
    "GET /registro-empleador": "an employer comes in by telephone",
    "POST /registro-empleador": "an employer comes in by telephone",
    "POST /registro-empleador/otro-codigo": "an employer comes in by telephone",
    "GET /registro-empleador/codigo": "the code of the message is the proof",
    "POST /registro-empleador/codigo": "the code of the message is the proof",
    "POST /registro-empleador/salir": "an employer leaves, also where they are out already",
    "GET /registro-empleador/mi-registro": "the employer's own: the cookie is the proof",
    "GET /registro-empleador/paso/{slug}": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/paso/{slug}": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/enviar": "the employer's own: the cookie is the proof",
    "GET /registro-empleador/fincas/nueva": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/fincas/nueva": "the employer's own: the cookie is the proof",
    "GET /registro-empleador/fincas/{farm:uuid}": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/fincas/{farm:uuid}": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/fincas/{farm:uuid}/quitar": "the employer's own: its cookie",
    "GET /registro-empleador/cambios/nueva": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/cambios/nueva": "the employer's own: the cookie is the proof",
    "GET /registro-empleador/cambios/{farm:uuid}/datos": "the employer's own: its cookie",
    "POST /registro-empleador/cambios/{farm:uuid}/datos": "the employer's own: its cookie",
    "POST /registro-empleador/cambios/{farm:uuid}/datos/retirar": "the employer's own: its cookie",
    "GET /registro-empleador/cambios/{farm:uuid}/quitar": "the employer's own: its cookie",
    "POST /registro-empleador/cambios/{farm:uuid}/quitar": "the employer's own: its cookie",
    "GET /registro-empleador/papeles": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/papeles": "the employer's own: the cookie is the proof",
    "GET /registro-empleador/papeles/{paper:uuid}": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/papeles/{paper:uuid}/quitar": "the employer's own: its cookie",
    "GET /registro-empleador/telefono": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/telefono": "the employer's own: the cookie is the proof",
    "GET /registro-empleador/telefono/codigos": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/telefono/codigos": "the employer's own: its cookie and two codes",
    "GET /registro-empleador/reclutadores": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/reclutadores": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/reclutadores/{mandate:uuid}/terminar": "the employer's own",
    "GET /registro-empleador/iris": "the employer's own: the cookie is the proof",
    "POST /registro-empleador/iris": "the employer's own: the cookie is the proof",
    "GET /registro-empleador/licencias/{registry}/{number}": "the licence's own: its cookie",
    "POST /registro-empleador/licencias/{registry}/{number}": "the licence's own: its cookie",
    "GET /remisiones/oficio": "the signature of a letter, which its symbol carries",
    "GET /remisiones/{referral:uuid}": "who received a hand-over types its code",
    "POST /remisiones/{referral:uuid}": "the code is the proof",
    "GET /remisiones/aviso/{address}": "the link is the proof",
    "POST /remisiones/aviso/{address}": "the link is the proof",
    "GET /consulta": "telling what happened, without a name",
    "GET /consulta/cifras": "figures of complaints, told to everybody",
    "GET /consulta/voz/{language}/{slug}": "the words of a public page, said aloud",
    "GET /api/v1/complaint-figures": "figures of complaints, told to everybody",
    "GET /consulta/contar": "telling what happened, without a name",
    "POST /consulta/contar": "telling what happened, without a name",
    "POST /consulta/numero": "the number is the proof",
    "POST /consulta/mensaje": "the page's pass, which its number gave, is the proof",
    "POST /consulta/reparacion": "the page's pass, which its number gave, is the proof",
    "POST /consulta/archivo": "the page's pass, which its number gave, is the proof",
    "GET /verificar-oferta": "the scam check, told to everybody",
    "POST /verificar-oferta": "the scam check, told to everybody",
    "GET /verificar-oferta/avisar": "a warning, without a name",
    "POST /verificar-oferta/avisar": "a warning, without a name",
    "GET /reclutadores": "who has a licence, told to everybody",
    "GET /reclutadores/{registry}/{number}": "who has a licence, told to everybody",
    "GET /reclutadores/{registry}/{number}/qr.svg": "the symbol of such a page",
    "GET /empleador/{employer:uuid}": "how an employer stands, told to everybody",
    "POST /api/v1/consultations/forms": "telling what happened, without a name",
    "POST /api/v1/consultations": "telling what happened, without a name",
    "POST /api/v1/consultations/read": "the number is the proof",
    "POST /api/v1/consultations/messages": "the number is the proof",
    "POST /api/v1/consultations/remedies": "the number is the proof",
    "POST /api/v1/consultations/files": "the number is the proof",
    "POST /api/v1/offer-checks": "the scam check, told to everybody",
    "GET /api/v1/recruiters": "who has a licence, told to everybody",
    "GET /api/v1/recruiters/{registry}/{licence}": "who has a licence, told to everybody",
    "GET /api/v1/employer-profiles/{employer}": "how an employer stands, told to everybody",
    "GET /invitacion/{token}": "the link is the proof",
    "POST /invitacion/{token}": "the link is the proof",
    "GET /escaner": "the scanner's shell, which holds no data",
    "GET /escaner/": "the scanner's shell, which holds no data",
    "GET /escaner/sw.js": "the scanner's shell, which holds no data",
    "GET /brigada": "the tablet's shell, which holds no data",
    "GET /brigada/": "the tablet's shell, which holds no data",
    "GET /brigada/sw.js": "the tablet's shell, which holds no data",
    "GET /brigada/paginas.json": "which questions the tablet keeps",
    "GET /brigada/preguntas/{programme}": "the wizard's questions and the open work, empty",
    "GET /quiosco": "what a shared tablet does",
    "POST /quiosco": "a browser that is to forget people sooner",
    "POST /quiosco/quitar": "a usual browser again",
    "GET /quiosco/fin": "forgets whoever was there, at a kiosk alone",
    "GET /no-fui-yo/{link}": "the link that the phone of before was sent is the proof",
    "POST /no-fui-yo/{link}": "the link that the phone of before was sent is the proof",
    "GET /escaner/inscribir": "a device's own door: the code is the proof",
    "GET /escaner/entrar": "a device's own door, which holds no data",
    "POST /escaner/equipo/inscribir.json": "a device's own door: the code is the proof",
    "POST /escaner/equipo/reto.json": "something to sign; told to everybody",
    "POST /escaner/equipo/agentes.json": "the device's signature is the proof",
    "POST /escaner/equipo/estado.json": "the device's signature is the proof",
    "POST /escaner/equipo/entrega.json": "the device's signature is the proof",
    "POST /escaner/equipo/borrado": "a browser asks to forget us; nothing of ours changes",
    "POST /escaner/equipo/entrar-llave.json": "the device's signature and a passkey are the proof",
    "POST /escaner/equipo/entrar.json": "the device's signature and the PIN are the proof",
    "GET /demo/mensajes": "the demonstration's outbox; only where it is one",
    "GET /demo/permiso-de-guatemala.svg": "an invented permit; only where it is a demonstration",
    "GET /.well-known/openid-credential-issuer": "told to every wallet",
    "GET /.well-known/oauth-authorization-server": "told to every wallet",
    "GET /.well-known/jwt-vc-issuer": "told to everybody who checks",
    "POST /billetera/token": "a wallet's door: the code of the offer is the proof",
    "POST /billetera/reto": "something to sign; told to everybody",
    "POST /billetera/permiso": "a wallet's door: its token and its key are the proof",
    "POST /avisos/sms": "the SMS gateway's door: its signature is the proof",
    "GET /avisos/whatsapp": "WhatsApp's door: the word that it shows is the proof",
    "POST /avisos/whatsapp": "WhatsApp's door: its signature is the proof",
    "POST /api/v1/token": "where programs sign in",
    "GET /api/v1/programmes": "told to everybody",
    "GET /api/v1/ethics/rules": "told to everybody",
    "GET /api/v1/minimum-wages": "told to everybody",
    "GET /api/v1/vacancies": "told to everybody",
    "GET /api/v1/orientation-sessions": "where and when people learn; nobody who comes",
    "GET /api/v1/reception-days": "where and when people are received; nobody who comes",
    "POST /api/v1/verify": "checking a permit: validity, programme, dates and initials",
    "GET /api/v1/trust-list": "signed, for every verifier",
    "GET /api/v1/status-lists": "signed, for every verifier",
    "GET /api/v1/status-lists/{number}": "signed, for every verifier",
    "GET /api/v1/status-lists/partners/{name}": "signed, for every verifier",
    "GET /st/{number}": "signed, for every verifier",
    "GET /st/aggregation.json": "the addresses of the lists, for every verifier",
    "GET /.well-known/jwks.json": "public keys",
    "GET /api/v1/audit/checkpoint": "signed, to be kept by everybody",
    "GET /api/v1/audit/keys": "public keys",
    "GET /api/v1/health": "for whoever watches the service",
    "GET /health/live": "for whoever watches the service",
    "GET /health/ready": "for whoever watches the service",
}


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The site on a database that nobody asks."""
    engine = make_engine("postgresql://nobody@localhost/none")
    settings = Settings(database_url=SecretStr("postgresql://nobody@localhost/none"))
    sessions, reading = session_factory(engine), read_session_factory(engine)
    return build_app(House(settings, engine, sessions, reading, outside.ports()))


def calls(dependant: Dependant) -> Iterator[Callable[..., Any] | None]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from calls(inner)


def routes(app: FastAPI) -> dict[str, Dependant]:
    """Each method and path with what it depends on; `app.routes` alone hides included routers."""
    return {
        f"{method} {route.path}": route.dependant
        for route in iter_route_contexts(app.routes)
        if getattr(route, "dependant", None)
        for method in (route.methods or set()) - {"HEAD"}
    }


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.1")
@pytest.mark.feature("D1")
def test_every_route_is_guarded_or_public_with_a_reason(app: FastAPI) -> None:
    found = routes(app)
    assert len(found) > 20  # the walk sees the routers that were included
    unguarded = {name for name, dependant in found.items() if signed_in not in calls(dependant)}
    assert unguarded == set(PUBLIC)


def test_a_route_without_a_guard_would_be_seen(app: FastAPI) -> None:
    naked = FastAPI()
    naked.get("/open")(lambda: None)
    site = FastAPI()
    site.include_router(naked.router, prefix="/deep")
    (dependant,) = routes(site).values()
    assert signed_in not in calls(dependant)
    assert "/deep/open" in next(iter(routes(site)))


def test_what_is_not_a_route_with_a_guard_serves_files_only(app: FastAPI) -> None:
    others = {
        route.path
        for route in iter_route_contexts(app.routes)
        if not getattr(route, "dependant", None)
    }
    assert others == {"/static"}
