"""Finding a municipality among hundreds: typed, suggested, or chosen among what sounds alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services.ports import Reference
from app.services.searching import fold
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.pages import wizard
from app.web.pages.answered import country_of, place_name
from app.web.pages.questions import Place
from app.web.pages.wizard import Opened, StepPage
from permits.errors import Fault

router = APIRouter(include_in_schema=False)

MOST = 7
"""So many radios are shown; more than that is a long list."""

LIKENESS = 0.7
"""How alike a name must be to be suggested, from 0 to 1."""


@dataclass(frozen=True)
class PlacePage(StepPage):
    """`found` are codes and names to choose among; `names` are what the browser may suggest."""

    found: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()


@router.get("/solicitud/{application:uuid}/municipio")
def ask_place(request: Request, work: SignedInReading, application: UUID) -> Response:
    """One field; the browser suggests names while somebody types."""
    opened = wizard.open_step(work, application, "municipio")
    if away := wizard.elsewhere(opened.case):
        return away
    code = opened.case.answers.municipality
    known = _known(work, opened)
    form = Form({"municipality": (known[code],)} if code in known else {})
    return wizard.show(request, opened, _page(opened, form, known))


@router.post("/solicitud/{application:uuid}/municipio")
def answer_place(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Save the one place that is meant, or ask which of several."""
    opened = wizard.open_step(work, application, "municipio")
    known = _known(work, opened)
    form = Form(forms.typed(posted), wording=Place.wording)
    text = form.value("municipality").strip()
    found = find_places(known, text)
    if i18n.pressed(request):
        # Radios stay radios: a code stands there only after a search found several.
        shown = _page(opened, form, known, found if text in known else ())
        return wizard.show(request, opened, shown)
    meant = place_meant(known, text)
    if not isinstance(meant, Fault):
        form = Form({"municipality": (meant,)}, wording=Place.wording)
        refused = wizard.save_typed(work, opened, form.values)
        return (
            wizard.onwards(work, opened.id)
            if refused is None
            else _again(request, opened, refused, known)
        )
    wrong = Form(form.values, (meant,), Place.wording)
    return wizard.show(request, opened, _page(opened, wrong, known, found), 422)


def place_meant(known: Mapping[str, str], text: str) -> str | Fault:
    """The code of the one place that a text can only mean, or what is wrong with the text."""
    found = find_places(known, text)
    if len(found) == 1 and (text in known or _is_meant(found[0][1], text)):
        return found[0][0]
    return Fault("too-many" if found else "unknown-value" if text else "missing", "municipality")


def find_places(known: Mapping[str, str], text: str) -> tuple[tuple[str, str], ...]:
    """Codes and names that a text may mean: a code, a whole name, a beginning, or a likeness."""
    if text in known:
        return ((text, known[text]),)
    wanted = fold(text.replace(",", " "))
    if not wanted:
        return ()
    folded = {code: fold(name.replace(",", " ")) for code, name in known.items()}
    bare = {code: fold(name.split(",")[0]) for code, name in known.items()}
    for fits in (
        [code for code in known if wanted == folded[code]],
        [code for code in known if wanted == bare[code]],
        [code for code in known if all(word in folded[code] for word in wanted.split())],
        [
            code
            for code in known
            if bare[code] in get_close_matches(wanted, bare.values(), MOST, LIKENESS)
        ],
    ):
        if fits:
            return tuple((code, known[code]) for code in fits[:MOST])
    return ()


def _is_meant(name: str, text: str) -> bool:
    """Whether the name is what was typed, accents and department aside; else it is asked."""
    wanted = fold(text.replace(",", " "))
    return wanted in {fold(name.replace(",", " ")), fold(name.split(",")[0])}


def _known(work: Work, opened: Opened) -> dict[str, str]:
    country = country_of(opened.case.programme, opened.case.answers)
    return places_of(work.ports.reference, country)


def places_of(reference: Reference, country: str) -> dict[str, str]:
    """The municipalities of a country (ISO 3166 alpha-3): code → name with its department."""
    codes = reference.municipalities.get(country, {})
    return {code: place_name(reference, country, code) for code in codes}


def _again(request: Request, opened: Opened, form: Form, known: dict[str, str]) -> Response:
    return wizard.show(request, opened, _page(opened, form, known), 422)


def _page(
    opened: Opened, form: Form, known: dict[str, str], found: tuple[tuple[str, str], ...] = ()
) -> PlacePage:
    base = vars(wizard.step_page(opened, form))
    return PlacePage(**base, found=found, names=tuple(known.values()))
