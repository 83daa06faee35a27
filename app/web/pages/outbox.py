"""The demonstration's own: every SMS and e-mail that would have been sent, a foreign permit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import messages, published
from app.services.messages import Message
from app.web.aloud import read_out
from app.web.dependencies import PublicReading
from app.web.forms import Form
from app.web.i18n import locale_for
from app.web.templating import render

router = APIRouter(include_in_schema=False)

LONGEST_RECIPIENT = 254


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `href` is the own path that it leads to, "" for plain words."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Card:
    """A message with its text in pieces; `aloud` is an SMS as it is read out, in its language."""

    message: Message
    pieces: Sequence[Piece]
    aloud: str = ""


@dataclass(frozen=True)
class OutboxPage:
    """`recipient` is the filter, "" where everything is shown."""

    form: Form
    cards: Sequence[Card]
    recipient: str


@router.get("/demo/mensajes")
def show_outbox(request: Request, work: PublicReading, a: str = "") -> Response:
    """The newest hundred messages, of one telephone or address where one is named (`a`)."""
    recipient = _recipient(a)
    found = messages.list_messages(work, recipient, everybody=request.app.state.settings.is_demo)
    cards = [_card(message, work.ports.public_url) for message in found]
    page = OutboxPage(Form({"a": (recipient,)}), cards, recipient)
    return render(request, "outbox/list.html", page)


@router.get("/demo/permiso-de-guatemala.svg")
def show_foreign_permit(work: PublicReading) -> Response:
    """The QR of a permit that the demonstration's partner issued, for any camera."""
    drawn = work.ports.symbols.svg(published.get_sample(work))
    return Response(drawn, media_type="image/svg+xml")


def _card(message: Message, public_url: str) -> Card:
    spoken = message.channel in {"sms", "whatsapp"}
    aloud = read_out(message.body, locale_for(message.language)) if spoken else ""
    return Card(message, cut(message.body, public_url), aloud)


def _recipient(text: str) -> str:
    """A telephone without blanks and dashes, or an address as it is."""
    text = text.strip()[:LONGEST_RECIPIENT]
    return text.lower() if "@" in text else re.sub(r"[\s()-]", "", text)


def cut(body: str, public_url: str) -> list[Piece]:
    """The text with the links of this site found; any other address stays plain words."""
    found = re.compile(rf"{re.escape(public_url)}(/[A-Za-z0-9\-._~/?=&%]*)?(?![A-Za-z0-9])")
    pieces, at = [], 0
    for match in found.finditer(body):
        link = match.group().rstrip(".?")
        pieces += [Piece(body[at : match.start()]), Piece(link, link[len(public_url) :] or "/")]
        at = match.start() + len(link)
    return [piece for piece in [*pieces, Piece(body[at:])] if piece.text]
