"""The public check: whether a permit is true and counts today, and nothing about who holds it."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services.posts import names_of_issuers
from app.services.work import Work
from app.web.dependencies import PublicReading
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.answered import programme_name
from app.web.templating import render
from app.web.wording import say
from permits.scans import Colour, Reason

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class CheckPage:
    """What the browser judges with; the code itself stays in the address, behind `#`."""

    form: Form
    roots: tuple[Mapping[str, str], ...]
    programmes: Mapping[str, str]
    verdicts: Mapping[str, str]
    reasons: Mapping[str, str]
    issuers: Mapping[str, str]


def roots_of(work: Work) -> tuple[Mapping[str, str], ...]:
    """The points of the root keys, as the scanner's modules read them."""
    points = [key.public_numbers() for key in work.ports.keys.roots()]
    return tuple({"x": f"{point.x:064x}", "y": f"{point.y:064x}"} for point in points)


@router.get("/v")
def show_check(request: Request, work: PublicReading) -> Response:
    """The page for any phone's camera; it asks nothing of the holder and tells initials only."""
    locale = locale_of(request)
    page = CheckPage(
        Form(),
        roots_of(work),
        {
            code: programme_name(found, locale)
            for code, found in work.ports.reference.programmes.items()
        },
        {colour.value: say(locale, "verdict", colour.value) for colour in Colour},
        {reason.value: say(locale, "reason", reason.value) for reason in Reason},
        names_of_issuers(work),
    )
    return render(request, "verification.html", page)
