"""What the worker has: how the application stands with both agencies, and the permit itself."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.services import applications, credentials, faces, renewals, worker_numbers
from app.services.answer_terms import reinstate_until
from app.services.appeals import Recourse, recourse_of
from app.services.approval_letters import has_letter
from app.services.authorisations import Right, right_of
from app.services.case import Case
from app.services.contract_waits import find_waiting
from app.services.contracts import SeenContract, see_contract
from app.services.credentials import Permit
from app.services.hand_overs import card_of
from app.services.progress import Progress, read_progress
from app.services.return_surveys import Survey, find_own_survey
from app.services.unused_rights import find_use_by
from app.services.wished_work import is_wish_waiting
from app.services.work import Work
from app.web.dependencies import SignedInReading, SignedInWork
from app.web.pages.answered import work_place
from app.web.pages.letter_links import LetterLink, links_of
from app.web.pages.stages import Stage, stages_of
from app.web.templating import render
from permits import permit_numbers
from permits.applications import MOVES, Action, ApplicationId, Status
from permits.authorisations import STANDING as STANDING_RIGHTS
from permits.authorisations import AuthorisationStatus
from permits.card_batches import BatchCard
from permits.deadlines import last_day, legal_day
from permits.issuing import STANDING, CredentialState
from permits.standing_rights import held_until

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class StatusPage:
    """One application across both agencies. `due` is the agencies' last day, while it counts.

    `reinstate_until` is the last day on which a lapsed one can be taken up again.
    `use_by` is the last day to take up a right that would end unused.
    `approval_letter`: there is one to take; `letters` are those of other events. `survey` is what
    is asked after the season, `contract` that of the work. `wish_waits`: that of the work asked for
    waits for a yes. `held_until`: so long another right of theirs stands in this one's way.
    """

    progress: Progress
    stages: tuple[Stage, ...]
    due: date | None
    can_withdraw: bool
    others: bool
    right: AuthorisationStatus | None
    recourse: Recourse
    reinstate_until: date | None
    use_by: date | None
    approval_letter: bool
    survey: Survey | None
    contract: SeenContract | None
    letters: Sequence[LetterLink]
    wish_waits: bool
    held_until: date | None


@dataclass(frozen=True)
class PermitPage:
    """The permit to show; `symbol` is the QR as SVG, empty until it is signed.

    `face` is the symbol of the signed photo as an address of its own (`data:`), "" where the card
    has none; one point a module, so that the page stays light. `issued_at` is None while it is
    prepared; `today` is the legal day, against its dates. `right`
    is the right that it carries, and `status` how that stands; `newer` is the card that followed
    this one, "" for the newest. `may_replace`: the worker may have it replaced, alone or not;
    `may_renew`: may ask to go on, or has asked.
    `card` is the plastic one, where one was ever ordered; `person` the holder's number for life.
    """

    permit: Permit
    case: Case
    number: str
    symbol: Markup
    place: str
    today: date
    path: str
    stands: bool
    issued_at: datetime | None
    face: str
    right: Right
    status: AuthorisationStatus
    newer: str
    may_replace: bool
    may_renew: bool
    card: BatchCard | None
    person: str | None


@router.get("/mi-solicitud")
def show_newest(request: Request, work: SignedInReading) -> Response:
    """The one application, or the list where there are several or none."""
    own = applications.list_own(work)
    if len(own) != 1:
        return RedirectResponse("/solicitud", 303)
    return RedirectResponse(f"/mi-solicitud/{own[0].id}", 303)


@router.get("/mi-solicitud/{application:uuid}")
def show_status(request: Request, work: SignedInReading, application: UUID) -> Response:
    """Where it stands, what comes next and when, who has it, what was asked and told."""
    progress = read_progress(work, ApplicationId(application))
    found = progress.case.application
    if found.status is Status.DRAFT:
        return RedirectResponse(f"/solicitud/{application}", 303)
    permit = progress.permit
    right = right_of(work, permit.authorisation) if permit else None
    reviewed = found.status is Status.UNDER_REVIEW
    page = StatusPage(
        progress,
        stages_of(progress),
        last_day(found.due_at) if found.due_at and reviewed else None,
        (found.status, Action.WITHDRAW) in MOVES,
        len(applications.list_own(work)) > 1,
        right.case.status(work.now) if right else None,
        recourse_of(work, progress.case),
        reinstate_until(work, progress.case),
        find_use_by(work, progress.permit.authorisation) if progress.permit else None,
        has_letter(work, progress.case, progress.permit),
        find_own_survey(work, found.id),
        see_contract(work, progress.case),
        links_of(work, progress.case, right),
        is_wish_waiting(work, progress.case) and find_waiting(work, found) is not None,
        held_until(progress.case.findings),
    )
    return render(request, "permits/status.html", page)


@router.get("/mi-permiso")
def show_newest_permit(request: Request, work: SignedInReading) -> Response:
    """The newest permit of the worker; without one, the applications."""
    for found in applications.list_own(work):
        permit = credentials.find_permit_of(work, found.id)
        if permit is not None:
            return RedirectResponse(f"/mi-permiso/{permit.credential.id}", 303)
    return RedirectResponse("/mi-solicitud", 303)


@router.get("/mi-permiso/{credential:uuid}")
def show_permit(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """The permit as its holder keeps it: a symbol to be scanned, never a verdict."""
    permit, case = own_permit(work, credential, "page")
    text = permit.credential.text
    offer = case.offer
    place = work_place(work.ports.reference, offer.department, offer.municipality) if offer else ""
    right = right_of(work, permit.authorisation)
    newest = right.credentials[0]
    page = PermitPage(
        permit,
        case,
        permit_numbers.show(permit.credential.number),
        Markup(work.ports.symbols.svg(text) if text else ""),  # noqa: S704  drawn here, no input
        place,
        legal_day(work.now),
        f"/mi-permiso/{credential}",
        permit.credential.state in STANDING,
        permit.credential.issued_at,
        _face(work, permit),
        right,
        right.case.status(work.now),
        "" if newest.id == credential else f"/mi-permiso/{newest.id}",
        may_ask(work, right),
        _may_renew(work, permit),
        card_of(work, permit),
        worker_numbers.number_of(work, case.application),
    )
    return render(request, "permits/permit.html", page)


@router.get("/mi-permiso/{credential:uuid}/qr.svg")
def show_svg(work: SignedInWork, credential: UUID) -> Response:
    """The symbol as a file that keeps sharp at any size."""
    number, text = _issued(work, credential, "svg")
    return _file(work.ports.symbols.svg(text).encode(), "image/svg+xml", f"{number}.svg")


@router.get("/mi-permiso/{credential:uuid}/qr.png")
def show_png(work: SignedInWork, credential: UUID) -> Response:
    """The symbol as a picture for the phone's gallery."""
    number, text = _issued(work, credential, "png")
    return _file(work.ports.symbols.png(text), "image/png", f"{number}.png")


@router.get("/mi-permiso/{credential:uuid}/foto.png")
def show_face(work: SignedInWork, credential: UUID) -> Response:
    """The symbol of the signed photo, for the phone's gallery; 404 where the card has none."""
    permit, _ = own_permit(work, credential, "face")
    text = faces.face_of(work, permit.credential)
    if text is None:
        raise HTTPException(404)
    number = permit_numbers.show(permit.credential.number)
    return _file(work.ports.symbols.png(text), "image/png", f"{number}-foto.png")


def may_ask(work: Work, right: Right) -> bool:
    """Whether a new card for this right can be asked for now, by the worker or at an office."""
    card = right.credentials[0]
    stands = right.case.status(work.now) in STANDING_RIGHTS
    return stands and card.state is not CredentialState.PENDING


def _may_renew(work: Work, permit: Permit) -> bool:
    right = permit.authorisation
    return renewals.find_begun(work, right) is not None or not renewals.may_renew(work, right.id)


def _face(work: Work, permit: Permit) -> str:
    text = faces.face_of(work, permit.credential)
    if text is None:
        return ""
    drawn = base64.b64encode(work.ports.symbols.png(text, pixels_per_module=1)).decode()
    return f"data:image/png;base64,{drawn}"


def own_permit(work: Work, credential: UUID, form: str) -> tuple[Permit, Case]:
    """The permit with its case; NotFound for everybody but its holder, officials too."""
    permit = credentials.read_credential(work, credential, form)
    case = applications.read_own(work, permit.authorisation.application)
    return permit, case


def _issued(work: Work, credential: UUID, form: str) -> tuple[str, str]:
    """The number and the text of a permit that can be shown; 404 for one that cannot."""
    permit, _ = own_permit(work, credential, form)
    found = permit.credential
    if found.state is not CredentialState.ISSUED or found.text is None:
        raise HTTPException(404)
    return permit_numbers.show(found.number), found.text


def _file(data: bytes, media_type: str, name: str) -> Response:
    disposition = f'attachment; filename="permiso-{name}"'
    return Response(data, media_type=media_type, headers={"Content-Disposition": disposition})
