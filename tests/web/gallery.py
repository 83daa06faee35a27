"""Every widget on three pages, served for real: what the front end's browser tests look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from app.web import answers, assets, forms, i18n
from app.web.templating import Site, environment
from permits.people import SYSTEM_PERSON, Actor, Role

POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"


class Asked(forms.Answers):
    """The answers of the gallery's form."""

    names: answers.Name
    born: answers.WrittenDate
    sex: str
    speaks: list[str]
    department: str
    note: str
    consent: answers.YesNo


@dataclass(frozen=True)
class Shown:
    """The context of every page of the gallery."""

    form: forms.Form = field(default_factory=forms.Form)
    born: date = date(1994, 3, 27)
    sent: datetime = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
    wage: Decimal = Decimal("350.5")


FORM = """
{% extends "layouts/applicant.html" %}{% set form_id = "answers" %}
{% from "widgets/back_link.html" import back_link %}{% from "widgets/button.html" import button %}
{% from "widgets/checkboxes.html" import checkboxes, tick %}
{% from "widgets/date_input.html" import date_input %}
{% from "widgets/details.html" import details %}
{% from "widgets/file_upload.html" import file_upload %}
{% from "widgets/question.html" import question %}{% from "widgets/radios.html" import radios %}
{% from "widgets/select.html" import select %}{% from "widgets/text_area.html" import text_area %}
{% from "widgets/text_input.html" import text_input %}
{% block title %}{{ _("Entrar") }}{% endblock %}
{% block back %}{{ back_link("/show") }}{% endblock %}
{% block main %}{{ question("¿Quién es usted?", "id-card") }}
<form id="answers" method="post" novalidate>
{{ text_input(form, "names", "Nombres", hint="Como en su DPI.", autocomplete="given-name") }}
{{ date_input(form, "born", "Fecha de nacimiento", autocomplete="bday") }}
{{ radios(form, "sex", "Sexo", [("f", "Mujer", none, "person"), ("m", "Hombre", "Una nota"),
   none, ("o", "Otro")]) }}
{{ checkboxes(form, "speaks", "¿Qué idiomas habla?", [("spa", "Español", none, "speech"),
   ("caa", "Ch’orti’")]) }}
{{ select(form, "department", "Departamento", [("20", "Chiquimula"), ("19", "Zacapa")]) }}
{{ file_upload(form, "photo", "Foto", hint="Una foto de su cara.", camera="user") }}
{{ text_area(form, "note", "Nota") }}
{{ tick(form, "consent", "Estoy de acuerdo") }}
{% call details("¿Por qué preguntamos esto?") %}<p>Porque la ley lo pide.</p>{% endcall %}
<div class="actions">{{ button("Continuar") }}{{ button("Guardar", kind="secondary") }}
{{ button("Borrar", kind="warning") }}</div>
</form>{% endblock %}
"""

SHOW = """
{% extends "layouts/" ~ layout ~ ".html" %}
{% from "widgets/notice.html" import notice %}{% from "widgets/pagination.html" import pagination %}
{% from "widgets/pictogram.html" import drawings, icon, icons, pictogram %}
{% from "widgets/spoken.html" import spoken %}
{% from "widgets/status_tag.html" import due, faces, status_tag %}
{% from "widgets/summary_list.html" import summary_list %}
{% from "widgets/table.html" import table %}
{% from "widgets/task_list.html" import task_list %}
{% block title %}{{ _("Bandeja") }}{% endblock %}
{% block main %}<h1 class="govuk-heading-l">Todo</h1>
<input data-search class="govuk-input" aria-label="Buscar">
<label><input type="checkbox" data-shortcuts-switch> Teclas</label>
{{ summary_list([("Nombre", "María <b>Ñ</b>", "/x"), ("Nació", page.born | day, "/y"),
   ("Salario", page.wage | money("HNL")), ("Vacío", "")]) }}
<p class="govuk-body">{% for code in ("draft", "under-review", "returned", "approved", "refused",
   "lapsed", "withdrawn") %}{{ status_tag(code) }} {% endfor %}</p>
<p class="govuk-body">{% for days in (-3, 0, 1, 2, 30) %}{{ due(days) }} {% endfor %}</p>
{{ task_list([("Quién es usted", "/a", "done"), ("Su foto", "/b", "todo", "De su cara"),
   ("Enviar", none, "later")]) }}
{{ pagination("/p", "/n") }}
{% for tone in ("info", "look", "good", "stop") %}
{% call notice(tone, "Título") %}<p>Un aviso.</p>{% endcall %}{% endfor %}
{{ spoken("/static/none.opus") }}
<div data-rows>{{ table("Plazas", ["Vacante", "Plazas"], [[link_1, "12"], [link_2, "1,234"]],
   numeric=(1,)) }}</div>
<p>{{ page.sent | instant }} · {{ "+50499999999" | phone }}</p>
<ul class="govuk-list">
{% for name in drawings %}<li>{{ pictogram(name) }} {{ name }}</li>{% endfor %}</ul>
<p>{% for name in icons %}{{ icon(name) }} {{ name }} {% endfor %}</p>
{% endblock %}
"""


def _page(
    request: Request, source: str, page: Shown, status: int = 200, **more: object
) -> Response:
    locale = i18n.asked_in(more.get("posted")) or i18n.locale_of(request)
    made = environment(Site(assets.read_manifest(), demo=True), locale)
    links = {
        f"link_{number}": made.from_string(
            f'<a class="govuk-link" href="/show?caso={number}">Caso {number}</a>'
        ).module.__html__()
        for number in (1, 2)
    }
    body = made.from_string(source).render(
        page=page,
        here=request.url.path,
        path="/bandeja",
        actor=Actor(SYSTEM_PERSON, Role.SETRASS_OFFICER, "Ana López"),
        layout=request.path_params.get("layout", "applicant"),
        **links,
    )
    reply = HTMLResponse(body, status, {"Content-Security-Policy": POLICY})
    return i18n.remember(reply, locale, secure=False) if more.get("posted") else reply


async def _form(request: Request) -> Response:
    if request.method == "GET":
        return _page(request, FORM, Shown())
    posted = await request.form()
    if i18n.asked_in(posted):
        return _page(request, FORM, Shown(forms.Form(forms.typed(posted))), posted=posted)
    checked = forms.check(Asked, posted)
    if isinstance(checked, forms.Form):
        return _page(request, FORM, Shown(checked), 422)
    return RedirectResponse("/show/applicant", 303)


def _show(request: Request) -> Response:
    return _page(request, SHOW, Shown())


APP = Starlette(
    routes=[
        Route("/form", _form, methods=["GET", "POST"]),
        Route("/show/{layout}", _show),
        Route("/show", _show),
        Mount(assets.PREFIX, assets.Fingerprinted()),
    ]
)
APP.add_middleware(GZipMiddleware)


@contextmanager
def served() -> Iterator[str]:
    """The address of the gallery while it is served on a free port of this machine."""
    config = uvicorn.Config(APP, host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    with config.bind_socket() as socket:
        thread = Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{socket.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
