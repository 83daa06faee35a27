"""How an application stands, told to who has its receipt number and no other way in."""

from dataclasses import dataclass
from datetime import timedelta

from app.services import throttling
from app.services.throttling import PER_ADDRESS, Limit, place_of
from app.services.work import Work
from app.storage import tracking
from app.storage.tracking import Standing
from permits.applications import Status
from permits.tracking import Claim, fits

PER_RECEIPT = Limit("tracked-receipt", 10, timedelta(days=1))
"""Wrong guesses at one receipt: four digits fall to chance once in 500 days."""

NOBODY = Standing(Status.DRAFT, "", "")
"""Compared with where there is no such receipt, so that it takes as long."""


@dataclass(frozen=True)
class Tracked:
    """The bare state; None where the number or what was claimed is wrong. `wait` in seconds.

    `over`: it was approved, and its permit is no more valid.
    """

    status: Status | None = None
    wait: int = 0
    over: bool = False


def track(work: Work, receipt: str, claim: Claim, address: str) -> Tracked:
    """Tell the state, and nothing that is anybody's; a wrong claim is as an unknown receipt.

    `receipt` is as `permits.tracking.read_receipt` writes it. Only wrong tries are counted.
    """
    tries = throttling.count(work, (PER_RECEIPT, receipt), (PER_ADDRESS, place_of(address)))
    found = tracking.find_standing(work.session, receipt)
    known = found or NOBODY
    right = fits(claim, known.phone, known.born)
    if tries.wait:
        return Tracked(wait=tries.wait)
    if found is None or not right:
        return Tracked()
    throttling.were_right(work, tries)
    return Tracked(found.status, over=found.over)
