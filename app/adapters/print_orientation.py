"""What the certificate of an orientation says: who came where, and understood."""

from app.adapters.print_contents import Contents, Voice
from permits.deadlines import legal_day
from permits.prints import PrintedOrientation

PAPER = "orientation/certificate"


def orientation(printed: PrintedOrientation, voice: Voice) -> Contents:
    """One page that a person keeps and shows."""
    words, session = voice.words(PAPER), printed.seat.session
    programme = printed.programme_en if voice.code == "en" else printed.programme_es
    rows = [
        ("person", printed.worker),
        ("number", printed.number or "–"),
        ("programme", programme),
        ("session", f"{voice.day(session.day)} · {session.place}, {printed.town}"),
        ("language", voice.say("language", session.language)),
        ("result", words["of"] % {"right": printed.result.right, "of": printed.result.of}),
        ("printed", voice.day(legal_day(printed.printed_at))),
    ]
    return {
        "under": voice.say("orientation-kind", session.kind.value),
        "about": [[words[key], value] for key, value in rows],
    }
