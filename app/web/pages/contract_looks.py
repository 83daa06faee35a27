"""Changed contracts that wait for SETRASS: both texts side by side, and what it says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import contract_looks, refusals
from app.services.contract_looks import Said, Unread
from app.services.seen_contracts import SeenContract
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid
from permits.people import Permission
from permits.policies import check_permission
from recruitment.contract_looks import REASON_LIMIT
from recruitment.contract_weights import Value
from recruitment.contracts import Change
from recruitment.ethics.words import Weighed

router = APIRouter(include_in_schema=False)

PATH = "/contratos-cambiados"
ONE = PATH + "/{application:uuid}/{version}"

Part = tuple[str, bool]
"""Words, and whether the other text has them not."""


class LookForm(forms.Answers):
    """What an official says of the pair of texts that they saw."""

    wording: ClassVar[Mapping[str, str]] = {
        "base.missing": N_("Abra otra vez esta página."),
        "digest.missing": N_("Abra otra vez esta página."),
        "weighed.missing": N_("Elija qué es el cambio para quien trabaja."),
        "reason.missing": N_("Escriba por qué."),
    }
    base: str
    digest: str
    weighed: Weighed
    reason: Annotated[str, StringConstraints(max_length=REASON_LIMIT)]
    alike: str = ""


@dataclass(frozen=True)
class ListPage:
    """What waits, the oldest first; `done`: one was read just now."""

    waiting: Sequence[Unread]
    form: Form
    done: bool


@dataclass(frozen=True)
class Compared:
    """One term of both texts, as far as a person must read it."""

    field: str
    before: Sequence[Part]
    after: Sequence[Part]


@dataclass(frozen=True)
class LookPage:
    """Both texts, and the form; `refusal` tells why nothing was kept.

    `alike` counts contracts of other workers in which the same was changed.
    """

    seen: SeenContract
    form: Form
    alike: int = 0
    kinds: Sequence[Weighed] = tuple(Weighed)
    refusal: Conflict | None = None

    @property
    def compared(self) -> Sequence[Compared]:
        """What only words tell."""
        return [
            Compared(one.field, *_parts(one.before, one.after))
            for one in self.seen.differences
            if one.change is Change.OTHER
        ]


@router.get(PATH)
def list_waiting(
    request: Request, work: SignedInReading, q: Typed = "", hecho: str = ""
) -> Response:
    """Versions that nobody read, with a permit or before one."""
    page = ListPage(contract_looks.list_waiting(work, q), searched(q), bool(hecho))
    return render(request, "contracts/unread.html", page)


@router.get(ONE)
def show_contract(
    request: Request, work: SignedInWork, application: UUID, version: int
) -> Response:
    """What changed, word by word; that the file was opened is logged."""
    return render(request, "contracts/look.html", _page(work, application, version))


@router.post(ONE)
def look(
    request: Request, work: ProvenWork, application: UUID, version: int, posted: Posted
) -> Response:
    """Keep what is said, after a fresh proof of who this is; a refusal keeps what was typed."""
    check_permission(work.actor, Permission.CONTRACT_LOOK)
    said = forms.check(LookForm, posted)
    page = _page(work, application, version)
    if isinstance(said, Form):
        return render(request, "contracts/look.html", replace(page, form=said), 422)
    given = Said(said.base, said.digest, said.weighed, said.reason)
    saying = contract_looks.look_at_alike if said.alike == "yes" else contract_looks.look
    try:
        with work.attempt():
            saying(work, ApplicationId(application), version, given)
    except Invalid as invalid:
        wrong = forms.refused(LookForm, posted, invalid)
        return render(request, "contracts/look.html", replace(page, form=wrong), 422)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "look_at_contract")
        page = replace(_page(work, application, version), refusal=refusal)
        return render(request, "contracts/look.html", page, status_of(refusal))
    return RedirectResponse(f"{PATH}?hecho=1", 303)


def _page(work: Work, application: UUID, version: int) -> LookPage:
    seen = contract_looks.read_contract(work, ApplicationId(application), version)
    texts = {"base": (seen.base.digest,), "digest": (seen.newest.digest,)}
    return LookPage(seen, Form(texts), len(contract_looks.list_alike(work, seen)))


def _parts(before: Value, after: Value) -> tuple[Sequence[Part], Sequence[Part]]:
    """The words of both, each with whether it stands in one of them alone."""
    if not (isinstance(before, str) and isinstance(after, str)):
        return [(str(before or ""), True)], [(str(after or ""), True)]
    own, other = before.split(), after.split()
    told: tuple[list[Part], list[Part]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        told[0].append((" ".join(own[a:b]), kind != "equal"))
        told[1].append((" ".join(other[c:d]), kind != "equal"))
    return tuple([part for part in each if part[0]] for each in told)  # type: ignore[return-value]
