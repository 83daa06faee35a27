"""The end of a device, as the device meets it: what it hears, what it hands in, the broom."""

from contextlib import suppress
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field, TypeAdapter, ValidationError

from app.services import device_ends
from app.services.device_ends import Debt
from app.web.api.child_alerts import ChildAlertInput
from app.web.api.crossings import CrossingInput
from app.web.dependencies import PublicReading, PublicWork
from app.web.pages.device_entry import AnswerSent
from app.web.problems import BODY_LIMIT_BYTES, answer
from permits.crossings import Crossing
from permits.devices import TOLD_ON_DEVICE, DeviceRefusal
from permits.minors import ChildAlert
from permits.people import SYSTEM_PERSON

router = APIRouter(include_in_schema=False, prefix="/escaner/equipo")

_ITEMS: TypeAdapter[list[object]] = TypeAdapter(list[object])


class HandedIn(AnswerSent):
    """Crossings and alerts as the text of a JSON list; the signature covers the digest of it."""

    crossings: Annotated[str, Field(max_length=BODY_LIMIT_BYTES)]


@router.post("/estado.json")
def tell_standing(request: Request, work: PublicReading, sent: AnswerSent) -> Response:
    """Whether a device may go on; one that was ended hears `revoked-device` and wipes itself."""
    refusal = device_ends.read_standing(work, sent.answered)
    return _refused(request, refusal) if refusal else JSONResponse({"standing": "in-use"})


@router.post("/entrega.json")
def hand_in(request: Request, work: PublicWork, sent: HandedIn) -> Response:
    """Take what an ended device still had; what cannot be read as a crossing is left out."""
    digest = sha256(sent.crossings.encode()).hexdigest()
    found = _read(sent.crossings)
    refusal = device_ends.hand_in(work, sent.answered, digest, found)
    taken = len(found.crossings) + len(found.alerts)
    return _refused(request, refusal) if refusal else JSONResponse({"taken": taken})


@router.post("/borrado")
def clear(work: PublicReading) -> Response:
    """The browser's own broom, for a device that wipes itself: whatever it keeps of this site."""
    return Response(status_code=204, headers={"Clear-Site-Data": '"cache", "cookies", "storage"'})


def _read(text: str) -> Debt:
    crossings: list[Crossing] = []
    alerts: list[ChildAlert] = []
    try:
        items = _ITEMS.validate_json(text)
    except ValidationError:
        return Debt()
    for item in items:
        # Who saw it nobody can prove: whoever records it answers for it.
        try:
            crossings.append(CrossingInput.model_validate(item).crossing(SYSTEM_PERSON))
        except ValidationError:
            with suppress(ValidationError):
                alerts.append(ChildAlertInput.model_validate(item).alert(SYSTEM_PERSON))
    return Debt(crossings, alerts)


def _refused(request: Request, refusal: DeviceRefusal) -> Response:
    code = refusal.value if refusal in TOLD_ON_DEVICE else "device-refused"
    return answer(request, 403, code, {}, ())
