"""The lists of officials over a season of cases, by who has them; and how they are asked for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text

from app.demo.officials import demo_cast, official
from app.services import sign_in
from app.services.work import Work
from app.web.clock import utc_now
from app.wiring import House
from permits.deadlines import legal_day
from permits.people import Actor
from tests.web.clients import browser

AGO = {days: legal_day(utc_now()) - timedelta(days=days) for days in (8, 10, 60)}

LISTS = (
    "/bandeja",
    "/bandeja?espera=todas",
    "/bandeja?vence=pronto",
    "/bandeja?vence=vencidas",
    "/bandeja?estado=returned",
    "/bandeja?estado=refused",
    "/bandeja?estado=under-review&espera=todas&programa=coffee-hn-gt",
    "/bandeja?tengo=yo",
    "/bandeja?lugar=HN-CP",
    "/bandeja?espera=todas&lugar=HN-CP",
    "/bandeja?espera=todas&lugar=HN-GD",  # where nobody works
    "/bandeja?espera=todas&lugar=0404",
    f"/bandeja?espera=todas&enviada_desde={AGO[10]}&enviada_hasta={AGO[8]}",
    f"/bandeja?enviada_desde={AGO[10]}&enviada_hasta={AGO[8]}",
    f"/bandeja?enviada_hasta={AGO[60]}",
    f"/bandeja?enviada_desde={AGO[60]}",
    "/bandeja?paso=recomendar",
    "/bandeja?paso=decidir",
    "/bandeja?espera=todas&vence=2027-03-01",
)
OF_PROGRAMS = (
    "/api/v1/applications?limit=50",
    "/api/v1/applications?estado=under-review&vence=vencidas",
    "/api/v1/applications?espera=todas&q=maria",
)
SECOND_LOOKS = ("/segunda-revision", "/segunda-revision?q=maria", "/segunda-revision?q=lopez+tzul")
RECOURSES = ("/recursos", "/recursos?q=maria", "/recursos?q=2026-0010")
SEARCHES = (
    "maria",
    "maria lopez",
    "lopez tzul",
    "gutierres",  # nobody is written so, many are alike
    "an",
    "zzzqqq",
    "50255500001",
    "cooperativa",
    "2026-0010-0123",
    "1234567892004",
    "nombre: maria lopez",
    "nombre: gutierres",
    "telefono: 50255500001",
    "recibo: 2026-0010-0123 nombre: an",
    "documento: 1234567892004",
)

CASES = (
    "/cuadrillas",
    "/cuadrillas?q=maria+lopez",
    "/cuadrillas?q=finca",
    "/cambios-de-empleador",
    "/cambios-de-empleador?q=maria",
    "/cambios-de-datos",
    "/cambios-de-datos?q=lopez+tzul",
    "/puestos/pasos",
    "/puestos/pasos?anomalias=si",
    "/puestos/no-han-salido",
    "/puestos/no-han-salido?ver=por-terminar",
    "/tarjetas",
    "/entregas",
    "/aperturas",
    "/reglas-y-plazos",
)
LABOUR = (
    "/seleccion",
    "/salarios-minimos",
    "/inspecciones",
    "/inspecciones?q=ficticia",
    "/inspecciones/menores",
    "/inspecciones/plan",
    "/inspecciones/salarios",
    "/registros-de-empleadores",
    "/registros-de-empleadores?q=esperanza",
    "/registros-de-empleadores/cambios-de-fincas",
    "/revision-de-vacantes",
    "/revision-de-vacantes?q=ficticia",
    "/contratos-cambiados",
    "/contratos-cambiados?q=maria+lopez",
)
CHIEF = (
    "/durante-el-trabajo",
    "/pagos-por-devolver",
    "/pagos-por-devolver/ademas-del-salario",
    "/retornos",
    "/recuperaciones",
    "/avisos-de-ofertas",
    "/listas-de-registros",
    "/registros",
    "/parece-menor",
    "/empleadores",
    "/revocaciones",
    "/jornadas",
    "/orientaciones",
    "/administracion/cuentas",
)
PROGRAMS = ("/api/v1/crews", "/api/v1/crossings", "/api/v1/farms", "/api/v1/selections")
DESKS: Mapping[str, Sequence[str]] = {
    "setrass": (*CASES, *LABOUR, *PROGRAMS),
    "inm": CASES,
    "analista.inm": ("/cuadrillas", "/cambios-de-empleador", "/cambios-de-datos"),
    "analista.setrass": (
        *("/marcas", "/marcas-de-contratos", "/marcas-de-acompanantes", "/contratos-cambiados"),
    ),
    "jefa.setrass": CHIEF,
    "frontera": ("/puestos/pasos", "/puestos/no-han-salido", "/parece-menor"),
    "jefa.puesto": ("/puestos/pasos", "/puestos/no-han-salido", "/puestos/dispositivos"),
    "consulado": ("/remisiones", "/cuadrillas"),
    "facilitador": ("/asistencia", "/listas", "/jornadas", "/orientaciones", "/recuperacion"),
    "quejas": ("/quejas", "/durante-el-trabajo"),
    "inspector": ("/inspecciones", "/pagos-por-devolver"),
    "mintrab": ("/atestaciones",),
    "empleador": ("/mis-vacantes", "/mis-fincas", "/listas", "/mis-fincas/salarios"),
    "datos": ("/pedidos-de-datos", "/proteccion-de-datos/aperturas", "/auditoria"),
    "admin": ("/administracion/cuentas", "/administracion/clientes", "/administracion/textos"),
}
"""By the sign-in of the demonstration, so that each list is asked for by who reaches furthest in
it, and by somebody whose reach is bounded where there is one."""

NOT_HERE = frozenset({"/bandeja", "/segunda-revision", "/recursos"})
"""Rooms whose lists test_many_cases.py asks for."""

NO_LIST = frozenset({"/escaner/", "/demo/mensajes"})
"""An app that asks no list of the service, and a page of the demonstration alone."""

FILLED = frozenset(
    {
        *("/cuadrillas", "/cambios-de-empleador", "/cambios-de-datos", "/puestos/pasos"),
        *("/puestos/no-han-salido", "/registros-de-empleadores", "/revision-de-vacantes"),
        *("/inspecciones", "/durante-el-trabajo", "/pagos-por-devolver", "/retornos"),
        *("/pagos-por-devolver/ademas-del-salario", "/avisos-de-ofertas", "/registros"),
        *("/parece-menor", "/jornadas", "/orientaciones", "/listas", "/pedidos-de-datos"),
        *("/proteccion-de-datos/aperturas", "/auditoria"),
    }
)
"""Those that a load fills: one that shows no row has measured nothing."""

ROWS = re.compile(r"<tr class|<li><a|<li>|<section|<article|<dl|<h2")
MANY = "applications decisions authorisations credentials crossings crew_members check_ins"
SCANNED = re.compile(rf"Seq Scan on ({MANY.replace(' ', '|')})\b")
"""Tables that grow with each season."""

REPEATED = 3
"""So often one statement may be sent for one page; a list that asks for every row does more."""

AGAIN = re.compile(r"FROM (sessions|accounts|grants)\b")


@dataclass
class Asked:
    """What one page asked of the database, by its statements with their last values."""

    values: dict[str, object] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)


def who_is(login: str) -> Actor:
    """The person of a sign-in."""
    cast = demo_cast()
    first = {"setrass": cast.setrass[0], "inm": cast.inm[0], "frontera": cast.agents[0]}
    return (first | {"admin": cast.administrator}).get(login) or official(login)


def signed_in(house: House, who: Actor) -> str:
    """The token of a new session."""
    with house.sessions.begin() as session:
        work = Work(session, who, utc_now(), house.ports, "test")
        return sign_in.open_session(work, who, "test").token


def at_desk(app: FastAPI, house: House, login: str) -> TestClient:
    """The browser of a person."""
    return browser(app, signed_in(house, who_is(login)))


@contextmanager
def listening(engine: Engine) -> Iterator[Asked]:
    """What is asked meanwhile."""
    asked = Asked()

    def note(_c: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.values[statement] = values
        asked.times[statement] += 1

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def repeated(asked: Asked) -> list[str]:
    """The statements that one page sent too often."""
    return [one for one, times in asked.times.items() if times > REPEATED]


def scanned(engine: Engine, statements: Mapping[str, object], *, many: bool) -> list[str]:
    """The plans that read a table that grows row by row; `many`: it has as many as in a season."""
    found = []
    with engine.connect() as connection:
        if not many:  # of a small table every plan reads the whole, unless it may not
            connection.execute(text("SET enable_seqscan = off"))
        for statement, values in statements.items():
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values)  # type: ignore[arg-type]
            told = "\n".join(row[0] for row in plan)
            if SCANNED.search(told):
                found.append(f"{statement}\n{told}")
        connection.rollback()
    return found
