"""A farm's gate, opened by a foreman's link: entries and exits, and nothing else."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from app.services import foreman_links
from app.services.work import Work
from app.web import assets, forms, i18n
from app.web.dependencies import Posted, PublicReading, PublicWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.farm_gates import GatePage, MovementForm, blank, faults_of, status_of, wrong
from app.web.pages.gate_programs import FOLDER, Notes, NotesAnswer, Outfit, outfit_of, tell
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import NotFound
from recruitment.farm_register import Belonging

router = APIRouter(include_in_schema=False)

SCOPE = "/porton/"
LINK = "/porton/{token}"
COMING_IN = Form({"direction": ("entry",)})


@dataclass(frozen=True)
class GateOrNone:
    """`gate` is None where the link is wrong, ended or over; the program sends what is left."""

    gate: GatePage | None
    here: str
    outfit: Outfit

    @property
    def form(self) -> Form:
        """What was typed, for the list of faults on top."""
        return self.gate.form if self.gate else Form()


@dataclass(frozen=True)
class KeptPage:
    """The page that a phone keeps for when there is no network; its program fills it in."""

    outfit: Outfit
    form: Form = COMING_IN
    here: str = ""


@router.get("/porton/sin-red")
def show_without_network(request: Request, work: PublicReading, idioma: str = "") -> Response:
    """The same for everybody: no farm, no name, no link stands on it."""
    locale = i18n.locale_for(idioma or i18n.remembered(request))
    page = KeptPage(outfit_of(work, None))
    return render(request, "farms/gate_kept.html", page, locale=locale)


@router.get("/porton/sw.js")
def get_service_worker() -> Response:
    """The service worker; browsers ask again each time, so that a new version is seen."""
    path = FOLDER / "sw.js"
    if not path.is_file():
        raise assets.NotBuilt("The gate is not built. Run: npm ci && npm run build")
    headers = {"Service-Worker-Allowed": SCOPE, "Cache-Control": "no-cache"}
    return FileResponse(path, media_type="text/javascript", headers=headers)


@router.get(LINK)
def show_gate(
    request: Request, work: PublicWork, token: str, hecho: str = "", sentido: str = "entry"
) -> Response:
    """The form and who is inside; a dead link says how to go on."""
    done = [Belonging(one) for one in hecho.split(",") if one in set(Belonging)]
    form = blank(work, "exit" if sentido == "exit" else "entry")
    return _show(request, work, token, form, done=tuple(done))


@router.post(LINK)
def record_at_gate(request: Request, work: PublicWork, token: str, posted: Posted) -> Response:
    """Record who passes; what a phone kept without a network comes the same way, once."""
    said = forms.check(MovementForm, posted)
    if isinstance(said, Form):
        return _show(request, work, token, said, 422)
    try:
        answers = foreman_links.record_at_gate(work, token, said.sent(work.now))
    except NotFound:
        return _show(request, work, token, Form())
    if faults := faults_of(answers):
        return _show(request, work, token, wrong(forms.typed(posted), faults), status_of(faults))
    done = ",".join(sorted({one.belonging.value for one in answers if one.belonging}))
    there = f"{request.url.path}?hecho={done}&sentido={said.direction.value}"
    return RedirectResponse(there, 303)


@router.post(LINK + "/notas.json")
def take_notes(request: Request, work: PublicWork, token: str, body: Notes) -> NotesAnswer:
    """What a phone noted, also before its link ended; sent twice it is kept once."""
    return tell(foreman_links.record_at_gate(work, token, body.sent), locale_of(request))


def _show(
    request: Request,
    work: Work,
    token: str,
    form: Form,
    status: int = 200,
    *,
    done: tuple[Belonging, ...] = (),
) -> Response:
    page, here = None, f"{SCOPE}{token}"
    outfit = outfit_of(work, None)
    try:
        gate = foreman_links.open_gate(work, token)
    except NotFound:
        status = 404
    else:
        given = form if form.value("id") else Form({**blank(work).values, **form.values})
        outfit = outfit_of(work, gate.farm, gate.link.ends_on)
        page = GatePage(here, gate.register, given, legal_day(work.now), outfit, done=done)
    return render(request, "farms/gate.html", GateOrNone(page, here, outfit), status)
