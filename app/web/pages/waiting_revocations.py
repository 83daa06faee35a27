"""Proposals to take a right back that wait for a second official of the own agency."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import waiting_revocations
from app.services.waiting_revocations import WaitingRevocation
from app.web.dependencies import SignedInReading
from app.web.forms import Form
from app.web.pages.searches import Typed, searched
from app.web.templating import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class WaitingPage:
    """What waits, the oldest first."""

    waiting: Sequence[WaitingRevocation]
    form: Form


@router.get("/revocaciones")
def show_waiting(request: Request, work: SignedInReading, q: Typed = "") -> Response:
    """Each with its case, where it is confirmed or rejected, and its term."""
    page = WaitingPage(waiting_revocations.list_waiting(work, q), searched(q))
    return render(request, "waiting_revocations.html", page)
