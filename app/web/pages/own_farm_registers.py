"""An employer's farms: who is inside, who came and went, and the links of the foremen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.services import farm_changes, farm_register, foreman_links, housing
from app.services.farm_changes import OwnFarms
from app.services.farm_register import EmployersFarm
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages import farm_gates
from app.web.pages.farm_gates import GatePage, MovementForm, blank, faults_of, wrong
from app.web.pages.gate_programs import Notes, NotesAnswer, outfit_of, tell
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid
from recruitment.farm_register import Belonging

router = APIRouter(include_in_schema=False, prefix="/mis-fincas")

HERE = "/mis-fincas"


class LinkForm(forms.Answers):
    """Until when a foreman's link is good."""

    wording: ClassVar[Mapping[str, str]] = {"ends_on.missing": N_("Escriba el último día.")}
    ends_on: WrittenDate


@dataclass(frozen=True)
class FarmsPage:
    """The employer's farms, and how many are inside each; `own` has what was asked of them.

    `closed` are those that were taken away.
    """

    farms: Sequence[tuple[EmployersFarm, int]]
    closed: Sequence[EmployersFarm]
    own: OwnFarms | None
    done: str


@router.get("")
def list_farms(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """The farms of the employer for whom this person acts."""
    found, own = farm_register.list_own_farms(work), farm_changes.find_own(work)
    page = FarmsPage(found, farm_register.list_closed(work), own, hecho)
    return render(request, "farms/list.html", page)


@router.get("/{farm:uuid}")
def show_farm(
    request: Request, work: SignedInReading, farm: UUID, hecho: str = "", sentido: str = "entry"
) -> Response:
    """One of them with the form for an entry or an exit."""
    done = [Belonging(one) for one in hecho.split(",") if one in set(Belonging)]
    form = blank(work, "exit" if sentido == "exit" else "entry")
    return _show(request, work, farm, form, done=done)


@router.post("/{farm:uuid}")
def record_movement(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Record who passes; the same form twice records once."""
    farm_register.get_own_farm(work, farm)
    said = forms.check(MovementForm, posted)
    if isinstance(said, Form):
        return _show(request, work, farm, said, 422)
    answers = farm_register.record(work, farm, said.sent(work.now))
    if faults := faults_of(answers):
        refused = wrong(forms.typed(posted), faults)
        return _show(request, work, farm, refused, farm_gates.status_of(faults))
    done = ",".join(sorted({one.belonging.value for one in answers if one.belonging}))
    return RedirectResponse(f"{HERE}/{farm}?hecho={done}&sentido={said.direction.value}", 303)


@router.post("/{farm:uuid}/notas.json")
def take_notes(request: Request, work: SignedInWork, farm: UUID, body: Notes) -> NotesAnswer:
    """What the employer's own phone noted; sent twice it is kept once."""
    return tell(farm_register.record(work, farm, body.sent), locale_of(request))


@router.post("/{farm:uuid}/enlaces")
def make_link(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Make a link for a foreman; it is shown now, and never again."""
    farm_register.get_own_farm(work, farm)
    said = forms.check(LinkForm, posted)
    if isinstance(said, Form):
        return _show(request, work, farm, said, 422)
    try:
        with work.attempt():
            token = foreman_links.make_link(work, farm, said.ends_on)
    except Invalid as invalid:
        return _show(request, work, farm, forms.refused(LinkForm, posted, invalid), 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "make_link")
        return _show(request, work, farm, blank(work), status_of(refusal), refusal=refusal)
    return _show(request, work, farm, blank(work), token=token)


@router.post("/{farm:uuid}/enlaces/{link:uuid}/terminar")
def end_link(work: SignedInWork, farm: UUID, link: UUID, posted: Posted) -> Response:
    """End a foreman's link at once; of a lost phone nothing is taken any more."""
    foreman_links.end_link(work, farm, link, lost=posted.get("lost") == "yes")
    return RedirectResponse(f"{HERE}/{farm}#enlaces", 303)


def _show(
    request: Request,
    work: Work,
    farm: UUID,
    form: Form,
    status: int = 200,
    *,
    done: Sequence[Belonging] = (),
    token: str = "",
    refusal: Conflict | None = None,
) -> Response:
    register = farm_register.read_register(work, farm)
    link = f"{work.ports.public_url}/porton/{token}" if token else ""
    page = GatePage(
        f"{HERE}/{farm}",
        register,
        form if form.value("id") else _with_id(work, form),
        legal_day(work.now),
        outfit_of(work, register.farm),
        own=True,
        links=foreman_links.list_links(work, farm),
        made=link,
        symbol=Markup(work.ports.symbols.svg(link) if link else ""),  # noqa: S704  drawn here
        done=done,
        refusal=refusal,
        housing=housing.read_own(work, farm),
    )
    return render(request, "farms/one.html", page, status)


def _with_id(work: Work, form: Form) -> Form:
    """The movement's form keeps an id while the form of the link beside it is wrong."""
    values = {**blank(work).values, **form.values}
    return Form(values, form.faults, form.wording)
