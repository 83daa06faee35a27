"""Turns a context into a page: one Jinja environment a language, the widgets, the filters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.services.ports import Ports
from app.web import i18n, kiosk, wording
from app.web.aloud import read_out
from app.web.answers import show_phone
from app.web.compiled import Compiled
from app.web.desk_rooms import desk_of
from app.web.i18n import OFFERED, Locale, locale_of
from app.web.prompts import DIGITS, Prompts, heard, heard_own
from app.web.wording.names import BOTH
from permits import permit_numbers, worker_numbers
from permits.errors import Fault
from permits.help_lines import ShownLines, lines_for
from permits.identity_documents import IdentityKind, group
from permits.people import NOBODY, Actor

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TEMPLATES = Path(__file__).parents[2] / "templates"
_VENDOR_LOADER = jinja2.PrefixLoader(
    {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
)


@dataclass(frozen=True)
class Site:
    """What every page needs to know of the service: chosen at the doors, handed down.

    `assets` maps plain names to addresses (app/web/assets.read_manifest), `untraced` addresses of
    sounds to their files; `own_voices` is where programmes' own questions have theirs.
    `help_phone` is written as people dial it.
    """

    assets: Mapping[str, str]
    prompts: Prompts = field(default_factory=dict)
    untraced: Mapping[str, Path] = field(default_factory=dict)
    own_voices: Path | None = None
    demo: bool = False
    help_phone: str = "+504 0000-0000"
    templates: Path = TEMPLATES


_COMPILED = Compiled(b"ours" + Path(__file__).read_bytes())
_COMPILED_VENDOR = Compiled(b"the vendor's" + Path(__file__).read_bytes())
"""Of all languages: what is compiled differs by its source and by what stands in this module."""


class Vendor:
    """The vendor's macros, which only our widgets call: `vendor("input")({…})` is govukInput.

    They live in an environment of their own where an unknown name is merely empty, as they
    expect; in ours it is an error.
    """

    def __init__(self) -> None:
        self._environment = jinja2.Environment(
            loader=_VENDOR_LOADER,
            undefined=jinja2.ChainableUndefined,
            autoescape=True,
            auto_reload=False,
            bytecode_cache=_COMPILED_VENDOR,
        )

    def macro(self, component: str) -> Callable[..., str]:
        """The macro of a component by the name of its folder, for example `date-input`."""
        module = self._environment.get_template(
            f"govuk_frontend_jinja/components/{component}/macro.html"
        ).module
        name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
        found: Callable[..., str] = getattr(module, name)
        return found


_VENDOR = Vendor()


class Pages:
    """Renders every page of the service; one for each process, kept in `app.state.pages`."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._environments: dict[str, jinja2.Environment] = {}

    def environment(self, locale: Locale) -> jinja2.Environment:
        """The environment that speaks this language."""
        code = locale.language.code
        if code not in self._environments:
            self._environments[code] = environment(self.site, locale)
        return self._environments[code]

    def text(self, name: str, locale: Locale, **variables: object) -> str:
        """The text of a template; the context is what the template may name."""
        return self.environment(locale).get_template(name).render(**variables)


def render(
    request: Request,
    name: str,
    page: "DataclassInstance",
    status: int = 200,
    *,
    locale: Locale | None = None,
) -> HTMLResponse:
    """A page of `templates/` with its context, which the template names `page`.

    The language is the person's choice (`i18n.locale_of`), unless an address that names its own
    gives it as `locale`. `request.state.actor`, where
    the sign-in has put it, fills the officials' header. Caches are told that the page depends on
    the cookie and on htmx.
    """
    pages: Pages = request.app.state.pages
    spoken = locale or locale_of(request)
    body = pages.text(
        name,
        spoken,
        page=page,
        actor=actor_of(request),
        here=_here(request),
        path=request.url.path,
        fragment=request.headers.get("HX-Request") == "true",
        kiosk=kiosk.is_kiosk(request),
        help_lines=_help_lines(request),
    )
    headers = {
        "Content-Language": spoken.language.lang,
        "Vary": "Cookie, HX-Request",
    }
    shown = HTMLResponse(body, status, headers)
    i18n.keep_pressed(request, shown)
    return shown


def actor_of(request: Request) -> Actor:
    """Who is signed in, nobody unless the sign-in has said so."""
    actor = getattr(request.state, "actor", None)
    return actor if isinstance(actor, Actor) else NOBODY


def _help_lines(request: Request) -> Callable[[str | None], Sequence[ShownLines]]:
    """Where to call, by the country where somebody is: as the reference data have it today."""
    ports: Ports | None = getattr(request.app.state, "ports", None)
    return partial(lines_for, ports.reference.help_lines if ports else {})


def _here(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def environment(site: Site, locale: Locale) -> jinja2.Environment:
    """A Jinja environment for one language; an unknown name in a template is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(site.templates),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(locale.catalogue, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {
        "asset": site.assets.__getitem__,
        "demo": site.demo,
        "desk_of": desk_of,
        "fragment": False,
        "kiosk": False,
        "kiosk_terms": kiosk,
        "help_phone": site.help_phone,
        "help_phone_link": "tel:" + "".join(c for c in site.help_phone if c.isdigit() or c == "+"),
        "language": locale.language,
        "languages": OFFERED,
        "digit_slugs": DIGITS,
        "heard": lambda slug: heard(site.prompts, locale.language, slug),
        "heard_own": lambda question: heard_own(site.own_voices, locale.language, question),
        "vendor": _VENDOR.macro,
    }
    made.filters |= {name: _asked(one) for name, one in _filters(locale).items()}
    return made


def _asked(answer: Callable[..., str]) -> Callable[..., str]:
    """A filter that is asked each time a page is made.

    Jinja works out others while it compiles, where they are given a constant: what is compiled
    would speak one language, and keep what a catalogue said once.
    """

    @jinja2.pass_context
    def ask(_: jinja2.runtime.Context, *given: object, **named: object) -> str:
        return answer(*given, **named)

    return ask


def _filters(locale: Locale) -> Mapping[str, Callable[..., str]]:
    def fault_words(fault: Fault, own: Mapping[str, str]) -> str:
        special = own.get(f"{fault.field}.{fault.code}")
        return wording.say(locale, "fault", fault.code, fault.facts, message=special)

    def words(code: str, family: str, facts: Mapping[str, str | int] | None = None) -> str:
        return wording.say(locale, family, str(code), facts)

    def deciders(agencies: Sequence[str]) -> str:
        """SETRASS, SETRASS y el INM: as the subject of a sentence."""
        *others, last = [words(agency, "agency-short") for agency in agencies]
        return locale.text(BOTH, first=", ".join(others), last=last) if others else last

    return {
        "deciders": deciders,
        "day": locale.day,
        "instant": locale.instant,
        "moment": locale.moment,
        "iso": date.isoformat,
        "money": locale.money,
        "permit_number": permit_numbers.show,
        "worker_number": worker_numbers.show,
        "count": locale.count,
        "phone": show_phone,
        "document_number": lambda number, kind: group(IdentityKind(kind), number),
        "words": words,
        "fault_words": fault_words,
        "t": locale.text,
        "aloud": lambda text, code: read_out(text, i18n.locale_for(code)),
    }
