"""What a page's script asks before it talks to a passkey; the answers come back in forms."""

from typing import Any

from fastapi import APIRouter, Request

from app.services import own_account, passkeys, proofs, sign_in
from app.services.accounts import sign_in_name
from app.services.passkeys import Purpose
from app.services.sessions import Stage
from app.web import browsers
from app.web.dependencies import PublicReading, PublicWork
from app.web.pages.own_account import ProvenSessionWork, SessionWork, token_of
from permits.errors import Unauthenticated

router = APIRouter(include_in_schema=False)


@router.post("/llaves/entrar.json")
def ask_to_enter(work: PublicReading) -> dict[str, Any]:
    """Any passkey of ours that this person has at hand; asking writes nothing down."""
    return passkeys.ask_use(work, Purpose.SIGN_IN)


@router.post("/llaves/segundo-paso.json")
def ask_second_step(request: Request, work: PublicWork) -> dict[str, Any]:
    """A passkey of whoever gave the right password."""
    held = sign_in.find_step(work, browsers.step_of(request), Stage.FACTOR)
    if held is None:
        raise Unauthenticated("step-over")
    return passkeys.ask_use(work, Purpose.STEP, held.step.id, held.step.person)


@router.post("/llaves/inscripcion.json")
def ask_first_enrolment(request: Request, work: PublicWork) -> dict[str, Any]:
    """A first passkey for whoever has no second factor yet."""
    held = sign_in.find_step(work, browsers.step_of(request), Stage.ENROL)
    if held is None:
        raise Unauthenticated("step-over")
    name = sign_in_name(held.account)
    return passkeys.ask_enrol(work, held.step.id, held.step.person, name, held.account.name)


@router.post("/llaves/prueba.json")
def ask_proof(request: Request, work: SessionWork) -> dict[str, Any]:
    """A passkey of who is signed in, to prove it once more."""
    return proofs.ask_passkey(work, token_of(request))


@router.post("/llaves/agregar.json")
def ask_another(request: Request, work: ProvenSessionWork) -> dict[str, Any]:
    """Another passkey for who is signed in and proved it a moment ago."""
    return own_account.ask_passkey(work, token_of(request))
