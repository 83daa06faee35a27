"""What the letter of a hand-over says: how to open the case, how to see that it is genuine."""

from urllib.parse import urlsplit

from app.adapters.print_contents import Contents, Drawer, Voice
from recruitment.complaints.referral_papers import PrintedReferral

PAPER = "letters/referral"

KEYS = "/.well-known/jwks.json"
"""Where the public keys are, for programs."""


def letter(referral: PrintedReferral, voice: Voice, symbols: Drawer) -> Contents:
    """The facts of a hand-over in words; places of its texts filled in."""
    words, site = voice.words(PAPER), urlsplit(referral.link)
    facts = {
        "site": site.netloc,
        "keys": f"{site.netloc}{KEYS}",
        "day": voice.day(referral.answer_by),
    }
    return {
        "name": voice.say("referral-target", referral.target.value),
        "date": voice.day(referral.sent_on),
        "receipt": referral.reference,
        "link": f"{site.netloc}{site.path}",
        "symbol": symbols.svg(referral.check),
        "filled": {key: words[key] % facts for key in ("open_3", "true_2", "keys")},
    }
