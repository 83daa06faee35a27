"""A border device's own doors: it enrols by a code, its agents come in by PIN or passkey."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services import device_entries, device_proofs, devices
from app.services.device_entries import Entry, Pin
from app.services.device_proofs import Answered, read_base64
from app.services.devices import Enrolment
from app.services.passkeys import LONGEST_ANSWER
from app.web import assets
from app.web.dependencies import PublicReading, PublicWork, keep_session
from app.web.i18n import COOKIE, locale_for
from app.web.pages.scanner import FOLDER
from app.web.problems import answer
from app.web.templating import render
from permits.devices import TOLD_ON_DEVICE, DeviceId, DeviceRefusal
from permits.errors import Invalid
from permits.people import PersonId

router = APIRouter(include_in_schema=False, prefix="/escaner")

Text = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True)
class EntryPage:
    """`assets` maps the plain names of the scanner's own build to their addresses."""

    assets: Mapping[str, str]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EnrolmentSent(_Sent):
    """The code, the coordinates of the public key and the proof, in base64url."""

    code: Text
    x: Text
    y: Text
    signature: Text


class ChallengeAsked(_Sent):
    """Which device wants to sign."""

    device: UUID


class AnswerSent(_Sent):
    """A challenge and its signature in base64url."""

    device: UUID
    challenge: Text
    signature: Text

    @property
    def answered(self) -> Answered:
        """As the service knows it."""
        return Answered(DeviceId(self.device), self.challenge, read_base64(self.signature))


class PinSent(AnswerSent):
    """Who comes in, the PIN, and the one that replaces a PIN that holds once."""

    agent: UUID
    pin: Text
    chosen: Text = ""


class PasskeySent(AnswerSent):
    """What the agent's passkey answered."""

    credential: Annotated[str, Field(max_length=LONGEST_ANSWER)]


@router.get("/inscribir")
def show_enrolment(request: Request, work: PublicReading, idioma: str = "") -> Response:
    """The page on which a device enrols; the code comes behind the #, which no server is sent."""
    return _page(request, "devices/enrol.html", idioma)


@router.get("/entrar")
def show_entry(request: Request, work: PublicReading, idioma: str = "") -> Response:
    """The page on which an agent chooses their name and types the PIN."""
    return _page(request, "devices/enter.html", idioma)


@router.post("/equipo/inscribir.json")
def enrol(request: Request, work: PublicWork, sent: EnrolmentSent) -> Response:
    """Enrol this device; one refusal for every reason."""
    proof = Enrolment(
        sent.code, read_base64(sent.x), read_base64(sent.y), read_base64(sent.signature)
    )
    device = devices.enrol_device(work, proof)
    if device is None:
        return answer(request, 403, "enrolment-refused", {}, ())
    post = work.ports.reference.posts[device.post]
    told = {"device": str(device.id), "name": device.name, "post": device.post, "post_name": post}
    return JSONResponse(told)


@router.post("/equipo/reto.json")
def challenge(request: Request, work: PublicReading, sent: ChallengeAsked) -> Response:
    """Something to sign, for whatever device asks."""
    made = device_proofs.make_challenge(work, DeviceId(sent.device))
    return JSONResponse({"challenge": made})


@router.post("/equipo/agentes.json")
def agents(request: Request, work: PublicWork, sent: AnswerSent) -> Response:
    """The names of the post's agents, for the device itself."""
    entry = device_entries.list_agents(work, sent.answered)
    if entry.device is None:
        return _refused(request, entry.refusal)
    told = [
        {"id": str(one.actor.person), "name": one.actor.name, "has_pin": one.pin is not None}
        for one in entry.agents
    ]
    post = work.ports.reference.posts.get(entry.device.post, entry.device.post)
    return JSONResponse({"device_name": entry.device.name, "post_name": post, "agents": told})


@router.post("/equipo/entrar.json")
def enter(request: Request, work: PublicWork, sent: PinSent) -> Response:
    """Sign in; what stops an agent of the post is told, what stops anybody else is not."""
    pin = Pin(PersonId(sent.agent), sent.pin, sent.chosen)
    try:
        entry = device_entries.enter(work, sent.answered, pin)
    except Invalid as error:
        return answer(request, 422, error.code, {}, list(error.faults))
    return _answer(request, entry)


@router.post("/equipo/entrar-llave.json")
def enter_by_passkey(request: Request, work: PublicWork, sent: PasskeySent) -> Response:
    """Sign in by a passkey of one's own, at the device."""
    entry = device_entries.enter_by_passkey(work, sent.answered, sent.credential)
    return _answer(request, entry)


def _answer(request: Request, entry: Entry) -> Response:
    if entry.signed_in is None:
        return _refused(request, entry.refusal)
    agent = entry.signed_in.actor
    response = JSONResponse({"agent": str(agent.person), "name": agent.name})
    keep_session(request, response, entry.signed_in)
    return response


def _refused(request: Request, refusal: DeviceRefusal | None) -> Response:
    code = refusal.value if refusal in TOLD_ON_DEVICE and refusal else "device-refused"
    return answer(request, 403, code, {}, ())


def _page(request: Request, name: str, idioma: str) -> Response:
    locale = locale_for(idioma or request.cookies.get(COOKIE, ""))
    return render(request, name, EntryPage(assets.read_manifest(FOLDER)), locale=locale)
