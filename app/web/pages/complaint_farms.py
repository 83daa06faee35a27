"""The farm of a complaint, chosen in its form: looked for by name with a press, without a script.

What is looked for rides in the form and is kept nowhere; only a press of *Enviar* keeps anything.
"""

from collections.abc import Sequence
from uuid import UUID

from app.services import complaint_places
from app.services.work import Work
from app.web.forms import Form
from app.web.pages.complaint_forms import Answered
from permits.errors import Fault
from recruitment.complaints.places import LEAST_LETTERS, Place, read_name

SOUGHT = "buscar"
"""The button that looks for a farm."""


def seek(work: Work, form: Form) -> tuple[Form, Sequence[Place]]:
    """The form with what was found by the name in it, or told that the name is too short."""
    typed = form.value("employer")
    if read_name(typed) is None:
        short = Fault("farm-name-short", "employer", {"limit": LEAST_LETTERS})
        return Form(form.values, (short,), Answered.wording), ()
    return form, complaint_places.search_places(work, typed)


def chosen(work: Work, form: Form) -> Sequence[Place]:
    """The farm that was chosen in a form which is shown again."""
    try:
        place = complaint_places.find_place(work, UUID(form.value("farm")))
    except ValueError:
        return ()
    return [place] if place else ()
