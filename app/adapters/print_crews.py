"""What a crew list on paper says: how far each worker is, and how many in all."""

from app.adapters.print_contents import Contents, Voice, programme_name
from permits.deadlines import legal_day
from permits.prints import PrintedCrew, PrintedMember

PAPER = "crews/list"


def crew(printed: PrintedCrew, voice: Voice) -> Contents:
    """A line for each worker, and what the list is of."""
    words = voice.words(PAPER)
    said = sum(member.consented for member in printed.members)
    told = words["consented_of"] % {"count": said, "total": printed.registered}
    rows = [
        ("employer", printed.employer),
        ("job", printed.title),
        ("programme", programme_name(printed.programme, voice)),
        ("registered", voice.day(printed.registered_on)),
        ("consent", told),
        ("printed", voice.day(legal_day(printed.printed_at))),
    ]
    return {
        "under": f"{printed.employer} · {printed.title}",
        "about": [[words[key], value] for key, value in rows],
        "members": [_member(printed, member, voice) for member in printed.members],
    }


def _member(printed: PrintedCrew, member: PrintedMember, voice: Voice) -> list[str]:
    words = voice.words(PAPER)
    return [
        str(member.place),
        member.name or words["erased"],
        member.receipt or words["none"],
        _consent(member, voice),
        voice.say(printed.family, member.state),
    ]


def _consent(member: PrintedMember, voice: Voice) -> str:
    words = voice.words(PAPER)
    if not member.consented:
        return words["not_yet"]
    if member.way is None or member.consented_on is None:
        return words["yes"]
    return f"{words[f'way_{member.way}']}, {voice.day(member.consented_on)}"
