"""Texts of messages and letters: one administrator proposes another version, a second approves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import texts
from app.services.texts import ONE_SMS, SeenText, Version
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.problems import status_of
from app.web.templating import render
from permits.dated_changes import SOURCE_LIMIT, ChangeState
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.texts import TEXT_LIMIT

router = APIRouter(include_in_schema=False)

PATH = "/administracion/textos"
ONE = PATH + "/{text}"
MOST_SHOWN = 25
"""Texts on one page; a search finds the others."""

VERDICTS = {
    "aprobar": ChangeState.APPROVED,
    "rechazar": ChangeState.REJECTED,
    "retirar": ChangeState.WITHDRAWN,
}


class NewText(forms.Answers):
    """A version in both languages, its first day and where it comes from."""

    wording: ClassVar[Mapping[str, str]] = {
        "es.missing": N_("Escriba el texto en español."),
        "en.missing": N_("Escriba el texto en inglés."),
        "valid_from.missing": N_("Escriba desde qué día vale."),
        "source.missing": N_("Escriba de dónde viene el cambio."),
    }
    es: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]
    en: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]
    valid_from: WrittenDate
    source: Annotated[str, StringConstraints(max_length=SOURCE_LIMIT)]
    mirar: bool = False

    @property
    def version(self) -> Version:
        """As the service takes it."""
        return Version({"es": self.es, "en": self.en}, self.source, self.valid_from)


@dataclass(frozen=True)
class Preview:
    """A message as it would be sent; `places` of its SMS, 0 for an e-mail."""

    kind: str
    channel: str
    subject: str
    body: str
    places: int


@dataclass(frozen=True)
class TextsPage:
    """Of the texts that were searched for the first; `total` is how many were found.

    `waiting` are the proposals, whatever was searched.
    """

    form: Form
    found: Sequence[SeenText]
    waiting: Sequence[SeenText]
    total: int


@dataclass(frozen=True)
class TextPage:
    """One text; `papers` are the letters it stands in, `own` whether the reader proposed."""

    form: Form
    seen: SeenText
    papers: Sequence[str]
    own: bool
    places: Sequence[str]
    previews: Sequence[Preview] = ()
    done: str = ""
    refusal: Conflict | Forbidden | Invalid | None = None
    limit: int = ONE_SMS


@router.get(PATH)
def list_texts(
    request: Request, work: SignedInReading, q: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Every text by what it says or where it stands; proposals on top."""
    every, wanted = texts.list_texts(work), q.strip().lower()
    found = [one for one in every if not wanted or _says(one, wanted)]
    page = TextsPage(
        Form({"q": [q]}), found[:MOST_SHOWN], [one for one in every if one.waiting], len(found)
    )
    return render(request, "texts/list.html", page)


@router.get(ONE)
def show_text(request: Request, work: SignedInReading, text: str, hecho: str = "") -> Response:
    """What it says now, what waits, and what it said before."""
    return _show(request, work, text, done=hecho)


@router.post(ONE)
def propose_text(request: Request, work: SignedInWork, text: str, posted: Posted) -> Response:
    """Show a version as it would be sent, or leave it for the second administrator."""
    given = forms.check(NewText, posted)
    if isinstance(given, Form):
        return _show(request, work, text, 422, form=given)
    try:
        with work.attempt():
            if given.mirar:
                texts.check_version(work, text, given.version)
            else:
                texts.propose_text(work, text, given.version)
    except Invalid as invalid:
        return _show(request, work, text, 422, form=forms.refused(NewText, posted, invalid))
    except Conflict as refusal:
        typed = Form(forms.typed(posted))
        return _show(request, work, text, status_of(refusal), form=typed, refusal=refusal)
    if given.mirar:
        return _show(request, work, text, form=Form(forms.typed(posted)), version=given.version)
    return RedirectResponse(f"{PATH}/{text}?hecho=propuesto", 303)


@router.post(ONE + "/carta.pdf")
def preview_letter(
    request: Request, work: SignedInWork, text: str, papel: str, posted: Posted
) -> Response:
    """The letter with this version, as it is printed, a draft on every page."""
    given = forms.check(NewText, posted)
    if isinstance(given, Form):
        return _show(request, work, text, 422, form=given)
    try:
        texts.check_version(work, text, given.version)
        code = locale_of(request).language.code
        made = texts.preview_letter(work, text, given.version, f"letters/{papel}", code)
    except Invalid as invalid:
        return _show(request, work, text, 422, form=forms.refused(NewText, posted, invalid))
    headers = {"Content-Disposition": 'inline; filename="borrador.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


@router.post(ONE + "/{change:uuid}/{verdict}")
def decide_text(
    request: Request, work: ProvenWork, text: str, change: UUID, verdict: str
) -> Response:
    """Approve or reject a colleague's proposal, or take back the own one."""
    if verdict not in VERDICTS:
        raise NotFound("no-such-dated-change")
    try:
        with work.attempt():
            texts.decide_text(work, change, VERDICTS[verdict])
    except (Conflict, Forbidden, Invalid) as refusal:
        return _show(request, work, text, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{text}?hecho={verdict}", 303)


def _says(one: SeenText, wanted: str) -> bool:
    parts = (*one.now.values(), *one.slot.stands_in)
    return any(wanted in part.lower() for part in parts)


def _show(
    request: Request,
    work: Work,
    text: str,
    status: int = 200,
    *,
    form: Form | None = None,
    version: Version | None = None,
    done: str = "",
    refusal: Conflict | Forbidden | Invalid | None = None,
) -> Response:
    seen, code = texts.read_text(work, text), locale_of(request).language.code
    told = texts.preview_messages(work, text, version, code) if version else ()
    page = TextPage(
        form or Form({code: [told] for code, told in seen.now.items()}),
        seen,
        [one.removeprefix("letters/") for one in seen.slot.stands_in if one.startswith("letters/")],
        seen.waiting is not None and seen.waiting.proposed_by == work.actor.person,
        [f"%({name})s" for name in sorted(seen.slot.places)],
        [Preview(kind, one.channel, one.subject, one.body, at) for kind, one, at in told],
        done if done in {"propuesto", *VERDICTS} else "",
        refusal,
    )
    return render(request, "texts/one.html", page, status)
