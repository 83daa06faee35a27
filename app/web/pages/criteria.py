"""One criterion of IRIS as its owner tells it: in words, and with a file that shows it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import StringConstraints
from starlette.datastructures import FormData

from app.services import employer_papers
from app.services.documents import UnfitFile
from app.services.outages import Outage
from app.services.work import Work
from app.web import forms
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.papers import sent_file
from permits.errors import Conflict, Fault
from recruitment.assessments import EVIDENCE_LIMIT, Criterion
from recruitment.employer_papers import Paper, of_criterion
from recruitment.recruiters import LicenceKey


class CriterionForm(forms.Answers):
    """One criterion and what shows it; a file may come along."""

    wording: ClassVar[Mapping[str, str]] = {
        "file.too-many-papers": N_("Ya hay muchos papeles. Quite alguno que no haga falta."),
    }
    criterion: Criterion
    evidence: Annotated[str, StringConstraints(max_length=EVIDENCE_LIMIT)] = ""


@dataclass(frozen=True)
class Refused:
    """The form with what is wrong with it, and the status of the answer."""

    form: Form
    status: int


def keep(
    work: Work,
    token: str,
    posted: FormData,
    criterion: Criterion,
    tell: Callable[[], object],
    licence: LicenceKey | None = None,
) -> Refused | None:
    """Keep the word by `tell` and the file, both or neither; what was wrong, None for nothing."""
    try:
        with work.attempt():
            tell()
            if data := sent_file(posted):
                employer_papers.add_own(work, token, data, criterion, licence)
    except UnfitFile as unfit:
        return Refused(forms.refused(CriterionForm, posted, unfit), 422)
    except (Outage, Conflict) as refusal:
        wrong = (Fault(refusal.code, "file"),)
        form = Form(forms.typed(posted), wrong, wording=CriterionForm.wording)
        return Refused(form, 503 if isinstance(refusal, Outage) else 409)
    return None


def list_files(
    work: Work, token: str, criterion: Criterion | None, licence: LicenceKey | None = None
) -> Sequence[Paper]:
    """What was brought for one criterion of the own employer, or of an own licence."""
    if criterion is None:
        return ()
    return of_criterion(employer_papers.list_own(work, token), criterion, licence)


def may_remove(files: Sequence[Paper], own: object) -> Collection[object]:
    """Those by id that their owner may take away."""
    return {one.id for one in files if one.attached_by == own}
