"""Whether what an official compared with the document is what the worker says now."""

import json
from dataclasses import replace

from app.services.work import Work
from app.storage import rounds
from app.storage.case_files import CaseFile
from permits.applications import ApplicationId
from permits.identity_changes import identity_of
from permits.identity_checks import ReadZone
from permits.submissions import Answers, from_mapping


def standing(
    work: Work, application: ApplicationId, file: CaseFile, answers: Answers
) -> ReadZone | None:
    """The comparison of a case, confirmed only where the identity data are those of then.

    A worker who corrects what came back may type another document: nobody has seen that one. The
    lines that were read stay, for they are compared with whatever is typed.
    """
    zone = file.zone
    if zone is None or not zone.confirmed or zone.read_at >= file.round.submitted_at:
        return zone
    then = rounds.find_round_at(work.session, work.ports.vault, application, zone.read_at)
    if then is not None:
        compared = from_mapping(json.loads(then.content)["answers"])
        if identity_of(compared) == identity_of(answers):
            return zone
    return replace(zone, confirmed=False) if zone.text else None
