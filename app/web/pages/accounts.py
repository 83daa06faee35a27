"""Accounts as administrators and supervisors look after them: the list, one account, its acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from app.services import account_care, invitations, refusals, roles
from app.services.account_care import Account, AccountFile, Proposals, Wanted
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import scopes
from app.web.pages.scopes import Bounded, Choices
from app.web.problems import status_of
from app.web.templating import render
from permits.accounts import AccountState, LockReason
from permits.errors import Conflict, Fault, Invalid, refuse_if
from permits.people import ACCOUNT_ROLES, Permission, PersonId, Role
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = "/administracion/cuentas"
ONE = PATH + "/{person:uuid}"
PROPOSAL = PATH + "/propuestas/{pending:uuid}"
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class ListPage:
    """`first` and `next` are addresses, "" where none; `narrowed` tells that a filter is on."""

    form: Form
    rows: Sequence[tuple[Account, AccountState]]
    total: int
    proposals: Proposals
    first: str
    next: str
    narrowed: bool
    roles: Sequence[Role] = ACCOUNT_ROLES
    states: Sequence[AccountState] = tuple(AccountState)


@dataclass(frozen=True)
class AccountPage:
    """`done` is the act that has just succeeded, `refusal` why one was not done, "" otherwise."""

    file: AccountFile
    choices: Choices
    form: Form
    done: str = ""
    refusal: Conflict | None = None
    reasons: Sequence[LockReason] = tuple(LockReason)


class Words(BaseModel):
    """The words of the address; each may be absent. `desde` is the key of a later page."""

    q: str = ""
    rol: str = ""
    estado: str = ""
    desde: str = ""


class Lock(forms.Answers):
    """Why an account is locked."""

    wording: ClassVar = {"reason.missing": N_("Elija por qué la bloquea.")}
    reason: LockReason


class Named(forms.Answers):
    """A role of the person."""

    role: Role


@router.get(PATH)
def show_accounts(
    request: Request, work: SignedInReading, words: Annotated[Words, Query()]
) -> Response:
    """The accounts within reach, and what waits for a second administrator."""
    wanted = _read(words)
    page = account_care.list_accounts(work, wanted, _read_key(words.desde))
    context = ListPage(
        Form({name: (text,) for name, text in _words(wanted).items()}),
        page.rows,
        page.total,
        account_care.list_proposals(work),
        _address(wanted) if words.desde else "",
        _address(wanted, page.next) if page.next else "",
        narrowed=wanted != Wanted(),
    )
    return render(request, "accounts/list.html", context)


@router.get(ONE)
def show_account(
    request: Request, work: SignedInReading, person: UUID, hecho: str = ""
) -> Response:
    """One account: who it is, what it may do, how it stands."""
    return _show(request, work, PersonId(person), done=hecho)


@router.post(ONE + "/bloquear")
def lock_account(request: Request, work: ProvenWork, person: UUID, form: Posted) -> Response:
    """Lock it, for a reason."""

    def act() -> None:
        given = forms.check(Lock, form)
        if isinstance(given, Form):
            raise Invalid(given.faults)
        account_care.lock_account(work, PersonId(person), given.reason)

    return _attempt(
        request, work, person, act, "lock", Form(forms.typed(form), wording=Lock.wording)
    )


@router.post(ONE + "/desbloquear")
def unlock_account(request: Request, work: ProvenWork, person: UUID) -> Response:
    """Open it again."""
    return _attempt(
        request, work, person, lambda: account_care.unlock_account(work, PersonId(person)), "unlock"
    )


@router.post(ONE + "/enlace")
def send_link(request: Request, work: ProvenWork, person: UUID) -> Response:
    """Send a new link to set a password; what stood before counts no more."""
    return _attempt(
        request, work, person, lambda: invitations.invite_again(work, PersonId(person)), "link"
    )


@router.post(ONE + "/roles")
def grant_role(request: Request, work: ProvenWork, person: UUID, form: Posted) -> Response:
    """Give a role, or propose one that a second administrator confirms."""
    check_permission(work.actor, Permission.ACCOUNT_GRANT)
    done = ["grant"]

    def act() -> None:
        given = forms.check(Bounded, form)
        if isinstance(given, Form):
            raise Invalid(given.faults)
        if not roles.grant_role(work, PersonId(person), given.role, given.scope):
            done[0] = "propose"

    typed = Form(forms.typed(form), wording=Bounded.wording)
    return _attempt(request, work, person, act, lambda: done[0], typed)


@router.post(ONE + "/roles/quitar")
def take_back_role(request: Request, work: ProvenWork, person: UUID, form: Posted) -> Response:
    """Take a role back, at once."""
    check_permission(work.actor, Permission.ACCOUNT_GRANT)

    def act() -> None:
        given = forms.check(Named, form)
        if isinstance(given, Form):
            raise Invalid(given.faults)
        roles.take_back_role(work, PersonId(person), given.role)

    return _attempt(request, work, person, act, "take-back")


@router.post(PROPOSAL + "/confirmar")
def confirm_role(work: ProvenWork, pending: UUID) -> Response:
    """The second administrator says yes."""
    found = roles.confirm_role(work, pending)
    return RedirectResponse(f"{PATH}/{found.person}?hecho=confirm", 303)


@router.post(PROPOSAL + "/rechazar")
def reject_role(work: ProvenWork, pending: UUID) -> Response:
    """Somebody says no, or takes the own proposal back."""
    found = roles.reject_role(work, pending)
    return RedirectResponse(f"{PATH}/{found.person}?hecho=reject", 303)


def _attempt(
    request: Request,
    work: Work,
    person: UUID,
    act: Callable[[], object],
    done: str | Callable[[], str],
    typed: Form | None = None,
) -> Response:
    """Do it and show the account; a refusal that may pass shows it as it stands."""
    form = typed or Form()
    try:
        with work.attempt():
            act()
    except Invalid as invalid:
        form = Form(form.values, invalid.faults, form.wording)
        return _show(request, work, PersonId(person), 422, form=form)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, request.scope["route"].name)
        status = status_of(refusal)
        return _show(request, work, PersonId(person), status, form=form, refusal=refusal)
    word = done if isinstance(done, str) else done()
    return RedirectResponse(f"{PATH}/{person}?hecho={word}", 303)


DONE = frozenset(
    {"confirm", "grant", "invite", "link", "lock", "propose", "reject", "take-back", "unlock"}
)


def _show(
    request: Request,
    work: Work,
    person: PersonId,
    status: int = 200,
    *,
    form: Form | None = None,
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    file = account_care.read_account(work, person)
    choices = scopes.choices(work) if file.may_grant else Choices()
    known = done if done in DONE else ""
    page = AccountPage(file, choices, form or Form(), known, refusal)
    return render(request, "accounts/account.html", page, status)


def _read(words: Words) -> Wanted:
    known_roles = {role.value: role for role in ACCOUNT_ROLES}
    states = {state.value: state for state in AccountState}
    refuse_if(
        [
            Fault("not-an-option", name)
            for name, word, known in (
                ("rol", words.rol, known_roles),
                ("estado", words.estado, states),
            )
            if word and word not in known
        ]
    )
    text = words.q.strip()[:LONGEST_SEARCH]
    return Wanted(text, known_roles.get(words.rol), states.get(words.estado))


def _words(wanted: Wanted) -> dict[str, str]:
    words = {
        "q": wanted.text,
        "rol": wanted.role.value if wanted.role else "",
        "estado": wanted.state.value if wanted.state else "",
    }
    return {name: word for name, word in words.items() if word}


def _address(wanted: Wanted, after: tuple[str, UUID] | None = None) -> str:
    words = _words(wanted)
    if after is not None:
        words["desde"] = f"{after[1]}_{after[0]}"
    return f"{PATH}?{urlencode(words)}" if words else PATH


def _read_key(text: str) -> tuple[str, UUID] | None:
    if not text:
        return None
    identity, _, name = text.partition("_")
    try:
        return name, UUID(identity)
    except ValueError:
        raise Invalid([Fault("not-an-option", "desde")]) from None
