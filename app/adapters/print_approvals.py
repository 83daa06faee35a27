"""What the letter of an approval says: by whom, what is granted, how to check it."""

from urllib.parse import urlsplit

from app.adapters.print_contents import Contents, Voice, programme_name, programme_note, terms
from permits import permit_numbers
from permits.prints import PrintedApproval
from permits.programme_rules import LetterKind

PAPER = "letters/approved"

HOME = "HND"

FILLED = ("granted", "granted_abroad", "check_1", "check_2")
"""Texts with places of their own."""

GROUP = 8
"""Signs of a digest that stand together: who compares it reads group by group."""


def letter(approval: PrintedApproval, voice: Voice) -> Contents:
    """The facts of an approval in words; places of its texts filled in."""
    words = voice.words(PAPER)
    check = urlsplit(approval.check)
    facts = {
        "first": voice.day(approval.first_day),
        "last": voice.day(approval.last_day),
        "number": permit_numbers.show(approval.number) if approval.number else "",
        "check": f"{check.netloc}{check.path}",
    }
    return {
        "draft": words["draft"] if approval.draft else None,
        "date": voice.day(max(day for _, day in approval.approvals)),
        "name": approval.full_name,
        "receipt": approval.receipt,
        "programme": programme_name(approval.programme, voice),
        "agency": "",
        "approvals": [
            [voice.say("agency", agency.value), voice.day(day)]
            for agency, day in approval.approvals
        ],
        "own": programme_note(approval.programme, LetterKind.APPROVED, voice),
        "terms": terms(approval, voice),
        "abroad": approval.programme.destination != HOME,
        "signed": approval.number is not None,
        "digest": _grouped(approval.digest),
        "filled": {key: words[key] % facts for key in FILLED},
    }


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP))
