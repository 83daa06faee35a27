"""Whom a programme asks, and what else of it must agree with that."""

from collections.abc import Iterable, Iterator

from permits.people import Agency
from permits.programme_rules import STEP_OF, PathwayStep
from permits.programmes import Programme


def every_asked(programmes: Iterable[Programme]) -> tuple[Agency, ...]:
    """The agencies that any of these programmes asks, in the order of the law."""
    asked = {agency for one in programmes for agency in one.agencies}
    return tuple(agency for agency in Agency if agency in asked)


def find_agency_faults(programme: Programme) -> Iterator[tuple[str, str]]:
    """What does not agree with the agencies of a programme: the code of a fault, and the field.

    The way shows the step of each and of no other, in the order in which they decide. Who does not
    decide neither recommends nor reads the answer to a question. Sealed is what somebody else
    decides at the same time.
    """
    agencies, way = programme.agencies, programme.pathway
    steps = [STEP_OF[agency] for agency in agencies]
    shown = [one for one in way if one in STEP_OF.values()]
    if not {PathwayStep.APPLICATION, PathwayStep.PERMIT, *steps} <= set(way):
        yield "step-missing", "pathway"
    elif set(shown) != set(steps):
        yield "step-of-nobody", "pathway"
    elif programme.sequential and shown != steps:
        yield "step-order", "pathway"
    if programme.sealed and len(agencies) == 1:
        yield "sealed-alone", "sealed"
    elif programme.sealed and programme.sequential:
        yield "sealed-in-order", "sealed"
    if not set(programme.recommended) <= set(agencies):
        yield "not-asked", "recommended"
    for number, question in enumerate(programme.versions.questions):
        if not set(question.seen_by) <= set(agencies):
            yield "not-asked", f"questions.{number}.seen_by"
