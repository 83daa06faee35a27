"""A post's devices and its agents' PINs, for its supervisor; an agent's own PIN."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.services import device_ends, devices
from app.services.device_ends import Pile
from app.services.devices import Agent
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.templating import render
from permits.audit import AuditEvent
from permits.crossings import Outcome
from permits.devices import ENROLMENT_HOLDS, Device, DeviceId, enrolment_fragment
from permits.errors import Fault, Forbidden, Invalid
from permits.people import Permission, PersonId, Role
from permits.signing import fingerprint

router = APIRouter(include_in_schema=False)

HERE = "/puestos/dispositivos"


class Wanted(forms.Answers):
    """Where the device will work and how it is called there."""

    post: str
    name: str


class Renamed(forms.Answers):
    """Another name for a device."""

    name: str


class OwnPin(forms.Answers):
    """A PIN and the same again."""

    pin: str
    again: str


@dataclass(frozen=True)
class Refused:
    """Somebody who was not let in: at which device, why, when."""

    device: str
    event: AuditEvent


@dataclass(frozen=True)
class Settled:
    """What became of what a device had handed in: crossings that count now, and the others."""

    recorded: int
    refused: int


@dataclass(frozen=True)
class DevicesPage:
    """Devices, agents, and the codes that may be made; `posts` are those within reach.

    `piles` is what ended devices handed in; `may_record` who looks may make crossings of it.
    """

    form: Form
    devices: Sequence[Device]
    agents: Sequence[Agent]
    refused: Sequence[Refused]
    piles: Mapping[DeviceId, Pile]
    may_record: bool
    posts: Sequence[tuple[str, str]]
    settled: Settled | None = None


@dataclass(frozen=True)
class CodePage:
    """A code to enrol a device, as text, as address and as symbol; shown this once.

    `roots` are the fingerprints of the root keys: who types the code compares them by eye.
    """

    code: str
    address: str
    symbol: Markup
    name: str
    roots: Sequence[str]
    minutes: int = int(ENROLMENT_HOLDS.total_seconds()) // 60


@dataclass(frozen=True)
class OneTimePinPage:
    """A PIN for an agent's next entry; shown this once."""

    name: str
    pin: str


@dataclass(frozen=True)
class OwnPinPage:
    """The field for an agent's own PIN; `done` says that it was taken."""

    form: Form
    done: bool = False


@router.get(HERE)
def list_devices(request: Request, work: SignedInReading) -> Response:
    """What is enrolled, who may come in, and who was refused lately."""
    return render(request, "devices/list.html", _page(work, Form()))


@router.post(HERE)
def make_code(request: Request, work: ProvenWork, posted: Posted) -> Response:
    """A code to enrol one device; shown once, also as a symbol for its camera."""
    answers = forms.check(Wanted, posted)
    if isinstance(answers, Form):
        return render(request, "devices/list.html", _page(work, answers), 422)
    try:
        code = devices.make_enrolment(work, answers.post, answers.name)
    except Invalid as error:
        refused = forms.refused(Wanted, posted, error)
        return render(request, "devices/list.html", _page(work, refused), 422)
    grouped = "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    # Behind the #: the code is in no log and no referrer.
    roots = work.ports.keys.roots()
    fragment = enrolment_fragment(code, roots)
    address = f"{work.ports.public_url}/escaner/inscribir#{fragment}"
    # The symbol is our own drawing of a text without markup.
    symbol = Markup(work.ports.symbols.svg(address))  # noqa: S704
    prints = [fingerprint(root) for root in roots]
    page = CodePage(grouped, address, symbol, answers.name, prints)
    return render(request, "devices/code.html", page)


@router.post(HERE + "/{device:uuid}/nombre")
def rename(request: Request, work: SignedInWork, device: UUID, posted: Posted) -> Response:
    """Give a device another name."""
    answers = forms.check(Renamed, posted)
    if isinstance(answers, Form):
        raise Invalid(answers.faults)
    devices.rename_device(work, DeviceId(device), answers.name)
    return RedirectResponse(HERE, 303)


@router.post(HERE + "/{device:uuid}/baja")
def revoke(request: Request, work: ProvenWork, device: UUID) -> Response:
    """End a device: it lets nobody in any more, and its sessions are over."""
    devices.revoke_device(work, DeviceId(device))
    return RedirectResponse(HERE, 303)


@router.post(HERE + "/agentes/{person:uuid}/pin")
def give_pin(request: Request, work: SignedInWork, person: UUID) -> Response:
    """A PIN that holds once, for an agent's first entry or after a block."""
    pin = devices.give_one_time_pin(work, PersonId(person))
    agents = {agent.actor.person: agent.actor.name for agent in devices.list_agents(work)}
    page = OneTimePinPage(agents[PersonId(person)], pin)
    return render(request, "devices/one_time_pin.html", page)


@router.post(HERE + "/{device:uuid}/registrar-entrega")
def confirm_handed_in(request: Request, work: ProvenWork, device: UUID) -> Response:
    """Record what an ended device handed in; the supervisor answers for it."""
    answers = device_ends.confirm(work, DeviceId(device))
    refused = sum(answer.outcome is Outcome.REFUSED for answer in answers)
    page = replace(_page(work, Form()), settled=Settled(len(answers) - refused, refused))
    return render(request, "devices/list.html", page)


@router.post(HERE + "/{device:uuid}/descartar-entrega")
def discard_handed_in(work: ProvenWork, device: UUID) -> Response:
    """Throw away what an ended device handed in."""
    device_ends.discard(work, DeviceId(device))
    return RedirectResponse(HERE, 303)


@router.get("/mi-pin")
def ask_pin(request: Request, work: SignedInReading) -> Response:
    """The field for an agent's own PIN; none for who came in by PIN."""
    _check_agent(work)
    return render(request, "devices/own_pin.html", OwnPinPage(Form()))


@router.post("/mi-pin")
def choose_pin(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Take an agent's own PIN."""
    _check_agent(work)
    answers = forms.check(OwnPin, posted)
    if isinstance(answers, Form):
        return render(request, "devices/own_pin.html", OwnPinPage(_blank(answers)), 422)
    try:
        devices.choose_own_pin(work, _same(answers))
    except Invalid as error:
        refused = forms.refused(OwnPin, posted, error)
        return render(request, "devices/own_pin.html", OwnPinPage(_blank(refused)), 422)
    return render(request, "devices/own_pin.html", OwnPinPage(Form(), done=True))


def _same(answers: OwnPin) -> str:
    if answers.pin != answers.again:
        raise Invalid([Fault("pin-differs", "again")])
    return answers.pin


def _blank(form: Form) -> Form:
    """The faults without what was typed: a PIN is never sent back."""
    return Form({}, form.faults, form.wording)


def _check_agent(work: Work) -> None:
    if work.actor.role is not Role.BORDER_AGENT or work.actor.device is not None:
        raise Forbidden("not-permitted")


def _page(work: Work, form: Form) -> DevicesPage:
    listed = devices.list_devices(work)
    names = {device.id: device.name for device in listed}
    refused = [
        Refused(names[DeviceId(event.subject)], event)
        for event in devices.list_refusals(work, listed)
    ]
    own = devices.reach_of(work)
    posts = [(c, name) for c, name in work.ports.reference.posts.items() if own in {None, c}]
    piles = device_ends.list_piles(work, listed)
    may_record = work.actor.can(Permission.CROSSING_RECORD)
    agents = devices.list_agents(work)
    return DevicesPage(form, listed, agents, refused, piles, may_record, posts)
