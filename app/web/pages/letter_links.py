"""The letters that a worker may take beside those of a decision, a measure or a recourse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.services.authorisations import Right
from app.services.case import Case
from app.services.change_letters import list_letters
from app.services.told_letters import told_of_case, told_of_right
from app.services.work import Work
from app.web.wording.told_letters import PAPERS
from permits.prints import Measure


@dataclass(frozen=True)
class LetterLink:
    """A letter by its Spanish title, to be put into the reader's language."""

    path: str
    title: str
    day: date


def links_of(work: Work, case: Case, right: Right | None) -> Sequence[LetterLink]:
    """That of where the case stands, and one for each wish that was answered."""
    base = f"/mi-solicitud/{case.application.id}"
    told = told_of_right(work, case, right) if right else told_of_case(work, case)
    now = [(f"{base}/carta.pdf", told.measure, told.decided_on)] if told else []
    wishes = list_letters(work, right.authorisation) if right else []
    answered = [(f"{base}/cambios/{one.change}/carta.pdf", one.measure, one.day) for one in wishes]
    return [LetterLink(path, _title(measure), day) for path, measure, day in (*now, *answered)]


def _title(measure: Measure) -> str:
    return PAPERS[f"letters/{measure.value}"]["title"]
