"""A tiny site that shows templates given as text: what the tests of the front end render with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import jinja2
from starlette.applications import Starlette
from starlette.requests import Request

from app.web.forms import Form
from app.web.i18n import locale_for
from app.web.templating import Pages, Site, environment
from permits.people import NOBODY, Actor

ASSETS: Mapping[str, str] = {
    name: f"/static/{name}"
    for name in ("applicant.css", "applicant.js", "icon.svg", "officials.css", "officials.js")
}


def site(*, demo: bool = True) -> Site:
    """A site whose assets need no build."""
    return Site(ASSETS, demo=demo)


def request_for(
    path: str = "/", *, query: str = "", cookies: str = "", demo: bool = True
) -> Request:
    """A request as a route would get it, with the pages in the application's state."""
    app = Starlette()
    app.state.pages = Pages(site(demo=demo))
    scope = {
        "type": "http",
        "app": app,
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"cookie", cookies.encode()), (b"accept-language", b"en-GB,en")],
        "scheme": "http",
        "server": ("localhost", 80),
        "state": {},
    }
    return Request(scope)


@dataclass(frozen=True)
class FormPage:
    """A context with a form."""

    form: Form = field(default_factory=Form)


def show(source: str, page: object = None, *, code: str = "es", actor: Actor = NOBODY) -> str:
    """Render a template given as text, as a page would see its widgets."""
    made: jinja2.Environment = environment(site(), locale_for(code))
    template = made.from_string(source)
    return template.render(page=page or FormPage(), actor=actor, here="/x?a=1&b=2", path="/x")
