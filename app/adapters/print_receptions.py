"""What the list of a reception day says: who comes to which half hour, with room to sign."""

from app.adapters.print_contents import Contents, Voice
from permits.deadlines import legal_day
from permits.prints import PrintedDay

PAPER = "receptions/day"


def reception(printed: PrintedDay, voice: Voice) -> Contents:
    """A line for each place that is taken, and what the day is."""
    words, day = voice.words(PAPER), printed.day
    rows = [
        ("where", f"{day.place}, {printed.town}, {printed.department}"),
        ("day", voice.day(day.day)),
        ("hours", f"{day.opens:%H:%M}–{day.closes:%H:%M}"),
        ("expected", str(len(printed.visitors))),
        ("printed", voice.day(legal_day(printed.printed_at))),
    ]
    return {
        "under": f"{voice.day(day.day)} · {printed.town}",
        "about": [[words[key], value] for key, value in rows],
        "visitors": [
            [
                f"{one.slot:%H:%M}",
                one.name or words["unnamed"],
                one.receipt or words["none"],
                words["came"],
            ]
            for one in printed.visitors
        ],
    }
