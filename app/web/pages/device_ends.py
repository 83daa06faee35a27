"""The end of a device, as the device meets it: what it hears, what it hands in, the broom."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field, TypeAdapter, ValidationError

from app.services import device_ends
from app.web.api.crossings import CrossingInput
from app.web.dependencies import PublicReading, PublicWork, address_of
from app.web.pages.device_entry import AnswerSent
from app.web.problems import BODY_LIMIT_BYTES, answer
from permits.crossings import Crossing
from permits.devices import TOLD_ON_DEVICE, DeviceRefusal
from permits.people import SYSTEM_PERSON

router = APIRouter(include_in_schema=False, prefix="/escaner/equipo")

_ITEMS: TypeAdapter[list[object]] = TypeAdapter(list[object])


class HandedIn(AnswerSent):
    """Crossings as the text of a JSON list; the signature covers the digest of the text."""

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
    refusal = device_ends.hand_in(work, sent.answered, digest, found, address_of(request))
    return _refused(request, refusal) if refusal else JSONResponse({"taken": len(found)})


@router.post("/borrado")
def clear(work: PublicReading) -> Response:
    """The browser's own broom, for a device that wipes itself: whatever it keeps of this site."""
    return Response(status_code=204, headers={"Clear-Site-Data": '"cache", "cookies", "storage"'})


def _read(text: str) -> list[Crossing]:
    found = []
    try:
        items = _ITEMS.validate_json(text)
    except ValidationError:
        return []
    for item in items:
        try:
            # Who saw it nobody can prove: whoever records it answers for it.
            found.append(CrossingInput.model_validate(item).crossing(SYSTEM_PERSON))
        except ValidationError:
            continue
    return found


def _refused(request: Request, refusal: DeviceRefusal) -> Response:
    code = refusal.value if refusal in TOLD_ON_DEVICE else "device-refused"
    return answer(request, 403, code, {}, ())
