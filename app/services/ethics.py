"""The ethical rules as they count today."""

from collections.abc import Sequence

from app.services.work import Work
from permits.deadlines import legal_day
from recruitment.ethics.catalogue import Sheet, list_sheets
from recruitment.ethics.words import Subject


def list_rules(work: Work, about: Subject | None = None) -> Sequence[Sheet]:
    """Every rule in the order of the numbers, or those that look at one thing."""
    reference = work.ports.reference
    sheets = list_sheets(reference.programmes, reference.ethics, legal_day(work.now))
    return [sheet for sheet in sheets if about in (None, sheet.rule.about)]
