"""Every page that there is to look at: whose it is, and what is pressed on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from app.web.pages.steps import WIZARD
from tests.journeys.abroad import abroad_pages
from tests.journeys.cast import OFFICIALS, Cast
from tests.journeys.crew import crew_pages
from tests.journeys.farmed import farm_pages
from tests.journeys.inspection import Act
from tests.journeys.pressing import await_result, press, send, tracked, unfold
from tests.journeys.registrants import registration_pages
from tests.journeys.steps import PAGES

RIGHTS = ("suspended", "proposed", "taken", "replaced")


@dataclass(frozen=True)
class View:
    """A page as `who` sees it ("" is a visitor), and what is pressed on it, if anything."""

    who: str
    path: str
    status: int = 200
    act: Act | None = None

    @property
    def light(self) -> bool:
        """Whether it is a page of the worker or of the public; with a code it fetches lists."""
        return self.who not in OFFICIALS and "#" not in self.path


def public(cast: Cast) -> Iterator[View]:
    """What anybody sees."""
    for path in ("/", "/extranjero", "/reglas-eticas", "/solicitud/nueva", "/demo/mensajes"):
        yield View("", path)
    for path in ("/retomar", "/seguimiento", "/entrar", "/solicitud/nueva/coffee-hn-gt"):
        yield View("", path, act=send)
    yield View("", f"/v#{quote(cast.codes['issued'])}", act=await_result)
    open_question, answered = cast.questions
    yield View("", open_question, act=send)
    yield View("", answered)
    yield View("", "/v")
    yield View("", "/seguimiento", act=tracked(cast.receipt))
    yield View("", "/empleadores/respuesta/nobody-knows-it", 404)
    yield View("", cast.asked_along, act=send)
    yield View("", "/acompanar/nobody-knows-it", 404)
    yield View("", cast.how_it_goes[0], act=send)
    yield View("", cast.how_it_goes[1])
    yield View("", "/como-esta/nobody-knows-it", 404)
    yield View("", "/nowhere", 404)
    yield View("", "/salir", 405)
    yield View("", "/entrar/institucion?por=provider-refused&con=setrass", 403)
    yield View("", "/entrar/institucion?por=provider-away", 503)


def wizard(cast: Cast) -> Iterator[View]:
    """The worker's way: each question empty, with a fault, and answered; then the check."""
    empty, complete = (f"/solicitud/{cast.cases[name]}" for name in ("empty", "complete"))
    yield View("empty", empty)
    yield View("empty", f"{empty}/codigo")
    for step in WIZARD.steps:
        silent = step.slug in {"trabajo", "telefono"}  # chosen on another page; known already
        yield View("empty", f"{empty}/{step.slug}", act=None if silent else send)
    yield View("empty", f"{empty}/documento?con=passport")
    yield View("empty", f"{empty}/revisar", act=send)
    for step in WIZARD.steps:
        yield View("complete", f"{complete}/{step.slug}")
    yield View("complete", f"{complete}/trabajo/{cast.vacancy}")
    yield View("complete", f"{complete}/trabajo/{cast.pool}")
    yield View("complete", f"{complete}/revisar")
    yield View("complete", f"{complete}/retirar")
    yield View("issued", "/solicitud")


def outcomes(cast: Cast) -> Iterator[View]:
    """Status, receipt and permit in each state."""
    told = ("review", "waiting", "half", "asked", "returned", "refused", "withdrawn", "issued")
    for name in told:
        yield View(name, f"/mi-solicitud/{cast.cases[name]}", act=unfold)
    for name in ("pending", "revoked", "contested", "twice"):
        yield View(name, f"/mi-solicitud/{cast.cases[name]}")
    yield View("refused", f"/mi-solicitud/{cast.cases['refused']}/reclamar", act=send)
    yield View("taken", f"/mi-solicitud/{cast.cases['taken']}/reclamar", act=send)
    yield View("issued", f"/mi-solicitud/{cast.cases['issued']}/acompanantes", act=send)
    yield View("issued", f"/mi-solicitud/{cast.cases['issued']}/contrato", act=send)
    yield View("reworded", f"/mi-solicitud/{cast.cases['reworded']}/contrato")
    for path, act in (("", None), ("/1", send), ("/2", send)):
        yield View("asked", f"/mi-solicitud/{cast.cases['asked']}/preguntas{path}", act=act)
    yield View("review", f"/mi-solicitud/{cast.cases['review']}/papel", act=send)
    yield View("review", f"/solicitud/{cast.cases['review']}/recibo")
    yield View("returned", f"/solicitud/{cast.cases['returned']}/revisar")
    yield View("home", f"/mi-solicitud/{cast.cases['home']}")
    yield View("home", f"/mi-solicitud/{cast.cases['home']}/retorno", act=send)
    yield View("working", f"/mi-solicitud/{cast.cases['working']}/como-esta", act=send)
    yield View("hurt", f"/mi-solicitud/{cast.cases['hurt']}/como-esta")
    yield View("review", f"/mi-solicitud/{cast.cases['review']}/cita", act=unfold)
    for name in ("home", "working", "hurt"):  # with payments, before and after "I paid nothing"
        yield View(name, f"/mi-solicitud/{cast.cases[name]}/pagos", act=send)
    yield View("home", f"/mi-solicitud/{cast.cases['home']}/ademas-del-salario", act=send)
    yield View("empty", f"/mi-solicitud/{cast.cases['empty']}/cita")
    for name, permit in cast.permits.items():
        yield View(name, f"/mi-permiso/{permit}", act=unfold)
    yield View("issued", f"/mi-permiso/{cast.permits['issued']}/reponer", act=send)
    yield View("replaced", f"/mi-permiso/{cast.permits['replaced']}/reponer")
    for name in ("renovar", "empleador", "datos", "terminar"):
        yield View("issued", f"/mi-permiso/{cast.permits['issued']}/{name}")
    yield View("issued", f"/mi-permiso/{cast.permits['issued']}/billetera", act=press)
    for name in ("suspended", "taken"):
        yield View(name, f"/mi-solicitud/{cast.cases[name]}")


def own_data(cast: Cast) -> Iterator[View]:
    """What is kept about a worker, in each state, and what they can ask."""
    for name in ("empty", "review", "issued"):
        yield View(name, "/mis-datos")
        yield View(name, f"/mis-datos/{cast.cases[name]}/borrar")
    yield View("review", f"/mis-datos/{cast.cases['review']}/corregir", act=send)
    yield View("review", "/mis-datos/copia")


def desk(cast: Cast) -> Iterator[View]:
    """What an official sees: the queue, each kind of case, what is not theirs."""
    for query in ("", "?espera=todas", "?vence=vencidas", "?estado=returned&q=Maria&tengo=yo"):
        yield View("setrass", f"/bandeja{query}")
    yield View("setrass", "/bandeja?estado=nonsense", 422)
    yield View("chief", "/bandeja/exportar?espera=todas")
    yield View("setrass", f"/casos/{cast.cases['review']}", act=send)
    under_way = ("abroad", "waiting", "half", "asked", "returned", "refused", "pending", "reworded")
    for name in (*under_way, "issued", "revoked", *RIGHTS):
        yield View("setrass", f"/casos/{cast.cases[name]}", act=unfold)
    yield View("setrass", f"/casos/{cast.cases['review']}/parecidas")
    yield View("chief", f"/casos/{cast.cases['contested']}")
    yield View("chief", f"/casos/{cast.cases['review']}/menores")
    yield View("chief", "/recursos")
    yield View("chief", f"/recursos/{cast.appeal}", act=send)
    yield View("chief", "/durante-el-trabajo")
    yield View("chief", f"/durante-el-trabajo/alarmas/{cast.how_it_goes[2]}")
    yield View("chief", f"/durante-el-trabajo/llamar/{cast.how_it_goes[3]}", act=send)
    yield View("chief", "/retornos")
    yield View("chief", f"/retornos/{cast.cases['home']}/ayuda")
    yield View("chief", "/pagos-por-devolver")
    yield View("chief", f"/pagos-por-devolver/{cast.cost}", act=send)
    yield View("chief", "/pagos-por-devolver/ademas-del-salario")
    yield View("chief", "/pagos-por-devolver/ademas-del-salario/anotar", act=send)
    yield View("chief", f"/pagos-por-devolver/ademas-del-salario/{cast.welfare}", act=send)
    yield View("chief", "/jornadas")
    yield View("chief", "/jornadas/nueva", act=send)
    yield View("chief", f"/jornadas/{cast.reception}", act=unfold)
    yield View("setrass", "/recursos", 403)
    yield View("chief", "/empleadores?q=finca")
    yield View("chief", "/revision-de-vacantes")
    yield View("chief", f"/revision-de-vacantes/{cast.vacancy}", act=unfold)
    yield View("chief", f"/revision-de-vacantes/{cast.vacancy}/papeles")
    yield View("setrass", "/salarios-minimos")
    yield View("chief", f"/empleadores/{cast.employer}", act=send)
    yield View("chief", "/registros", act=send)
    yield View("chief", f"/registros/{cast.register[0]}", act=unfold)
    yield View("chief", f"/registros/permisos/{cast.register[1]}", act=send)
    yield View("looker", "/segunda-revision")
    yield View("looker", f"/segunda-revision/{cast.alert}", act=send)
    yield View("setrass", "/reglas-y-plazos")
    yield View("agent", "/reglas-y-plazos", 403)
    yield View("setrass", "/escaner/")
    yield View("late", "/mi-cuenta/contrasena", 401)
    yield View("agent", "/bandeja", 403)
    yield View("setrass", "/puestos/pasos")
    yield View("setrass", f"/contratos-cambiados/{cast.cases['reworded']}/2", act=send)
    rooms = ("cambios-de-empleador", "cambios-de-datos", "revocaciones", "contratos-cambiados")
    for desk in rooms:
        yield View("setrass", f"/{desk}")
    for query in ("", "?ver=senales"):
        yield View("agent", f"/puestos/pasos{query}")
    for query in ("", "?ver=por-terminar"):
        yield View("agent", f"/puestos/no-han-salido{query}", act=unfold)
    yield View("setrass", "/pedidos-de-datos", 403)
    yield View("handler", "/quejas/llave", act=send)
    yield View("desk", "/quejas")
    yield View("head", "/quejas", act=unfold)
    yield View("head", f"/quejas/{cast.desk.complaint}", act=unfold)
    yield View("", "/consulta/cifras")
    yield View("desk", "/quejas?ver=cerrados")
    yield View("desk", f"/quejas/{cast.desk.complaint}", act=unfold)
    yield View("partner", "/remisiones")
    yield View("", f"/remisiones/{cast.desk.referral}", act=send)
    yield View("", "/remisiones/oficio", 422)
    yield View("", cast.desk.letter)
    yield View("", cast.desk.outside)
    yield View("protector", "/pedidos-de-datos")
    yield View("protector", f"/pedidos-de-datos/{cast.request}", act=send)


def cards(cast: Cast) -> Iterator[View]:
    """Cards by the batch: drawn, ready, printed; the counter, with a card and with a fault."""
    yield View("setrass", "/tarjetas", act=unfold)
    for batch in (cast.batches.drawing, cast.batches.ready, cast.batches.printed):
        yield View("setrass", f"/tarjetas/{batch}")
    yield View("setrass", "/entregas", act=send)
    yield View("setrass", f"/entregas/{cast.batches.card}")
    yield View("agent", "/tarjetas", 403)
    yield View("agent", "/parece-menor", act=send)
    yield View("agent", f"/parece-menor/{cast.mark}/quitar", act=send)
    yield View("chief", "/parece-menor")


def employer(cast: Cast) -> Iterator[View]:
    """What an employer sees: the own vacancies, open and over, and a list that is refused."""
    yield View("farmer", "/mis-vacantes")
    yield View("farmer", f"/mis-vacantes/{cast.vacancy}?hecho=named", act=send)
    yield View("farmer", f"/mis-vacantes/{cast.vacancy}/contratos?nuevos=1")
    yield View("farmer", "/mis-vacantes/lo-que-dicen")
    yield View("farmer", "/mis-vacantes/por-devolver")
    yield View("farmer", f"/mis-vacantes/{cast.vacancy}/bolsa", act=send)
    yield View("farmer", "/mis-vacantes/nueva", act=send)
    yield View("farmer", f"/mis-vacantes/{cast.vacancy}/trabajo")
    yield View("farmer", f"/mis-vacantes/{cast.vacancy}/condiciones")
    yield View("setrass", "/mis-vacantes", 403)


def farms(cast: Cast) -> Iterator[View]:
    """A farm as its employer, a foreman, a worker and the inspection see it."""
    for who, path, sending in farm_pages(cast.farmed):
        status = 404 if path.endswith("nobody-knows-it") else 200
        yield View(who, path, status, act=send if sending else None)


def crew(cast: Cast) -> Iterator[View]:
    """A crew list: registered, answered, witnessed, and approved case by case."""
    for who, path, sending in crew_pages(cast.crew, cast.vacancy):
        yield View(who, path, act=send if sending else None)


def abroad(cast: Cast) -> Iterator[View]:
    """The roster: its worker, SETRASS's selection, the employer's candidates."""
    for who, path, sending in abroad_pages(cast.roster):
        yield View(who, path, act=send if sending else None)


def registrants(cast: Cast) -> Iterator[View]:
    """Employers who register, recruiters, the scam check, and SETRASS's desk for them."""
    for who, path, sending in registration_pages(cast.registrants):
        yield View(who, path, act=send if sending else None)


def accounts(cast: Cast) -> Iterator[View]:
    """Signing in step by step, and one's own account."""
    for who, path, act in PAGES:
        yield View(who, path, act={"send": send, "unfold": unfold}.get(act))


def views(cast: Cast) -> list[View]:
    """All of them, one person's one after the other."""
    known = [*public(cast), *wizard(cast), *outcomes(cast), *own_data(cast)]
    return [
        *known,
        *desk(cast),
        *cards(cast),
        *employer(cast),
        *farms(cast),
        *crew(cast),
        *abroad(cast),
        *registrants(cast),
        *accounts(cast),
    ]
