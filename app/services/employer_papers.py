"""Papers of employers as files: brought by the employer or by an official, looked at by SETRASS."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from app.services import judging_runs
from app.services.documents import UPLOAD_LIMIT, UnfitFile, is_malware
from app.services.erasing import EFFECT
from app.services.recruiter_assessments import find_own as find_own_licence
from app.services.registrations import read_mine
from app.services.throttling import Limit, allow_try
from app.services.work import Work
from app.storage import employer_papers as kept
from app.storage import outbox, registrations, vacancies
from permits.audit import Act
from permits.errors import Conflict, Fault, Invalid, NotFound, Stale
from permits.people import Permission, PersonId
from permits.policies import check_permission
from recruitment.assessments import Criterion
from recruitment.employer_papers import (
    MOST_PAPERS,
    About,
    Paper,
    check_pdf,
    check_removable,
    is_pdf,
)
from recruitment.recruiters import LicenceKey
from recruitment.registrations import Evidence

A_DAY = Limit("employer-papers", 40, timedelta(days=1))
"""Files that are brought in a day for one registration or one vacancy."""


@dataclass(frozen=True)
class _Of:
    """Whose paper it is to be."""

    about: About
    subject: str = ""
    registration: UUID | None = None
    vacancy: UUID | None = None
    licence: LicenceKey | None = None

    @property
    def id(self) -> UUID:
        return self.registration or self.vacancy or UUID(int=0)


def list_own(work: Work, token: str) -> tuple[Paper, ...]:
    """What stands beside the own registration."""
    return kept.list_of_registration(work.session, read_mine(work, token).registration.id)


def add_own(
    work: Work,
    token: str,
    data: bytes,
    criterion: Criterion | None = None,
    licence: LicenceKey | None = None,
) -> Paper:
    """Bring a paper to the own registration, or to a criterion of IRIS; verified or not.

    With a `licence` the criterion is a recruiter's; NotFound for one that is not the own.
    UnfitFile for what is neither a picture nor a quiet PDF; Conflict("too-many-papers").
    """
    own = read_mine(work, token).registration
    registrations.lock_registration(work.session, own.id)
    about = About.IRIS if criterion else About.REGISTRATION
    if licence is not None:
        find_own_licence(work, token, licence)
    subject = criterion.value if criterion else ""
    of = _Of(about, subject, registration=own.id, licence=licence if criterion else None)
    return _keep(work.as_person(PersonId(own.id)), of, data, own.id)


def remove_own(work: Work, token: str, paper: UUID) -> None:
    """Take an own paper away with its file; twice is no error, an official's is NotFound.

    Conflict("paper-looked-at") for what SETRASS has decided on.
    """
    own = read_mine(work, token).registration
    found = next((one for one in list_own(work, token) if one.id == paper), None)
    if found is None:
        return
    if found.attached_by != own.id:
        raise NotFound("no-such-paper")
    check_removable(found, own.decided_at)
    event = work.as_person(PersonId(own.id)).event(Act.EMPLOYER_PAPER_REMOVED, paper)
    if kept.remove_paper(work.session, found, work.now, event=event):
        key = found.object_key
        outbox.put(work.session, outbox.Effect(EFFECT, f"delete:{key}", {"key": key}), work.now)


def read_own(work: Work, token: str, paper: UUID) -> tuple[Paper, bytes]:
    """One of the own papers with its bytes."""
    return _bytes(work, list_own(work, token), paper)


def list_papers(work: Work, registration: UUID) -> tuple[Paper, ...]:
    """What stands beside a registration, for who verifies it."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    return kept.list_of_registration(work.session, registration)


def read_paper(work: Work, registration: UUID, paper: UUID) -> tuple[Paper, bytes]:
    """One of them; who opened it stands in the log."""
    found = _bytes(work, list_papers(work, registration), paper)
    kept.note_reading(work.session, event=work.event(Act.EMPLOYER_PAPER_READ, paper))
    return found


def add_seen(work: Work, registration: UUID, evidence: Evidence, data: bytes, seen: int) -> Paper:
    """Keep a copy of what an official saw, also after the verification.

    What was seen then counts as evidence from now on, and the vacancies are judged again (R25).
    Stale where the registration changed meanwhile.
    """
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    before = registrations.lock_registration(work.session, registration)
    if before.version != seen:
        raise Stale("changed-meanwhile")
    of = _Of(About.VERIFICATION, evidence.value, registration=registration)
    paper = _keep(work, of, data, work.actor.person)
    if before.employer is not None and evidence not in before.evidence:
        after = replace(before, evidence=(*before.evidence, evidence))
        event = work.event(Act.REGISTRATION_EVIDENCED, registration, {"evidence": evidence.value})
        registrations.save_registration(work.session, before, after, event=event)
        judging_runs.start_run(work, "registry", before.employer)
    return paper


def list_of_licence(work: Work, key: LicenceKey) -> tuple[Paper, ...]:
    """What a recruiter brought to show how it meets IRIS, for who judges recruiters."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    return kept.list_of_licence(work.session, key)


def read_of_licence(work: Work, key: LicenceKey, paper: UUID) -> tuple[Paper, bytes]:
    """One of them; who opened it stands in the log."""
    found = _bytes(work, list_of_licence(work, key), paper)
    kept.note_reading(work.session, event=work.event(Act.EMPLOYER_PAPER_READ, paper))
    return found


def list_of_vacancy(work: Work, vacancy: UUID) -> tuple[Paper, ...]:
    """What stands beside the steps of a vacancy, for who reviews it."""
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    return kept.list_of_vacancy(work.session, vacancy)


def add_to_vacancy(work: Work, vacancy: UUID, data: bytes) -> Paper:
    """Keep what shows a step of the labour market; NotFound for a vacancy nobody knows."""
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    if vacancies.find_vacancy(work.session, vacancy) is None:
        raise NotFound("no-such-vacancy")
    return _keep(work, _Of(About.LABOUR_MARKET, vacancy=vacancy), data, work.actor.person)


def read_of_vacancy(work: Work, vacancy: UUID, paper: UUID) -> tuple[Paper, bytes]:
    """One of them; who opened it stands in the log."""
    found = _bytes(work, list_of_vacancy(work, vacancy), paper)
    kept.note_reading(work.session, event=work.event(Act.EMPLOYER_PAPER_READ, paper))
    return found


def _bytes(work: Work, papers: Sequence[Paper], paper: UUID) -> tuple[Paper, bytes]:
    found = next((one for one in papers if one.id == paper), None)
    if found is None:
        raise NotFound("no-such-paper")
    return found, work.ports.objects.get(found.object_key)


def _keep(work: Work, of: _Of, data: bytes, by: UUID) -> Paper:
    """The object first: an orphan harms nobody, a row without its object would be broken."""
    listed = kept.list_of_registration if of.registration else kept.list_of_vacancy
    if len(listed(work.session, of.id)) >= MOST_PAPERS:
        raise Conflict("too-many-papers")
    fit, media_type = _fit(work, of, data)
    identity, ending = work.new_id(), "jpg" if media_type == "image/jpeg" else "pdf"
    paper = Paper(
        identity,
        of.about,
        of.subject,
        of.registration,
        of.vacancy,
        f"employers/{of.id}/{identity}.{ending}",
        media_type,
        len(fit),
        sha256(fit).hexdigest(),
        by,
        work.now,
        of.licence,
    )
    work.ports.objects.put(paper.object_key, fit, media_type)
    facts = {"about": of.about.value, "sha256": paper.sha256}
    event = work.event(Act.EMPLOYER_PAPER_KEPT, identity, facts)
    kept.add_paper(work.session, paper, event=event)
    return paper


def _fit(work: Work, of: _Of, data: bytes) -> tuple[bytes, str]:
    """What is kept: a picture drawn anew without metadata, or a PDF that does nothing."""
    if len(data) > UPLOAD_LIMIT:
        raise UnfitFile([Fault("file-too-large", "file", {"limit_mb": 15})])
    if not data:
        raise UnfitFile([Fault("file-empty", "file")])
    if is_malware(work, data):
        raise UnfitFile([Fault("file-infected", "file")])
    if not allow_try(work, A_DAY, str(of.id)):
        raise UnfitFile([Fault("too-many-files", "file", {"limit": A_DAY.tries})])
    try:
        if is_pdf(data):
            check_pdf(data, "file")
            return data, "application/pdf"
        picture = work.ports.pictures.reencode(data)
    except Invalid as invalid:
        raise UnfitFile([Fault(f.code, "file", f.facts) for f in invalid.faults]) from None
    return picture.data, picture.media_type
