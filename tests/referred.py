"""A letter of hand-over as the printers are given it."""

from datetime import UTC, date, datetime

from recruitment.complaints.referral_papers import PrintedReferral
from recruitment.complaints.words import ReferralTarget

SIGNED = "e" * 100 + "." + "y" * 210 + "." + "s" * 86
"""As long as a real signature with its claims."""


def printed_referral() -> PrintedReferral:
    """To CICESCT, which has a telephone line."""
    site = "https://vereda.example/remisiones"
    return PrintedReferral(
        "Q-7F3A-91C2",
        ReferralTarget.CICESCT,
        date(2026, 11, 23),
        date(2026, 11, 30),
        f"{site}/3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b",
        f"{site}/oficio?firma={SIGNED}",
        datetime(2026, 11, 23, 15, tzinfo=UTC),
    )
