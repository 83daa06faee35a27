"""The page that asks who somebody is once more and carries along what they had typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from app.services.proofs import Ways, ways
from app.services.work import Work
from app.web.demo_codes import shown_code
from app.web.forms import PROOF_FIELDS, Form
from app.web.i18n import FIELD, WAITING_FIELD, asked_in, own_path
from app.web.templating import actor_of, render

CODE = "proof-needed"

DOWNLOADS: Mapping[str, str] = {
    "/mis-datos/copia.json": "/mis-datos/copia",
    "/mis-datos/copia.pdf": "/mis-datos/copia",
    "/bandeja/casos.csv": "/bandeja/exportar",
}
"""What a browser saves leaves it where it was: a proof for it leads to the page of its links."""


@dataclass(frozen=True)
class ProofPage:
    """`kept` are the fields of the form that waits, `target` and `method` where it goes on to.

    `leave` is the page to go back to without proof.
    """

    form: Form
    ways: Ways
    target: str
    method: Literal["GET", "POST"]
    kept: Sequence[tuple[str, str]]
    refusal: str = ""
    demo_code: str = ""
    facts: Mapping[str, int] = field(default_factory=dict)


def ask(
    request: Request,
    form: FormData,
    refusal: str = "",
    status: int = 401,
    facts: Mapping[str, int] | None = None,
) -> Response:
    """Ask for a proof; a form that was sent waits in hidden fields. Files cannot wait.

    Called with the form of the act itself, or with the one of this page when a proof was wrong.
    """
    now = request.app.state.clock()
    with request.app.state.read_sessions() as session:
        actor, ports = actor_of(request), request.app.state.ports
        work = Work(session, actor, now, ports, request.state.request_id)
        page = ProofPage(
            Form(),
            ways(work),
            target_of(request, form),
            "GET" if method_of(request, form) == "GET" else "POST",
            kept_of(form),
            refusal,
            shown_code(request, work, actor.person),
            facts or {},
        )
    response = render(request, "sign_in/proof.html", page, status)
    # RFC 9470: the sign-in holds, but its proof is too old for this.
    response.headers["WWW-Authenticate"] = 'Bearer error="insufficient_user_authentication"'
    return response


def target_of(request: Request, form: FormData) -> str:
    """The address of the act: the one in the form, else the one that was asked for."""
    told = form.get("prueba-en")
    if isinstance(told, str) and told:
        return own_path(told)
    query = f"?{request.url.query}" if request.url.query else ""
    path = request.url.path
    return own_path(DOWNLOADS.get(path, path) + query)


def method_of(request: Request, form: FormData) -> str:
    """How the act was asked for; the page of the links is only looked at."""
    told = form.get("prueba-forma")
    if isinstance(told, str) and told:
        return told
    return "GET" if request.url.path in DOWNLOADS else request.method


def kept_of(form: FormData) -> list[tuple[str, str]]:
    """Every field that was typed, in its order; not this page's own, and no files.

    Where a language was chosen in the form of the act, it goes on to be shown, not to be done.
    """
    own = {*PROOF_FIELDS, FIELD}
    kept = [(k, v) for k, v in form.multi_items() if isinstance(v, str) and k not in own]
    chosen = asked_in(form) if WAITING_FIELD in form or "prueba-en" not in form else None
    return [*kept, (WAITING_FIELD, chosen.language.code)] if chosen else kept
