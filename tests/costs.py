"""Payments in a worker's diary, and one that is asked back."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from app.services import costs
from app.services.repayments import Shown
from permits.deadlines import legal_day
from permits.people import SYSTEM
from recruitment.costs import Asker, ClaimAction, Payment, Phase, Way
from recruitment.ethics.words import CostCode, Payer
from recruitment.repayments import Handing
from tests.builders import Story

NAME = "Zoraida Fugaz"
"""Who asked for the money: stands in a diary and nowhere else."""


def sound(named: bytes = b"", tag: bytes = b"LIST") -> bytes:
    """A WAV of nothing, with a chunk that names whoever recorded it."""
    chunks = b"WAVEfmt " + (16).to_bytes(4, "little") + bytes(16)
    chunks += tag + len(named).to_bytes(4, "little") + named
    chunks += b"data" + (8).to_bytes(4, "little") + b"\x01\x02" * 4
    return b"RIFF" + len(chunks).to_bytes(4, "little") + chunks


def note_fee(
    story: Story,
    asker: Asker = Asker.RECRUITER,
    picture: bytes = b"",
    code: CostCode = CostCode.FEE_PLACEMENT,
    voice: bytes = b"",
    phase: Phase = Phase.BEFORE,
) -> UUID:
    """777.77 lempiras for the job, before it began."""
    payment = Payment(
        code,
        Decimal("777.77"),
        "HNL",
        phase,
        Payer.WORKER,
        asker,
        Way.CASH,
        NAME,
    )
    identity = story.work(SYSTEM).new_id()
    costs.add_cost(story.work(story.worker), story.id, identity, payment, picture, voice)
    return identity


def ask_back(story: Story) -> str:
    """A fee that SETRASS may read, beside one that it may not; the id of the first."""
    first = note_fee(story)
    note_fee(story, Asker.EMPLOYER)
    costs.move_own_claim(story.work(story.worker), story.id, first, ClaimAction.ASK, 1)
    return str(first)


def shown(story: Story, amount: str = "777.77", currency: str = "HNL", day: int = 0) -> Shown:
    """Money that a debtor says was given back, so many days ago."""
    identity, when = story.work(SYSTEM).new_id(), legal_day(story.now) - timedelta(days=day)
    return Shown(identity, when, Decimal(amount), currency, Handing.TRANSFER, "Recibo 12")


def part_form(story: Story, version: int) -> dict[str, str]:
    """The form by which the desk notes that all came back today."""
    today = legal_day(story.now)
    return {
        "version": str(version),
        "part": str(story.work(SYSTEM).new_id()),
        "day-day": str(today.day),
        "day-month": str(today.month),
        "day-year": str(today.year),
        "amount": "777.77",
        "currency": "HNL",
        "handing": "transfer",
        "evidence": "Recibo 12",
    }
