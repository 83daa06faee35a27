"""The letter of a hand-over: printed on the desk, and checked by whoever holds it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import referral_papers
from app.services.referral_papers import CHECK
from app.web.dependencies import PublicReading, SignedInWork
from app.web.pages.complaint_desk import PATH
from app.web.pages.prints import pdf
from app.web.templating import render
from permits.errors import Unauthenticated
from recruitment.complaints.referral_papers import Vouched

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class LetterPage:
    """What a letter's signature holds for; None where it holds for nothing."""

    vouched: Vouched | None


@router.get(PATH + "/{complaint:uuid}/remisiones/{referral:uuid}/oficio.pdf")
def print_letter(request: Request, work: SignedInWork, complaint: UUID, referral: UUID) -> Response:
    """The letter, in Spanish whatever the page's language is."""
    return pdf(referral_papers.print_letter(work, complaint, referral), "oficio.pdf")


@router.get(CHECK)
def check_letter(request: Request, work: PublicReading, firma: str = "") -> Response:
    """Whether a letter is genuine; its symbol leads here with its signature."""
    try:
        page = LetterPage(referral_papers.check_letter(work, firma))
    except Unauthenticated:
        page = LetterPage(None)
    response = render(request, "complaint_desk/letter.html", page, 200 if page.vouched else 422)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
