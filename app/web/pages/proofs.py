"""Showing once more who one is; afterwards the act goes on with nothing that was typed lost."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import proofs
from app.services.sessions import SignIn
from app.services.work import Work
from app.web import browsers, i18n, proof_page
from app.web.dependencies import Posted, cookie_name, keep_session
from app.web.pages.own_account import SessionWork
from app.web.pages.sign_in import STATUS, asked_to_wait, told_to_wait
from app.web.turns import IN_TURN

router = APIRouter(include_in_schema=False)


@router.post("/entrar/prueba", dependencies=IN_TURN)
def prove(request: Request, work: SessionWork, posted: Posted) -> Response:
    """Check the proof, give the session a fresh token, and send the waiting form on (307).

    What was sent here is sent again to the act's own address: its fields have their own names,
    and this page's are left out by every form.
    """
    if i18n.FIELD in posted:
        return proof_page.ask(request, posted, status=200)
    i18n.forget_pressed(request)  # that of the form that waits
    shown_proof = _check(request, work, *(_text(posted.get(n)) for n in ("prueba", "prueba-llave")))
    if shown_proof.refusal is not None:
        status = STATUS[shown_proof.refusal]
        facts = told_to_wait(shown_proof)
        response = proof_page.ask(request, posted, shown_proof.refusal.value, status, facts=facts)
        return asked_to_wait(response, shown_proof)
    target = proof_page.target_of(request, posted)
    by_post = proof_page.method_of(request, posted) == "POST"
    response = RedirectResponse(target, 307 if by_post else 303)
    keep_session(request, response, shown_proof)
    return response


def _check(request: Request, work: Work, typed: str, answer: str) -> SignIn:
    token = request.cookies.get(cookie_name(request), "")
    if answer:
        return proofs.prove_by_passkey(work, token, answer)
    return proofs.prove(work, token, typed, browsers.known_of(request))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
