"""A case as officials work on it: everything that a decision rests on, and the decision itself."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import approvals, documents, dossiers, queues, refusals
from app.services.dossiers import Dossier
from app.services.identity_checks import SIDES
from app.services.queues import QueueRow
from app.services.timeline import Entry
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInWork
from app.web.forms import Form
from app.web.i18n import Locale, locale_of
from app.web.pages import answered
from app.web.pages.compared import Line, changed_lines, zone_lines
from app.web.pages.other_farms import Move, wish_of
from app.web.pages.verdicts import Verdict
from app.web.problems import PreconditionMissing, status_of
from app.web.templating import render
from permits import permit_numbers
from permits.applications import ApplicationId
from permits.approvals import GROUNDS_OF, RETURN_REASONS, Ground, Opinion
from permits.authorisations import AuthorisationStatus
from permits.deadlines import legal_day
from permits.employer_changes import ChangeOutcome
from permits.errors import Conflict, Invalid, Stale
from permits.holds import TakeOver
from permits.identity_changes import IdentityOutcome
from permits.issuing import BY_OFFICIALS, RevocationReason
from permits.next_actions import DECIDING, NextAction
from permits.replacements import REASONS
from permits.retaliation import Origin
from permits.revocations import GROUNDS_OF as REVOCATION_GROUNDS_OF
from permits.revocations import Hearing, RevocationGround
from permits.suspensions import SuspensionReason

router = APIRouter(include_in_schema=False)

PATH = "/casos/{application}"

FILE_HEADERS: Mapping[str, str] = {
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}
"""A stored file is shown and never run, and no shared computer keeps it."""


@dataclass(frozen=True)
class CasePage:
    """`done` is the act that has just succeeded, "" otherwise; `next` the case to take up then.

    `refusal` tells why the last act was refused, and `changes` what others did since the page
    was opened. `opinions` and `grounds` are what this official may choose from; `occasion` is the
    instant of this page, sent back with the decision. `programme`, `residence` and `workplace` are
    names of the reference data; `today` is the legal day; `number` is that of the permit.
    """

    dossier: Dossier
    occasion: datetime
    programme: str
    residence: str
    workplace: str
    today: date
    form: Form = dataclasses.field(default_factory=Form)
    done: str = ""
    next: QueueRow | None = None
    refusal: str = ""
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    changes: Sequence[Entry] = ()
    opinions: Sequence[NextAction] = ()
    grounds: Sequence[Ground] = ()
    return_reasons: Sequence[Ground] = tuple(sorted(RETURN_REASONS))
    number: str = ""
    revocation_grounds: Sequence[RevocationGround] = ()
    reasons: Sequence[RevocationReason] = BY_OFFICIALS
    suspension_reasons: Sequence[SuspensionReason] = tuple(SuspensionReason)
    origins: Sequence[Origin] = tuple(Origin)
    take_overs: Sequence[TakeOver] = tuple(TakeOver)
    zone_lines: Sequence[Line] = ()
    own_rows: Sequence[answered.Row] = ()
    reads_zones: bool = False
    hearings: Sequence[Hearing] = tuple(Hearing)
    replaceable: Sequence[RevocationReason] = REASONS
    changed_lines: Sequence[Line] = ()
    move: Move | None = None


@router.get(PATH)
def show_case(request: Request, work: SignedInWork, application: UUID, hecho: str = "") -> Response:
    """The whole file; that it was opened stands in the log."""
    return show(request, work, application, done=hecho)


@router.get(PATH + "/archivos/{document}")
def get_file(work: SignedInWork, application: UUID, document: UUID) -> Response:
    """The bytes of a file, for who may open the case."""
    found, data = documents.read_document(work, ApplicationId(application), document)
    return Response(data, media_type=found.media_type, headers=dict(FILE_HEADERS))


@router.post(PATH + "/decidir")
def decide_case(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """Record the decision; where it is refused, the page says why and keeps what was typed."""
    typed = Form(forms.typed(form))
    answers = forms.check(Verdict, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    ruling, version = answers.ruling, version_of(answers.version)

    def decide() -> None:
        approvals.decide_application(work, ApplicationId(application), ruling, seen_version=version)

    fields = {"grounds": "reasons"} if ruling.opinion is Opinion.RETURN else {}
    return attempt(request, work, application, decide, answers.opinion.value, typed, fields)


@router.post(PATH + "/tomar")
def hold_case(request: Request, work: SignedInWork, application: UUID, form: Posted) -> Response:
    """Take the case, also from a colleague; the log tells from whom, and why."""
    version, case = version_of(form.get("version")), ApplicationId(application)
    named = str(form.get("taking") or "")
    reason = TakeOver(named) if named in set(TakeOver) else None
    return attempt(
        request,
        work,
        application,
        lambda: approvals.hold_application(work, case, seen_version=version, reason=reason),
        NextAction.HOLD.value,
        Form(forms.typed(form)),
        {"reason": "taking"},
    )


@router.post(PATH + "/soltar")
def release_case(request: Request, work: SignedInWork, application: UUID, form: Posted) -> Response:
    """Give the case back to the queue."""
    version, case = version_of(form.get("version")), ApplicationId(application)
    return attempt(
        request,
        work,
        application,
        lambda: approvals.release_application(work, case, seen_version=version),
        NextAction.RELEASE.value,
        Form(forms.typed(form)),
    )


def attempt(
    request: Request,
    work: Work,
    application: UUID,
    act: Callable[[], object],
    done: str,
    typed: Form,
    fields: Mapping[str, str] | None = None,
) -> Response:
    """Do it and show the case; a refusal that may pass shows the case as it stands now.

    `fields` names the form's own fields by those of the law. Forbidden and NotFound go on to the
    pages that say so.
    """
    try:
        with work.attempt():
            act()
    except Invalid as invalid:
        named = fields or {}
        faults = [replace(one, field=named.get(one.field, one.field)) for one in invalid.faults]
        form = Form(typed.values, tuple(faults))
        return show(request, work, application, 422, form=form)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, request.scope["route"].name)
        status = status_of(refusal)
        return show(request, work, application, status, form=typed, refusal=refusal)
    return RedirectResponse(f"/casos/{application}?hecho={done}", 303)


def show(
    request: Request,
    work: Work,
    application: UUID,
    status: int = 200,
    *,
    form: Form | None = None,
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    """The page of a case, with what was typed, what was done or why it was refused."""
    dossier = dossiers.read_dossier(work, ApplicationId(application))
    page = _page(work, dossier, locale_of(request), form or Form())
    if _happened(work, dossier, done):
        decided = done in {*Opinion, NextAction.RECOMMEND.value, NextAction.ASK.value}
        page = replace(page, done=done, next=queues.find_next(work) if decided else None)
    if refusal is not None:
        changes = _changes_since(dossier, page.form) if isinstance(refusal, Stale) else ()
        page = replace(page, refusal=refusal.code, facts=refusal.facts, changes=changes)
    return render(request, "cases/case.html", page, status)


def _page(work: Work, dossier: Dossier, locale: Locale, form: Form) -> CasePage:
    case, reference = dossier.case, work.ports.reference
    answers, offer = case.answers, case.offer
    country = answered.country_of(case.programme, answers)
    code, agency = answers.municipality or "", work.actor.agency
    changing = dossier.identity_change
    return CasePage(
        dossier,
        work.now,
        answered.programme_name(case.programme, locale),
        answered.place_name(reference, country, code) if code else "",
        answered.work_place(reference, offer.department, offer.municipality) if offer else "",
        legal_day(work.now),
        form,
        opinions=[act for act in dossier.actions if act in DECIDING],
        grounds=sorted(GROUNDS_OF[agency]) if agency else (),
        zone_lines=zone_lines(work, locale, case),
        own_rows=answered.own_rows(answered.Said(case, reference, locale, work.actor)),
        reads_zones=work.ports.zones is not None and any(d.kind in SIDES for d in case.documents),
        number=permit_numbers.show(dossier.permit.credential.number) if dossier.permit else "",
        move=wish_of(work, offer, dossier.employer_change),
        changed_lines=changed_lines(locale, changing.change) if changing else (),
        revocation_grounds=sorted(REVOCATION_GROUNDS_OF[agency]) if agency else (),
    )


def _happened(work: Work, dossier: Dossier, done: str) -> bool:
    """Whether what the address says was done truly was: an address can be made up."""
    case = dossier.case
    own = {d.opinion.value for d in case.decisions if d.official == work.actor.person}
    holds = case.application.held_by == work.actor.person
    return {
        **dict.fromkeys((opinion.value for opinion in Opinion), done in own),
        NextAction.ASK.value: work.actor.person in {one.official for one in dossier.asked},
        NextAction.RECOMMEND.value: work.actor.person in {r.official for r in case.advice.given},
        NextAction.HOLD.value: holds,
        NextAction.RELEASE.value: not holds,
        "compared": dossier.case.zone is not None,
        "shown": work.actor.person in {one.official for one in case.shown},
        "note": any(note.author == work.actor.person for note in dossier.notes),
        **_happened_to_right(dossier),
    }.get(done, False)


def _happened_to_right(dossier: Dossier) -> Mapping[str, bool]:
    right, permit = dossier.right, dossier.permit
    if right is None or permit is None:
        return {}
    stored = right.authorisation.stored
    return {
        "revoke": permit.credential.revoked_at is not None,
        "replace": permit.credential.replacement > 0,
        "suspend": stored is AuthorisationStatus.SUSPENDED,
        "reinstate": bool(right.suspensions) and stored is AuthorisationStatus.GRANTED,
        "propose": right.case.proposal is not None,
        "confirm": stored is AuthorisationStatus.REVOKED,
        "drop": bool(right.revocations) and right.case.proposal is None,
        "change-granted": _changed_to(dossier) is ChangeOutcome.GRANTED,
        "change-refused": _changed_to(dossier) is ChangeOutcome.REFUSED,
        **_happened_to_data(dossier),
    }


def _happened_to_data(dossier: Dossier) -> Mapping[str, bool]:
    seen = dossier.identity_change
    refused = seen is not None and seen.change.outcome is IdentityOutcome.REFUSED
    given = seen is not None and bool(seen.change.approvals)
    return {"data-granted": given and not refused, "data-refused": refused}


def _changed_to(dossier: Dossier) -> ChangeOutcome | None:
    seen = dossier.employer_change
    return seen.change.outcome if seen else None


def _changes_since(dossier: Dossier, form: Form) -> list[Entry]:
    """What was done since the refused page was opened; at least the newest change."""
    changes = [entry for entry in dossier.timeline if entry.changes]
    try:
        seen = datetime.fromisoformat(form.value("seen_at"))
        later = [entry for entry in changes if entry.at > seen]
    except (TypeError, ValueError):  # a page of before, or a made-up instant
        later = []
    return later or changes[:1]


def version_of(text: object) -> int:
    """The version that the page carried; one without it cannot say what was seen."""
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise PreconditionMissing
    return int(text)
