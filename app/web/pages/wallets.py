"""The holder takes the permit into a wallet: what that is, then a code for one use."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from app.services import wallets
from app.services.wallets import Offer
from app.services.work import Work
from app.web.dependencies import ProvenWork, SignedInWork
from app.web.pages.permits import own_permit
from app.web.templating import render
from permits.wallets import CODE_HOLDS

router = APIRouter(include_in_schema=False)

PATH = "/mi-permiso/{credential:uuid}/billetera"


@dataclass(frozen=True)
class WalletPage:
    """Before a code was asked for, `link` and `symbol` are empty and `ends` is None."""

    path: str
    minutes: int
    link: str
    symbol: Markup
    ends: datetime | None


@router.get(PATH)
def explain_wallet(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """What a wallet is, that it is not needed, and the button that makes a code."""
    own_permit(work, credential, "page")
    return render(request, "permits/wallet.html", _page(work, credential, None))


@router.post(PATH)
def offer_permit(request: Request, work: ProvenWork, credential: UUID) -> Response:
    """A code to be scanned by the wallet, or opened on the same phone; shown once."""
    offer = wallets.offer_permit(work, credential)
    return render(request, "permits/wallet.html", _page(work, credential, offer))


def _page(work: Work, credential: UUID, offer: Offer | None) -> WalletPage:
    return WalletPage(
        f"/mi-permiso/{credential}",
        int(CODE_HOLDS.total_seconds()) // 60,
        offer.link if offer else "",
        Markup(work.ports.symbols.svg(offer.link) if offer else ""),  # noqa: S704  drawn here
        offer.ends if offer else None,
    )
