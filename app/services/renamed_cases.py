"""A case once its person has other identity data: what lists show, and what the next card says."""

from dataclasses import replace

from app.services.applications import draft_of
from app.services.case import Case
from app.services.reaching import writing
from app.services.replacements import reissue
from app.services.searching import fold
from app.services.work import Work
from app.services.worker_numbers import join_verified
from app.storage import drafts
from permits import submissions
from permits.audit import Act, Fact
from permits.authorisations import Authorisation
from permits.identity_changes import IdentityChange, applied, names_of
from permits.issuing import RevocationReason


def take_over(work: Work, case: Case, right: Authorisation, change: IdentityChange) -> None:
    """What lists show and cards say from now on; the rounds that were decided stay as they are."""
    reason = RevocationReason.IDENTITY_CHANGED
    now = replace(case, answers=applied(case.answers, change.after))
    reissue(work, now, right, reason)
    vault = work.ports.vault
    before, draft = drafts.read_whole(work.session, vault, case.application.id, reach=writing(work))
    answers = applied(submissions.from_mapping(draft.answers), change.after)
    shown = draft_of(answers, draft.employer_name)
    # Who knows the person by the name of before finds the case by it still.
    words = " ".join((shown.search_text, fold(change.before.full_name)))
    shown = replace(shown, search_text=words, vacancy=draft.vacancy)
    facts: dict[str, Fact] = {
        "fields": names_of(change.differences),
        "version": before.version + 1,
    }
    event = work.event(Act.APPLICATION_ANSWERED, before.id, facts)
    after = drafts.save_answers(work.session, vault, before, shown, work.now, event=event)
    join_verified(work, after)
